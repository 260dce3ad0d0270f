"""The application: its routes, and what stands before every one of them."""

from __future__ import annotations

from importlib import resources

from fastapi import Depends, FastAPI
from starlette.staticfiles import StaticFiles

from according import __version__
from according.web import entering, failing
from according.web.pages import ROUTERS
from according.web.safety import Safety
from according.web.site import Site


def application(site: Site) -> FastAPI:
    """The site over one ledger."""
    app = FastAPI(
        title="According", version=__version__, docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(entering.let_in)]
    )
    app.state.site = site
    app.mount("/static", StaticFiles(packages=[("according.web", "static")]), name="static")
    for router in ROUTERS:
        app.include_router(router, include_in_schema=False)
    failing.attach(app)
    app.add_middleware(Safety, hosts=site.hosts, most_bytes=site.most_bytes)
    return app


def assets() -> bool:
    """Whether the map and the other parts that come from elsewhere are there: a wheel has them, and so has an install with npm at hand."""
    return resources.files("according.web").joinpath("static/vendor/maplibre-gl.mjs").is_file()
