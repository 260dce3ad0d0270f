"""Serving a site on an address, until it is stopped."""

from __future__ import annotations

import ipaddress
import socket
import threading
import webbrowser
from collections.abc import Callable

import uvicorn

from according.errors import SetupError
from according.web.app import application
from according.web.site import Site


def loopback(host: str) -> bool:
    """Whether only this machine can reach it."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def serve(site: Site, host: str, port: int, *, browse: bool = False, ready: Callable[[str], None] = lambda url: None) -> None:
    """Serve until somebody stops it; ``ready`` is told the address when it can be asked. Raises ``SetupError``."""
    listening = _bound(host, port)
    url = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
    server = uvicorn.Server(uvicorn.Config(application(site), log_level="warning", access_log=False, server_header=False))
    ready(url)
    if browse:
        threading.Timer(0.5, webbrowser.open, (url,)).start()
    server.run(sockets=[listening])


def _bound(host: str, port: int) -> socket.socket:
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(kind, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host.strip("[]"), port))
    except OSError as error:
        listening.close()
        raise SetupError(
            f"{host}:{port} cannot be listened on ({error.strerror}); give another --port, or stop what listens there."
        ) from error
    listening.listen(128)
    return listening
