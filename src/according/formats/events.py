"""Events, series and holdings as tables, JSON Lines and CSV; one event as a dossier that a person reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TextIO

from rich.text import Text

from according.actors.table import actor
from according.events.accounts import Account, Reading, Speaker
from according.events.event import Event
from according.events.happening import Sort
from according.events.holdings import Holding
from according.events.reconciling import Range, Rule
from according.events.series import Series
from according.events.victims import EVERYBODY
from according.formats.event_records import COLUMNS, dossier_record, event_cells, event_record, holding_record, series_record
from according.formats.jsonl import line
from according.formats.sheets import Head, write_csv, write_table
from according.formats.terminal import Page, visible
from according.model import Measure, Place
from according.records import Record

_EVENTS = (
    *(Head("when", 10), Head("where", share=1), Head("what", share=1), Head("killed", 9, right=True), Head("injured", 9, right=True)),
    *(Head("told by", 8, right=True), Head("grade", 9), Head("event", 13)),
)
_HOLDINGS = (
    *(Head("place", share=1), Head("held by", share=1), Head("since", 11, right=True), Head("until", 11, right=True)),
    *(Head("last told", 10), Head("grade", 9), Head("according to", share=1)),
)
_BAR = 24  # columns of a range's bar
_HOLDING_COLUMNS = (
    "place",
    "country",
    "lat",
    "lon",
    "area",
    "holder",
    "holder_name",
    "since",
    "by",
    "until",
    "over_by",
    "over",
    "last_told",
    "grade",
    "claims",
    "said_by",
    "contested_by",
)
_SERIES_COLUMNS = (
    "measure",
    "group",
    "place",
    "since",
    "published",
    "min",
    "max",
    "words",
    "window",
    "from",
    "to",
    "speaker",
    "kind",
    "report",
    "claim",
    "sentence",
)


def write_events(events: Iterable[Event], rule: Rule, form: str, out: TextIO) -> None:
    """``form`` is table, jsonl or csv."""
    if form == "table":
        write_table(out, _EVENTS, (_listed(e, rule) for e in events))
    elif form == "csv":
        write_csv(out, COLUMNS, (event_cells(e, rule) for e in events))
    else:
        _jsonl(out, (event_record(e, rule) for e in events))


def write_told(rows: Iterable[tuple[str, str | None]], form: str, out: TextIO) -> None:
    """Each report with the event that it tells most of."""
    if form == "table":
        write_table(out, (Head("report", share=1), Head("event", 13)), ([report, event or "–"] for report, event in rows))
    elif form == "csv":
        write_csv(out, ("report", "event"), ({"report": report, "event": event} for report, event in rows))
    else:
        _jsonl(out, ({"report": report, "event": event} for report, event in rows))


def write_series(series: Iterable[Series], form: str, out: TextIO) -> None:
    if form == "jsonl":
        _jsonl(out, map(series_record, series))
    elif form == "csv":
        write_csv(out, _SERIES_COLUMNS, (row for s in series for row in _series_rows(s)))
    else:
        page = Page(out)
        for one in series:
            _series(page, one)


def write_holdings(holdings: Iterable[Holding], form: str, out: TextIO) -> None:
    if form == "jsonl":
        _jsonl(out, map(holding_record, holdings))
    elif form == "csv":
        write_csv(out, _HOLDING_COLUMNS, map(_holding_cells, holdings))
    else:
        write_table(out, _HOLDINGS, map(_held, holdings))


def write_dossier(event: Event, rule: Rule, form: str, out: TextIO) -> None:
    """The whole of one event; ``form`` is text or jsonl."""
    if form == "jsonl":
        out.write(line(dossier_record(event, rule)) + "\n")
        return
    page = Page(out)
    _head(page, event)
    _figures(page, event, rule)
    _accounts(page, event)
    _claims(page, event)
    _ties(page, event)


def _jsonl(out: TextIO, records: Iterable[Record]) -> None:
    out.writelines(line(record) + "\n" for record in records)


def _listed(event: Event, rule: Rule) -> list[str]:
    by_measure = {r.measure: r for r in reversed(event.ranges(rule))}
    numbers = [interval(by_measure[m]) if m in by_measure else "" for m in (Measure.KILLED, Measure.INJURED)]
    return [_when(event), _where(event.place), _what(event), *numbers, str(len(event.accounts)), event.grade.value, event.id]


def interval(r: Range) -> str:
    """``8``, ``7–17, best 17``, ``40 or more``."""
    if r.low == r.high:
        return f"{r.low:,}"
    high = f"{r.high:,}" if r.high is not None else ""
    return f"{r.low:,}–{high}" if high else f"{r.low:,} +"


def _when(event: Event) -> str:
    time = event.time
    if time is None or time.start is None:
        return "no day"
    return str(time.start) if time.start == time.end else f"{time.start} – {time.end}"


def _where(place: Place | None) -> str:
    if place is None:
        return ""
    name = place.called
    return f"{name}, {place.country}" if place.country else name


def _what(event: Event) -> str:
    told = event.type.value.replace("_", " ")
    return told if event.status.value == "happened" else f"{told} ({event.status.value})"


def _some(words: Iterable[str], most: int = 3) -> str:
    told = list(dict.fromkeys(words))
    return "; ".join(told[:most]) + (" …" if len(told) > most else "")


def _head(page: Page, event: Event) -> None:
    page.put(Text(visible(f"{_what(event).capitalize()}{', ' + _where(event.place) if event.place else ''}, {_when(event)}"), "bold"), 0)
    reports = len({s.cited.key for s in event.said})
    facts = [event.id, f"{len(event.accounts)} accounts in {reports} reports", f"grade: {event.grade.value}"]
    page.put(Text(" · ".join(facts), "dim"), 0)
    page.rule()
    for label, words in (
        ("by", [_named(p.span.text, p.actor) for p in event.actors]),
        ("against", [_named(p.span.text, p.actor) for p in event.targets]),
    ):
        if words:
            page.put(Text().append(f"{label}: ", "dim").append(visible(_some(words, 8))), 2, hang=6)
    page.blank()


def _named(words: str, id: str | None) -> str:
    known = actor(id) if id else None
    return f"{words} ({known.name})" if known and known.name.casefold() != words.casefold() else words


def _figures(page: Page, event: Event, rule: Rule) -> None:
    ranges = event.ranges(rule)
    if not event.readings:
        return
    page.put(Text(f"How many, by the rule “{rule.value}”", "bold"), 0)
    shown: set[tuple[Measure, str]] = set()
    for r in ranges:
        shown.add((r.measure, r.group))
        rows = [reading for reading in event.readings if (reading.measure, reading.group) == (r.measure, r.group)]
        told = r.measure.value if r.group == EVERYBODY else f"{r.measure.value}, {r.group}"
        page.put(
            Text().append(f"{told}: ", "bold").append(f"{interval(r)}, best {r.best:,}", "bold red").append(f"  {_bar(r, rows)}", "dim"), 2
        )
        for reading in rows:
            page.put(_row(reading), 4, hang=8)
    rest = [reading for reading in event.readings if (reading.measure, reading.group) not in shown]
    for reading in rest:
        page.put(Text(f"{reading.measure.value}: ").append_text(_row(reading)), 2, hang=8)
    page.blank()


def _bar(r: Range, rows: Iterable[Reading]) -> str:
    """The range with a dot for each account's number."""
    numbers = [n for row in rows if row.counts and (n := row.number) is not None]
    most = max([r.high or r.best, *numbers])
    if most == 0 or r.low == r.high:
        return ""
    cells = ["·"] * (_BAR + 1)
    first, last = round(_BAR * r.low / most), round(_BAR * (r.high if r.high is not None else most) / most)
    cells[first : last + 1] = ["─"] * (last + 1 - first)
    for number in numbers:
        cells[round(_BAR * number / most)] = "●"
    return f"0 {''.join(cells)} {most:,}"


