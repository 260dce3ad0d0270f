"""The name that a word belongs to, found from the word: spaCy's ``Doc.ents`` looks through the whole text at each call."""

from __future__ import annotations

from spacy.tokens import Span, Token


def bounds(token: Token) -> range:
    """The tokens of the name that a token belongs to, none if to none."""
    doc, low, high = token.doc, token.i, token.i + 1
    if not token.ent_type_:
        return range(low, low)
    while doc[low].ent_iob_ == "I" and low > 0:
        low -= 1
    while high < len(doc) and doc[high].ent_iob_ == "I":
        high += 1
    return range(low, high)


def entity(token: Token) -> Span | None:
    """The name that a token belongs to, as ``Doc.ents`` has it."""
    own = bounds(token)
    return Span(token.doc, own.start, own.stop, label=token.ent_type_) if own else None
