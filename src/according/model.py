"""The nouns: what a report is, and what is told in it.

All offsets are Unicode code points into ``Report.text``: start inclusive, end exclusive, and ``text[start:end]`` is the
span's own text, always. Missing is ``None`` or an empty tuple, never 0 and never a guess.
"""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Exact words of a report: ``report.text[start:end] == text``."""

    start: int
    end: int
    text: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or self.end - self.start != len(self.text):
            raise ValueError(f"not a span: {self.start}–{self.end} {self.text!r}")

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of ``text`` from ``start`` to ``end``."""
        return cls(start, end, text[start:end])

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True)
class Report:
    """One document as it was published. ``text`` never changes after intake: every offset refers to it."""

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    source: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None  # ISO 639-1
    raw_sha256: str | None = None  # of the bytes it was read from
    extractor: str | None = None  # how the text was taken out of the bytes, with its version
    dropped: tuple[str, ...] = ()  # furniture left out of the text, for a person to check
    furniture: tuple[tuple[int, int], ...] = ()  # stretches of a text given as it is that are page furniture: nothing is coded there
    pages: tuple[tuple[int, int], ...] = ()  # where each page of a paged document stands in the text, the first page first
    notes: tuple[str, ...] = ()  # what a person should know of how it was read: "the page is cut off: …"

    @cached_property
    def text_sha256(self) -> str:
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


class ClaimType(enum.StrEnum):
    """What a claim tells of, in the words of the annotation guidelines."""

    ARMED_CLASH = "armed_clash"
    TAKES_TERRITORY = "takes_territory"
    LEAVES_TERRITORY = "leaves_territory"
    CONTROL = "control"
    AIR_STRIKE = "air_strike"
    SHELLING = "shelling"
    BOMBING = "bombing"
    CHEMICAL_ATTACK = "chemical_attack"
    ATTACK = "attack"
    ABDUCTION_DETENTION = "abduction_detention"
    DESTRUCTION = "destruction"
    CASUALTIES = "casualties"
    SIEGE = "siege"
    DISPLACEMENT = "displacement"
    AGREEMENT = "agreement"
    TALKS = "talks"
    DEPLOYMENT = "deployment"
    AID = "aid"
    PROTEST = "protest"


class Status(enum.StrEnum):
    """How the speaker puts it: as fact, as plan, hedged, or denied."""

    HAPPENED = "happened"
    PLANNED = "planned"
    POSSIBLE = "possible"
    DENIED = "denied"


class Manner(enum.StrEnum):
    """How the words came into the report."""

    QUOTED = "quoted"
    REPORTED = "reported"
    STATED = "stated"


class Measure(enum.StrEnum):
    """What a figure counts."""

    KILLED = "killed"
    INJURED = "injured"
    CASUALTIES = "casualties"
    MISSING = "missing"
    DISPLACED = "displaced"
    RETURNED = "returned"
    ABDUCTED = "abducted"
    DETAINED = "detained"
    DESTROYED = "destroyed"
    PLACES = "places"
    STRIKES = "strikes"
    ATTACKERS = "attackers"
    PARTICIPANTS = "participants"
    OTHER = "other"


class NameKind(enum.StrEnum):
    """What bears a name."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    GROUP = "group"  # a nationality, a people, an armed group
    FACILITY = "facility"
    OTHER = "other"


class Precision(enum.StrEnum):
    """How long a stretch of time the words name."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"


class Located(enum.StrEnum):
    """How precisely a place is located; ``radius_km`` says it in kilometres."""

    POINT = "point"
    SETTLEMENT = "settlement"
    ADMIN3 = "admin3"
    ADMIN2 = "admin2"
    ADMIN1 = "admin1"
    COUNTRY = "country"
    AREA = "area"
    LINE = "line"


class Anchor(enum.StrEnum):
    """What a relative expression of time was resolved against."""

    PUBLISHED = "published"
    DATELINE = "dateline"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Party:
    """Who did, suffered or said something: the words as written, and an actor id where an actor table supports it."""

    span: Span
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the words as written, and a gazetteer entry where one can be justified, else ``None`` throughout."""

    span: Span
    name: str | None = None
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None
    feature: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    precision: Located | None = None
    radius_km: float | None = None
    score: float | None = None  # 0–1: how sure that it is this place
    derived: str | None = None  # how the point was come by where it is not the entry's own: "the south of Idlib"

    @property
    def called(self) -> str:
        """Its name in the gazetteer, else its words."""
        return self.name or self.span.text


@dataclass(frozen=True, slots=True)
class When:
    """A time expression: the words, and the closed interval of days they mean where an anchor justifies one."""

    span: Span
    start: date | None = None  # first day, inclusive
    end: date | None = None  # last day, inclusive
    precision: Precision | None = None
    anchor: Anchor | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"{self.span.text!r} cannot run from {self.start} to {self.end}")


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of whom: [min, max], either side open where the words leave it open ("at least 12" is [12, ∞))."""

    span: Span
    measure: Measure
    of: str | None = None  # the exact head words of what is counted
    min: int | None = None
    max: int | None = None
    cumulative: bool = False  # a standing total over a span of time or several happenings
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"{self.span.text!r}: {self.min} > {self.max}")

    @property
    def numbered(self) -> bool:
        """Whether the words give a number, on one side at least."""
        return self.min is not None or self.max is not None


@dataclass(frozen=True, slots=True)
class Name:
    """A name in the text and what bears it."""

    span: Span
    kind: NameKind


@dataclass(frozen=True, slots=True)
class Attribution:
    """Something that somebody is told to have said, written or thought."""

    cue: Span
    content: tuple[Span, ...]  # several pieces where the cue breaks a quotation in two
    source: Span | None = None
    quoted: bool = False  # the content stands inside quotation marks


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion that something happened, is so, or will happen. See docs/claims.md for what counts as one."""

    id: str
    report: str
    sentence: Span
    trigger: Span
    type: ClaimType
    status: Status = Status.HAPPENED
    said_by: tuple[Party, ...] = ()  # innermost speaker first; empty is the report's own voice
    manner: Manner = Manner.STATED
    actor: tuple[Party, ...] = ()
    target: tuple[Party, ...] = ()
    place: Place | None = None
    within: tuple[Place, ...] = ()
    time: When | None = None
    figures: tuple[Figure, ...] = ()
    event: int | None = None  # claims of one report about one happening share a number
    evidence: tuple[str, ...] = ()  # names of the frame and rules that made it
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Mentions:
    """All that a reading finds in a report, before any of it becomes a claim."""

    report: str
    text: str
    sentences: tuple[Span, ...] = ()
    names: tuple[Name, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[When, ...] = ()
    figures: tuple[Figure, ...] = ()
    attributions: tuple[Attribution, ...] = field(default=())


def claim_id(text_sha256: str, trigger: Span, kind: ClaimType) -> str:
    """A claim's id: 16 hexadecimal digits of a hash of the report's text, the trigger's offsets and the type."""
    key = f"{text_sha256}:{trigger.start}:{trigger.end}:{kind}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]
