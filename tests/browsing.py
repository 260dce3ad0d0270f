"""A real browser for the tests: Debian's Chromium, driven by Playwright, against a site of this process.

Every request that leaves the site's own address fails the test, as does an error on the page's console. ``ACCORDING_TEST_CHROMIUM`` names
another Chromium. Where there is none, the tests that need one are skipped (``tests/need-browser.sh`` installs it).
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from according.web.app import application
from according.web.filing import assets
from according.web.site import Site

CHROMIUM = Path(os.environ.get("ACCORDING_TEST_CHROMIUM", "/usr/bin/chromium"))
AXE = Path(__file__).parent.parent / "build" / "axe" / "axe.min.js"
# Software rendering of WebGL, and none of what Chromium asks of its maker at every start.
_FLAGS = (
    "--no-sandbox --headless=new --enable-unsafe-swiftshader --disable-quic --no-first-run --disable-background-networking"
    " --disable-component-update --disable-sync"
)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser; the test is skipped where there is none, or the site's assets were not made."""
    if not CHROMIUM.exists():
        pytest.skip(f"There is no {CHROMIUM}: install Debian's chromium, or name another by ACCORDING_TEST_CHROMIUM.")
    if not assets():
        pytest.skip("The site's assets are not there: install npm, then `pip install -e .` once more.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=_FLAGS.split())
        yield browser
        browser.close()


@contextmanager
def served(site: Site) -> Iterator[str]:
    """The address of the site, while it is served by a thread of this process."""
    server = uvicorn.Server(uvicorn.Config(application(site), host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


@dataclass
class Watched:
    """A page, and what went wrong on it."""

    page: Any
    home: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> Any:
        self.page.goto(self.home + path)
        return self.page

    def serious(self) -> list[str]:
        """What axe-core finds serious or critical on the page as it is, each rule with the elements that break it."""
        if not AXE.exists():
            pytest.skip("axe-core is not there: run tests/need-browser.sh where npm is.")
        # Put in by the driver, which the page's content policy does not bind.
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{rule['id']}: {', '.join(str(node['target']) for node in rule['nodes'][:5])}"
            for rule in found["violations"]
            if rule["impact"] in ("serious", "critical")
        ]


@contextmanager
def watched(browser: Any, home: str, size: dict[str, int] = WIDE, **more: Any) -> Iterator[Watched]:
    """A new window on the site; at its end nothing must have been asked of another address, and the console must be clean."""
    context = browser.new_context(viewport=size, **more)
    found = Watched(context.new_page(), home)

    def asked(request: Any) -> None:
        if not request.url.startswith((home, "data:", "blob:")):
            found.wrong.append(f"asked {request.url}")

    def logged(message: Any) -> None:
        if message.type == "error" and "status of 4" not in message.text:  # a page that answers with an error is a page
            found.wrong.append(message.text)

    context.on("request", asked)
    found.page.on("console", logged)
    found.page.on("pageerror", lambda error: found.wrong.append(str(error)))
    found.page.on("dialog", lambda dialog: (found.wrong.append(f"dialog {dialog.message}"), dialog.dismiss()))
    yield found
    context.close()
    assert not found.wrong, found.wrong
