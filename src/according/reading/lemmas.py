"""Words → dictionary forms, by part of speech."""

from __future__ import annotations

from functools import lru_cache

import lemminflect

_REAL = frozenset({"VERB", "NOUN", "ADJ", "ADV", "AUX"})
#: Where a form belongs to two words, the one that reports of this kind mean.
_PREFERRED = {
    ("found", "VERB"): "find",
    ("most", "ADJ"): "most",
    ("more", "ADJ"): "more",
    ("bases", "NOUN"): "base",
    ("lay", "VERB"): "lay",
    ("wounded", "ADJ"): "wounded",
    ("felled", "VERB"): "fell",
}


@lru_cache(maxsize=65536)
def lemma(word: str, upos: str) -> str:
    """The dictionary form in small letters; a proper noun, a number or a mark keeps its own form."""
    if upos == "PROPN":
        return word
    small = word.lower()
    if upos not in _REAL or not small.isascii():
        return small
    if (small, upos) in _PREFERRED:
        return _PREFERRED[small, upos]
    found = lemminflect.getLemma(small, upos=upos)
    return str(found[0]) if found else small
