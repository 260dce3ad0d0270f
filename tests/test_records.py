from __future__ import annotations

import json

import pytest

from according.errors import BadRecord
from according.records import claim_from, claim_record, mentions_record
from ledger_of_hand import CLAIMS, MENTIONS, TEXT

CLAIM_KEYS = (
    "id report sentence trigger type status said_by manner actor target place within time figures event evidence confidence".split()
)
PLACE_KEYS = "start end text name geonames_id lat lon feature admin1 admin2 country precision radius_km score derived".split()


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda c: c.trigger.text)
def test_a_claim_survives_its_record(claim):
    assert claim_from(json.loads(json.dumps(claim_record(claim)))) == claim


def test_keys_and_their_order_are_the_documented_ones():
    record = claim_record(CLAIMS[3])
    assert list(record) == CLAIM_KEYS
    assert list(record["trigger"]) == ["start", "end", "text"]
    assert list(record["said_by"][0]) == ["start", "end", "text", "actor"]
    assert list(record["place"]) == list(record["within"][0]) == PLACE_KEYS
    assert list(claim_record(CLAIMS[0])["time"]) == ["start", "end", "text", "from", "to", "precision", "anchor"]
    figure = claim_record(CLAIMS[1])["figures"][0]
    assert list(figure) == ["start", "end", "text", "measure", "of", "min", "max", "cumulative", "approximate"]


def test_missing_is_null_or_an_empty_list():
    record = claim_record(CLAIMS[2])
    assert record["place"] is None and record["time"] is None and record["target"] == [] and record["within"] == []
    assert record["figures"][0]["min"] is None and record["figures"][0]["max"] == 1000


def test_all_problems_are_told_at_once_with_their_keys():
    record = claim_record(CLAIMS[0]) | {"type": "picnic", "status": "rumoured", "colour": "red"}
    del record["manner"]
    record["trigger"] = {"start": 5, "end": 3, "text": "x"}
    with pytest.raises(BadRecord) as error:
        claim_from(record)
    for told in ("type: 'picnic'", "status: 'rumoured'", "colour: not a key", "manner: missing", "trigger: not a span"):
        assert told in str(error.value)


def test_the_reading_record_points_into_its_text():
    record = mentions_record(MENTIONS)
    assert list(record) == ["report", "text", "sentences", "names", "places", "times", "figures", "attributions"]
    assert record["text"] == TEXT
    for kind in ("names", "places", "times", "figures"):
        assert record[kind]
        assert all(TEXT[m["start"] : m["end"]] == m["text"] for m in record[kind])


def test_content_in_two_pieces_is_a_list_and_no_source_is_null():
    whole, broken = mentions_record(MENTIONS)["attributions"]
    assert whole["content"]["text"] == "it had retaken Tal Hamra" and whole["source"]["text"] == "The army"
    assert [piece["text"] for piece in broken["content"]] == ["We destroyed", "positions"] and broken["source"] is None
