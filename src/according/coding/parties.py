"""Words of a role → parties: the shortest full name, pronouns resolved to what they stand for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from according.coding.arguments import joined
from according.coding.kinds import classes, common_lemma, content, kinds
from according.coding.words import words
from according.model import Party, Span
from according.reading.entities import bounds

_PLURAL = {"they", "them", "their", "these", "those", "we", "our", "us"}
_POINTING = {"it", "its", "he", "him", "his", "she", "her", "they", "them", "their"}
_PERSON = {"he", "him", "his", "she", "her"}
_SPEAKING = {"we", "us", "our", "i", "my", "me"}


def span_of(token: Token) -> Span:
    """The shortest full name around a head word: "Syrian army units", not "units of the Syrian army that …"."""
    token = content(token)
    doc = token.doc
    if token.ent_type_ == "person":
        own = bounds(token)
        return _span(doc, own.start, own.stop)
    name = _named_owner(token)
    if name is not None:
        token = name
    left = [c for c in token.children if c.i < token.i and _belongs(c)]
    left += [c for c in token.head.children if name is not None and c.i < token.i and _belongs(c)]
    start = min([token.i, *[_leftmost(c) for c in left]])
    end = token.i
    for child in token.children:
        if child.i > end and child.dep_ in ("flat", "compound", "fixed", "goeswith") and child.pos_ in ("PROPN", "NUM", "NOUN", "X", "ADJ"):
            end = max(end, child.right_edge.i)
        elif child.i > end and child.dep_ == "nmod" and _of_name(token, child):
            end = max(end, _named_end(child))
    if start and token.dep_ == "compound" and doc[start - 1].head == token.head and _of_people(doc[start - 1]):
        start -= 1  # "a Syrian government raid"
    around = bounds(token)
    if around and not any(doc[i].dep_ == "cc" for i in around):
        start, end = min(start, around.start), max(end, around.stop - 1)
    while start < token.i and (doc[start].pos_ in ("DET", "PUNCT", "ADP", "CCONJ") or doc[start].is_space):
        start += 1
    return _span(doc, start, end + 1)


def _of_people(token: Token) -> bool:
    """“Syrian”, “Israeli”: a people's adjective."""
    return token.dep_ == "amod" and token.ent_type_ == "group"


def _named_owner(token: Token) -> Token | None:
    """“ISIL fighters” are ISIL, “Syrian army units” the Syrian army: the shortest full name."""
    if common_lemma(token) not in words("shapes"):
        return None
    owners = [c for c in token.children if c.dep_ in ("compound", "nmod:poss") and c.i < token.i]
    owners = [c for c in owners if _names_group(c) or common_lemma(c) in words("bodies")]
    if not owners:  # "fighters from the Islamic Front"
        owners = [c for c in token.children if c.dep_ == "nmod" and _names_group(c) and any(k.lower_ == "from" for k in c.children)]
    return owners[-1] if owners else None


def _names_group(token: Token) -> bool:
    return token.text in classes()["group"] or (token.ent_type_ in ("group", "organisation") and token.pos_ == "PROPN")


def _belongs(child: Token) -> bool:
    if child.dep_ == "amod" and child.tag_ in ("VBN", "VBG") and child.i and child.doc[child.i - 1].text not in ("-", "–"):
        return False  # "looted shops" are shops
    return child.dep_ in ("compound", "amod", "nmod:desc", "flat", "obl:unmarked", "nmod:unmarked") or (
        child.dep_ == "nmod:poss" and child.pos_ == "PROPN"
    )


def _leftmost(token: Token) -> int:
    return min([token.i, *[_leftmost(c) for c in token.children if c.i < token.i and c.dep_ not in ("det", "case", "punct", "cc")]])


def _of_name(token: Token, child: Token) -> bool:
    """“Government of Iraq”, “forces of the regime”: the of-phrase is part of the name."""
    if not any(c.dep_ == "case" and c.lower_ == "of" for c in child.children):
        return False
    if child.pos_ != "PROPN" and not kinds(child) & {"armed", "officials", "people"}:
        return False  # "accuses army of massacre"
    return common_lemma(token) in (
        "government",
        "force",
        "army",
        "ministry",
        "board",
        "center",
        "centre",
        "council",
        "house",
        "people",
        "member",
    )


