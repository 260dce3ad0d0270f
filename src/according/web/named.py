"""Actors and countries by their names, and spans of years in words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from typing import Any

from according.actors.table import Years, actor
from according.places.tables import countries

#: ISO 15924 codes of scripts by the first word of their letters' names in Unicode.
_SCRIPTS = {
    "ARABIC": "Arab", "ARMENIAN": "Armn", "BENGALI": "Beng", "CJK": "Hani", "CYRILLIC": "Cyrl", "DEVANAGARI": "Deva", "ETHIOPIC": "Ethi",
    "GEORGIAN": "Geor", "GREEK": "Grek", "HANGUL": "Hang", "HEBREW": "Hebr", "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "KHMER": "Khmr",
    "LAO": "Laoo", "LATIN": "Latn", "MYANMAR": "Mymr", "SINHALA": "Sinh", "SYRIAC": "Syrc", "TAMIL": "Taml", "THAI": "Thai",
    "TIBETAN": "Tibt", "TIFINAGH": "Tfng",
}  # fmt: skip


def actor_name(id: str) -> str:
    """The id itself where the table has no such row: another version of it may have had."""
    row = actor(id)
    return row.name if row else id


def country_name(code: str | None) -> str | None:
    """The code itself where the table has no such country."""
    return _countries().get(code, code) if code else None


def years(value: Years) -> str:
    """2012 to 2016 · since 2012 · until 2016; empty where neither is told."""
    if value.first is None and value.last is None:
        return ""
    if value.last is None:
        return f"since {value.first}"
    if value.first is None:
        return f"until {value.last}"
    return str(value.first) if value.first == value.last else f"{value.first} to {value.last}"


def script(name: str) -> str:
    """A name's language as far as its letters tell it: the script alone, as ``und-Arab``."""
    letter = next((unicodedata.name(sign, "") for sign in name if sign.isalpha()), "")
    code = _SCRIPTS.get(letter.partition(" ")[0])
    return f"und-{code}" if code else "und"


@cache
def _countries() -> dict[str, str]:
    return {country.code: country.name for country in countries()}


FILTERS: dict[str, Callable[..., Any]] = {"actor_name": actor_name, "country_name": country_name, "years": years, "script": script}
