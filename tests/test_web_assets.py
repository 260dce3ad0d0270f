import base64
import gzip
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from starlette.testclient import TestClient

from according.errors import SetupError
from according.ledger.ledger import Ledger
from according.web import filing
from according.web.app import application
from according.web.basemap import base_map, kind_of
from according.web.site import Site

ROOT = Path(__file__).parent.parent
WEB = ROOT / "src" / "according" / "web"
WANTED = WEB / "assets"
STATIC = WEB / "static"
TABLE = tomllib.loads((WANTED.parent / "disputed.toml").read_text(encoding="utf-8"))

with_assets = pytest.mark.skipif(not filing.assets(), reason="the assets are not there: install npm, then `pip install -e .` once more")


@pytest.fixture(scope="module")
def building() -> ModuleType:
    pytest.importorskip("hatchling", reason="hatchling builds the package and is not in this environment")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "site.db", create=True) as opened:
        yield opened


@pytest.fixture
def site(ledger: Ledger) -> TestClient:
    return TestClient(application(Site(ledger)), base_url="http://127.0.0.1")


def unpacked(steps: list[int]) -> list[tuple[float, float]]:
    """As map-base.js reads a line."""
    x, y, line = 0, 0, []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        line.append((x / 1000, y / 1000))
    return line


# Two countries side by side, at 0–2 and 2–4 east: arc 0 is their common border from south to north, 1 and 2 are the rest of each.
ATLAS: dict[str, Any] = {
    "transform": {"scale": [0.5, 0.5], "translate": [0, 0]},
    "arcs": [[[4, 0], [0, 2], [0, 2]], [[4, 4], [-4, 0], [0, -4], [4, 0]], [[4, 4], [4, 0], [0, -4], [-4, 0]]],
    "objects": {
        "countries": {
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "West"}},
                {"type": "MultiPolygon", "arcs": [[[~2, ~0]]], "properties": {"name": "East"}},
                {"type": None, "properties": {"name": "Nowhere"}},
            ]
        },
        "land": {"geometries": [{"type": "MultiPolygon", "arcs": [[[1, ~2]]]}]},
    },
}


def world(building: ModuleType, between: list[dict[str, Any]], names: dict[str, str] | None = None) -> dict[str, Any]:
    table = {"notice": "For drawing.", "missing": ["this", "that"], "between": between, "names": names or {}}
    made: dict[str, Any] = building.world(ATLAS, table)
    return made


def test_a_border_is_drawn_once_and_solid_where_nobody_disputes_it(building: ModuleType) -> None:
    made = world(building, [])
    assert [unpacked(line) for line in made["borders"]] == [[(2, 0), (2, 1), (2, 2)]]
    assert made["disputed"] == []


def test_a_disputed_border_is_dashed_whole_or_within_its_box(building: ModuleType) -> None:
    whole = world(building, [{"parties": ["East", "West"], "about": "all of it"}])
    assert (whole["borders"], [unpacked(line) for line in whole["disputed"]]) == ([], [[(2, 0), (2, 1), (2, 2)]])
    half = world(building, [{"parties": ["West", "East"], "about": "the north", "box": [0, 1, 4, 3]}])
    assert [unpacked(line) for line in half["borders"]] == [[(2, 0), (2, 1)]]
    assert [unpacked(line) for line in half["disputed"]] == [[(2, 1), (2, 2)]]


def test_a_pair_without_a_common_border_is_told(building: ModuleType) -> None:
    with pytest.raises(building.AssetError, match="no border between West and Nowhere"):
        world(building, [{"parties": ["West", "Nowhere"], "about": "a slip"}])


def test_land_and_names_of_the_atlas(building: ModuleType) -> None:
    made = world(building, [], {"East": "Orient"})
    ((ring,),) = made["land"]
    corners = unpacked(ring)
    assert corners[0] == corners[-1] and {(0, 0), (0, 2), (4, 2), (4, 0)} <= {*corners}
    assert made["names"] == [[1.0, 1.0, 4.0, "West"], [3.0, 1.0, 4.0, "Orient"]]
    assert made["missing"] == "It has no line of its own for this and that."


