"""The table that a person reads: in colour on a terminal, plain and of fixed width where it is piped.

Claims are grouped under the sentence that they stand in. Colour never carries a meaning alone: every role is named in words too.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TextIO

from rich.console import Console
from rich.text import Text

from according.formats.phrases import figure_phrase, when_phrase
from according.formats.result import Coded, Heard
from according.model import Attribution, Claim, Manner, NameKind, Place, Report, Span, Status

PIPED_WIDTH = 100
WIDEST = 120  # longer lines tire the eye

STYLES = {
    "trigger": "bold underline",
    "speaker": "cyan",
    "actor": "yellow",
    "target": "magenta",
    "place": "green",
    "time": "blue",
    "figure": "bold red",
}
MARKS = {
    Status.HAPPENED: ("●", "green"),
    Status.PLANNED: ("○", "blue"),
    Status.POSSIBLE: ("?", "yellow"),
    Status.DENIED: ("✗", "red"),
}

# Control characters and marks that turn the writing direction could make a page's text act on the terminal.
_SPACES = re.compile(r"\s")
_ACTING = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def write_claims(results: Iterable[Coded], out: TextIO) -> None:
    """Each report with its claims, then a count."""
    page = Page(out)
    reports = claims = 0
    for coded in results:
        if not reports:
            page.put(_legend(page.colour), 0)
        reports, claims = reports + 1, claims + len(coded.claims)
        _header(page, coded.report, _count(len(coded.claims), "claim"))
        _claims(page, coded.claims)
    if reports > 1:
        page.put(Text(f"{_count(claims, 'claim')} in {_count(reports, 'report')}", "bold"), 0)


def write_mentions(results: Iterable[Heard], out: TextIO) -> None:
    """Each report with what it mentions, kind by kind."""
    page = Page(out)
    for heard in results:
        mentions = heard.mentions
        _header(page, heard.report, _count(len(mentions.sentences), "sentence"))
        for kind in sorted({name.kind for name in mentions.names} - {NameKind.PLACE}):  # places have a row of their own
            _list(page, kind.value, "actor", (n.span.text for n in mentions.names if n.kind is kind))
        _list(page, "places", "place", (_resolved(p) for p in mentions.places))
        _list(page, "times", "time", (when_phrase(t) for t in mentions.times))
        _list(page, "figures", "figure", (figure_phrase(f) for f in mentions.figures))
        for attribution in mentions.attributions:
            page.put(_saying(attribution), 2, hang=16)
        page.blank()


def visible(text: str) -> str:
    """The text with every character that could act on a terminal replaced by one that cannot; the length stays."""
    return _ACTING.sub("\ufffd", _SPACES.sub(" ", text))


class Page:
    """A terminal or a file, and the wrapping of styled text on it."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        on_terminal = out.isatty()
        self.colour = on_terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        width = Console(file=out).width if on_terminal else _width_asked()
        self.width = min(width, WIDEST)
        # Rich renders into memory, so that what reaches the stream is whole lines without padding.
        self.console = Console(
            file=io.StringIO(), force_terminal=self.colour, no_color=not self.colour, width=max(self.width, 20),
            color_system="standard" if self.colour else None, highlight=False, markup=False, emoji=False, legacy_windows=False,
        )  # fmt: skip

    def put(self, text: Text, indent: int, *, hang: int | None = None) -> None:
        """Write ``text`` wrapped, its first line ``indent`` columns in and the others ``hang`` (as far or further)."""
        further = indent if hang is None else hang
        for n, row in enumerate(text.wrap(self.console, max(20, self.width - further))):
            row.rstrip()
            self.line(Text(" " * (further if n else indent)) + row)

    def flow(self, facts: Iterable[Text], indent: int) -> None:
        """Write the facts one after the other, a dot between, and break the line between two rather than inside one."""
        row = Text()
        for fact in facts:
            if row and indent + row.cell_len + 3 + fact.cell_len > self.width:
                self.put(row, indent)
                row = Text()
            row = row.append(" · ", "dim").append_text(fact) if row else fact
        self.put(row, indent)

    def line(self, text: Text) -> None:
        with self.console.capture() as kept:
            self.console.print(text, soft_wrap=True, end="")
        self.out.write(kept.get().rstrip(" ") + "\n")

    def rule(self) -> None:
        self.line(Text("─" * self.width, "dim"))

    def blank(self) -> None:
        self.out.write("\n")


def _width_asked() -> int:
    asked = os.environ.get("COLUMNS", "")
    return max(40, int(asked)) if asked.isdigit() else PIPED_WIDTH


def _legend(colour: bool) -> Text:
    if not colour:
        marks = "  ".join(f"{mark} {status.value}" for status, (mark, _) in MARKS.items())
        return Text(marks + "\n")
    legend = Text()
    for status, (mark, style) in MARKS.items():
        legend.append(f"{mark} ", f"bold {style}").append(f"{status.value}  ", "dim")
    legend.append("   ")
    for role, style in STYLES.items():
        legend.append(role, style).append("  ")
    return legend.append("\n")


