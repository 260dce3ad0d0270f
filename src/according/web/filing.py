"""The files that pages load, ours and those from npm, at addresses that change with what is in them: a browser may keep each for a year."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_ROOT = Path(str(resources.files("according.web").joinpath("static")))
#: Where the files from npm lie: none of them are there when the install was made without it.
VENDOR = _ROOT / "vendor"
_MARK = "v-"
#: What browsers run as modules must be called a script, whatever the machine's own table says of the ending.
_SCRIPTS = (".js", ".mjs")


class Files(StaticFiles):
    """Files below ``/static``, also below ``/static/v-<version>``; of another version, or told without one, they are asked for anew."""

    def __init__(self) -> None:
        super().__init__(directory=_ROOT)

    async def get_response(self, path: str, scope: Scope) -> Response:
        first, _, rest = Path(path).as_posix().partition("/")
        marked = first.startswith(_MARK)
        response = await super().get_response(rest if marked else path, scope)
        kept = marked and first == _MARK + version()
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if kept else "no-cache"
        if path.endswith(_SCRIPTS) and response.status_code == 200:
            response.headers["content-type"] = "text/javascript; charset=utf-8"
        return response


def address(path: str) -> str:
    """Where a page loads a file from: ``css/map.css`` → ``/static/v-0a1b2c3d4e/css/map.css``. What it imports is of one version with it."""
    return f"/static/{_MARK}{version()}/{path}"


def assets() -> bool:
    """Whether the map and the other parts that come from npm are there: a wheel has them, and so has an install made with npm at hand."""
    return (VENDOR / "maplibre-gl.mjs").is_file() and (VENDOR / "world.json").is_file()


def version() -> str:
    """A digest of all files but the licences, which no page loads; as fresh as the files are."""
    files = sorted([*_ROOT.glob("*.*"), *_ROOT.glob("*/*.*")])
    return _digest(tuple((str(path), *_stamp(path)) for path in files))


def _stamp(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_size, about.st_mtime_ns


@cache
def _digest(files: tuple[Any, ...]) -> str:
    made = hashlib.sha256()
    for path, *_ in files:
        made.update(path.removeprefix(str(_ROOT)).encode() + b"\0" + hashlib.sha256(Path(path).read_bytes()).digest())
    return made.hexdigest()[:10]
