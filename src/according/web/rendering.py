"""Pages from templates. Everything that is put into one is escaped; marks in texts are built of offsets (see ``marking``)."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from according import __version__
from according.web import facts, filing, marking, named, words
from according.web.basemap import base_map
from according.web.policy import allowed
from according.web.site import person_of, site_of


@cache
def environment() -> Environment:
    """Strict: a name that a template asks for and was not given is an error, and no empty place in a page."""
    made = Environment(
        loader=PackageLoader("according.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals |= {"version": __version__, "static": filing.address, "assets": filing.assets, "base_map": base_map}
    made.filters |= words.FILTERS | named.FILTERS | facts.FILTERS | {"shown": marking.shown}
    return made


def page(request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
    """A whole page, or the part of one that htmx asks for where the template is a part.

    Each template has at hand: ``request``, ``person`` (or ``None``), ``site``, ``may(route)``, ``here`` (the path), ``version``,
    ``static(path)``, ``assets()``, ``base_map(site)``.
    """
    person = person_of(request)
    given = {
        "request": request,
        "person": person,
        "site": site_of(request),
        "may": lambda route: allowed(person.role if person else None, route),
        "here": request.url.path,
    }
    return HTMLResponse(environment().get_template(template).render(**given, **context), status)
