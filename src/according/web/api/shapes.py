"""What the API's records look like: the schemas that its OpenAPI tells. The records themselves are those of ``according.records`` and
``according.formats``; missing is ``null`` or ``[]``, never 0.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from according.actors.speakers import SpeakerKind
from according.actors.table import Inter, Role
from according.events.deciding import EventVerdict
from according.events.event import Corroboration
from according.events.happening import Sort
from according.events.holdings import Grade, Step
from according.events.reconciling import Rule
from according.ledger.deciding import MOST, Verdict
from according.model import Anchor, ClaimType, Located, Manner, Measure, Precision, Status

#: No NUL: PostgreSQL's texts hold none.
NO_NUL = r"^[^\x00]*$"
#: The largest whole number of a column of 32 bits.
WHOLE = 2**31 - 1


def a_day(told: str) -> str:
    """Raises ``ValueError`` for 30 February."""
    date.fromisoformat(told)
    return told


Text = Annotated[str, StringConstraints(strict=True, pattern=NO_NUL)]
Words = Annotated[str, StringConstraints(strict=True, pattern=NO_NUL, min_length=1)]
Name = Annotated[str, StringConstraints(strict=True, pattern=NO_NUL, max_length=500)]
Count = Annotated[int, Field(strict=True, ge=0)]
Offset = Annotated[int, Field(strict=True, ge=0, le=WHOLE)]
Whole = Annotated[int, Field(strict=True, ge=0, le=MOST)]
Number = Annotated[int, Field(strict=True, ge=0, le=WHOLE)]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Real = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Truth = Annotated[bool, Field(strict=True)]
Day = Annotated[
    str,
    StringConstraints(strict=True, pattern=r"^\d{4}-\d{2}-\d{2}$"),
    Field(json_schema_extra={"format": "date"}),
    AfterValidator(a_day),
]
Moment = Annotated[str, StringConstraints(strict=True), Field(json_schema_extra={"format": "date-time"})]


class Shape(BaseModel):
    """A record with these keys and no others."""

    model_config = ConfigDict(extra="forbid")


T = TypeVar("T")


class Page(Shape, Generic[T]):
    """Some of a list."""

    items: list[T]
    next: str | None = Field(description="What to give as `after` for those that come next; null at the end.")


# Claims


class Span(Shape):
    """Exact words of a report: its text from `start` to `end`, in code points."""

    start: Offset
    end: Offset = Field(description="Exclusive.")
    text: Words


class Party(Span):
    """Who did, suffered or said it: the words."""

    actor: Name | None = Field(description="The id of the actor that the words surely name.")


class Place(Span):
    """Where: the words, and the gazetteer's entry where one can be justified."""

    name: Name | None
    geonames_id: Number | None
    lat: Annotated[float, Field(strict=True, ge=-90, le=90)] | None = Field(description="Degrees of WGS84.")
    lon: Annotated[float, Field(strict=True, ge=-180, le=180)] | None
    feature: Name | None = Field(description="GeoNames' feature code.")
    admin1: Name | None
    admin2: Name | None
    country: Name | None = Field(description="ISO 3166-1 alpha-2.")
    precision: Located | None = Field(description="What the point stands for.")
    radius_km: Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)] | None = Field(
        description="How far from the point it may be."
    )
    score: Share | None = Field(description="How sure it is that it is this place.")
    derived: Name | None = Field(description="How the point was come by where it is not the entry's own.")


class When(Span):
    """A time: the words, and the days that they mean where an anchor justifies them."""

    from_: Day | None = Field(alias="from", description="The first day.")
    to: Day | None = Field(description="The last day, inclusive.")
    precision: Precision | None
    anchor: Anchor | None = Field(description="What it was resolved against.")


class Figure(Span):
    """How many of whom: from `min` to `max`, either open."""

    measure: Measure
    of: Name | None = Field(description="The head words of what is counted.")
    min: Whole | None
    max: Whole | None
    cumulative: Truth = Field(description="A standing total: not to be added to others.")
    approximate: Truth


class Claim(Shape):
    """One assertion that something happened, is so or will be, as `according code --format jsonl` writes it."""

    id: Name
    report: Text = Field(description="The report's id.")
    sentence: Span
    trigger: Span = Field(description="The words that tell what happened.")
    type: ClaimType
    status: Status
    said_by: list[Party] = Field(description="The innermost speaker first; empty: the report in its own voice.")
    manner: Manner
    actor: list[Party]
    target: list[Party]
    place: Place | None
    within: list[Place] = Field(description="Wider places that it is told to be in.")
    time: When | None
    figures: list[Figure]
    event: Number | None = Field(description="Claims of one report about one happening share a number.")
    evidence: list[Name] = Field(description="The frame and rules that made it.")
    confidence: Share


