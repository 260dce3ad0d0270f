from __future__ import annotations

import io
from dataclasses import replace

import pytest

from according.formats.result import Coded
from according.formats.terminal import visible, write_claims, write_mentions
from according.model import Span
from ledger_of_hand import CLAIMS, CODED, HEARD, REPORT


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def shown(*results: Coded, out: io.StringIO | None = None) -> str:
    out = out or io.StringIO()
    write_claims(results, out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")


def test_piped_output_is_plain_and_within_100_columns():
    text = shown(CODED)
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 100
    assert not any(line.endswith(" ") for line in text.splitlines())


def test_each_claim_is_told_with_its_speaker_parties_and_figures():
    text = shown(CODED)
    for words in (
        "Army retakes Tal Hamra",
        "Frontline Herald · 16 May 2031 · 5 claims",
        "● takes territory  “retaken”",
        "said by: The army · by: The army · at: Tal Hamra · when: Friday (2031-05-16)",
        "killed ≥ 12 (at least 12 rebels)",
        "✗ leaves territory  “lost”  denied",
        "? shelling  “shelling”  possible",
        "a spokesman, in quotation marks",
    ):
        assert words in text
    assert text.count("The army said on Friday") == 1  # a sentence stands once, its claims under it


def test_claims_of_one_happening_are_marked_alike_and_lone_ones_are_not():
    text = shown(CODED)
    assert text.count("happening 1") == 2 and "happening 2" not in text


def test_the_report_s_own_voice_is_named():
    assert "said by: the report itself" in shown(Coded(REPORT, (replace(CLAIMS[0], said_by=()),)))


@pytest.mark.parametrize("columns", ["40", "60", "100"])
def test_narrow_widths_wrap_and_lose_no_word(monkeypatch, columns):
    whole = shown(CODED)
    monkeypatch.setenv("COLUMNS", columns)
    text = shown(CODED)
    assert max(map(len, text.splitlines())) <= int(columns)
    assert words_of(text) == words_of(whole)


def words_of(text: str) -> list[str]:
    """The words without rules and the dots between facts, which are dropped where a line ends."""
    return [word for word in text.split() if "─" not in word and word != "·"]


def test_colour_only_on_a_terminal_that_wants_it(monkeypatch):
    assert "\x1b[" in shown(CODED, out=Terminal())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in shown(CODED, out=Terminal())


def test_a_page_s_text_cannot_act_on_the_terminal():
    words = "\x1b]0;owned\x07\x9b31m\u202eretaken"
    text = shown(Coded(replace(REPORT, title=words, source=words), (replace(CLAIMS[0], sentence=Span(0, len(words), words)),)))
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)
    assert len(visible(words)) == len(words)


def test_mentions_are_listed_by_kind():
    out = io.StringIO()
    write_mentions([HEARD], out)
    text = out.getvalue()
    assert "group         The Hamra Front" in text
    assert "The army said it had retaken Tal Hamra" in text
    assert "(not named) told We destroyed […] positions" in text
