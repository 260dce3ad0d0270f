"""What a worker does: takes the reports out of an item's bytes, or codes one report. Pure: what comes back is all there is to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice

from according.errors import IntakeError, TooLarge
from according.intake.items import Item, Link
from according.ledger.copying import Sketch
from according.model import Claim, Report

#: Words, marks and line ends of a report that is coded: about 120 pages, and less than half a minute. It is a limit on the text and not on
#: the time, so that the same collection gives the same ledger on any machine.
LONGEST = 60_000
_PIECE = re.compile(r"\w+|[^\w\s]|\n")
#: Characters of a report that is coded along with its extraction, within that one's time.
SHORT = 20_000
#: By the clock a task may take so many times what it may of the processor.
CLOCK = 5.0


@dataclass(frozen=True, slots=True)
class Extract:
    """Bytes, to be read as reports; a lone short report is coded along with it, which saves most of the way to and fro."""

    item: Item
    coding: bool = True


@dataclass(frozen=True, slots=True)
class Code:
    """A report that the ledger has under this number, to be coded."""

    number: int
    key: str
    report: Report
    place: str
    origin: str


Task = Extract | Code


@dataclass(frozen=True, slots=True)
class Extracted:
    """The reports in an item with their sketches, what in it is none, and the pages that it points to."""

    reports: tuple[tuple[Report, Sketch], ...]
    refused: tuple[IntakeError, ...] = ()
    links: tuple[Link, ...] = ()
    claims: tuple[Claim, ...] | None = None  # those of the one report, where it was coded along


Done = Extracted | tuple[Claim, ...]


def prepare() -> None:
    """Load the model and open the gazetteer, before limits on memory count."""
    from according import pipeline

    pipeline.claims(Report(id="none", text="Troops entered the town on Monday."))


def do(task: Task) -> Done:
    """Raises an ``IntakeError`` for what cannot be read or coded."""
    if isinstance(task, Code):
        return _claims(task.report, task.place)
    found = _extracted(task.item)
    return replace(found, claims=_along(found)) if task.coding else found


def seconds(task: Task) -> float:
    """How long a task may take of the processor: a long report is no attack, and a machine with other work to do is not its fault."""
    return 20.0 if isinstance(task, Extract) else 20.0 + len(task.report.text) / 4_000


def _along(found: Extracted) -> tuple[Claim, ...] | None:
    """The claims of a lone short report. Whatever goes wrong with them is met again, and told, when it is coded by itself."""
    if len(found.reports) != 1 or len(found.reports[0][0].text) > SHORT:
        return None
    try:
        return _claims(found.reports[0][0], "")
    except Exception:
        return None


def _extracted(item: Item) -> Extracted:
    from according.intake.opening import opened
    from according.ledger.copying import sketched

    found = opened(item)
    outcomes = [_storable(outcome) for outcome in found.reports]
    good = tuple((outcome, sketched(outcome.text)) for outcome in outcomes if isinstance(outcome, Report))
    return Extracted(good, tuple(outcome for outcome in outcomes if isinstance(outcome, IntakeError)), found.links)


def _storable(outcome: Report | IntakeError) -> Report | IntakeError:
    """A report that no database can keep is refused here, where that costs nobody else."""
    from according.ledger import storable

    try:
        if isinstance(outcome, Report):
            storable.check(outcome)
    except IntakeError as error:
        return error
    return outcome


def _claims(report: Report, place: str) -> tuple[Claim, ...]:
    from according import pipeline

    if sum(1 for _ in islice(_PIECE.finditer(report.text), LONGEST + 1)) > LONGEST:
        raise TooLarge(f"{place}: the report has more than {LONGEST:,} words and marks; split it.")
    return pipeline.claims(report)
