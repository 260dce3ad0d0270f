"""An item opened: its kind told by its content, the reports in it and the pages that it points to. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from according.errors import IntakeError, NothingToRead, NotText, TooLarge
from according.intake import documents, encoding, feed, guard, identity, page, records, reliefweb
from according.intake.items import Item, Link
from according.model import Report

Outcome = Report | IntakeError


@dataclass(frozen=True, slots=True)
class Opened:
    """What an item holds: for each report in it that or an error that says why there is none, and links for a feed or a list."""

    reports: tuple[Outcome, ...] = ()
    links: tuple[Link, ...] = ()


def opened(item: Item) -> Opened:
    """The reports and links in ``item``; at least one of either, if only an error. Raises no IntakeError."""
    found = list(_caught(_read(item), item.where))
    sha256 = identity.sha256(item.data)
    reports = tuple(_finished(one, item, sha256) for one in found if not isinstance(one, Link))
    return Opened(reports, tuple(one for one in found if isinstance(one, Link)))


def _caught(found: Iterator[Outcome | Link], where: str) -> Iterator[Outcome | Link]:
    try:
        yield from found
    except IntakeError as error:
        yield error
    except UnicodeError as error:  # half characters, which the parser takes in and cannot give out
        yield NotText(f"{where}: it holds what is no character ({error}); save it again.")


def _finished(outcome: Outcome, item: Item, sha256: str) -> Outcome:
    if isinstance(outcome, IntakeError):
        return outcome
    given = bool(outcome.id)  # a record as somebody stored it: its bytes are not this item's alone
    try:
        where = f"{item.where}, report {outcome.id}" if given else item.where
        return documents.finished(outcome, where, item.url, None if given else sha256)
    except IntakeError as error:
        return error


def _read(item: Item) -> Iterator[Outcome | Link]:
    data, name = item.data, item.where
    if len(data) > guard.MOST_BYTES:
        raise TooLarge(f"{name}: more than the {guard.MOST_BYTES // 1_000_000} MB that one file may have; split it, or give JSON Lines.")
    if not data.strip(b"\0 \t\r\n\x0b\x0c"):
        raise NothingToRead(f"{name}: the file is empty.")
    if _is_pdf(data):
        yield documents.of_pdf(data, name)
        return
    raw = encoding.decode(data, name)
    if records.is_json(raw.text):
        yield from _some(_in_json(raw.text, name), NothingToRead(f"{name}: the JSON holds no report."))
    elif feed.is_feed(raw.text):
        yield from feed.read(feed.decoded(data, raw.text), name, item.url)
    elif raw.text.lstrip("\ufeff \t\r\n").startswith("<?xml") and feed.root(raw.text) != "html" and not page.is_page(raw.text):
        raise NotText(f"{name}: this XML is neither a page nor a feed; give the reports as pages, texts or JSON.")
    else:
        yield documents.of_text(encoding.mended(raw), name)


def _is_pdf(data: bytes) -> bool:
    """Whether ``data`` is a PDF: its mark may stand after some bytes that are none of it, but not after the beginning of a page."""
    at = data[:1024].find(b"%PDF-")
    return at == 0 or (at > 0 and b"<" not in data[:at])


def _in_json(text: str, name: str) -> Iterator[Outcome | Link]:
    for value in records.values(text, name):
        if isinstance(value, IntakeError):
            yield value
        elif reliefweb.is_answer(value.json):
            yield from reliefweb.read(value)
        else:
            yield from _caught(_own(value), name)


def _own(value: records.Value) -> Iterator[Report]:
    yield records.report(value.json, value.where)


def _some(found: Iterable[Outcome | Link], otherwise: IntakeError) -> Iterator[Outcome | Link]:
    none = True
    for one in found:
        none = False
        yield one
    if none:
        yield otherwise
