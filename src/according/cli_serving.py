"""`according serve`, `according demo`: the site, on this machine or for others."""

from __future__ import annotations

import click

from according.cli_options import ledger_option


@click.command(epilog="""\b
Examples:
  according serve
  according serve --ledger syria.db --port 9000
""")  # fmt: skip
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; all but this machine's own need users.")
@click.option("--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="The port; 0 takes a free one.")
@click.option("--name", "names", multiple=True, metavar="HOST", help="A name by which the site is asked for, besides --host.")
@click.option("--open", "browse", is_flag=True, help="Open it in the browser.")
@ledger_option
def serve(host: str, port: int, names: tuple[str, ...], browse: bool, ledger: str) -> None:
    """Open a ledger as a site: events on a map, a timeline and in a table, each with the words it rests on; review; who holds what."""
    from according.ledger.ledger import Ledger
    from according.web.serving import loopback
    from according.web.serving import serve as serve_site
    from according.web.site import OF_THIS_MACHINE, Site

    with Ledger(ledger) as opened:
        site = Site(opened, hosts=OF_THIS_MACHINE | {host, *names}, guarded=not loopback(host))
        serve_site(
            site,
            host,
            port,
            browse=browse,
            ready=lambda url: click.echo(f"according: {opened.name} is open at {url} (Ctrl-C ends it).", err=True),
        )
