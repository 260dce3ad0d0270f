"""What the table of actors says of words, for a person to check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TextIO

from rich.text import Text

from according.actors.resolving import SURE, Match, Resolver
from according.actors.table import Actor, Tie, Years, actor
from according.formats.terminal import Page, visible


def write(words: Sequence[str], countries: Sequence[str], year: int | None, speaker: str | None, out: TextIO) -> None:
    """For each of the words the actors that they may name in a report on these countries, the surest first."""
    page = Page(out)
    resolver = Resolver(Counter(countries), year)
    for told in words:
        page.put(Text(visible(told), "bold"), 0)
        found = [Match(known, 1.0, "id")] if (known := actor(told)) else resolver.candidates(told, speaker)
        for match in found:
            _match(page, match)
        if not found:
            page.put(Text("no actor of the table, or several of which none is surer", "dim"), 2)
        page.blank()


def _match(page: Page, match: Match) -> None:
    row = match.actor
    sure = "" if match.score >= SURE else ", too unsure to be taken"
    page.put(Text(visible(row.name), "bold").append(f"  {row.id} · {match.score:.2f} by {match.by}{sure}", "dim"), 2)
    for label, value in _facts(row):
        page.put(Text().append(f"{label}: ", "dim").append(visible(value)), 4, hang=8)


def _facts(row: Actor) -> list[tuple[str, str]]:
    parent = actor(row.parent) if row.parent else None
    told = [
        ("is", f"{row.role.value}, {row.kind.value}".replace("_", " ") + (f" of {', '.join(row.countries)}" if row.countries else "")),
        ("years", _years(row.years)),
        ("part of", parent.name if parent else ""),
        ("also", "; ".join([*row.aliases, *row.native])),
        ("fought beside", "; ".join(map(_tie, row.allies))),
        ("backed by", "; ".join(map(_tie, row.backers))),
        *((f"called by {_users(label.by)}", "; ".join(f"“{words}”" for words in label.words)) for label in row.labels),
        ("rests on", row.support),
    ]
    return [(label, value) for label, value in told if value]


def _users(ids: Sequence[str]) -> str:
    return ", ".join(found.name if (found := actor(id)) else id for id in ids) or "many"


def _tie(tie: Tie) -> str:
    found, years = actor(tie.actor), _years(tie.years)
    return f"{found.name if found else tie.actor}{f' ({years})' if years else ''}"


def _years(years: Years) -> str:
    if years.first is None and years.last is None:
        return ""
    return f"{years.first or '?'}–{years.last or ''}"
