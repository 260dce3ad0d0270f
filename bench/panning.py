#!/usr/bin/env python3
"""Measure how long the map of Explore stalls while it is moved over many events, and how many bytes a first view loads.

    panning.py [--claims N] [--keep FILE]

Serves the ledger of exploring.py and drags the map in Chromium at several zooms, by software rendering: the longest task of the page's
script (which is ours and MapLibre's) and the longest time between two frames (which on this machine is mostly the drawing). Writes
panning.md. With --keep the ledger is made at FILE, or taken from there if it is there.
"""

from __future__ import annotations

import argparse
import platform
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tests"))

from according.ledger.ledger import Ledger  # noqa: E402
from according.web.site import Site  # noqa: E402
from asking import World  # noqa: E402
from browsing import WIDE, chromium, served, watched  # noqa: E402
from grouping import filled  # noqa: E402

ZOOMS = (2, 4, 6, 8, 10)
_WATCH = """() => {
  window.tasks = []; window.frames = []; let last = performance.now();
  new PerformanceObserver((list) => list.getEntries().forEach((e) => window.tasks.push(e.duration))).observe({type: "longtask"});
  const beat = (now) => { window.frames.push(now - last); last = now; requestAnimationFrame(beat); };
  requestAnimationFrame(beat);
}"""


def panned(page: Any, home: str, zoom: int, place: tuple[float, float]) -> tuple[float, float, float]:
    """Milliseconds: the longest task, the longest and the median frame of ten drags."""
    page.goto(f"{home}/?map={place[0]:.3f},{place[1]:.3f},{zoom}")
    page.wait_for_selector(".map canvas")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(3000)
    page.locator(".map").first.scroll_into_view_if_needed()
    box = page.locator(".map canvas").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(_WATCH)
    for n in range(10):
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + (200 if n % 2 else -200), y + (60 if n % 3 else -60), steps=15)
        page.mouse.up()
        page.wait_for_timeout(150)
    tasks, frames = page.evaluate("window.tasks"), sorted(page.evaluate("window.frames"))
    return max(tasks, default=0.0), frames[-1], frames[len(frames) // 2]


def loaded(page: Any, home: str) -> int:
    """Bytes over the wire of a first view of Explore, points and all."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(f"{home}/")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(2000)
    return sum(sizes)


def lines(claims: int, size: int, rows: list[tuple[int, tuple[float, float, float]]]) -> Iterator[str]:
    yield "# Panning"
    yield ""
    yield f"Explore over {claims:,} invented claims in Chromium, 1280 × 900, software rendering. A first view loads {size / 1e6:.2f} MB"
    yield "over the wire, the points of all events among them."
    yield ""
    yield f"Machine: {platform.system()}, Python {platform.python_version()}. Written by `bench/panning.py`."
    yield ""
    yield "| zoom | longest task of the page | longest frame | median frame |"
    yield "|---:|---:|---:|---:|"
    for zoom, (task, longest, median) in rows:
        yield f"| {zoom} | {f'{task:.0f} ms' if task else 'under 50 ms'} | {longest:.0f} ms | {median:.0f} ms |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000, help="how many")
    parser.add_argument("--keep", type=Path, help="the ledger's file")
    given = parser.parse_args()
    world = World(random.Random(4))
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "according.db"
        there = path.exists()
        with Ledger(path, create=not there) as ledger:
            if not there:
                filled(ledger, world, given.claims)
            for _ in ledger.readying():
                pass
            with chromium() as browser, served(Site(ledger)) as home, watched(browser, home, WIDE) as here:
                size = loaded(here.page, home)
                rows = [(zoom, panned(here.page, home, zoom, world.places[0][1:3])) for zoom in ZOOMS]
    (ROOT / "bench" / "panning.md").write_text("\n".join(lines(given.claims, size, rows)) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
