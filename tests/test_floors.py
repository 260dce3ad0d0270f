"""The development set is not to be scored lower than before. Skipped where the set is not there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from according import code, read
from according.ledger.ledger import Ledger
from according.model import Claim

ROOT = Path(__file__).parent.parent
GOLD = ROOT / os.environ.get("SHARED", "../shared") / "gold" / "dev"


there = pytest.mark.skipif(not GOLD.is_dir(), reason="no development set beside this checkout (SHARED)")


@there
def test_no_score_falls_below_its_floor():
    run = subprocess.run([sys.executable, ROOT / "bench" / "score.py"], capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"\n{run.stdout}{run.stderr}"


@pytest.fixture(scope="module")
def seed() -> tuple[dict[str, Any], list[Claim]]:
    """The seed report, a pasted page without a date, and its claims."""
    gold = json.loads((GOLD / "idlib.json").read_text(encoding="utf-8"))
    return gold, code(gold["text"], title=gold["title"], published=gold["published"], source=gold["source"])


@there
def test_the_seed_report_s_figures_are_exact(seed):
    gold, claims = seed
    told = {(figure["measure"], figure["min"], figure["max"]) for claim in gold["claims"] for figure in claim["figures"]}
    numbered = {figure for figure in told if figure[1:] != (None, None)}
    assert len(numbered) == 5
    assert numbered <= {(figure.measure, figure.min, figure.max) for claim in claims for figure in claim.figures}


@there
def test_the_seed_report_s_places_are_located(seed):
    gold, _ = seed
    found = {place.span.text: place for place in read(gold["text"], title=gold["title"]).places}
    for name in ("Jabal Al-Zawiya", "Jabal Shahshabo", "Jabal Al-Arbaeen", "Hama", "Turkey", "Idlib"):
        assert any(name in text and place.lat is not None for text, place in found.items()), name
    plain = {place.name for text, place in found.items() if "Ghab" in text}
    assert plain == {"Sahl al-Ghab"}, "two spellings, one place"
    assert all(place.country in ("SY", "TR", "RU") for place in found.values() if place.country)


@there
def test_nothing_is_coded_from_the_seed_report_s_furniture(seed):
    gold, claims = seed
    end = max(gold["text"].index(claim["sentence"]) + len(claim["sentence"]) for claim in gold["claims"])
    assert claims and all(claim.sentence.end <= end for claim in claims)


@there
def test_no_date_is_invented_for_a_report_without_one(seed):
    gold, claims = seed
    assert gold["published"] is None
    assert all(claim.time is None or claim.time.start is None for claim in claims)


TRNEWS = ROOT / os.environ.get("SHARED", "../shared") / "data" / "bench" / "places-trnews"
SCORER = ROOT / os.environ.get("SHARED", "../shared") / "bench" / "score_places.py"


@pytest.mark.skipif(not TRNEWS.is_dir(), reason="no annotated places beside this checkout (SHARED)")
def test_places_of_world_news_do_not_fall_below_their_floors(tmp_path):
    out = tmp_path / "places.jsonl"
    command = [sys.executable, "-m", "according", "read", TRNEWS / "reports.jsonl", "--format", "jsonl", "--output", out, "--jobs", "2"]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, check=False, capture_output=True)
    scored = subprocess.run([sys.executable, SCORER, TRNEWS / "gold.jsonl", out, "--json"], capture_output=True, text=True, check=True)
    scores = json.loads(scored.stdout)
    floors = tomllib.loads((ROOT / "bench" / "floors.toml").read_text(encoding="utf-8"))["outside"]["places-trnews"]
    assert scores["found, names"]["F"] >= floors["found"]
    assert scores["within 161 km"]["share"] >= floors["within"]
    assert scores["id"]["share"] >= floors["id"]


@there
def test_the_seed_report_s_tolls_are_one_series_and_no_event(seed, tmp_path):
    gold, _ = seed
    file = tmp_path / "seed.jsonl"
    file.write_text(json.dumps({key: gold[key] for key in ("id", "title", "published", "source", "text")}), encoding="utf-8")
    run = [sys.executable, "-m", "according", "ingest", str(file), "--ledger", str(tmp_path / "seed.db")]
    subprocess.run(run, check=True, capture_output=True)
    with Ledger(tmp_path / "seed.db") as ledger:
        displaced = [series for series in ledger.series() if series.measure == "displaced"]
        events = list(ledger.events())
    assert [[toll.words for toll in series.tolls] for series in displaced] == [["nearly a million people", "more than 900,000 people"]]
    assert not [event for event in events if event.type == "displacement"]
    assert {party.actor for event in events for party in event.actors} >= {"sy-army"}
