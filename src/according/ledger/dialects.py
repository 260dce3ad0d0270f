"""What SQLite and PostgreSQL do each in their own way: words, boxes, distances, and the order of texts."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from according.ledger.question import Box, Near
from according.ledger.schema import claims, reports
from according.ledger.sought import Term
from according.places.entries import EARTH_KM

Condition = sa.ColumnElement[bool]

SQLITE = "sqlite"
# Diacritics, which SQLite's index leaves out and so does ours in PostgreSQL.
_MARKS = re.compile("[\u0300-\u036f]")

_claim_words = sa.table("claim_words", sa.column("rowid"), sa.column("claim_words"))
_report_words = sa.table("report_words", sa.column("rowid"), sa.column("report_words"))
_boxes = sa.table("claim_boxes", *(sa.column(name) for name in ("n", "west", "east", "south", "north")))


def in_sentence(dialect: str, terms: Iterable[Term]) -> Condition:
    """All terms stand in the claim's sentence."""
    if dialect == SQLITE:
        return claims.c.n.in_(sa.select(_claim_words.c.rowid).where(_claim_words.c.claim_words.op("MATCH")(_fts5(terms))))
    return _matches(sa.func.words_of(claims.c.sentence_text), terms)


def in_report(dialect: str, terms: Iterable[Term]) -> Condition:
    """All terms stand in the report's title or text."""
    if dialect == SQLITE:
        return reports.c.n.in_(sa.select(_report_words.c.rowid).where(_report_words.c.report_words.op("MATCH")(_fts5(terms))))
    told = sa.func.coalesce(reports.c.title, sa.literal_column("''")).op("||")(sa.literal_column("' '")).op("||")(reports.c.text)
    return _matches(sa.func.words_of(told), terms)


def holds_words(dialect: str, column: sa.ColumnElement[Any], folded: str) -> Condition:
    """The words stand, whole and one after the other, in a column of folded words."""
    find = sa.func.instr if dialect == SQLITE else sa.func.strpos
    return find(sa.literal(" ").op("||")(column).op("||")(" "), f" {folded} ") > 0


def in_box(dialect: str, box: Box) -> Condition:
    """The claim's place lies in the box."""
    halves = [box] if box.west <= box.east else [Box(box.west, box.south, 180, box.north), Box(-180, box.south, box.east, box.north)]
    exact = sa.or_(*(_within(half) for half in halves))
    if dialect != SQLITE:
        return exact
    # The tree keeps 32 bits of a number, rounded outwards: it finds a little too much, never too little.
    found = [
        sa.and_(_boxes.c.east >= half.west, _boxes.c.west <= half.east, _boxes.c.north >= half.south, _boxes.c.south <= half.north)
        for half in halves
    ]
    return sa.and_(claims.c.n.in_(sa.union_all(*(sa.select(_boxes.c.n).where(half) for half in found))), exact)


def near(dialect: str, point: Near) -> Condition:
    """The claim's place lies no further from the point than it says."""
    return sa.and_(in_box(dialect, around(point)), _km_to(dialect, point) <= point.km)


def around(point: Near) -> Box:
    """The smallest box that holds the circle; all longitudes where a pole is in it."""
    reach = point.km / EARTH_KM
    high = math.degrees(reach) * (1 + 1e-9)
    south, north = max(-90.0, point.lat - high), min(90.0, point.lat + high)
    if south == -90 or north == 90:
        return Box(-180, south, 180, north)
    wide = math.degrees(math.asin(min(1.0, math.sin(reach) / math.cos(math.radians(point.lat))))) * (1 + 1e-9)
    return Box(_turned(point.lon - wide), south, _turned(point.lon + wide), north)


def sorting(dialect: str, column: sa.ColumnElement[Any]) -> sa.ColumnElement[Any]:
    """A column of text in the order of its code points, whatever order of its own the database has."""
    return column if dialect == SQLITE else sa.collate(column, "C")


def each(dialect: str, column: sa.ColumnElement[Any]) -> sa.TableValuedAlias:
    """The texts of a column that holds a JSON list of them, a row each, as ``value``; to be joined to the column's own table."""
    if dialect == SQLITE:
        return sa.func.json_each(column).table_valued("value", joins_implicitly=True)
    told = sa.func.json_array_elements_text(sa.cast(column, sa.JSON))
    return told.table_valued(sa.column("value", sa.Text), joins_implicitly=True).render_derived()


def _fts5(terms: Iterable[Term]) -> str:
    return " AND ".join(f'"{" ".join(term.words)}"{"*" if term.begins else ""}' for term in terms)


def _matches(words: sa.ColumnElement[Any], terms: Iterable[Term]) -> Condition:
    asked = sa.func.to_tsquery(sa.literal_column("'simple'::regconfig"), " & ".join(map(_tsquery, terms)))
    return words.op("@@", return_type=sa.Boolean())(asked)


def _tsquery(term: Term) -> str:
    words = (unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", word))) for word in term.words)
    following = " <-> ".join(f"'{word}'" for word in words)
    return f"({following}:*)" if term.begins else f"({following})"


def _within(box: Box) -> Condition:
    return sa.and_(claims.c.place_lat.between(box.south, box.north), claims.c.place_lon.between(box.west, box.east))


def _km_to(dialect: str, point: Near) -> sa.ColumnElement[float]:
    if dialect == SQLITE:
        return sa.func.km_between(claims.c.place_lat, claims.c.place_lon, point.lat, point.lon)
    lat, lon = claims.c.place_lat, claims.c.place_lon
    up, along = sa.func.sin(sa.func.radians(lat - point.lat) / 2), sa.func.sin(sa.func.radians(lon - point.lon) / 2)
    half = up * up + sa.func.cos(sa.func.radians(point.lat)) * sa.func.cos(sa.func.radians(lat)) * along * along
    return 2 * EARTH_KM * sa.func.asin(sa.func.sqrt(sa.func.least(1.0, half)))


def _turned(lon: float) -> float:
    return (lon + 180) % 360 - 180
