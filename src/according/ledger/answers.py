"""What a ledger answers with: typed rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from according.model import Claim, Figure


@dataclass(frozen=True, slots=True)
class Cited:
    """The report that a claim stands in, without its text. ``key`` tells versions of it apart, ``id`` does not."""

    key: str
    id: str
    title: str | None
    outlet: str | None  # as the report tells it
    source: str | None  # the same, or the host of its address
    url: str | None
    published: date | None
    replaced: bool = False  # a newer version of the report is there
    copy: bool = False  # it copies another report


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim as it stands now: a person's correction laid over what the machine says."""

    claim: Claim
    report: Cited
    page: int | None = None  # from 1, where the report has pages
    verdict: str | None = None  # the last decision that stands: accept, correct, reject, unsure
    corrected: bool = False
    withdrawn: bool = False  # a person decided on it, and the machine makes it no more


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report, without its text, and how many of its claims the question asks for. Moments are ISO text in UTC."""

    key: str
    id: str
    title: str | None
    source: str | None
    byline: str | None
    url: str | None
    published: date | None
    language: str | None
    taken: str | None  # when its bytes were so, where that is known
    first_seen: str
    last_seen: str
    characters: int
    pages: int
    claims: int
    replaced_by: str | None = None  # the key of the next version of it
    copy_of: str | None = None  # the key of the report that it copies
    notes: str | None = None  # what a person should know of how it was read, joined with "; "


@dataclass(frozen=True, slots=True)
class SourceRow:
    """An outlet, army or agency, with what the ledger has of it. ``name`` is ``None`` for reports that tell no source."""

    name: str | None
    reports: int
    independent: int  # of these, the reports that copy no other
    claims: int
    first: date | None  # published
    last: date | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure, with the claim that it stands in: never a number without who says it, of what, in which words."""

    figure: Figure
    claim: Claim
    report: Cited
    page: int | None = None
    position: int = 0  # among the claim's figures
