"""About the method: what the codes mean, how reading works, where it fails, which versions made this ledger, whose data it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from starlette.responses import Response

from according.actors.table import actors
from according.events import version as weights
from according.ingest.versions import running
from according.ledger.runs import Versions
from according.places import world
from according.places.lists import sources
from according.web.codes import CODES
from according.web.measured import by_set
from according.web.rendering import page
from according.web.site import ledger_of

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Credit:
    """A list of places in the gazetteer, and whom it is owed to."""

    name: str
    credit: str


@router.get("/about", name="about")
def about(request: Request) -> Response:
    """The page; no filter."""
    contents = ledger_of(request).status()
    return page(
        request, "about.html", codes=CODES, measured=by_set(), contents=contents, running=running(), weights=weights.version(),
        coded=[(_versions(told), number) for told, number in contents.versions.items()], credits=_credits(), actors=len(actors()),
    )  # fmt: skip


def _versions(told: str) -> Versions:
    """As ``Versions`` writes itself down; what another According wrote otherwise stands whole in the first place."""
    parts = told.split("/")
    return Versions(*parts) if len(parts) == 4 else Versions(told, "", "", "")


def _credits() -> list[Credit]:
    added = [
        Credit(source.name, ", ".join(filter(None, (source.credit, source.licence))) or "no credit was given") for source in sources.kept()
    ]
    return [Credit(world.NAME, world.CREDIT), *added]