def _named_end(child: Token) -> int:
    return max([child.i, *[c.i for c in child.children if c.dep_ in ("flat", "compound")]])


def _span(doc: Doc, start: int, end: int) -> Span:
    a, b = doc[start].idx, doc[end - 1].idx + len(doc[end - 1].text)
    if doc[end - 1].lower_.endswith(("rmys", "trys", "itys")):
        b -= 1  # an apostrophe lost: "the armys units"
    return Span.of(doc.text, a, b)


def parties(tokens: Iterable[Token], speaker: Sequence[Span] = ()) -> tuple[Party, ...]:
    """Parties from the words of a role, in order, each once. "We" inside a quotation stands for its speaker."""
    out: list[Party] = []
    for token in [t for named in tokens for t in (named, *_backers(named))]:
        for span in _resolved(token, speaker):
            if all(p.span != span for p in out):
                out.append(Party(span))
    return tuple(out)


def _backers(token: Token) -> list[Token]:
    """“Army units supported by the air force”: both acted."""
    return [
        agent
        for child in token.children
        if child.dep_ == "acl"
        and child.lemma_ in ("support", "back", "assist", "accompany", "aid")
        and child.tag_ == "VBN"
        and token.dep_ == "nsubj"
        for agent in child.children
        if agent.dep_ in ("obl:agent", "obl") and "happening" not in kinds(agent) and any(c.lower_ == "by" for c in agent.children)
    ]


def _resolved(token: Token, speaker: Sequence[Span]) -> list[Span]:
    token = content(token)
    small = token.lower_
    if small in _SPEAKING:
        return _first_person(token, speaker)
    if token.pos_ == "PRON" or small in _POINTING:
        found = antecedent(token) if small in _POINTING else None
        if found is None and small == "it":
            return list(speaker[:1])  # "X Province said it had …", a name that no common noun tells the kind of
        if found is None or content(found).pos_ == "PRON":  # "five of them" stands for nobody new
            return []
        return _resolved(found, speaker)
    listed = _listed(token)
    if listed:
        return [span_of(t) for t in listed]
    struggle = common_lemma(token) in words("struggles")
    if struggle:  # "repelled an attempt by the army"
        doers = [c for c in token.children if c.dep_ == "nmod" and any(k.dep_ == "case" and k.lower_ in ("by", "from") for k in c.children)]
        if doers:
            return [span_of(t) for d in doers for t in joined(d)]
    owner = next((c for c in token.children if c.dep_ == "nmod:poss" and c.lower_ in ("its", "their", "his")), None)
    bare = common_lemma(token) in words("shapes") | {"force", "man"} and not any(c.dep_ in ("amod", "compound") for c in token.children)
    if owner is not None and bare:  # "one of its fighters" is the group's
        if speaker:
            return list(speaker[:1])
        found = antecedent(owner)
        return [span_of(found)] if found is not None else [span_of(token)]
    if common_lemma(token) == "group" and any(c.dep_ == "det" and c.lower_ == "the" for c in token.children):
        found = _group_before(token)
        if found is not None:
            return [span_of(found)]
    return _coordinated(token) or [span_of(token)]


def _listed(token: Token) -> list[Token]:
    """“The nations which have conducted strikes include A, B and C”: the list says who."""
    verb = token.head
    if token.dep_ != "nsubj" or verb.lemma_ != "include" or not any(c.dep_ == "acl:relcl" for c in token.children):
        return []
    return [t for c in verb.children if c.dep_ == "obj" for t in joined(c)]


def _group_before(token: Token) -> Token | None:
    """“The group”: the armed group or body named last, where the phrase names none itself."""
    if any((c.ent_type_ and c.dep_ != "amod") or c.dep_ == "nmod" for c in token.children):
        return None  # but "the Lebanese group" has been named before
    ends, roots = _groups(token.doc)
    before = bisect_right(ends, token.i)
    return token.doc[roots[before - 1]] if before else None


