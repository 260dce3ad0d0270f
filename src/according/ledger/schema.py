"""The ledger's tables, one declaration for SQLite and PostgreSQL.

Offsets are code points, ``stop`` exclusive, so that ``substr(text, start + 1, stop - start)`` is the span's own words. Days are ISO text
(``2031-05-04``), moments ISO text in UTC (``2031-05-04T06:00:00Z``), lists JSON text: the same in both databases, and readable in any
browser of tables. Missing is NULL, never 0 and never an empty string.

What the two databases do in ways of their own (text search, boxes, views) is in ``dialects.py``.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    REAL,
    BigInteger,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

#: The newest migration in ``migrations/versions``; what a ledger that this code has opened is at.
HEAD = "0003"
#: "ACCD": tells ``file`` and us whose SQLite file it is.
APPLICATION_ID = 0x41434344

# The same names in both databases, so that migrations can speak of them.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# An alias of the row's number in SQLite, a sequence in PostgreSQL.
_NUMBER = BigInteger().with_variant(Integer, "sqlite")
# 64 bits in both: PostgreSQL's own REAL has 32, and would not give back what was put in.
_REAL: Double[float] = Double().with_variant(REAL, "sqlite")


def _table(name: str, *parts: Any, **options: Any) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True, **options)


def _number() -> Column[int]:
    return Column("n", _NUMBER, primary_key=True, autoincrement=True)


def _to(table: str, name: str, **options: Any) -> Column[int]:
    return Column(name, _NUMBER, ForeignKey(f"{table}.n", ondelete="CASCADE"), **options)


def _span(prefix: str = "", *, optional: bool = False) -> list[Column[Any]]:
    kinds = {"start": Integer, "stop": Integer, "text": Text}
    return [Column(f"{prefix}{name}", kind, nullable=optional) for name, kind in kinds.items()]


def _gazetteer(prefix: str = "") -> list[Column[Any]]:
    """What the gazetteer tells of a place; ``folded`` is what it is found by: its name there, else its words."""
    kinds: dict[str, Any] = {
        "name": Text, "geonames_id": Integer, "lat": _REAL, "lon": _REAL, "feature": Text, "admin1": Text, "admin2": Text, "country": Text,
        "precision": Text, "radius_km": _REAL, "score": _REAL, "derived": Text, "folded": Text, "folded_words": Text,
    }  # fmt: skip
    return [Column(f"{prefix}{name}", kind) for name, kind in kinds.items()]


sources = _table("sources", _number(), Column("name", Text, nullable=False, unique=True))

reports = _table(
    "reports",
    _number(),
    Column("key", Text, nullable=False, unique=True),  # 16 hexadecimal digits of all that the report is
    Column("id", Text, nullable=False, index=True),  # what claims call it: given with it, or of its title and content
    Column("source", _NUMBER, ForeignKey("sources.n"), index=True),
    Column("outlet", Text),  # the source as the report tells it; where it tells none, sources has the host of its address
    Column("url", Text),
    Column("address", Text, index=True),  # the url in its canonical form
    Column("title", Text),
    Column("byline", Text),
    Column("published", Text, index=True),
    Column("language", Text),
    Column("text_sha256", Text, nullable=False, index=True),
    Column("raw_sha256", Text),
    Column("extractor", Text),
    Column("taken", Text),  # when the bytes were so, where that is known
    Column("first_seen", Text, nullable=False),
    Column("last_seen", Text, nullable=False),
    Column("shingles", Integer, nullable=False),  # how many; see likeness.py
    Column("replaced_by", _NUMBER, ForeignKey("reports.n", ondelete="SET NULL"), index=True),  # the next version of the same report
    Column("original", _NUMBER, ForeignKey("reports.n", ondelete="SET NULL"), index=True),  # the report that this one copies
    # Last, so that the rest of a row is read without them:
    Column("text", Text, nullable=False),
    Column("furniture", Text, nullable=False, server_default="[]"),
    Column("dropped", Text, nullable=False, server_default="[]"),
    Column("notes", Text, nullable=False, server_default="[]"),
)

pages = _table(
    "pages",
    _to("reports", "report", primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    sqlite_with_rowid=False,
)

sightings = _table(
    "sightings",
    _to("reports", "report", primary_key=True),
    Column("place", Text, primary_key=True),  # a path or URL; within a container after "!/"
    Column("item", Text, nullable=False, index=True),  # the bytes and their address; see intake/items.py
    Column("first_seen", Text, nullable=False),
    Column("last_seen", Text, nullable=False),
    sqlite_with_rowid=False,
)

runs = _table(
    "runs",
    _number(),
    Column("command", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("ended", Text),
    Column("according", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("lexicon", Text, nullable=False),
    Column("gazetteer", Text, nullable=False),
)

claims = _table(
    "claims",
    _number(),
    _to("reports", "report", nullable=False),
    Column("id", Text, nullable=False, index=True),
    Column("run", _NUMBER, ForeignKey("runs.n"), nullable=False),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("manner", Text, nullable=False),
    *_span("trigger_"),
    *_span("sentence_"),
    Column("page", Integer),
    *_span("place_", optional=True),
    *_gazetteer("place_"),
    *_span("time_", optional=True),
    Column("time_from", Text),
    Column("time_to", Text),
    Column("time_precision", Text),
    Column("time_anchor", Text),
    Column("event", Integer),
    Column("evidence", Text, nullable=False, server_default="[]"),
    Column("confidence", _REAL, nullable=False),
    Column("verdict", Text),  # the last decision that nobody took back; decisions has all
    Column("machine", Text),  # the record that the machine made, where a person corrected it
    Column("withdrawn", Integer, CheckConstraint("withdrawn IN (0, 1)", name="withdrawn"), nullable=False, server_default="0"),
    UniqueConstraint("report", "id"),
    Index("ix_claims_place_time", "place_folded", "time_from", "time_to"),
    Index("ix_claims_words_time", "place_folded_words", "time_from", "time_to"),
    Index("ix_claims_country_time", "place_country", "time_from", "time_to"),
    Index("ix_claims_type_time", "type", "time_from", "time_to"),
    Index("ix_claims_time", "time_from", "time_to"),
)

parties = _table(
    "parties",
    _to("claims", "claim", primary_key=True),
    Column("role", Text, CheckConstraint("role IN ('said_by', 'actor', 'target')", name="role"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *_span(),
    Column("actor", Text),
    Column("folded", Text, nullable=False, index=True),
    Index(None, "actor", sqlite_where=text("actor IS NOT NULL"), postgresql_where=text("actor IS NOT NULL")),
    sqlite_with_rowid=False,
)

surroundings = _table(
    "surroundings",
    _to("claims", "claim", primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *_span(),
    *_gazetteer(),
    Index(None, "folded"),
    Index(None, "folded_words"),
    sqlite_with_rowid=False,
)

figures = _table(
    "figures",
    _to("claims", "claim", primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    *_span(),
    Column("measure", Text, nullable=False),
    Column("counted", Text),
    Column("low", BigInteger().with_variant(Integer, "sqlite")),
    Column("high", BigInteger().with_variant(Integer, "sqlite")),
    Column("cumulative", Integer, nullable=False),
    Column("approximate", Integer, nullable=False),
    Index("ix_figures_measure_low", "measure", "low"),
    sqlite_with_rowid=False,
)

decisions = _table(
    "decisions",
    _number(),
    _to("reports", "report", nullable=False, index=True),
    Column("claim", Text, nullable=False, index=True),  # the claim's id: it outlives the row that the machine makes anew
    Column("verdict", Text, nullable=False),
    Column("correction", Text),  # the record as the person would have it
    Column("seen", Text, nullable=False),  # the record as it stood when the person decided
    Column("note", Text),
    Column("person", Text, nullable=False),
    Column("decided", Text, nullable=False),
)

stages = _table(
    "stages",
    Column("subject", Text, primary_key=True),  # an item's or a report's key, or an address
    Column("stage", Text, CheckConstraint("stage IN ('fetch', 'extract', 'code')", name="stage"), primary_key=True),
    Column("version", Text, primary_key=True),
    Column("state", Text, CheckConstraint("state IN ('done', 'retry', 'quarantined')", name="state"), nullable=False),
    Column("reason", Text),  # one word for the kind
    Column("message", Text),
    Column("place", Text, nullable=False),  # where the subject lies
    Column("origin", Text, nullable=False),  # what was asked to be taken in, that led to it
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("changed", Text, nullable=False),
    Index("ix_stages_state_stage", "state", "stage"),
    sqlite_with_rowid=False,
)

fetches = _table(
    "fetches",
    Column("address", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("fetched", Text, nullable=False),
    Column("item", Text, nullable=False, index=True),
    Column("media", Text),
    Column("body", LargeBinary, nullable=False),  # the bytes as they came, deflated: the page may be gone tomorrow
)

sketches = _table(
    "sketches",
    Column("hash", _NUMBER, primary_key=True, autoincrement=False),
    _to("reports", "report", primary_key=True),
    Index(None, "report"),
    sqlite_with_rowid=False,
)

likenesses = _table(
    "likenesses",
    _to("reports", "copy", primary_key=True),
    _to("reports", "earlier", nullable=False, index=True),  # of those that it copies, the earliest
    sqlite_with_rowid=False,
)

tombstones = _table(
    "tombstones",
    Column("key", Text, primary_key=True),  # no id: it is made of the title, and the report's words are to be gone
    Column("why", Text, nullable=False),
    Column("person", Text),
    Column("forgotten", Text, nullable=False),
)

# Events: everything below but what people decided follows from the claims, and is made anew where they change. See grouping.py.

ungrouped = _table("ungrouped", _to("reports", "report", primary_key=True), sqlite_with_rowid=False)  # their claims changed since

groupings = _table(
    "groupings", Column("version", Text, primary_key=True), sqlite_with_rowid=False
)  # by which the events were made: one row

happenings = _table(
    "happenings",
    Column("n", _NUMBER, primary_key=True, autoincrement=False),
    _to("reports", "report", nullable=False, index=True),
    Column("key", Text, nullable=False, unique=True),  # the report's key and the id of the first claim
    Column("features", Text, nullable=False),  # what it is compared by; see features.py
    Column("event", Text, index=True),
    Column("level", Integer),  # of the links by which it hangs together with others, counted from 0; see events/grouping.py
)

tellings = _table(
    "tellings",
    _to("claims", "claim", primary_key=True),
    _to("happenings", "happening", nullable=False, index=True),
    Column("seed", Text, nullable=False, index=True),  # the id of an event that begins with this claim
    sqlite_with_rowid=False,
)

namings = _table(
    "namings",
    _to("reports", "report", primary_key=True),
    Column("words", Text, nullable=False),  # the names and figures of its text, folded
    Column("tells", Integer, nullable=False),  # of how many happenings
    sqlite_with_rowid=False,
)

blocks = _table(
    "blocks",
    Column("key", _NUMBER, primary_key=True, autoincrement=False),  # a hash of when and where, or of names
    _to("happenings", "happening", primary_key=True),
    Column("count", Integer, nullable=False),  # it and those of the next numbers bear the key, so many in all
    Index(None, "happening"),
    sqlite_with_rowid=False,
)

links = _table(
    "links",
    _to("happenings", "one", primary_key=True),  # the lesser key
    _to("happenings", "other", primary_key=True),
    Column("points", _REAL, nullable=False),
    Index(None, "other"),
    sqlite_with_rowid=False,
)

events = _table(
    "events",
    Column("id", Text, primary_key=True),
    Column("first", Text),  # day; NULL where none is told
    Column("last", Text),
    Column("reports", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Index("ix_events_first_id", "first", "id"),
    sqlite_with_rowid=False,
)

former_events = _table(
    "former_events",
    Column("id", Text, primary_key=True),
    Column("event", Text),  # what it became; NULL where nothing tells of it any more
    sqlite_with_rowid=False,
)

event_decisions = _table(
    "event_decisions",
    _number(),
    Column("verdict", Text, CheckConstraint("verdict IN ('merge', 'split')", name="verdict"), nullable=False),
    Column("one", Text, nullable=False),  # claims, each by its report's key and its id
    Column("other", Text, nullable=False),
    Column("note", Text),
    Column("person", Text, nullable=False),
    Column("decided", Text, nullable=False),
)

# What pages show of each event, made of its claims when it is first asked for. See summaries.py.

summaries = _table(
    "summaries",
    Column("event", Text, ForeignKey("events.id", ondelete="CASCADE"), primary_key=True),
    Column("type", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("grade", Text, nullable=False),  # a member of Corroboration
    Column("first", Text),  # day
    Column("last", Text),
    Column("place", Text),
    Column("country", Text),  # ISO 3166-1 alpha-2
    Column("located", Text),  # how precisely
    Column("lat", _REAL),
    Column("lon", _REAL),
    Column("radius_km", _REAL),
    Column("actors", Text, nullable=False),  # JSON: names of those who did it
    Column("targets", Text, nullable=False),
    Column("speakers", Text, nullable=False),
    Column("figures", Text, nullable=False),  # JSON: of each measure its range by the rule ucdp
    Column("killed", BigInteger().with_variant(Integer, "sqlite")),  # the best of it
    Column("told_first", Text),  # the day on which the first report of it was published
    Column("told_last", Text),
    Column("claims", Integer, nullable=False),
    Column("reports", Integer, nullable=False),
    Index("ix_summaries_first_event", "first", "event"),
    Index("ix_summaries_type_first", "type", "first"),
    Index("ix_summaries_country_first", "country", "first"),
    sqlite_with_rowid=False,
)

# People: who may see and change what, and what they did.

users = _table(
    "users",
    _number(),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, CheckConstraint("role IN ('viewer', 'reviewer', 'editor', 'admin')", name="role"), nullable=False),
    Column("password", Text),  # argon2id; NULL for who comes by token alone
    Column("created", Text, nullable=False),
    Column("disabled", Text),  # since when
)

tokens = _table(
    "tokens",
    _number(),
    _to("users", "user", nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),  # SHA-256 of the token, which is shown once
    Column("created", Text, nullable=False),
    Column("expires", Text),
    Column("used", Text),  # last
    Column("revoked", Text),
)

sessions = _table(
    "sessions",
    Column("hash", Text, primary_key=True),  # SHA-256 of what the cookie holds
    _to("users", "user", nullable=False, index=True),
    Column("created", Text, nullable=False),
    Column("expires", Text, nullable=False),
    sqlite_with_rowid=False,
)

audit = _table(
    "audit",
    _number(),
    Column("at", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),  # what it was done to
    Column("detail", Text, nullable=False),  # JSON
    Column("before", Text, nullable=False),  # the hash of the row before it
    Column("hash", Text, nullable=False, unique=True),  # of that and of all the row says
)

second_opinions = _table(
    "second_opinions",  # given without a sight of the first, and laid over nothing
    _number(),
    _to("reports", "report", nullable=False, index=True),
    Column("claim", Text, nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("correction", Text),
    Column("seen", Text, nullable=False),
    Column("note", Text),
    Column("person", Text, nullable=False),
    Column("decided", Text, nullable=False),
)

flags = _table(
    "flags",  # claims that somebody wants another to look at
    _number(),
    _to("reports", "report", nullable=False, index=True),
    Column("claim", Text, nullable=False, index=True),
    Column("note", Text),
    Column("person", Text, nullable=False),
    Column("raised", Text, nullable=False),
    Column("settled", Text),  # when somebody decided on the claim
)
