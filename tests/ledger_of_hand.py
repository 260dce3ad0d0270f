"""Claims made by hand over a small invented report, for tests that need no model."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from according.formats.result import Coded, Heard
from according.model import (
    Anchor,
    Attribution,
    Claim,
    ClaimType,
    Figure,
    Located,
    Manner,
    Measure,
    Mentions,
    Name,
    NameKind,
    Party,
    Place,
    Precision,
    Report,
    Span,
    Status,
    When,
    claim_id,
)

TEXT = (
    "The army said on Friday that it had retaken Tal Hamra after clashes that left at least 12 rebels dead. "
    "“We destroyed nearly 1,000 positions,” a spokesman told Reuters. "
    "The Hamra Front denied that it had lost the town, and villagers said shelling may have killed two women."
)
REPORT = Report(id="tal-hamra", text=TEXT, title="Army retakes Tal Hamra", published=date(2031, 5, 16), source="Frontline Herald")


def span(words: str, after: str = "") -> Span:
    start = TEXT.index(words, TEXT.index(after) if after else 0)
    return Span.of(TEXT, start, start + len(words))


def _sentences() -> tuple[Span, ...]:
    cuts = [0, TEXT.index("“We"), TEXT.index("The Hamra"), len(TEXT) + 1]
    return tuple(Span.of(TEXT, a, b - 1) for a, b in pairwise(cuts))


FIRST, SECOND, THIRD = _sentences()


def made(trigger: Span, kind: ClaimType, sentence: Span, **fields: object) -> Claim:
    return Claim(claim_id(REPORT.text_sha256, trigger, kind), REPORT.id, sentence, trigger, kind, **fields)  # type: ignore[arg-type]


CLAIMS = (
    made(
        span("retaken"), ClaimType.TAKES_TERRITORY, FIRST,
        said_by=(Party(span("The army")),), manner=Manner.REPORTED, actor=(Party(span("The army")),), place=Place(span("Tal Hamra")),
        time=When(span("Friday"), date(2031, 5, 16), date(2031, 5, 16), Precision.DAY, Anchor.PUBLISHED),
        event=1, evidence=("takes.retake",), confidence=0.9,
    ),
    made(
        span("clashes"), ClaimType.ARMED_CLASH, FIRST,
        said_by=(Party(span("The army")),), manner=Manner.REPORTED, target=(Party(span("rebels")),), place=Place(span("Tal Hamra")),
        figures=(Figure(span("at least 12 rebels"), Measure.KILLED, "rebels", 12, None),), event=2, confidence=0.7,
    ),
    made(
        span("destroyed"), ClaimType.DESTRUCTION, SECOND,
        said_by=(Party(span("a spokesman"), "actor:army"),), manner=Manner.QUOTED, actor=(Party(span("We")),),
        figures=(Figure(span("nearly 1,000"), Measure.DESTROYED, "positions", None, 1000, cumulative=True),), confidence=0.8,
    ),
    made(
        span("lost"), ClaimType.LEAVES_TERRITORY, THIRD, status=Status.DENIED,
        said_by=(Party(span("The Hamra Front")),), manner=Manner.REPORTED, actor=(Party(span("The Hamra Front")),),
        place=Place(span("Tal Hamra"), "Tall Ḩamrā", 12345, -3.5, 36.25, "PPL", None, None, "SY", Located.SETTLEMENT, 2.0, 0.8),
        within=(Place(span("Tal Hamra")),), event=1, confidence=0.6,
    ),
    made(
        span("shelling"), ClaimType.SHELLING, THIRD, status=Status.POSSIBLE,
        said_by=(Party(span("villagers")),), manner=Manner.REPORTED, target=(Party(span("two women")),),
        figures=(
            Figure(span("two women"), Measure.KILLED, "women", 2, 2),
            Figure(span("two"), Measure.KILLED, None, None, 5, approximate=True),
        ),
        confidence=0.5,
    ),
)  # fmt: skip

MENTIONS = Mentions(
    REPORT.id, TEXT, (FIRST, SECOND, THIRD),
    names=(Name(span("Tal Hamra"), NameKind.PLACE), Name(span("The Hamra Front"), NameKind.GROUP)),
    places=(Place(span("Tal Hamra")),),
    times=(When(span("Friday")),),
    figures=CLAIMS[1].figures,
    attributions=(
        Attribution(span("said"), (span("it had retaken Tal Hamra"),), span("The army")),
        Attribution(span("told"), (span("We destroyed"), span("positions")), None, quoted=True),
    ),
)  # fmt: skip

CODED = Coded(REPORT, CLAIMS)
HEARD = Heard(REPORT, MENTIONS)
