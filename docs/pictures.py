"""The pictures of the site in docs/pictures, taken anew: ``python docs/pictures.py`` (needs Chromium; see tests/need-browser.sh).

They show invented reports: those of examples/ as the machine reads them, and the eleven that the tests have, whose places are on the map.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from according.ledger.ledger import Ledger  # noqa: E402
from according.web.site import Site  # noqa: E402
from browsing import NARROW, WIDE, chromium, served, watched  # noqa: E402
from told_events import id_of, take  # noqa: E402


def paths(ledger: Ledger) -> dict[str, str]:
    """Names of pictures, and what they show."""
    event = id_of(ledger, "gazette-strike", "struck")
    read = next(row.key for row in ledger.reports() if row.title and row.title.startswith("Army retakes"))
    return {
        "explore": "/", "event": f"/event/{event}", "report": f"/report/{read}", "review": "/review",
        "control": "/control?as-of=2031-03-20",
        "sources": "/sources", "actors": "/actors", "about": "/about",
    }  # fmt: skip


def main() -> None:
    folder = ROOT / "docs" / "pictures"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "according.db"
        command = [sys.executable, "-m", "according", "ingest", str(ROOT / "examples"), "--ledger", str(path), "--jobs", "1"]
        subprocess.run(command, check=True)
        with Ledger(path) as ledger, chromium() as browser:
            take(ledger)
            ledger.group()
            with served(Site(ledger)) as home:
                for name, address in paths(ledger).items():
                    for size in (WIDE, NARROW):
                        with watched(browser, home, size) as here:
                            page = here.open(address)
                            page.wait_for_load_state("networkidle")
                            page.wait_for_timeout(1500)  # the map draws on after all is there
                            page.screenshot(path=folder / f"{name}-{size['width']}.jpg", type="jpeg", quality=72)


if __name__ == "__main__":
    main()