class Cited(Shape):
    """The report that a claim stands in."""

    key: str = Field(description="16 hexadecimal digits: tells versions of a report apart.")
    id: str = Field(description="What claims call it; its versions share it.")
    title: str | None
    outlet: str | None = Field(description="As the report tells it.")
    source: str | None = Field(description="The same, or the host of its address.")
    url: str | None
    published: Day | None
    replaced: bool = Field(description="A newer version of the report is there.")
    copy_: bool = Field(alias="copy", description="It copies another report.")


class ClaimItem(Shape):
    """A claim as it stands now: a person's correction laid over what the machine says."""

    claim: Claim
    report: Cited
    page: Annotated[int, Field(ge=1)] | None = Field(description="Of a report with pages.")
    verdict: Verdict | None = Field(description="The last that a person decided of it and nobody took back.")
    corrected: bool
    withdrawn: bool = Field(description="A person decided on it, and the machine makes it no more.")


class Decision(Shape):
    """What a person decided of a claim. Nothing is overwritten."""

    number: Count = Field(description="Counts up over all decisions.")
    claim: str
    report: str
    report_key: str
    verdict: Verdict
    person: str
    decided: Moment
    note: str | None
    seen: Claim = Field(description="The claim as it stood when the person decided.")
    correction: Claim | None


class ClaimDossier(ClaimItem):
    """A claim with all that was decided of it."""

    event: str | None = Field(description="The id of the event that it tells of.")
    decisions: list[Decision] = Field(description="The oldest first. The number of the last is what a new one gives as `seen`.")


class Ref(Shape):
    """A claim."""

    report_key: str
    claim: str


class EventDecision(Shape):
    """A merge of two events, or a split of one, by the claims of both as they stood then."""

    number: Count
    verdict: EventVerdict
    person: str
    decided: Moment
    note: str | None
    one: list[Ref]
    other: list[Ref]


# Reports, sources, figures


class Report(Shape):
    """A report, without its text. Moments are in UTC."""

    key: str
    id: str
    title: str | None
    source: str | None
    byline: str | None
    url: str | None
    published: Day | None
    language: str | None = Field(description="ISO 639-1.")
    taken: Moment | None = Field(description="When its bytes were so, where that is known.")
    first_seen: Moment
    last_seen: Moment
    characters: Count
    pages: Count = Field(description="0 for a report without pages.")
    claims: Count = Field(description="Of those asked for.")
    replaced_by: str | None = Field(description="The key of the next version of it.")
    copy_of: str | None = Field(description="The key of the report that it copies.")
    notes: str | None = Field(description="What a person should know of how it was read.")


class Stretch(Shape):
    """A stretch of a text, in code points, the end exclusive."""

    start: Count
    end: Count


class WholeReport(Report):
    """A report with its text, to which all offsets of its claims refer."""

    text: str
    text_sha256: str
    raw_sha256: str | None = Field(description="Of the bytes that it was read from.")
    extractor: str | None = Field(description="How the text was taken out of them.")
    stretches: list[Stretch] = Field(description="Where each page stands in the text.")
    furniture: list[Stretch] = Field(description="What of the text is page furniture; nothing is coded there.")


class Source(Shape):
    """An outlet, army or agency, with what the ledger has of it."""

    name: str | None = Field(description="null for reports that tell no source.")
    reports: Count
    independent: Count = Field(description="Those that copy no other.")
    claims: Count
    first: Day | None = Field(description="The first day of publication.")
    last: Day | None


class FigureRecord(Figure):
    """A figure, with who says it of what, when and where, as `according figures --format jsonl` writes it."""

    claim: str
    report: str
    type: ClaimType
    status: Status
    said_by: list[Party]
    manner: Manner
    actor: list[Party]
    target: list[Party]
    place: Place | None
    within: list[Place]
    time: When | None
    sentence: Span


class FigureItem(Shape):
    """A figure and the report that it stands in."""

    figure: FigureRecord
    report: Cited
    page: Annotated[int, Field(ge=1)] | None


# Events, series, holdings


