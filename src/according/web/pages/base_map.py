"""The user's own base map, where the site was started with one."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import FileResponse

from according.web.basemap import PMTILES, kind_of
from according.web.site import site_of

router = APIRouter()


@router.get("/base-map", name="base_map")
def base_map(request: Request) -> FileResponse:
    """The file, in whole or the ranges of it that are asked for."""
    path = site_of(request).base_map
    if path is None or not path.is_file():
        raise HTTPException(404, "This site was started without a base map of its own.")
    if kind_of(path) == PMTILES:
        # Offsets are those of the file: it is not to be compressed on its way.
        return FileResponse(
            path, media_type="application/vnd.pmtiles", headers={"content-encoding": "identity", "cache-control": "no-cache"}
        )
    return FileResponse(path, media_type="application/geo+json", headers={"cache-control": "no-cache"})
