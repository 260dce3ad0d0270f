"""The site in a real browser: what an analyst does, by mouse and keyboard; no request elsewhere; nothing that axe-core finds serious."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from according.ledger.ledger import Ledger
from according.ledger.question import Question
from according.web.site import Site
from browsing import NARROW, WIDE, chromium, served, watched
from guarded import ADMIN, PASSWORD, guarded, peopled
from hostile_words import HOSTILE, take_hostile
from told_events import EVENTS, id_of, take

EXAMPLES = Path(__file__).parent.parent / "examples"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the example reports, read by the machine, and of the eleven reports made by hand, whose places lie on the map."""
    path = tmp_path_factory.mktemp("browser") / "according.db"
    command = [sys.executable, "-m", "according", "ingest", str(EXAMPLES), "--ledger", str(path), "--jobs", "1"]
    subprocess.run(command, check=True, capture_output=True)
    with Ledger(path) as ledger:
        take(ledger)
        ledger.group()
    return path


@pytest.fixture
def ledger(filled: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy that this test may change."""
    with Ledger(shutil.copy(filled, tmp_path / "a.db")) as ledger:
        yield ledger


@pytest.fixture
def home(ledger: Ledger) -> Iterator[str]:
    with served(Site(ledger)) as address:
        yield address


def rows(page: Any) -> int:
    return int(page.locator("#results table.events tbody tr, #results table tbody tr:has(a[href^='/event/'])").count())


def total(page: Any) -> str:
    return str(page.locator("#total").inner_text())


def swapped(page: Any, before: str) -> None:
    """Wait until the part with the answer has come."""
    page.wait_for_function("before => document.querySelector('#total').innerText !== before", arg=before)


def test_filter_brush_open_an_event_and_find_the_same_view_in_another_browser(browser: Any, home: str) -> None:
    with watched(browser, home) as here:
        page = here.open("/")
        page.wait_for_selector(".map canvas")
        before = total(page)
        page.get_by_text("Type", exact=True).click()
        page.get_by_label("air strike").check()
        page.wait_for_url("**type=air_strike**")
        swapped(page, before)
        assert rows(page) >= 1
        before = total(page)
        page.locator("figure.timeline [role=slider]").first.focus()
        page.keyboard.press("PageUp")
        page.keyboard.press("Enter")
        page.wait_for_url("**since=**")
        swapped(page, before)
        told, address = total(page), page.url
        with watched(browser, home) as other:
            other.page.goto(address)
            assert total(other.page) == told
            assert other.page.get_by_label("air strike").is_checked()
        page.goto(f"{home}/?type=air_strike")
        page.locator("#results table a[href^='/event/']").first.click()
        page.wait_for_url("**/event/**")
        assert "air strike" in page.locator("main").inner_text().lower()


def test_the_brush_takes_a_stretch_by_mouse(browser: Any, home: str) -> None:
    with watched(browser, home) as here:
        page = here.open("/")
        page.wait_for_selector("figure.timeline [role=slider]")
        page.locator("figure.timeline svg").first.scroll_into_view_if_needed()
        box = page.locator("figure.timeline svg").first.bounding_box()
        page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + box["height"] / 2)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] * 0.7, box["y"] + box["height"] / 2, steps=5)
        page.mouse.up()
        page.wait_for_url(re.compile("since=.*until=|until=.*since="))


def test_twenty_claims_are_reviewed_by_the_keyboard_alone_and_one_is_taken_back(browser: Any, home: str, ledger: Ledger) -> None:
    with watched(browser, home) as here:
        page = here.open("/review")
        for n in range(20):
            page.keyboard.press("ax"[n % 2])
            page.wait_for_function(DECIDED, arg=n + 1)
        assert len(decided(ledger)) == 20
        page.keyboard.press("z")
        page.wait_for_function(DECIDED, arg=19)
        assert len(decided(ledger)) == 19
        page.keyboard.press("?")
        assert page.locator("dialog[open]").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator("dialog[open]").count()


#: The page that tells of so many decided claims has come, and listens.
DECIDED = "n => document.readyState === 'complete' && document.querySelector('.queue strong')?.innerText === `${n}`"


def decided(ledger: Ledger) -> list[str]:
    return [row.claim.id for row in ledger.claims(Question(rejected=True)) if row.verdict]


def test_an_event_is_split_and_merged_again(browser: Any, home: str, ledger: Ledger) -> None:
    strike = id_of(ledger, "gazette-strike", "struck")
    with watched(browser, home) as here:
        page = here.open(f"/event/{strike}")
        page.get_by_text("Split it:").click()
        page.locator("input[name=claim]").last.check()
        page.get_by_role("button", name="See what would stay").click()
        page.get_by_role("button", name="They are two events").click()
        page.wait_for_load_state()
        with_split = sorted(len(event.said) for event in ledger.events())
        page.goto(f"{home}/event/{strike}")
        out = next(event.id for event in ledger.events() if event.id != id_of(ledger, "gazette-strike", "struck") and SPLIT & refs(event))
        page.get_by_text("Merge it with").click()
        page.locator("input[name=other]").fill(out)
        page.get_by_role("button", name="See both").click()
        page.get_by_role("button", name="They are one event").click()
        page.wait_for_load_state()
        assert sorted(len(event.said) for event in ledger.events()) != with_split
        assert "Merged by" in page.locator("main").inner_text()


SPLIT = {key for key, _ in EVENTS["strike"]}


def refs(event: Any) -> set[str]:
    return {s.cited.id for s in event.said}


PAGES = (
    "/",
    "/?layer=holdings",
    "/review",
    "/control",
    "/sources",
    "/actors",
    "/reports",
    "/about",
    "/people",
    "/audit",
    "/review/agreement",
    "/api",
)


def pages_of(ledger: Ledger) -> list[str]:
    event = next(iter(ledger.events()))
    report = next(iter(ledger.reports())).key
    return [*PAGES, f"/event/{event.id}", f"/report/{report}"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "360"])
def test_every_page_has_nothing_that_axe_finds_serious_and_fits_its_window(
    browser: Any, home: str, ledger: Ledger, size: dict[str, int], scheme: str
) -> None:
    found = {}
    with watched(browser, home, size, color_scheme=scheme) as here:
        for path in pages_of(ledger):
            page = here.open(path)
            page.wait_for_load_state("networkidle")
            wide = page.evaluate("document.scrollingElement.scrollWidth")
            if wrong := [*here.serious(), *([f"{wide} px wide"] if wide > size["width"] else [])]:
                found[path] = wrong
    assert not found


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["1280", "360"])
def test_where_people_log_in_their_pages_are_sound_too(browser: Any, ledger: Ledger, size: dict[str, int]) -> None:
    found = {}
    with served(guarded(peopled(ledger))) as home, watched(browser, home, size) as here:
        page = here.open("/control")
        assert page.url == f"{home}/login?next=%2Fcontrol"
        found["/login"] = here.serious()
        page.get_by_label("Name").fill(ADMIN)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url(f"{home}/control")
        for path in ("/account", "/people", "/audit", "/review"):
            page = here.open(path)
            page.wait_for_load_state("networkidle")
            assert page.evaluate("document.scrollingElement.scrollWidth") <= size["width"], path
            found[path] = here.serious()
        page.get_by_role("button", name="Log out").first.click()
        page.wait_for_load_state()
        assert here.open("/audit").url.startswith(f"{home}/login")
    assert not {path: wrong for path, wrong in found.items() if wrong}


def test_at_twice_the_size_no_page_scrolls_sideways(browser: Any, home: str, ledger: Ledger) -> None:
    """200 % zoom of a window of 1280 is one of 640."""
    with watched(browser, home, {"width": 640, "height": 450}) as here:
        wide = {path: here.open(path).evaluate("document.scrollingElement.scrollWidth") for path in pages_of(ledger)}
    assert {path: width for path, width in wide.items() if width > 640} == {}


def test_without_javascript_the_lists_carry_the_pages(browser: Any, home: str) -> None:
    with watched(browser, home, java_script_enabled=False) as here:
        page = here.open("/")
        assert rows(page) >= 1
        page.get_by_label("Place", exact=True).fill("Karsola")
        page.get_by_role("button", name="Show").click()
        assert "place=Karsola" in page.url and rows(page) >= 1
        page = here.open("/review")
        page.get_by_role("button", name="Accept").click()
        assert "1 of" in page.locator(".queue").inner_text()


@pytest.fixture
def hostile(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "hostile.db", create=True) as ledger:
        take_hostile(ledger)
        yield ledger


def test_words_made_to_run_as_code_stay_words(browser: Any, hostile: Ledger) -> None:
    """Titles, bylines, texts, sources, addresses, actors, places and notes, each made to run; none does, and all are shown as they are."""
    with served(Site(hostile)) as home, watched(browser, home) as here:
        here.page.add_init_script("window.ran = []; window.alert = (what) => window.ran.push(what);")
        event = next(iter(hostile.events()))
        for path in (*pages_of(hostile), f"/event/{event.id}?rule=widest", "/?q=script", "/actor/words?words=x"):
            page = here.open(path)
            page.wait_for_load_state("networkidle")
            page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
            assert page.evaluate("window.ran") == [], path
            assert page.locator("main script, main iframe, main object, main [onerror], main [onload], main [onclick]").count() == 0, path
            hrefs = page.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))")
            assert not [href for href in hrefs if re.match(r"\s*(javascript|data|vbscript):", href, re.IGNORECASE)], path
        here.open(f"/event/{event.id}")
        assert HOSTILE[0] in here.page.content().replace("&lt;", "<").replace("&gt;", ">").replace("&#34;", '"').replace("&#39;", "'")