class Spoken(Shape):
    """Who says it."""

    speaker: str
    speaker_actor: str | None
    kind: SpeakerKind
    party: bool = Field(description="A party to the fighting that it tells of.")
    own_voice: bool = Field(description="A report in its own voice.")


class Quoted(Shape):
    """Where it stands."""

    report: str
    report_key: str
    source: str | None
    published: Day | None
    url: str | None


class Range(Shape):
    """Several accounts' numbers made one range, by a rule. It rests on the readings."""

    measure: Measure
    group: str = Field(description="Whom it counts.")
    low: Count
    best: Count
    high: Count | None = Field(description="null: open.")
    rule: Rule
    accounts: Count


class Account(Spoken):
    """What one speaker says of an event, in all reports."""

    denies: bool
    first: Day | None
    last: Day | None
    copies: Count = Field(description="How many of its reports copy another one.")
    claims: list[str]
    reports: list[str] = Field(description="Keys.")


class EventPlace(Shape):
    """The place that is told most often, of equals the narrower."""

    text: str
    name: str | None
    geonames_id: Count | None
    lat: Real | None
    lon: Real | None
    feature: str | None
    admin1: str | None
    admin2: str | None
    country: str | None
    precision: Located | None
    radius_km: Real | None
    score: Real | None
    derived: str | None


class EventTime(Shape):
    """The narrowest stretch of days that is told."""

    text: str
    from_: Day | None = Field(alias="from")
    to: Day | None
    precision: Precision | None


class NamedParty(Shape):
    """A party's words, and its actor's id."""

    text: str
    actor: str | None


class Event(Shape):
    """What several claims tell of one happening."""

    id: str
    type: ClaimType
    status: Status
    place: EventPlace | None
    time: EventTime | None
    actor: list[NamedParty]
    target: list[NamedParty]
    figures: list[Range]
    grade: Corroboration = Field(description="How it is attested.")
    accounts: list[Account]
    independent: Count = Field(description="Accounts that neither copy one another nor speak for one body.")
    first_told: Day | None
    claims: list[str]
    reports: list[str]


class Reading(Spoken):
    """One number that a speaker gives, and whether it counts towards the event's own."""

    measure: Measure
    group: str
    min: Count | None
    max: Count | None
    approximate: bool
    words: str
    first: Day | None
    last: Day | None
    claim: str
    report: str = Field(description="Its key.")
    part: bool = Field(description="Of another number of the same claim.")
    superseded: bool = Field(description="The speaker gave another one later.")
    sum: bool = Field(description="Of the groups that one claim tells one by one.")
    counts: bool


class Reason(Shape):
    """What speaks for one happening, and how much."""

    reason: str
    points: Real


class Tie(Shape):
    """Why two accounts are taken for one happening."""

    one: str = Field(description="A claim of the one account.")
    other: str
    points: Real
    why: list[Reason]


class Told(Quoted):
    """A claim of an event."""

    as_: Sort = Field(alias="as", description="How it stands to the happening.")
    claim: Claim


class Dossier(Event):
    """The whole of an event: every reading, the claims, and why they stand together."""

    readings: list[Reading]
    ties: list[Tie]
    told: list[Told]


class Toll(Spoken, Quoted):
    """One reading of a series."""

    min: Count | None
    max: Count | None
    approximate: bool
    words: str
    window: str | None = Field(description="Its words: since the beginning of December.")
    from_: Day | None = Field(alias="from")
    to: Day | None
    claim: str
    sentence: str


class Series(Shape):
    """What is told of one measure, group and place over one window, in the order of publication."""

    measure: Measure
    group: str
    place: str | None
    since: Day | None
    readings: list[Toll]


class Evidence(Spoken, Quoted):
    """A claim on a place's history."""

    step: Step
    side: str | None
    name: str | None
    from_: Day | None = Field(alias="from")
    to: Day | None
    dated: bool = Field(description="Else the days are those of publication, by which it was so.")
    possible: bool
    claim: str
    sentence: str


class Holding(Shape):
    """A spell: a side held a place from one day to another. What is not told is null."""

    place: str
    country: str | None
    lat: Real | None
    lon: Real | None
    area: bool = Field(description="Of which only a part is told: the side was there.")
    holder: str | None
    holder_name: str | None
    since: Day | None = Field(description="The day on which it began.")
    by: Day | None = Field(description="The first day on which it was told to be so.")
    until: Day | None = Field(description="The day on which it ended.")
    over_by: Day | None
    over: bool
    last_told: Day | None
    grade: Grade
    evidence: list[Evidence]
    rivals: list[Evidence] = Field(description="What others say of the same days.")


