"""A report as it was read: the tree, and every mention found in it, before any of it is coded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from spacy.tokens import Doc, Token

from according.model import Mentions, Name, NameKind, Place, Report, Span, When
from according.reading import attributions as saying
from according.reading import figures as counting
from according.reading import numbers as quantities
from according.reading import times as timing
from according.reading.attributions import AttributionMention
from according.reading.doc import build
from according.reading.figures import FigureMention


@dataclass(frozen=True, slots=True)
class Reading:
    """One report's reading. Token indexes in the mentions refer to ``doc``; all spans to ``report.text``."""

    report: Report
    doc: Doc
    times: tuple[When, ...]  # as `read` prints them: the bare expression
    claim_times: tuple[When, ...]  # as a claim takes them: "since the beginning of December"
    dateline: date | None  # the day of publication, as told or as the text's head has it
    figures: tuple[FigureMention, ...]
    attributions: tuple[AttributionMention, ...]

    def sentence_of(self, token: Token) -> Span:
        """The sentence that a token stands in, without the blanks around it."""
        return _trimmed(self.report.text, token.sent.start_char, token.sent.end_char)

    def mentions(self) -> Mentions:
        """All that the report mentions, in the form that ``read`` prints."""
        text = self.report.text
        names = tuple(Name(Span.of(text, e.start_char, e.end_char), NameKind(e.label_)) for e in self.doc.ents)
        return Mentions(
            report=self.report.id,
            text=text,
            sentences=tuple(_trimmed(text, s.start_char, s.end_char) for s in self.doc.sents if s.text.strip()),
            names=names,
            places=tuple(Place(n.span) for n in names if n.kind in (NameKind.PLACE, NameKind.FACILITY)),
            times=self.times,
            figures=tuple(m.figure for m in self.figures),
            attributions=tuple(m.attribution for m in saying.told(self.attributions)),
        )


def read_report(report: Report) -> Reading:
    """Read a report. Pure: the same report gives the same reading."""
    doc = build(report.text)
    found = timing.find(doc, report.published)
    times = tuple(timing.mentions(found))
    long = [(t.span.start, t.span.end) for t in times if t.start and t.end and t.end > t.start]
    numbers = quantities.find(report.text, [(t.span.start, t.span.end) for t in times])
    return Reading(
        report=report,
        doc=doc,
        times=times,
        claim_times=timing.phrases(found),
        dateline=report.published or timing.dateline(report.text),
        figures=counting.find(doc, numbers, long),
        attributions=saying.find(doc),
    )


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span.of(text, start, end)