def _header(page: Page, report: Report, count: str) -> None:
    page.put(Text(visible(report.title or report.id), "bold"), 0)
    day = f"{report.published.day} {report.published:%B %Y}" if report.published else "no date"
    facts = [report.source, day, count, report.id if report.title else None]
    page.put(Text(visible(" · ".join(fact for fact in facts if fact)), "dim"), 0)
    page.rule()
    page.blank()


def _claims(page: Page, claims: Sequence[Claim]) -> None:
    in_order = sorted(claims, key=lambda c: (c.sentence.start, c.trigger.start, c.trigger.end))
    shared = _shared_events(claims)
    number = 0
    for _, group in groupby(in_order, key=lambda c: c.sentence):
        together = list(group)
        page.put(_sentence(together), 0)
        for claim in together:
            number += 1
            page.put(_headline(number, claim, claim.event in shared), 2, hang=8)
            page.flow(_facts(claim), 8)
        page.blank()


def _shared_events(claims: Sequence[Claim]) -> set[int | None]:
    events = [claim.event for claim in claims if claim.event is not None]
    return {event for event in events if events.count(event) > 1}


def _sentence(claims: Sequence[Claim]) -> Text:
    """The sentence with every role in its colour; what an earlier claim coloured stays, triggers win over all."""
    sentence = claims[0].sentence
    text = Text(visible(sentence.text))
    marked = [(role, span) for claim in claims for role, span in _roles(claim) if sentence.holds(span)]
    for role, span in sorted(marked, key=lambda m: (m[0] == "trigger", -len(m[1].text), m[0] == "speaker")):
        text.stylize(STYLES[role], span.start - sentence.start, span.end - sentence.start)
    return text


def _roles(claim: Claim) -> Iterator[tuple[str, Span]]:
    yield "trigger", claim.trigger
    for role, parties in (("speaker", claim.said_by), ("actor", claim.actor), ("target", claim.target)):
        yield from ((role, party.span) for party in parties)
    yield from (("place", place.span) for place in (claim.place, *claim.within) if place)
    if claim.time:
        yield "time", claim.time.span
    yield from (("figure", figure.span) for figure in claim.figures)


def _headline(number: int, claim: Claim, shared: bool) -> Text:
    mark, style = MARKS[claim.status]
    text = Text().append(f"{number:>3} ", "dim").append(f"{mark} ", f"bold {style}")
    text.append(claim.type.value.replace("_", " "), "bold").append("  ").append(f"“{visible(claim.trigger.text)}”", "bold")
    if claim.status is not Status.HAPPENED:
        text.append(f"  {claim.status.value}", style)
    return text.append(f"  happening {claim.event}", "dim") if shared else text


def _facts(claim: Claim) -> Iterator[Text]:
    """The labelled facts of a claim, the speaker always first."""
    speaker = _named(p.span for p in claim.said_by)
    said = _fact("said by", "speaker", speaker) if speaker else Text("said by: the report itself", "dim")
    yield said.append(", in quotation marks", "dim") if claim.manner is Manner.QUOTED else said
    facts = [("by", "actor", _named(p.span for p in claim.actor)), ("against", "target", _named(p.span for p in claim.target))]
    facts += [("at", "place", _resolved(claim.place) if claim.place else ""), ("in", "place", _named(p.span for p in claim.within))]
    facts += [("when", "time", when_phrase(claim.time) if claim.time else "")]
    facts += [("", "figure", figure_phrase(figure)) for figure in claim.figures]
    yield from (_fact(*fact) for fact in facts if fact[2])


def _fact(label: str, role: str, words: str) -> Text:
    return Text().append(f"{label}: " if label else "", "dim").append(visible(words), STYLES[role])


def _named(spans: Iterable[Span]) -> str:
    return "; ".join(span.text for span in spans)


def _resolved(place: Place) -> str:
    """“Tabqa (Al-Tabqa, SY, ±3 km)”; the words alone where the place is not known."""
    if place.name is None:
        return place.span.text
    told = place.derived or place.name
    told = "" if told.casefold() == place.span.text.casefold() else told
    facts = [told, place.country or "", f"±{place.radius_km:.0f} km"]
    return f"{place.span.text} ({', '.join(f for f in facts if f)})"


def _list(page: Page, label: str, role: str, words: Iterable[str]) -> None:
    distinct = list(dict.fromkeys(visible(" ".join(w.split())) for w in words))
    if distinct:
        text = Text().append(f"{label:<14}", "dim")
        for n, word in enumerate(distinct):
            text.append(" · " if n else "", "dim").append(word, STYLES[role])
        page.put(text, 2, hang=16)


def _saying(attribution: Attribution) -> Text:
    source = visible(attribution.source.text) if attribution.source else "(not named)"
    text = Text().append("said          ", "dim").append(source, STYLES["speaker"]).append(f" {visible(attribution.cue.text)} ", "dim")
    return text.append(visible(" […] ".join(piece.text for piece in attribution.content)))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s" if number else f"no {noun}s"