# Actors, status


class Match(Shape):
    """An actor that words may name."""

    id: str
    name: str
    role: Role
    kind: Inter
    countries: list[str]
    from_: int | None = Field(alias="from", description="The first year in which it was so.")
    to: int | None
    parent: str | None = Field(description="The id of the body that it is a branch of.")
    score: Share
    by: str = Field(description="What speaks for it.")
    sure: bool = Field(description="Sure enough to be taken, and the only one.")


class Named(Shape):
    """Words, and the actors that they may name, the surest first."""

    words: str
    matches: list[Match]


class Versions(Shape):
    """What claims and events depend on besides their reports."""

    according: str
    model: str
    lexicon: str
    gazetteer: str
    grouping: str
    schema_: str = Field(alias="schema", description="Of the ledger.")


class Counts(Shape):
    """How many of each there are."""

    reports: Count
    replaced: Count = Field(description="Reports that a newer version replaced.")
    copies: Count
    sources: Count
    claims: Count
    figures: Count
    decisions: Count


class StatusOf(Shape):
    """Which According answers, and what the ledger holds."""

    versions: Versions
    counts: Counts
    coded_by: dict[str, Count] = Field(description="Reports by the versions that coded them.")


# Writing


class ReportGiven(Shape):
    """A report to be read. The text is kept to the letter, so that offsets hold."""

    text: Words
    id: Name | None = None
    title: Text | None = None
    published: Day | None = Field(None, description="Days such as “Tuesday” are told from it.")
    source: Text | None = None
    byline: Text | None = None
    url: Text | None = None


class CodedReport(Shape):
    """What the claims were read in."""

    id: str
    title: str | None
    published: Day | None
    source: str | None
    byline: str | None
    url: str | None
    language: str | None
    characters: Count
    notes: list[str]


class Coded(Shape):
    """A report's claims. Nothing of it is kept."""

    report: CodedReport
    claims: list[Claim]


class DecisionGiven(Shape):
    """A decision on a claim."""

    verdict: Verdict
    seen: Whole = Field(description="The number of the last decision on the claim that you saw, 0 where there was none.")
    note: Annotated[str, StringConstraints(strict=True, pattern=NO_NUL, max_length=10_000)] | None = None
    correction: Claim | None = Field(None, description="The whole claim as it is to be, with the verdict `correct` and no other.")


class MergeGiven(Shape):
    """The event that is one with this one."""

    other: Name
    note: Annotated[str, StringConstraints(strict=True, pattern=NO_NUL, max_length=10_000)] | None = None


class SplitGiven(Shape):
    """What of an event's claims is of another."""

    told: list[Name] = Field(min_length=1, max_length=10_000, description="Ids of claims, or ids or keys of reports.")
    note: Annotated[str, StringConstraints(strict=True, pattern=NO_NUL, max_length=10_000)] | None = None


class Merged(Shape):
    """The id by which the event goes now; both lead to it."""

    id: str


class Parted(Shape):
    """The ids of the two events."""

    rest: str
    parted: str


# Errors

Code = Literal[
    "bad_request", "who_are_you", "not_allowed", "not_found", "wrong_method", "changed_meanwhile", "too_large", "wrong_type", "wrong_host",
    "unavailable", "failed",
]  # fmt: skip


class Wrong(Shape):
    """One thing that is wrong with what was asked."""

    where: str
    message: str


class Error(BaseModel):
    """What went wrong, for programs and for people."""

    code: Code
    message: str
    problems: list[Wrong] | None = Field(None, description="One by one.")


class Problem(Shape):
    """The one shape of errors."""

    error: Error


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How OpenAPI tells of the errors of these statuses."""
    return {status: {"model": Problem, "description": ABOUT[status]} for status in statuses}


ABOUT = {
    400: "What was asked cannot be understood: a value, an unknown parameter, a body.",
    401: "Whoever asks did not say who he is.",
    403: "His role does not allow it, or another site's page asks.",
    404: "No such report, claim or event.",
    405: "The path is there, and not for this method; `Allow` names those it has.",
    409: "Another decision came meanwhile.",
    413: "More was sent than is taken.",
    415: "The body is of a kind that is not read here.",
    421: "The site is not asked for by this name.",
    503: "The ledger or the model cannot be used at the moment.",
}