def _row(reading: Reading) -> Text:
    text = Text().append(visible(_bounds(reading)), "bold" if reading.counts else "dim").append(f"  {_speaker(reading.speaker)}")
    notes = [
        f"“{reading.words}”",
        _days(reading.first, reading.last),
        "part of another number" if reading.part else "",
        "superseded by a later one of his" if reading.superseded else "",
        "sum of what one claim tells by groups" if reading.sum else "",
    ]
    return text.append(visible("  " + " · ".join(note for note in notes if note)), "dim")


def _bounds(reading: Reading) -> str:
    low, high = reading.low, reading.high
    if low is None and high is None:
        return "no number"
    if low == high:
        return f"{'≈ ' if reading.approximate else ''}{low:,}"
    if high is None:
        return f"≥ {low:,}"
    return f"≤ {high:,}" if low is None else f"{low:,}–{high:,}"


def _speaker(speaker: Speaker) -> str:
    kind = "a party to the fighting" if speaker.party else "in its own voice" if speaker.own_voice else speaker.kind.value
    return visible(f"{speaker.name} ({kind})")


def _days(first: date | None, last: date | None) -> str:
    if first is None:
        return ""
    return f"said {first}" if first == last else f"said {first} to {last}"


def _accounts(page: Page, event: Event) -> None:
    page.put(Text("Who tells of it", "bold"), 0)
    for account in event.accounts:
        page.put(_account(account), 2, hang=6)
    page.blank()


