"""A read text → the words that tell of a happening, each with its frame, its type and its roles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from according.coding.arguments import Arguments, arguments, joined, preposition
from according.coding.frames import Frames, Row, frames
from according.coding.kinds import classes, common_lemma, content, kinds
from according.coding.words import words
from according.model import ClaimType
from according.reading.entities import bounds
from according.reading.stretches import Stretches


@dataclass(slots=True)
class Trigger:
    """One candidate: a word, the row that took it, what it tells, and who stands where."""

    token: Token
    row: Row
    type: ClaimType
    args: Arguments
    rules: list[str] = field(default_factory=list)
    absorbed: list[Trigger] = field(default_factory=list)  # outcomes told of this happening in the same sentence

    @property
    def noun(self) -> bool:
        return self.token.pos_ not in ("VERB", "AUX", "ADJ")

    @property
    def means_told(self) -> bool:
        """Whether its type is that of the means told with it."""
        return any(rule.startswith("means") for rule in self.rules)


def candidates(doc: Doc, skip: Iterable[tuple[int, int]]) -> list[Trigger]:
    """Every word that a frame takes, in the order of the text; ``skip`` are stretches (offsets) in which nothing is told."""
    book, skipped = frames(), Stretches.of(skip)
    out = []
    for token in doc:
        if token.is_space or token.is_punct or skipped.holds(token.idx):
            continue
        found = _match(token, book)
        if found:
            row, args = found
            trigger = Trigger(token, row, row.frame.type, args, [f"frame {row.name}"])
            _by_means(trigger, book)
            out.append(trigger)
    return out


def _match(token: Token, book: Frames) -> tuple[Row, Arguments] | None:
    pos = _part(token, book)
    if pos is None:
        return None
    args = arguments(token)
    if pos == "NOUN":
        noun_roles(args)
    row = book.match(pos, args)
    if row is None and pos == "VERB" and token.dep_ == "amod":
        row = book.match("ADJ", args)
    return (row, args) if row else None


def _part(token: Token, book: Frames) -> str | None:
    """Which part of speech's rows to look in; a name is none, a headline's capitals do not make one."""
    if token.pos_ == "VERB":
        return "VERB"
    if token.pos_ == "NOUN" or (token.pos_ == "PROPN" and ("NOUN", common_lemma(token)) in book.rows and not _in_longer_name(token)):
        return "NOUN"
    return "ADJ" if token.pos_ == "ADJ" else None


def _in_longer_name(token: Token) -> bool:
    """Whether a word is part of a name. At the head of a sentence a capital alone makes none: "Shelling killed four"."""
    if token.ent_type_ not in ("person", "organisation", "place", "facility"):
        return False
    alone = token.i + 1 == len(token.doc) or token.doc[token.i + 1].ent_iob_ != "I"
    return not (token.is_sent_start and alone)


def noun_roles(args: Arguments) -> None:
    """Give a noun its logical subject: the by-phrase, the support verb's subject, the owner, or the armed party before it."""
    book = frames()
    support = args.support
    if support is not None and common_lemma(support) in book.support:
        args.add("subj", *args.get("support-subj"))
        args.add("against", *args.get("support-against"))
        if not args.get("on"):  # "carried out strikes on rebel positions"
            args.add("on", *[t for t in args.get("support-on") if kinds(t)])
        if common_lemma(support) == "subject":
            args.add("obj", *[c for c in support.children if c.dep_ == "obj"])
    elif support is not None and common_lemma(support) in book.undergoing:
        args.add("obj", *args.get("support-subj"))
    for case in ("on", "against"):  # "the attack by rebels on a church", the church hung on the rebels
        if not args.get(case):
            args.add(case, *[c for t in args.get("by") for c in t.children if c.dep_ == "nmod" and preposition(c) == case and kinds(c)])
    args.add("subj", *args.get("by"), *args.get("acl-by"), *args.get("from") if args.token.lemma_ == "fire" else [])
    args.add(
        "subj",
        *[
            c
            for t in args.get("of")
            for c in t.children
            if c.dep_ in ("nmod", "obl") and any(k.dep_ == "case" and k.lower_ == "by" for k in c.children)
        ],
    )
    args.add("subj", *[t for t in args.get("wielder") if _agent(t)])
    if not args.get("subj"):
        args.add("subj", *[t for t in args.get("poss") if _agent(t)])
    if not args.get("subj"):
        args.add("subj", *[t for t in args.get("mod") if _agent(t) and t.dep_ != "nmod:poss" and not only_place(t)])
    args.add("obj", *args.get("acl-obj"))


