"""What kind of thing a word stands for: armed, people, place … (``classes.toml``, and the kinds of names)."""

from __future__ import annotations

from spacy.tokens import Token

from according.coding.words import lists, words
from according.reading.measures import is_human

_BY_NAME = {
    "place": frozenset({"place", "armed", "town"}),
    "facility": frozenset({"place", "building"}),
    "person": frozenset({"person", "officials", "armed"}),
    "organisation": frozenset({"armed"}),
    "group": frozenset({"armed", "people"}),
    "other": frozenset[str](),
}
#: A personal pronoun may stand for any of these.
_PRONOUNS = {
    "they": frozenset({"armed", "people", "officials", "person"}),
    "them": frozenset({"armed", "people"}),
    "it": frozenset({"armed", "place", "officials"}),
    "he": frozenset({"armed", "people", "person", "officials"}),
    "she": frozenset({"people", "person", "officials"}),
    "we": frozenset({"armed", "officials", "person"}),
    "who": frozenset({"armed", "people"}),
    "him": frozenset({"people", "person", "armed"}),
    "her": frozenset({"people", "person"}),
    "i": frozenset({"person", "people", "officials"}),
    "us": frozenset({"people", "armed"}),
}


def classes() -> dict[str, frozenset[str]]:
    """The classes of ``classes.toml``, each a set of lemmas."""
    return lists("classes.toml")


def common_lemma(token: Token) -> str:
    """A token's lemma in small letters; a capitalised common noun in a headline loses its capital and its plural.

    A hyphenated prefix belongs to the word: "re-taking" is "re-taking", not "taking".
    """
    word = token.lemma_.lower()
    if token.i >= 2 and token.doc[token.i - 1].text == "-" and not token.doc[token.i - 1].whitespace_:
        before = token.doc[token.i - 2]
        if before.lower_ in words("prefixes") and not before.whitespace_:
            word = f"{before.lower_}-{word}"
    if token.pos_ == "PROPN" and not token.ent_type_ and word.endswith("s") and not word.endswith("ss") and len(word) > 4:
        return word[:-1]
    return word


def content(token: Token) -> Token:
    """The word that says what is meant: "dozens of villages" → "villages", "members of IS" → "IS"."""
    seen = 0
    while common_lemma(token) in words("collecting") and seen < 3:
        inner = [c for c in token.children if c.dep_ in ("nmod", "obl") and any(k.dep_ == "case" and k.lower_ == "of" for k in c.children)]
        if not inner:
            break
        token, seen = inner[0], seen + 1
    return token


def kinds(token: Token) -> frozenset[str]:
    """All the kinds that a word may be of; of a collecting head, those of what it holds."""
    token = content(token)
    if token.pos_ == "PRON":
        found_ = _PRONOUNS.get(token.lower_, frozenset())
        return found_ | {"human"} if found_ & {"people", "person"} else found_
    lemma = common_lemma(token)
    found = {name for name, listed in classes().items() if lemma in listed or token.text in listed}
    if token.text in words("calendar"):
        return frozenset()
    if token.text in classes()["group"]:
        return frozenset({"armed"})
    if token.ent_type_ and (token.pos_ == "PROPN" or token.ent_type_ == "group" or not found):
        found |= _BY_NAME.get(token.ent_type_, frozenset())
        acting = token.text in classes()["country"] or token.dep_ in ("nsubj", "obl:agent", "nmod:poss")
        if token.ent_type_ == "place" and not acting and lemma not in words("ruling"):  # "held by the Donetsk People's Republic"
            found.discard("armed")
    elif token.pos_ == "PROPN" and not found:
        found |= {"armed", "place"}
    if token.text in ("£", "$", "€", "US$") or (token.text[:1] in "£$€" and token.text):
        found.add("funds")
    if "armed" not in found and _named_modifier(token) and lemma in _LED:
        found.add("armed")
    if lemma in ("chemical", "gas", "sarin", "chlorine") or (
        lemma in ("weapon", "agent", "attack", "substance", "gas") and _modified(token, _CHEMICAL)
    ):
        found.add("chemical")
    if lemma in ("warplane", "aircraft", "jet", "plane", "drone", "helicopter", "aviation") or (
        lemma == "force" and _modified(token, {"air"})
    ):
        found.add("air")
    if lemma in ("center", "centre", "unit") and _modified(token, {"medical", "trauma", "health", "burn", "care"}):
        found.add("care")
    if found & {"people", "person"} or is_human(token):
        found.add("human")
    if lemma in ("village", "town", "city"):
        found.add("town")
    return frozenset(found)


_LED = frozenset({"official", "leader", "member", "element", "side", "man", "source"})
_CHEMICAL = {"chemical", "nerve", "toxic", "poison", "chlorine", "sarin", "mustard", "such"}


def _named_modifier(token: Token) -> bool:
    return any(c.dep_ in ("compound", "amod") and c.ent_type_ in ("group", "organisation") for c in token.children)


def _modified(token: Token, words: set[str]) -> bool:
    return any(c.dep_ in ("compound", "amod") and c.lower_ in words for c in token.children)
