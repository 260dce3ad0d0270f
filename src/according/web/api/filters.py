"""What may be asked for in the query of a list: the filters of the pages, declared one by one. What is not declared is refused."""

from __future__ import annotations

import enum
from dataclasses import replace
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints
from starlette.datastructures import QueryParams

from according.events.event import Corroboration
from according.events.reconciling import Rule
from according.ledger.question import Question
from according.model import ClaimType, Measure, Status
from according.web.api.shapes import NO_NUL, Day
from according.web.asked import asked

#: Rows on one page.
USUAL, MOST = 50, 500
#: Values of one filter.
_MANY = 100

_DEGREES = r"-?\d{1,3}(\.\d+)?"


Words = Annotated[str, StringConstraints(pattern=NO_NUL, min_length=1, max_length=500)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}$")]
Box = Annotated[str, StringConstraints(pattern=rf"^{_DEGREES}(,{_DEGREES}){{3}}$")]
Near = Annotated[str, StringConstraints(pattern=rf"^{_DEGREES},{_DEGREES},\d{{1,5}}(\.\d+)?$")]


class Form(enum.StrEnum):
    """How a list is told."""

    JSON = "json"
    JSONL = "jsonl"
    CSV = "csv"


def _several(about: str) -> Any:
    return Field([], max_length=_MANY, description=f"{about} Of several, any.")


class Query(BaseModel):
    """The parameters of a query; others are refused (see ``openapi.declared``)."""


class Paging(Query):
    """Some of a list."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="So many items at the most.")
    after: Annotated[str, StringConstraints(min_length=1, max_length=12_000)] | None = Field(
        None, description="`next` of the answer before: the items that come after those."
    )


class Listing(Paging):
    """A list, or the whole of it as a file."""

    format: Form = Field(Form.JSON, description="`jsonl` and `csv` are the whole answer, as a file; `limit` and `after` are for `json`.")


class Filters(Query):
    """All that are given must hold."""

    place: list[Words] = _several("At a place of this name, or in one.")
    box: Box | None = Field(None, description="Within these degrees: west,south,east,north.", examples=["36.1,35.2,37.5,36.4"])
    near: Near | None = Field(
        None, description="No further than so many km from a point: latitude,longitude,kilometres.", examples=["35.86,36.80,25"]
    )
    country: list[Country] = _several("In this country: ISO 3166-1, two letters.")
    actor: list[Words] = _several("Done by a party whose words hold these, or of this actor's id.")
    target: list[Words] = _several("Done to one.")
    speaker: list[Words] = _several("Said by one; - is the report in its own voice.")
    since: Day | None = Field(None, description="Happened on or after this day. What bears no day is left out.")
    until: Day | None = Field(None, description="Happened on or before it.")
    known_since: Day | None = Field(None, alias="known-since", description="Published, or else first seen, on or after it.")
    known_until: Day | None = Field(None, alias="known-until", description="Published, or else first seen, on or before it.")
    status: list[Status] = _several("Told as happened, planned, possible or denied.")
    measure: list[Measure] = _several("With a figure of this.")
    q: Annotated[str, StringConstraints(pattern=NO_NUL, min_length=1, max_length=2_000)] | None = Field(
        None, description="With all these words; “a phrase” in double quotes; shell* for all that begin so."
    )
    source: list[Words] = _several("Of this outlet, army or agency.")
    report: list[Words] = _several("Of the report of this id or key.")
    independent: bool = Field(False, description="Not of reports that copy another one.")
    versions: bool = Field(False, description="Also of reports that a newer version replaced.")
    rejected: bool = Field(False, description="Also claims that a person rejected.")
    withdrawn: bool = Field(False, description="Also claims that a person decided on and the machine makes no more.")


class Typed(Filters):
    """The same, and what is told of."""

    type: list[ClaimType] = _several("What is told of.")


class AskedList(Typed, Listing):
    """Claims, reports, figures, sources, series."""


class AskedEvents(AskedList):
    """Events."""

    grade: list[Corroboration] = _several("Attested so.")
    rule: Rule = Field(Rule.UCDP, description="How rival figures become one range.")


class AskedHoldings(Filters, Listing):
    """Who held what; what is told of is always that."""

    as_of: Day | None = Field(None, alias="as-of", description="Who held it on this day; without one, on the last that reports tell of.")
    as_known: Day | None = Field(None, alias="as-known", description="From what was published by this day alone.")
    history: bool = Field(False, description="All spells of each place, not those of one day.")


class AskedOfReport(Listing):
    """The claims of one report."""

    rejected: bool = Field(False, description="Also claims that a person rejected.")
    withdrawn: bool = Field(False, description="Also claims that a person decided on and the machine makes no more.")


class DecisionsOf(enum.StrEnum):
    """What was decided on."""

    CLAIMS = "claims"
    EVENTS = "events"


class AskedDecisions(Paging):
    """What people decided."""

    of: DecisionsOf = Field(DecisionsOf.CLAIMS, description="On claims, or on events: merges and splits.")
    report: Words | None = Field(None, description="On claims of the report of this id or key.")
    claim: Words | None = Field(None, description="On claims of this id.")


class AskedEvent(Query):
    """One event."""

    rule: Rule = Field(Rule.UCDP, description="How rival figures become one range.")


class AskedActors(Query):
    """Words, and what is known of the report that uses them."""

    q: list[Words] = Field(min_length=1, max_length=_MANY, description="A party's words, or an actor's id.")
    country: list[Country] = Field([], max_length=_MANY, description="A country that the report speaks of.")
    year: int | None = Field(None, ge=1000, le=2999, description="The year that is written of.")
    speaker: Words | None = Field(None, description="The id of who uses the words: the labels that he is known to use are tried.")


#: Those that the pages know too, by their names in addresses; the rest is the API's own.
_PAGES = (
    *("type", "place", "box", "near", "country", "actor", "target", "speaker", "since", "until", "known-since", "known-until"),
    *("status", "measure", "q", "source", "report"),
)
_BESIDES = ("versions", "rejected", "withdrawn")


def question(filters: Filters) -> Question:
    """What the query of a list asks of the ledger. Raises ``BadQuestion``."""
    told = filters.model_dump(by_alias=True, exclude_none=True)
    pairs = [(name, str(one)) for name in _PAGES if name in told for one in (told[name] if isinstance(told[name], list) else [told[name]])]
    independent = [("independent", "1")] if filters.independent else []
    return replace(asked(QueryParams([*pairs, *independent])).question, **{name: told[name] for name in _BESIDES})