def only_place(token: Token) -> bool:
    """“The Mosul offensive”: where, not who. A country's name may be either, and acts."""
    if token.ent_type_ not in ("place", "facility") or token.text in classes()["group"] or common_lemma(token) in words("ruling"):
        return False
    return token.text not in classes()["country"] or any(c.dep_ == "amod" and c.lower_.endswith(("ern", "tral")) for c in token.children)


def fronted(token: Token) -> bool:
    """A place at a sentence's head with a comma after it says where: "Northwestern Syria, shelling …"."""
    end = max(bounds(token).stop, token.i + 1)
    follows = token.doc[end].text if end < len(token.doc) else ""
    return token.ent_type_ == "place" and follows == "," and token.left_edge.i == token.sent.start


def _agent(token: Token) -> bool:
    if token.i >= 2 and token.doc[token.i - 2].lower_ in ("anti", "counter"):
        return False  # "anti-government protests"
    found = kinds(token)
    if token.pos_ == "ADJ" and (token.ent_type_ == "group" or token.lower_ in ("terrorist", "rebel", "militant", "jihadist", "insurgent")):
        return True
    named = token.pos_ in ("NOUN", "PROPN") or token.text[0].isupper()
    return "armed" in found and named and common_lemma(token) not in words("passive_means")


def _by_means(trigger: Trigger, book: Frames) -> None:
    """What was used, and against whom, decides the type of a bare word for violence."""
    kind = means_of(trigger.args, book)
    frame = trigger.row.frame
    killing = frame.effect and trigger.type is ClaimType.CASUALTIES and not trigger.noun
    weapon = means_of(_instruments(trigger.args), book) if kind and killing else None
    if weapon:
        trigger.type = weapon
        trigger.rules.append(f"means {kind}")
    elif killing and trigger.row.lemma == "kill" and _on_civilians(trigger.args):
        trigger.type = ClaimType.ATTACK
        trigger.rules.append("armed against civilians")
    elif frame.means or (kind and trigger.type in (ClaimType.AIR_STRIKE, ClaimType.SHELLING, ClaimType.BOMBING) and _bare(trigger)):
        if kind:
            trigger.type = kind
            trigger.rules.append(f"means {kind}")
        elif frame.means:
            trigger.type = _by_parties(trigger)


def _on_civilians(args: Arguments) -> bool:
    """Told of an armed doer and of victims who are no fighters."""
    doers = any("armed" in kinds(t) and not _is_means(t) for t in args.get("subj"))
    return doers and any("people" in kinds(t) and "armed" not in kinds(t) for t in args.get("obj"))


def _is_means(token: Token) -> bool:
    return any(common_lemma(token) in lemmas for lemmas in frames().means.values())


def by_means_of(trigger: Trigger) -> None:
    """Once outcomes are taken in: "a suicide bomber killed 30 in an attack" makes the attack a bombing."""
    book = frames()
    if trigger.row.frame.name == "undergoes" and trigger.absorbed:  # "came under artillery fire"
        trigger.type = trigger.absorbed[0].type
    if trigger.type is ClaimType.AIR_STRIKE and trigger.row.lemma == "raid" and not trigger.row.weight and _on_foot(trigger):
        trigger.type = _by_parties(Trigger(trigger.token, trigger.row, trigger.type, _with_victims(trigger)))
        trigger.rules.append("raided on foot")
    if not trigger.row.frame.means or trigger.means_told:
        return
    for part in trigger.absorbed:
        kind = means_of(part.args, book)
        if kind:
            trigger.type = kind
            trigger.rules.append(f"means {kind}")
            return
    fallen = [kinds(t) for part in trigger.absorbed if part.row.frame.type is ClaimType.CASUALTIES for t in part.args.get("obj")]
    if fallen and trigger.type is ClaimType.ATTACK and all("armed" in k for k in fallen):
        trigger.type = ClaimType.ARMED_CLASH
        trigger.rules.append("fighters fell")
    victims = [kinds(t) for part in trigger.absorbed if part.type is ClaimType.CASUALTIES for t in part.args.get("obj")]
    if any("people" in k and "armed" not in k for k in victims) and not trigger.args.get("on") and not trigger.args.get("against"):
        trigger.type = ClaimType.ATTACK
        trigger.rules.append("civilian victims")


