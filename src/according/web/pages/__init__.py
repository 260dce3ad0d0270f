"""One module a page."""

from __future__ import annotations

from according.web.pages import (
    about,
    account,
    actors,
    api,
    audit,
    base_map,
    control,
    event,
    explore,
    login,
    people,
    report,
    review,
    sources,
)

ROUTERS = (
    login.router,
    account.router,
    people.router,
    audit.router,
    explore.router,
    base_map.router,
    report.router,
    review.router,
    sources.router,
    actors.router,
    api.router,
    control.router,
    about.router,
    event.router,
)
