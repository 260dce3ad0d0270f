"""A plain text as a report, also the text of a page that was copied with everything around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from according.intake import dates, furniture, metadata, normal

_TOP = 8  # lines at the beginning among which title, byline and date are looked for
_TITLE_WORDS = 30
_BYLINE = re.compile(r"(?:(?:written|posted|reported) )?by:? (?=[A-Z])[^.!?]{3,80}(?: \w\.)?[^.!?]{0,60}", re.IGNORECASE)
_DATE_LINE_REST = re.compile(
    r"(?:(?:first |last )?(?:published|posted|updated|modified|issued)|date(?: of publication)?|on|at|by|"
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|"
    r"\d{1,2}[:.]?\d{2}|[ap]\.?m\.?|gmt|utc|[a-z]{2,4}t|local time|edited|\W)+",
    re.IGNORECASE,
)
_SOURCE = re.compile(r"(?:source|outlet|publisher|agency) ?: ?(?P<name>.{2,60})", re.IGNORECASE)
_PLACE_AND_DAY = re.compile(r"[A-Z][\w'’ -]{2,40}[,:]? (?:the )?(?P<day>(?:\d{1,2}[. ]|[A-Z][a-z]{2,8}\.? \d{1,2},? ).{4,16})")
# "KARSA, May 4, 2031 (Agency) - ...": the day on which the report was filed, at the head of its first paragraph.
_DATELINE = re.compile(r"[A-Z][\w .,'’/-]{2,60}?(?:\([^()]{2,40}\)\s*)?[-–—:]\s")


@dataclass(frozen=True, slots=True)
class Pasted:
    """The text, its paragraphs apart by one empty line, and what its first lines say of it."""

    text: str
    title: str | None = None
    byline: str | None = None
    published: date | None = None
    outlet: str | None = None
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read(text: str) -> Pasted:
    """The report in ``text``. The title stays in the text, as its author wrote it; byline and date lines go out, as furniture does."""
    hidden = normal.hidden(text)
    notes = (f"the text hides what a reader does not see as it stands ({hidden}): compare it with the file",) if hidden else ()
    lines = normal.paragraphs(text)
    byline, published, outlet, header = _header(lines)
    body = [line for n, line in enumerate(lines) if n not in header]
    title = _title(body)
    kept, dropped = furniture.split(_spaced(body, text), byline)
    if published is None:
        published = _dateline(kept[1:2] if title and kept[:1] == [title] else kept[:1])
    return Pasted("\n\n".join(kept), title, byline, published, outlet, tuple(lines[n] for n in sorted(header)) + tuple(dropped), notes)


def _spaced(lines: list[str], text: str) -> list[str]:
    """``lines``, an empty one before each that stands apart from the rest by two empty lines or more, as a biography often does."""
    apart = {normal.line(m.group(1))[:60] for m in re.finditer(r"\n[^\S\n]*\n[^\S\n]*\n\s*([^\n]+)", normal.paragraph(text))}
    return [f"\n{line}" if line[:60] in apart else line for line in lines]


def _header(lines: list[str]) -> tuple[str | None, date | None, str | None, set[int]]:
    """Byline, day of publication and outlet from lines of their own at the top, and which lines these are."""
    byline: str | None = None
    published: date | None = None
    outlet: str | None = None
    header: set[int] = set()
    for n, line in enumerate(lines[:_TOP]):
        if byline is None and n > 0 and len(line.split()) <= 14 and _BYLINE.fullmatch(line):
            byline = metadata.byline(line)
            published = published or dates.of(line)
        elif (found := _date_line(line)) is not None:
            published = published or found
        elif published is None and (match := _PLACE_AND_DAY.fullmatch(line)) and (day := dates.of(match["day"])):
            published = day  # "Vardane, 8 May 2031" stays in the text: it says where as well
            continue
        elif outlet is None and (match := _SOURCE.fullmatch(line)):
            outlet = match["name"].strip()
        else:
            continue
        header.add(n)
    return byline, published, outlet, header


def _date_line(line: str) -> date | None:
    """The day that ``line`` names where it names nothing else but a time of day and "Published"."""
    found = dates.find(line) if len(line) <= 90 else None
    if found is None:
        return None
    rest = line[: found[1]] + " " + line[found[2] :]
    return found[0] if not rest.strip() or _DATE_LINE_REST.fullmatch(rest.strip()) or dates.of(line[found[2] :]) == found[0] else None


def _title(lines: list[str]) -> str | None:
    """The first line that is no furniture, where it is short, opens no dateline, and a longer text follows."""
    for n, line in enumerate(lines[:_TOP]):
        if furniture.is_line(line):
            continue
        rest = lines[n + 1 :]
        if len(line.split()) <= _TITLE_WORDS and not _DATELINE.match(line) and any(len(other) > len(line) for other in rest):
            return line
        return None
    return None


def _dateline(first: list[str]) -> date | None:
    """The full date in the dateline at the head of the first paragraph; one without a year gives nothing."""
    for line in first:
        head = re.match(r"(.{3,90}?)(?:\s[-–—]+\s|[-–—]{2}|\)\s*:)", line)
        if head and re.match(r"[A-Z]{3,}|[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*[,/ ]", head[1]):
            return dates.of(head[1])
    return None