def _on_foot(trigger: Trigger) -> bool:
    """“Rebels killed 11 people in a raid on a village”: no aircraft were theirs."""
    doers = [t for part in [trigger, *trigger.absorbed] for t in part.args.get("subj")]
    return not trigger.means_told and any(common_lemma(content(t)) in words("on_foot") for t in doers)


def _with_victims(trigger: Trigger) -> Arguments:
    """A trigger's roles, with those who fell or suffered as its objects."""
    out = Arguments(trigger.token, {role: list(tokens) for role, tokens in trigger.args.roles.items()})
    for part in trigger.absorbed:
        out.add("subj", *part.args.get("subj"))
        out.add("obj", *part.args.get("obj"))
    return out


def _bare(trigger: Trigger) -> bool:
    return (
        trigger.row.lemma in ("strike", "raid", "bombardment", "bombing", "explosion", "blast", "barrage")
        and len(trigger.row.conditions) == 0
    )


def _instruments(args: Arguments) -> Arguments:
    """Only what something was done with: "killing civilians with poison gas"."""
    means = [t for t in args.get("subj") if _is_means(t)]  # "drones killed four men"
    return Arguments(args.token, {"with": [*args.get("with"), *means], "using": args.get("using")})


def means_of(args: Arguments, book: Frames) -> ClaimType | None:
    """The type that the means named around a word speak for, or ``None``."""
    near = [*args.get("mod"), *args.get("with"), *args.get("using")]
    near += [t for role in ("subj", "obj", "by", "from", "in", "of") for t in args.get(role) if role != "of" or args.token.pos_ != "VERB"]
    for token in args.get("obj"):
        near += [
            c
            for c in token.children
            if c.dep_ in ("nmod", "obl") and any(k.dep_ == "case" and k.lower_ in ("with", "by", "using") for k in c.children)
        ]
    for token in list(near):
        near += joined(token)[1:]
    for child in args.token.children:
        if child.dep_ == "advcl" and child.lemma_ in ("use", "employ", "fire", "drop"):
            near += [c for c in child.children if c.dep_ == "obj"]
    for token in near:
        words = {
            common_lemma(token),
            common_lemma(content(token)),
            *(common_lemma(m) for m in token.children if m.dep_ in ("compound", "amod")),
        }
        for kind, lemmas in book.means.items():
            if words & lemmas:
                return kind
    return None


def _manned(token: Token) -> bool:
    """“A military camp”, “an army base”: whoever attacks it fights those in it."""
    return any(c.dep_ in ("compound", "amod", "nmod:poss") and common_lemma(c) in classes()["armed"] for c in content(token).children)


def _by_parties(trigger: Trigger) -> ClaimType:
    args = trigger.args
    targets = [t for role in ("obj", "on", "against", "at", "to") for t in args.get(role)]
    of_kinds = [kinds(t) | ({"armed"} if _manned(t) else set()) for t in targets]
    doers = [kinds(t) for t in args.get("subj")]
    mods = {common_lemma(t) for t in args.get("mod")}
    if mods & {"terrorist", "terror"} and not any("armed" in k or "place" in k for k in of_kinds):
        return ClaimType.ATTACK
    if any("people" in k and "armed" not in k for k in of_kinds):
        return ClaimType.ATTACK
    if any("building" in k and "town" not in k for k in of_kinds) and not any("armed" in k for k in of_kinds):
        return ClaimType.ATTACK
    if any("armed" in k and "person" not in k for k in of_kinds):
        return ClaimType.ARMED_CLASH
    if any("place" in k for k in of_kinds) and (doers or trigger.noun):
        return ClaimType.ARMED_CLASH
    if any("materiel" in k for k in of_kinds):
        return ClaimType.ARMED_CLASH
    return ClaimType.ATTACK if not doers or mods & {"terrorist", "deadly"} else ClaimType.ARMED_CLASH
