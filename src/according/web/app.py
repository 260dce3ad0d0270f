"""The application: its routes, and what stands before every one of them."""

from __future__ import annotations

from fastapi import Depends, FastAPI
from starlette.middleware.gzip import GZipMiddleware

from according import __version__
from according.web import api, entering, failing
from according.web.filing import Files
from according.web.pages import ROUTERS
from according.web.safety import Safety
from according.web.site import Site


def application(site: Site) -> FastAPI:
    """The site over one ledger."""
    app = FastAPI(
        title="According", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(entering.let_in)]
    )
    app.state.site = site
    app.mount("/static", Files(), name="static")
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
    app.include_router(api.ROUTER)
    failing.attach(app)
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=6)
    app.add_middleware(Safety, hosts=site.hosts, most_bytes=site.most_bytes)
    return app
