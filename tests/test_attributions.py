"""Who says what: quotations, cues, sources, contents, and the speakers of a word."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

import according
from according.reading import attributions, quotations, verbs
from according.reading.attributions import AttributionMention, speakers
from according.reading.cues import Stance, cues
from according.reading.doc import build


def told(text: str) -> tuple[Doc, tuple[AttributionMention, ...]]:
    doc = build(text)
    return doc, attributions.find(doc)


def voice(text: str, word: str) -> list[str]:
    """The speakers, innermost first, of the first token ``word`` of a text."""
    doc, mentions = told(text)
    at = next(token.i for token in doc if token.text == word)
    return [name.text for name in speakers(doc, mentions, at).names]


# --- quotations: characters alone ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We left," he said. "They stayed."', ['"We left,"', '"They stayed."']),
        ("“We left,” he said.", ["“We left,”"]),
        ("He said ‘we’re done’ and left.", ["‘we’re done’"]),
        ("The rebels' base and the soldiers' camp burned.", []),
        ("Back in the '90s it wasn't so.", []),
        ("``We left,'' he said.", ["``We left,''"]),
        ('He called it ""a lie"" twice.', ['""a lie""']),
        ("« Nous partons », he said.", ["« Nous partons »"]),
        ("“One.\n“Two.\n“Three,” he said.", ["“One.", "“Two.", "“Three,”"]),
        ('They all fled" he said. "No one stayed" she said.', ['They all fled"', '"No one stayed"']),
        ('"He said it was ""a lie"" and left."', ['""a lie""']),
        ("", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations.find(text)] == expected


def test_quotation_repeated_at_each_paragraph_is_one_run() -> None:
    runs = [q.run for q in quotations.find("“One.\n\n“Two.\n\n“Three,” he said.\n\n“Four,” she said.")]
    assert runs == [0, 0, 0, 1]


def test_unclosed_quotation_ends_with_its_paragraph() -> None:
    (found,) = quotations.find("“We are leaving.\n\nNobody else spoke.")
    assert not found.closed
    assert found.end == len("“We are leaving.")


@given(st.text(alphabet=st.sampled_from("ab .,\n\"'“”‘’«»„`\u200f\U0001f600é1"), max_size=80) | st.text(max_size=60))
def test_quotations_lie_in_order_inside_the_text(text: str) -> None:
    at = 0
    for found in quotations.find(text):
        assert at <= found.start <= found.inside <= found.outside <= found.end <= len(text)
        assert found.start < found.end
        at = found.end


# --- the table of cues ------------------------------------------------------------------------------------------------------


def test_every_stance_of_the_table_is_known_and_used() -> None:
    data = tomllib.loads(resources.files("according.reading").joinpath("cues.toml").read_text(encoding="utf-8"))
    assert set(data["stances"]) == {stance.value for stance in Stance}
    used = {row["stance"] for part in ("verbs", "nouns", "adjectives", "adverbs") for row in data[part]}
    assert used <= set(data["stances"])


def test_rows_name_complements_that_the_code_reads() -> None:
    known = {"clause", "quote", "infinitive", "gerund", "object", "person", "hearer", "xcomp", "sum", "toll", "count"}
    prepositions = set("of for as with to about on over against at in by".split())
    table = cues()
    for part in (table.verbs, table.nouns, table.adjectives):
        assert {take for row in part.values() for cue in row for take in cue.takes} <= known | prepositions


# --- a tree by hand: what must hold whatever the model does --------------------------------------------------------------------


def by_hand(rows: str) -> Doc:
    """A ``Doc`` from lines "word lemma POS TAG head dep"; heads are 0-based, a root is its own."""
    table = [row.split() for row in rows.strip().splitlines()]
    words, lemmas, pos, tags, heads, deps = zip(*table, strict=True)
    return Doc(
        spacy.blank("en").vocab,
        words=list(words),
        lemmas=list(lemmas),
        pos=list(pos),
        tags=list(tags),
        heads=[int(head) for head in heads],
        deps=list(deps),
    )


LOST_COMMA = """
Shells shell NOUN NNS 1 nsubj
hit hit VERB VBD 1 root
a a DET DT 3 det
camp camp NOUN NN 1 obj
near near ADP IN 5 case
Norbo Norbo PROPN NNP 3 nmod
a a DET DT 7 det
monitor monitor NOUN NN 5 nmod
said say VERB VBD 1 parataxis
. . PUNCT . 1 punct
"""


def test_a_lost_comma_does_not_lose_the_speaker() -> None:
    """The tree hangs "a monitor" on the place before it; the article shows that a new phrase begins."""
    doc = by_hand(LOST_COMMA)
    (saying,) = verbs.find(doc, cues())
    assert [doc[i].text for i in saying.source] == ["a", "monitor"]
    assert saying.content >= {0, 1, 2, 3, 4, 5}
    assert not saying.content & {6, 7, 8}


INTERRUPTED = """
The the DET DT 1 det
bridge bridge NOUN NN 7 nsubj
, , PUNCT , 4 punct
he he PRON PRP 4 nsubj
said say VERB VBD 7 parataxis
, , PUNCT , 4 punct
has have AUX VBZ 7 aux
fallen fall VERB VBN 7 root
. . PUNCT . 7 punct
"""


def test_a_cue_inside_its_content_leaves_two_pieces() -> None:
    (mention,) = attributions.find(by_hand(INTERRUPTED))
    assert [piece.text for piece in mention.attribution.content] == ["The bridge", "has fallen"]


# --- through the model --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The army said that it had retaken the town.", "retaken", ["army"]),
        ("The army said on Friday, after the attack on Norbo, that it had retaken the town.", "retaken", ["army"]),
        ("According to the United Nations, 400 people live under siege in Tarim.", "siege", ["United Nations"]),
        ("Forty people were killed in the raid, according to local officials.", "killed", ["local officials"]),
        ("The governor told Reuters that rebels attacked the airport.", "attacked", ["governor"]),
        (
            "Troops have retaken Karsa, the army said on Thursday, as aid workers reported that 4,000 people had been displaced.",
            "displaced",
            ["aid workers"],
        ),
        ("State television quoted the army as saying rockets landed near the airport.", "landed", ["army", "State television"]),
        ("The rebels have seized two villages, said Col. Adem Oruk, the army spokesman.", "seized", ["Adem Oruk"]),
        ("“Our troops,” the minister said, “have captured the bridge.”", "captured", ["minister"]),
        ("In its statement, the ministry reaffirmed that troops had captured the hill.", "captured", ["ministry"]),
        ("The militia denied that its fighters had shelled the market.", "shelled", ["militia"]),
        ("The ministry dismissed claims that the army had shelled the camp.", "shelled", ["ministry"]),
        ("The opposition accused the army of shelling a market.", "shelling", ["opposition"]),
        ("Witnesses reported shelling in the old town.", "shelling", ["Witnesses"]),
        ("The army announced the capture of Tarim.", "capture", ["army"]),
        ("The group blamed the army for the attack on the clinic.", "attack", ["group"]),
        ("Reports that rebels entered the town spread quickly.", "entered", ["Reports"]),
        ("Army: 12 rebels killed in ambush near Norbo", "killed", ["Army"]),
        ("12 rebels killed in ambush near Norbo: army", "killed", ["army"]),
        ("Three people were killed, the monitor said, adding that the army had shelled the camp.", "shelled", ["monitor"]),
        ("State TV, citing a military source, said the army had retaken the town.", "retaken", ["military source", "State TV"]),
        ("The town, the ministry noted, has fallen to rebels.", "fallen", ["ministry"]),
        ("The bridge was hit by shells fired from a village said the Observatory adding that two people died.", "hit", ["Observatory"]),
        ("Six were among 22 people killed in raids on Saturday and Sunday a monitor said.", "killed", ["monitor"]),
        ("The mayor said residents told him that soldiers had burned the school.", "burned", ["residents", "mayor"]),
    ],
)
def test_speakers(text: str, word: str, expected: list[str]) -> None:
    assert voice(text, word) == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The army shelled the market on Friday.", "shelled"),
        ("The army, which shelled the market, said it had won.", "shelled"),
        ("The United Nations called for an inquiry into the attack.", "attack"),
        ("The council condemned the attack on the clinic.", "attack"),
        ("A spokesman declined to say whether jets had bombed the town.", "bombed"),
        ("Rebels reportedly attacked the convoy.", "attacked"),
        ("The militia claimed responsibility for the attack on the barracks.", "attack"),
    ],
)
def test_the_report_speaks_in_its_own_voice(text: str, word: str) -> None:
    assert voice(text, word) == []


def test_a_background_sentence_between_two_attributed_ones_is_nobodys() -> None:
    text = "The army said it had taken the town. Rebels bombed the bridge in May. The army said it would stay."
    assert voice(text, "taken") == ["army"]
    assert voice(text, "bombed") == []


def test_a_quotation_runs_over_sentences_up_to_its_end() -> None:
    text = "“They shelled us all night. Nobody slept,” the teacher said. The town was bombed in May."
    assert voice(text, "shelled") == ["teacher"]
    assert voice(text, "slept") == ["teacher"]
    assert voice(text, "bombed") == []


def test_a_quotation_of_several_paragraphs_has_one_speaker() -> None:
    text = "“They shelled us all night,” the teacher said.\n\n“Nobody slept.\n\n“Then they attacked the school.”\n\nThe war began in May."
    assert voice(text, "attacked") == ["teacher"]
    assert voice(text, "began") == []


def test_a_statement_after_said_and_a_colon_belongs_to_its_speaker() -> None:
    text = "The minister, Ilan Brek, said:\n\nWe condemn this. Rebels attacked a clinic in Norbo.\n\nOur thoughts are with the victims."
    assert voice(text, "attacked") == ["Ilan Brek"]


def test_pronouns_stand_for_names_and_the_words_are_kept() -> None:
    _, mentions = told("Adem Oruk said the town was quiet. He said rebels had left the bridge.")
    second = next(m for m in mentions if m.attribution.source and m.attribution.source.text == "He")
    assert [name.text for name in second.speakers] == ["Adem Oruk"]
    assert not second.attribution.quoted


def test_inner_sayings_point_to_the_outer_one() -> None:
    _, mentions = told("The mayor said residents told him that soldiers had burned the school.")
    by_source = {m.attribution.source.text: m for m in mentions if m.attribution.source}
    outer = by_source["residents"].within
    assert outer is not None
    assert mentions[outer] is by_source["The mayor"]
    assert by_source["The mayor"].within is None


def test_quoted_is_told_from_reported() -> None:
    _, quoted = told("“The rebels have left,” the mayor said.")
    _, reported = told("The mayor said the rebels had left.")
    assert quoted[0].attribution.quoted
    assert not reported[0].attribution.quoted


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The army said the town had fallen.", Stance.SAY),
        ("The militia denied that it had shelled the market.", Stance.DENY),
        ("The opposition accused the army of shelling a market.", Stance.ACCUSE),
        ("The general vowed to retake the town.", Stance.PROMISE),
        ("Residents feared that the army would return.", Stance.FEAR),
        ("Aid groups urged both sides to let convoys pass.", Stance.ORDER),
        ("Rebels reportedly attacked the convoy.", Stance.FEAR),
    ],
)
def test_stances(text: str, stance: Stance) -> None:
    _, mentions = told(text)
    assert stance in {m.stance for m in mentions}


@given(
    st.lists(
        st.sampled_from(["The army", "said", "that", "“", "”", '"', "it", "attacked", ",", ".", "\n", ":", "according to", "é😀"]),
        max_size=14,
    )
)
def test_any_jumble_gives_exact_spans(words: list[str]) -> None:
    doc, mentions = told(" ".join(words))
    for mention in mentions:
        told_ = mention.attribution
        for span in (told_.cue, *told_.content, *mention.speakers, *([told_.source] if told_.source else [])):
            assert doc.text[span.start : span.end] == span.text
    for token in doc:
        speakers(doc, mentions, token.i)


def test_a_source_that_is_only_a_mark_is_nobody():
    text = "Ms. Orsik was on the phone with a co-worker at the time, according to sheriff's Sgt. Blaise Dresser."
    assert all(said.source is None or said.source.text.strip(".") for said in according.read(text).attributions)
