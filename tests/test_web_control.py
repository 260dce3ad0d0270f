"""Control and the other lists in a real browser: sliders, the map kept, nothing serious for axe at any width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from according.ledger.ledger import Ledger
from according.web.site import Site
from browsing import NARROW, WIDE, chromium, served, watched
from told_events import take


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with Ledger(tmp_path_factory.mktemp("ledger") / "a.db", create=True) as ledger:
        take(ledger)
        with served(Site(ledger)) as address:
            yield address


def test_a_slider_moves_the_day_and_the_map_stays(browser: Any, home: str) -> None:
    with watched(browser, home) as seen:
        page = seen.open("/control?as-known=2031-03-22")
        status = page.locator("#held p[role=status]")
        assert "1 of 1 places" in status.inner_text()
        page.locator(".map").evaluate("map => { map.kept = true; }")
        slider = page.get_by_role("slider", name="As known on")
        assert slider.get_attribute("aria-valuetext") == "22 March 2031"
        slider.focus()
        page.keyboard.press("Home")
        status.filter(has_text="Nothing").wait_for()
        assert "as-known=2031-03-04" in page.url and page.locator("#as-known").input_value() == "2031-03-04"
        assert page.evaluate("document.activeElement.type") == "range" and page.locator(".map").evaluate("map => map.kept")
        assert "as-known=2031-03-04" in page.locator(".map").get_attribute("data-holdings")
        page.fill("#as-known", "2031-03-11")
        page.locator("#as-known").blur()
        status.filter(has_text="1 of 1 places").wait_for()
        assert slider.get_attribute("aria-valuetext") == "11 March 2031"
        with watched(browser, home) as other:
            again = other.open(page.url.removeprefix(home))
            assert again.locator("#held table").first.inner_text() == page.locator("#held table").first.inner_text()


def test_without_javascript_the_days_are_a_form(browser: Any, home: str) -> None:
    with watched(browser, home, java_script_enabled=False) as seen:
        page = seen.open("/control")
        assert page.get_by_role("slider").count() == 0
        page.fill("#as-of", "2031-03-09")
        page.get_by_role("button", name="Show").click()
        assert "as-of=2031-03-09" in page.url and "0 of 1 places" in page.locator("#held p[role=status]").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_lists_fit_their_window_and_axe_finds_nothing_serious(browser: Any, home: str, size: dict[str, int], scheme: str) -> None:
    paths = (
        "/sources",
        "/source?source=The+Hill+Gazette",
        "/reports",
        "/actors",
        "/actors/words",
        "/actor/sy-military",
        "/control",
        "/about",
    )
    with watched(browser, home, size, color_scheme=scheme) as seen:
        for path in paths:
            page = seen.open(path)
            assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), path
            assert seen.serious() == [], path
