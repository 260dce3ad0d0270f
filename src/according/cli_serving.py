"""`according serve`, `according demo`: the site, on this machine or for others."""

from __future__ import annotations

import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from according.cli_options import ledger_option
from according.errors import SetupError

if TYPE_CHECKING:
    from according.ledger.ledger import Ledger

#: Seconds after which whoever waits is told how far it has come.
_PATIENCE = 3
_READABLE = (
    "according: by http passwords, tokens and all that is read can be read on their way, unless a proxy gives https; "
    "with one, give --secure-cookies."
)


@click.command(epilog="""\b
Examples:
  according serve
  according serve --ledger syria.db --port 9000
  according serve --name claims.example.org --secure-cookies
""")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; all but this machine's own need users.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="The port; 0 takes a free one.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name by which the site is asked for, besides --host.")
@click.option("--login", is_flag=True, help="Have people log in at this machine's own address too.")
@click.option("--secure-cookies", "secure", is_flag=True, help="A proxy gives the site by https: cookies are sent by nothing else.")
@click.option("--open", "browse", is_flag=True, help="Open it in the browser.")
@click.option(
    "--base-map",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A GeoJSON or PMTiles of your own to draw under the map, in the place of the one that is shipped.",
)
@ledger_option
def serve(
    host: str, port: int, names: tuple[str, ...], login: bool, secure: bool, browse: bool, base_map: Path | None, ledger: str
) -> None:
    """Open a ledger as a site: events on a map, a timeline and in a table, each with the words it rests on; review; who holds what.

    On this machine's own address nobody has to log in, and nobody else can reach it. On any other, by another --name, with --login and with
    --secure-cookies people log in: `according user add` lets them come.
    """
    from according.ledger.ledger import Ledger
    from according.web.basemap import kind_of
    from according.web.filing import assets
    from according.web.serving import loopback
    from according.web.serving import serve as serve_site
    from according.web.site import OF_THIS_MACHINE, Site

    if base_map:
        kind_of(base_map)
    if not assets():
        click.echo("according: the map is not part of this install, which was made without npm; lists stand in its place.", err=True)
    afar = not all(map(loopback, (host, *names)))
    with Ledger(ledger) as opened:
        site = Site(
            opened,
            hosts=OF_THIS_MACHINE | {_as_asked(name) for name in (host, *names)},
            guarded=login or secure or afar,
            secure=secure,
            base_map=base_map,
        )
        if site.guarded:
            _see_to_people(opened)
        if afar and not secure:
            click.echo(_READABLE, err=True)
        with _until_stopped():
            _make_ready(opened)
            serve_site(
                site,
                host,
                port,
                browse=browse,
                ready=lambda url: click.echo(f"according: {opened.name} is open at {url} (Ctrl-C ends it).", err=True),
            )


@click.command(epilog="""\b
Examples:
  according demo
  according demo --no-open --port 9000
""")  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port; a free one is taken where none is given.")
@click.option("--open/--no-open", "browse", default=True, show_default=True, help="Open it in the browser, or leave that to you.")
def demo(port: int, browse: bool) -> None:
    """Open the site on three example reports, in a ledger of its own that is gone afterwards.

    Their country, its people and all that happens there are invented. What you decide in it is forgotten when it ends.
    """
    from according.cli_gazetteer import made
    from according.ingest import readying
    from according.ingest.running import ingest
    from according.ingest.told import Silent
    from according.ledger.ledger import Ledger
    from according.web.example_reports import folder
    from according.web.serving import serve as serve_site
    from according.web.site import Site

    reports = folder()
    readying.begin()
    made()
    with _until_stopped(), tempfile.TemporaryDirectory(prefix="according-demo-") as home:
        click.echo("according: the example reports are being read; that takes some seconds.", err=True)
        with Ledger(Path(home, "examples.db"), create=True) as opened:
            ingest(opened, [str(reports)], Silent())
            _make_ready(opened)
            serve_site(
                Site(opened),
                "127.0.0.1",
                port,
                browse=browse,
                ready=lambda url: click.echo(f"according: the example reports are open at {url} (Ctrl-C ends it).", err=True),
            )


@contextmanager
def _until_stopped() -> Iterator[None]:
    """Ctrl-C is how a site ends, and no failure; so is being asked to end by whoever started it."""

    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


def _make_ready(ledger: Ledger) -> None:
    """Have events grouped and summed up before anybody asks for them. Where it takes long, tell now and then how many are left."""
    told = time.monotonic()
    for what, left in ledger.readying():
        if left and time.monotonic() - told >= _PATIENCE:
            click.echo(f"according: {left:,} {what} are still to be {'grouped' if what == 'reports' else 'summed up'}.", err=True)
            told = time.monotonic()


def _as_asked(name: str) -> str:
    """A name as it stands in the requests of browsers: in small letters, and an address of IPv6 in brackets."""
    return f"[{name}]".lower() if ":" in name and not name.startswith("[") else name.lower()


def _see_to_people(ledger: Ledger) -> None:
    """Refuse to open a site to which nobody could come. Raises ``SetupError``."""
    if not ledger.people.anybody():
        raise SetupError("Nobody can come: people have to log in here. `according user add NAME --role admin` lets the first one in.")
