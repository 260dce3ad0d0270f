"""One module a page."""

from __future__ import annotations

from according.web.pages import explore

ROUTERS = (explore.router,)