def _account(account: Account) -> Text:
    text = Text(_speaker(account.speaker))
    if account.denies:
        text.append("  denies it", "bold red")
    copies = f"{account.copies} of them copies" if account.copies else ""
    reports = f"{len(account.reports)} report{'s' if len(account.reports) > 1 else ''}"
    return text.append("  " + " · ".join(fact for fact in (reports, copies, _days(account.first, account.last)) if fact), "dim")


def _claims(page: Page, event: Event) -> None:
    page.put(Text("In which words", "bold"), 0)
    for s in event.said:
        told = "" if s.sort is Sort.ACCOUNT else f" [{s.sort.value}]"
        page.put(Text(visible(f"“{s.claim.sentence.text}”")).append(told, "bold"), 2, hang=4)
        said = "; ".join(p.span.text for p in s.claim.said_by) or "the report itself"
        cited = " · ".join(str(fact) for fact in (s.cited.source, s.cited.published, s.cited.id) if fact)
        page.put(
            Text(
                visible(f"{s.claim.type.value.replace('_', ' ')} “{s.claim.trigger.text}” · said by {said} · {cited} · claim {s.claim.id}"),
                "dim",
            ),
            6,
        )
    page.blank()


def _ties(page: Page, event: Event) -> None:
    if not event.ties:
        return
    page.put(Text("Why they stand together", "bold"), 0)
    for tie in event.ties[:12]:
        page.put(Text(f"{tie.one} – {tie.other}: {tie.points:+.1f}"), 2)
        why = "; ".join(f"{reason} {points:+.1f}" for reason, points in tie.why)
        page.put(Text(visible(why), "dim"), 6)


def _series(page: Page, series: Series) -> None:
    group = "" if series.group == EVERYBODY else f" {series.group}"
    told = f"{series.measure.value}{group}{', ' + series.place.title() if series.place else ''}"
    since = f", since {series.since}" if series.since else ""
    page.put(Text(visible(told + since), "bold").append(f"  {len(series.tolls)} reading{'s' if len(series.tolls) > 1 else ''}", "dim"), 0)
    for t in series.tolls:
        window = f"  {t.window}" if t.window and t.window not in t.words else ""
        text = Text().append(visible(f"“{t.words}”"), "bold red").append(visible(window))
        page.put(text.append(visible(f"  {_speaker(t.speaker)} · {t.cited.published or 'no date'} · {t.cited.id}"), "dim"), 2, hang=6)
    page.blank()


def _series_rows(series: Series) -> Iterator[Record]:
    whole = series_record(series)
    for reading in whole["readings"]:
        yield {name: reading.get(name, whole.get(name)) for name in _SERIES_COLUMNS}


def _held(holding: Holding) -> list[str]:
    site = holding.site
    place = f"{site.name}{', ' + site.country if site.country else ''}{' (area)' if site.area else ''}"
    since = str(holding.since) if holding.since else f"by {holding.by}" if holding.by else "not told"
    said = _some(e.speaker.name for e in holding.evidence)
    against = f"; against it {_some(f'{e.speaker.name} ({e.name})' for e in holding.rivals)}" if holding.rivals else ""
    return [
        place,
        holding.name or "not told",
        since,
        str(holding.until or (f"by {holding.over_by}" if holding.over_by else "not told" if holding.over else "")),
        str(holding.last or ""),
        holding.grade.value,
        said + against,
    ]


def _holding_cells(holding: Holding) -> Record:
    whole = holding_record(holding)
    return {name: whole.get(name) for name in _HOLDING_COLUMNS} | {
        "claims": "; ".join(e.claim for e in holding.evidence),
        "said_by": "; ".join(dict.fromkeys(e.speaker.name for e in holding.evidence)),
        "contested_by": "; ".join(dict.fromkeys(e.speaker.name for e in holding.rivals)),
    }
