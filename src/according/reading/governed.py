"""The noun phrases that stand under a governing word of the measures, found by their grammatical role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.tokens import Doc, Token

from according.reading import measures
from according.reading.counted import Counted
from according.reading.found import DOERS, PEOPLE, Found, Known, bearer, noun, says
from according.reading.measures import Role, Row, base, is_fighter, is_human, is_people, is_place, listed, table
from according.reading.numbers import Kind
from according.reading.roles import case, companions, complements, is_passive, listed_with, opening, patients, subjects
from according.reading.tolls import AT, led

#: Measures of which a plain noun is a figure too ("civilians were killed").
_PLAIN = PEOPLE | {"destroyed", "other"}
#: Measures whose "of" phrase tells of a happening also without a number.
_PLAIN_OF = frozenset({"killed", "injured", "casualties", "abducted", "detained"})
#: Nouns that say nothing of what is counted.
_SHELLS = frozenset({"life", "total", "number", "remains"})
#: Prepositions of numbers that no toll comes to: "up from 12".
_NO_SUM = frozenset({"from", "by", "in", "since"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ"})


def governed(doc: Doc, known: Known) -> Iterator[Found]:
    """The phrases under a governing word, and those in one row with them."""
    for token in doc:
        for row in measures.rows(token):
            for phrase in _through(_held(token, row, known), known):
                for each in _row_of(phrase, row, known):
                    measure = _taken(token, row, each, known) if row.measure in ("taking", "holding") else _tolled(token, row)
                    if measure and _fits(each, token, row, measure, known):
                        yield Found(measure, bearer(each, known), token.i)
        yield from _occasions(token, known)
        yield from _lost(token, known)


def _through(phrases: Iterable[Token], known: Known) -> Iterator[Token]:
    """As in "a total of 70 men", "the lives of 12": what is counted is in the "of" phrase."""
    for phrase in phrases:
        shell = phrase.i not in known and phrase.lemma_ in _SHELLS
        yield from (shell and [c for c in complements(phrase) if c.i in known or phrase.lemma_ == "life"]) or [phrase]


def _held(token: Token, row: Row, known: Known) -> Iterable[Token]:
    """The phrases that ``token`` holds in the role of ``row``."""
    added = [c for c in companions(token) if c.i in known]
    if row.role is Role.PATIENT:
        return [*patients(token), *added]
    if row.role is Role.SUBJECT:
        agents = [c for c in token.children if c.dep_ == "obl:agent" and row.measure in DOERS]
        return agents if is_passive(token) else [*subjects(token), *added]
    if row.role is Role.STATE:
        if token.pos_ == "VERB" and token.tag_ != "VBG" and not is_passive(token):
            return []  # "the blast injured": a deed, no state
        among = subjects(token, 0) if case(token) in ("among", "amongst") else []  # "the groom was among the dead"
        return [token] if token.i in known else [*(among or subjects(token)), *added]
    if row.role is Role.OF:
        return [] if says(known.get(token.i)) else complements(token)
    if row.role is Role.SELF:
        return [token]
    return _sums(token, known)


def _sums(token: Token, known: Known) -> list[Token]:
    """The number that a toll comes to: "rose to 12", "of 12", "stands at 12", "was 12"; not the one it rose from."""
    verb = token.head
    near = [c for c in token.children if c.dep_ in ("nmod", "appos", "parataxis", "nummod", "obl")]
    if token.dep_ in ("nsubj", "obj", "nsubj:pass", "obl", "advcl"):
        near += [verb, *(c for c in verb.children if c is not token and _comes_to(c, token))]
    near += [c for phrase in near if case(phrase) == "from" for c in phrase.children]
    # Hung on "killed" in "put the number of men killed at 17".
    near += [t for t in token.subtree if t.i in known and known[t.i].noun is None and led(t, AT)]
    sums = [t for t in near if says(known.get(t.i)) and known[t.i].bearer == t.i and not led(t, _NO_SUM)]
    return sorted(sums, key=lambda t: case(t) != "to")[:1]


def _tolled(toll: Token, row: Row) -> str:
    """A toll is of the dead, but of the hurt where the words before it tell of them alone: "many were wounded, a toll put at 60"."""
    if row.role is not Role.TOLL or row.needs or row.measure != "killed":
        return row.measure
    before = list(toll.doc[opening(toll) : toll.i])
    deaths = any(each.measure == "killed" for t in before for each in measures.rows(t))
    return "injured" if not deaths and any(t.lemma_ in listed("nouns", "harms") for t in before) else row.measure


def _comes_to(phrase: Token, toll: Token) -> bool:
    if phrase.dep_ not in ("obl", "obj", "xcomp", "nmod", "advcl"):
        return False
    return phrase.i > toll.i or (led(phrase, AT) and phrase.pos_ == "NUM")  # "brings to 12 the number of dead"


def _taken(token: Token, row: Row, phrase: Token, known: Known) -> str | None:
    """The measure of what is taken: places, or people who are then held."""
    what = noun(phrase, known)
    if what is None:
        return None
    if is_place(what):
        return "places" if row.measure == "taking" or (says(known.get(phrase.i)) and known[phrase.i].number.kind is Kind.COUNT) else None
    if row.role is not Role.PATIENT:
        return None
    if base(what) in ("prisoner", "captive", "detainee", "hostage") and base(token) in ("take", "hold", "capture"):
        return "abducted" if base(what) == "hostage" else "detained"
    return "detained" if is_people(what) and base(token) in ("capture", "seize", "hold") else None


def _row_of(phrase: Token, row: Row, known: Known) -> Iterator[Token]:
    """A phrase and those in one row with it that are figures of their own."""
    yield phrase
    if row.role in (Role.SELF, Role.TOLL):
        return
    shared = says(known.get(phrase.i))
    for other in listed_with(phrase, known)[1:]:
        own = other.i in known or (row.measure in PEOPLE and not shared) or any(c.lower_ == "other" for c in other.children)
        if other.pos_ in _NOMINAL and own and not any(each.role is Role.STATE for each in measures.rows(other)):
            yield other


def _fits(phrase: Token, governor: Token, row: Row, measure: str, known: Known) -> bool:
    """Whether a phrase in a role is a figure there: some roles need a number, some a person."""
    counted, what = known.get(phrase.i), noun(phrase, known)
    numbered = says(counted)
    if counted and counted.number.kind is Kind.NONE and measure in ("other", "places"):
        return False
    if counted is None and phrase.dep_ == "nmod" and phrase.head.lemma_ in ("number", "total", "toll"):
        return False  # "the number of people killed": the figure is elsewhere
    if case(phrase) == "from" and row.role is not Role.TOLL and phrase.head.i == governor.i:
        return False
    if any(c.lower_ in ("attempted", "attempt") and c.dep_ in ("amod", "compound") for c in governor.children):
        return False  # "the attempted murder of two officers"
    if measure in PEOPLE and what is not None and base(what) in listed("nouns", "animals"):
        return False
    if row.people and not is_human(what or phrase) and not (what is None and numbered):
        return False
    if row.measure == "displaced" and row.many and not _crowd(counted, what):
        return False
    if row.role is Role.SELF:
        return _itself(phrase, counted, measure)
    if governor.dep_ == "amod" and governor.head.i == phrase.i > governor.i:  # "12 wounded men", but not "displaced people"
        return counted is not None and counted.number.kind is Kind.COUNT
    if measure == "places":
        return what is not None and (numbered or (row.role is not Role.OF and (counted is not None or what.tag_ == "NNS")))
    if measure in DOERS:
        who = is_people(what) if what is not None else measure == "participants"
        return counted is not None and counted.number.kind is Kind.COUNT and who
    if row.role is Role.OF:
        owner = phrase.dep_ == "nmod:poss"  # "her death"; but "the officer's shooting" may be his deed
        return numbered or (_one(phrase) and measure != "casualties" if owner else measure in _PLAIN_OF)
    if measure in ("displaced", "returned") and not numbered:
        return what is not None and not is_fighter(what) and (is_people(what) or what.tag_ == "NNPS")
    if measure == "other":
        return counted is not None or (phrase.tag_ == "NNS" and not is_place(phrase))
    return measure in _PLAIN or numbered


def _crowd(counted: Counted | None, what: Token | None) -> bool:
    """Whether so many, bearing no arms, left or came that they were displaced."""
    least = counted.number.min or counted.number.max if counted and counted.number.kind is Kind.COUNT else None
    return least is not None and least >= table()["displaced"]["crowd"] and what is not None and is_people(what) and not is_fighter(what)


def _one(owner: Token) -> bool:
    """As in "her death", "the commander's death"."""
    return owner.lower_ in ("his", "her") or (owner.pos_ == "NOUN" and is_people(owner))


def _itself(phrase: Token, counted: Counted | None, measure: str) -> bool:
    """Whether a noun that names a measure is a figure: "12 deaths", "heavy casualties"."""
    if counted and counted.number.core.text.lower() == "one" and counted.bearer != counted.noun:
        return False  # "one of the deadliest attacks"
    if measure == "strikes" and counted and counted.number.kind is Kind.VAGUE:
        return counted.noun == counted.bearer  # "several attacks", but not "waves of raids"
    return says(counted) or (measure == "casualties" and phrase.tag_ == "NNS" and base(phrase) == "casualty")


def _lost(token: Token, known: Known) -> Iterator[Found]:
    """As in "heavy losses of personnel and equipment": the equipment is destroyed."""
    if token.pos_ == "NOUN" and base(token) == "loss":
        for phrase in complements(token):
            for each in listed_with(phrase, known):
                what = noun(each, known)
                if what is not None and base(what) in listed("nouns", "equipment"):
                    yield Found("destroyed", bearer(each, known), token.i)


def _occasions(token: Token, known: Known) -> Iterator[Found]:
    """As in "bombed several times", "used on at least three occasions": so many strikes."""
    if token.lemma_ not in listed("times", "words") or not says(known.get(token.i)):
        return
    for above in islice(token.ancestors, 3):
        if base(above) in listed("times", "of"):
            yield Found("strikes", token.i, above.i)
            return