def _groups(doc: Doc) -> tuple[list[int], list[int]]:
    """The ends and the head words of a text's armed groups and bodies, in order; kept with the ``Doc`` once they are looked for."""
    if "groups" not in doc.user_data:
        found = [
            (e.end, e.root.i)
            for e in doc.ents
            if (e.label_ in ("group", "organisation") and e.root.pos_ == "PROPN") or e.root.text in classes()["group"]
        ]
        doc.user_data["groups"] = [end for end, _ in found], [root for _, root in found]
    ends, roots = doc.user_data["groups"]
    return ends, roots


def _coordinated(token: Token) -> list[Span]:
    """“Hizballah and Syrian regime forces”: two parties before one head."""
    for child in token.children:
        if child.i < token.i and child.dep_ in ("compound", "amod", "nmod:poss", "nmod:desc"):
            other = next((k for k in child.children if k.dep_ == "conj" and k.i < token.i), None)
            if other is not None and child.pos_ == "PROPN" and child.ent_type_ != "person":
                cc = next((k.i for k in other.children if k.dep_ == "cc"), other.left_edge.i - 1)
                return [_span(token.doc, _leftmost(child), child.i + 1), _span(token.doc, cc + 1, token.i + 1)]
    return []


def _first_person(token: Token, speaker: Sequence[Span]) -> list[Span]:
    """“We” in an official's mouth is the states or bodies that were the subject before; else it is the speaker."""
    if token.lower_ in ("i", "my", "me"):
        return list(speaker[:1])
    for sentence in _back(token, 4):
        for t in sentence:
            if t.i < token.i and t.dep_ == "nsubj" and (t.ent_type_ == "organisation" or t.text in classes()["country"]) and not _speaks(t):
                return [span_of(j) for j in joined(t)]
    return list(speaker[:1])


def _back(token: Token, most: int) -> Iterator[SpacySpan]:
    """The sentence of a token and those before it, nearest first, at most so many."""
    sentence = token.sent
    yield sentence
    for _ in range(most - 1):
        if sentence.start == 0:
            return
        sentence = token.doc[sentence.start - 1].sent
        yield sentence


def _speaks(token: Token) -> bool:
    return token.head.lemma_ in ("say", "tell", "report", "add", "announce", "state")


def antecedent(pronoun: Token) -> Token | None:
    """The noun that a personal pronoun stands for: the nearest subject before it that fits, then the nearest name that fits."""
    plural = pronoun.lower_ in _PLURAL
    wanted = kinds(pronoun) or frozenset({"armed", "people"})
    for n, sentence in enumerate(_back(pronoun, 3)):
        before = [
            t for t in sentence if t.i < pronoun.i and t.pos_ in ("NOUN", "PROPN") and kinds(t) & wanted and _stands(t, pronoun.lower_)
        ]
        subjects = [t for t in before if t.dep_ in ("nsubj", "nsubj:pass", "obl:agent") and _agrees(t, plural)]
        for group in (subjects, [t for t in before if t.dep_ not in ("compound", "amod", "flat") and _agrees(t, plural)]):
            if group:
                return group[0] if n else group[-1]
    return None


def _stands(token: Token, pronoun: str) -> bool:
    """“He” is a person, “it” is none, and nobody is a place but a country."""
    person = token.ent_type_ == "person"
    if pronoun in _PERSON:
        return person or (not token.ent_type_ and token.pos_ == "NOUN")
    return not (person and pronoun in ("it", "its")) and (token.ent_type_ != "place" or token.text in classes()["country"])


def _agrees(token: Token, plural: bool) -> bool:
    many = token.tag_ in ("NNS", "NNPS") or any(c.dep_ == "conj" for c in token.children) or token.ent_type_ in ("group", "organisation")
    many = many or common_lemma(token) in ("army", "government", "regime", "military", "police", "group", "opposition", "coalition")
    if plural:
        return many
    return token.tag_ not in ("NNS", "NNPS")