def test_the_lock_has_hashes_and_no_address_of_a_registry() -> None:
    text = (WANTED / "package-lock.json").read_text(encoding="utf-8")
    lock = json.loads(text)
    packages = {name: told for name, told in lock["packages"].items() if name}
    assert not re.search(r'"resolved"|registry|\.tgz', text)
    assert [name for name, told in packages.items() if not told["integrity"].startswith("sha512-")] == []
    assert all(len(base64.b64decode(told["integrity"].removeprefix("sha512-"))) == 64 for told in packages.values())


def test_versions_are_pinned_and_told_in_the_notice() -> None:
    pinned = json.loads((WANTED / "package.json").read_text(encoding="utf-8"))["dependencies"]
    lock = json.loads((WANTED / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    notice = (WANTED / "NOTICE.md").read_text(encoding="utf-8")
    assert pinned == {name: lock[f"node_modules/{name}"]["version"] for name in pinned}
    rows = [line for line in notice.splitlines() if line.startswith("|")]
    assert [name for name, version in pinned.items() if not any(name in row and f"| {version} |" in row for row in rows)] == []


def test_every_disputed_border_says_what_about() -> None:
    rows = TABLE["between"]
    assert all(len(row["parties"]) == 2 and row["about"] for row in rows)
    assert all(w < e and s < n for w, s, e, n in (row["box"] for row in rows if "box" in row))
    of = [(frozenset(row["parties"]), tuple(row.get("box", ()))) for row in rows]
    assert len(set(of)) == len(of)


def test_without_npm_an_editable_install_goes_on_and_a_wheel_does_not(
    building: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(WANTED, tmp_path / "src/according/web/assets")
    shutil.copy(WANTED.parent / "disputed.toml", tmp_path / "src/according/web")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("ACCORDING_WITHOUT_ASSETS", raising=False)
    warned: list[str] = []

    class App:
        display_warning = staticmethod(warned.append)
        display_info = staticmethod(warned.append)

    def build(version: str, target: str = "wheel") -> None:
        building.AssetsHook(str(tmp_path), {}, None, None, str(tmp_path), target, App()).initialize(version, {})

    with pytest.raises(SystemExit, match=r"npm is not there.*ACCORDING_WITHOUT_ASSETS=1"):
        build("standard")
    assert warned == []
    build("editable")
    assert len(warned) == 1 and "lists in the place of the map" in warned[0]
    build("standard", "sdist")
    monkeypatch.setenv("ACCORDING_WITHOUT_ASSETS", "1")
    build("standard")
    assert len(warned) == 1


def test_what_npm_tells_of_its_failure_is_told(building: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'npm error code ENOTFOUND' >&2\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(npm))
    with pytest.raises(subprocess.CalledProcessError) as failed:
        building.provide(WANTED, tmp_path / "vendor")
    assert building._why(failed.value) == "npm error code ENOTFOUND"
    assert not (tmp_path / "vendor").exists()


@with_assets
def test_what_is_there_is_not_fetched_again(building: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vendor = tmp_path / "vendor"
    shutil.copytree(STATIC / "vendor", vendor)
    (vendor / "made-of").write_text(building._state(WANTED))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert building.provide(WANTED, vendor) is False
    (vendor / "htmx.min.js").unlink()
    with pytest.raises(building.AssetError, match=r"npm is not there"):
        building.provide(WANTED, vendor)


@with_assets
def test_the_base_map_dashes_the_borders_of_the_table() -> None:
    drawn = json.loads((STATIC / "vendor" / "world.json").read_text(encoding="utf-8"))
    dashed = [point for line in drawn["disputed"] for point in unpacked(line)]

    def through(west: float, south: float, east: float, north: float) -> bool:
        return any(west <= lon <= east and south <= lat <= north for lon, lat in dashed)

    assert through(33.0, 45.8, 35.0, 46.4), "the isthmus of Crimea"
    assert through(-13.2, 27.5, -8.6, 27.8), "Morocco and Western Sahara"
    assert through(32.6, 34.9, 34.1, 35.3), "Northern Cyprus"
    assert not through(68.0, 25.0, 73.0, 31.0), "India and Pakistan south of Kashmir"
    lines = [unpacked(line) for line in drawn["borders"] + drawn["disputed"]]
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for line in lines for lon, lat in line)
    assert {"South Sudan", "North Macedonia", "DR Congo"} <= {name for *_, name in drawn["names"]}
    assert "takes no position" in drawn["notice"]
    assert "Abkhazia" in drawn["missing"]


@with_assets
def test_all_that_pages_and_modules_load_is_there() -> None:
    asked = {
        path
        for template in (WEB / "templates").rglob("*.html")
        for path in re.findall(r"""static\(["']([^"']+)["']\)""", template.read_text(encoding="utf-8"))
    }
    assert {"js/map.js", "css/map.css", "vendor/maplibre-gl.mjs", "vendor/maplibre-gl.css"} <= asked
    assert sorted(path for path in asked if not (STATIC / path).is_file()) == []
    loaded = [
        (module.name, (module.parent / path).resolve())
        for module in (STATIC / "js").glob("*.js")
        for path in re.findall(r"""(?:from |import\(|URL\()["'](\.[^"']+)["']""", module.read_text(encoding="utf-8"))
    ]
    assert ("map.js", (STATIC / "vendor" / "maplibre-gl.mjs").resolve()) in loaded
    assert [(name, str(path)) for name, path in loaded if not path.is_file()] == []


@with_assets
def test_each_package_has_its_licence() -> None:
    lock = json.loads((WANTED / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    names = {name.removeprefix("node_modules/").replace("/", "-") for name in lock if name}
    assert {path.stem for path in (STATIC / "vendor" / "licences").iterdir()} == names
    assert all(path.stat().st_size > 200 for path in (STATIC / "vendor" / "licences").iterdir())


@with_assets
def test_a_first_view_of_the_map_weighs_less_than_a_megabyte_and_a_half(site: TestClient) -> None:
    names = ["maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css", "world.json", "htmx.min.js"]
    files = [f"vendor/{name}" for name in names] + [
        path.relative_to(STATIC).as_posix() for folder in ("css", "js") for path in (STATIC / folder).iterdir()
    ]
    weight = 0
    for path in files:
        with site.stream("GET", filing.address(path), headers={"accept-encoding": "gzip"}) as answer:
            assert answer.status_code == 200, path
            weight += sum(len(part) for part in answer.iter_raw())
    assert 100_000 < weight < 1_500_000


def test_modules_ask_nothing_of_elsewhere_and_build_no_markup_of_text() -> None:
    for module in (STATIC / "js").glob("map*.js"):
        text = module.read_text(encoding="utf-8")
        assert not re.search(r"https?://|innerHTML|insertAdjacentHTML|outerHTML|setHTML|document\.write|eval\(", text), module.name


def test_a_file_at_its_own_address_may_be_kept_and_elsewhere_is_asked_for_anew(site: TestClient) -> None:
    kept = site.get(filing.address("css/site.css"))
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    for path in ("/static/css/site.css", "/static/v-0000000000/css/site.css"):
        again = site.get(path)
        assert (again.status_code, again.headers["cache-control"], again.text) == (200, "no-cache", kept.text)
        assert site.get(path, headers={"if-none-match": again.headers["etag"]}).status_code == 304
    assert site.get("/static/v-0000000000/css/none.css").status_code == 404
    assert site.get("/static/v-0000000000/%2e%2e/policy.py").status_code == 404


def test_scripts_are_called_scripts(site: TestClient) -> None:
    assert site.get(filing.address("js/map.js")).headers["content-type"] == "text/javascript; charset=utf-8"


def test_an_address_changes_with_what_is_in_the_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "one.js").write_text("1")
    monkeypatch.setattr(filing, "_ROOT", tmp_path)
    before = filing.address("js/one.js")
    assert filing.address("js/one.js") == before
    (tmp_path / "js" / "one.js").write_text("12")
    assert filing.address("js/one.js") != before


def test_answers_are_packed_for_whoever_takes_them_so(site: TestClient) -> None:
    with site.stream("GET", "/static/css/site.css", headers={"accept-encoding": "gzip"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(raw) == (STATIC / "css" / "site.css").read_bytes()
    assert "content-encoding" not in site.get("/static/css/site.css", headers={"accept-encoding": "identity"}).headers


def test_the_base_map_is_that_which_is_shipped_or_the_users_own(ledger: Ledger) -> None:
    shipped = base_map(Site(ledger))
    assert (shipped.kind, shipped.address) == ("world", filing.address("vendor/world.json"))
    own = base_map(Site(ledger, base_map=Path("/maps/Tiles.PMTiles")))
    assert (own.kind, own.address, own.name) == ("pmtiles", "/base-map", "Tiles.PMTiles")
    assert kind_of(Path("a.geojson")) == kind_of(Path("a.json")) == "geojson"
    with pytest.raises(SetupError, match=r"a\.shp is no base map"):
        kind_of(Path("a.shp"))


def test_a_users_own_base_map_is_served_in_ranges_and_unpacked(ledger: Ledger, tmp_path: Path) -> None:
    tiles = tmp_path / "own.pmtiles"
    tiles.write_bytes(bytes(range(256)) * 40)
    client = TestClient(application(Site(ledger, base_map=tiles)), base_url="http://127.0.0.1")
    part = client.get("/base-map", headers={"range": "bytes=300-4299", "accept-encoding": "gzip"})
    assert (part.status_code, part.headers["content-range"]) == (206, "bytes 300-4299/10240")
    assert part.content == tiles.read_bytes()[300:4300]
    assert part.headers["cache-control"] == "no-cache"


def test_a_users_own_geojson_is_served_whole(ledger: Ledger, tmp_path: Path) -> None:
    own = tmp_path / "own.geojson"
    own.write_text('{"type": "FeatureCollection", "features": []}')
    client = TestClient(application(Site(ledger, base_map=own)), base_url="http://127.0.0.1")
    assert client.get("/base-map").json() == {"type": "FeatureCollection", "features": []}


def test_without_a_base_map_of_its_own_a_site_has_none_to_give(site: TestClient) -> None:
    assert site.get("/base-map").status_code == 404


def test_serving_over_a_file_that_is_no_map_is_refused(tmp_path: Path) -> None:
    shape = tmp_path / "own.shp"
    shape.write_bytes(b"")
    told = subprocess.run(
        [sys.executable, "-m", "according", "serve", "--base-map", str(shape), "--ledger", str(tmp_path / "none.db")],
        capture_output=True, text=True, cwd=ROOT / "src",
    )  # fmt: skip
    assert told.returncode != 0
    assert "own.shp is no base map" in told.stderr


def test_a_page_says_so_where_there_is_no_map(monkeypatch: pytest.MonkeyPatch) -> None:
    from according.web.rendering import environment

    source = '{% from "parts/map.html" import map, map_head with context %}{{ map_head() }}{{ map(points="/p.json?a=1&b=2", name="<b>") }}'
    there = environment().from_string(source).render(site=Site(None), assets=lambda: True)  # type: ignore[arg-type]
    assert 'data-points="/p.json?a=1&amp;b=2"' in there and 'data-name="&lt;b&gt;"' in there and "/js/map.js" in there
    gone = environment().from_string(source).render(site=Site(None), assets=lambda: False)  # type: ignore[arg-type]
    assert "made without npm" in gone and "<script" not in gone and "data-points" not in gone
