"""Who says it: the speakers of a claim, innermost first. The verb of saying is never the claim."""

from __future__ import annotations

import pytest

from coded_rows import Told, check, coded, told

ROWS: list[tuple[str, list[Told]]] = [
    ("The army said it had retaken Kilinochchi.", [told("retaken", said_by=["army"], actor=["army"], manner="reported")]),
    ("According to the United Nations, 40 people were killed in Ituri.", [told("killed", said_by=["United Nations"])]),
    ("Rebels captured Sake on Friday, according to local officials.", [told("captured", said_by=["local officials"])]),
    ("A spokesman told Reuters that soldiers had shelled the camp.", [told("shelled", said_by=["spokesman"])]),
    (
        "A doctor told the newspaper that officials had told him that ten people were killed.",
        [told("killed", said_by=["officials", "doctor"])],
    ),
    ("“Our forces have entered the city of Kherson,” the governor said.", [told("entered", said_by=["governor"], manner="quoted")]),
    (
        "“The soldiers came at dawn. They burned the houses. They killed three men,” a resident said.",
        [told("burned", said_by=["resident"]), told("killed", said_by=["resident"])],
    ),
    ("“Militants attacked the village at night.” The mayor, Ousmane Diko, said this on Tuesday.", [told("attacked")]),
    (
        "On Friday, state television quoted the army as saying that rebels had attacked Dilling.",
        [told("attacked", said_by=["army", "state television"])],
    ),
    ("The monitor said air strikes had killed nine people in Rafah.", [told("air strikes", said_by=["monitor"])]),
    ("UN: 30 civilians killed in Darfur", [told("killed", said_by=["UN"])]),
    ("Two soldiers were killed in Gao, the army said in a statement.", [told("killed", said_by=["army"])]),
    ("The ministry announced the capture of Hajin.", [told("capture", said_by=["ministry"])]),
    ("Witnesses reported shelling in Stepanakert.", [told("shelling", said_by=["Witnesses"])]),
    ("The Kremlin claimed that Ukraine had shelled Belgorod.", [told("shelled", said_by=["Kremlin"], actor=["Ukraine"])]),
    ("The opposition accused soldiers of killing 20 farmers in Amhara.", [told("killing", said_by=["opposition"], actor=["soldiers"])]),
    ("The group said in a statement that its fighters had captured Mocimboa.", [told("captured", said_by=["group"])]),
    ("A police spokesman, Kofi Badu, said gunmen had abducted two priests.", [told("abducted", said_by=["Kofi Badu"])]),
    ("“They shelled the market,” said Amina Wole, a nurse at the hospital.", [told("shelled", said_by=["Amina Wole"])]),
    (
        "The UN mission in Mali said two peacekeepers were killed in Kidal.",
        [told("killed", said_by=["UN mission in Mali"], target=["peacekeepers"])],
    ),
    ("Rebels attacked Bangui. No one spoke for the government.", [told("attacked", said_by=[], manner="stated")]),
    # who puts a toll at a number, or counts the dead, says so
    ("The Lume Observatory, which has a network of nurses, put the death toll at 23.", [told("death toll", said_by=["Lume Observatory"])]),
    ("The mayor, Jan Orel, put the number of people who had fled at 4,000.", [told("fled", said_by=["Jan Orel"], manner="reported")]),
    ("The Front gave a figure of 40 killed.", [told("killed", said_by=["Front"])]),
    ("The death toll from the raid on Oren was put at 17 by the ministry.", [told("raid", said_by=["ministry"])]),
    ("The ministry raised its toll to 19.", [told("toll", said_by=["ministry"])]),
    ("The hospital confirmed eight dead.", [told("dead", said_by=["hospital"])]),
    ("The Lume Rights Network documented the deaths of 12 civilians in Oren.", [told("deaths", said_by=["Lume Rights Network"])]),
    ("The monitor recorded 30 deaths in the town in May.", [told("deaths", said_by=["monitor"], time="May")]),
    (
        "The mayor said doctors had counted 17 bodies after the raid on Zimna.",
        [told("raid", said_by=["doctors", "mayor"])],
    ),
    # a happening, or a place, is nobody who speaks
    ("The attack raised the death toll to 19.", [told("attack", said_by=[], manner="stated")]),
    ("The town recorded 30 deaths in May.", [told("deaths", said_by=[], manner="stated")]),
    ("The Taliban claimed responsibility for the attack on the hotel in Kabul.", [told("attack", said_by=[], actor=["Taliban"])]),
]

#: Verbs of saying and writing that must not become triggers.
REPORTING = ["said", "told", "announced", "claimed", "accused", "reported", "quoted", "denied", "added"]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_speakers(text: str, expected: list[Told]) -> None:
    check(text, expected)


@pytest.mark.parametrize("verb", REPORTING)
def test_the_reporting_verb_is_never_the_claim(verb: str) -> None:
    texts = [text for text, _ in ROWS if verb in text] or [f"The army {verb} that rebels had attacked Gao."]
    assert all(verb not in claim.trigger.text.split() for text in texts for claim in coded(text))


def test_a_quotation_over_two_sentences_keeps_its_speaker() -> None:
    text = "The commander spoke in Hakha. “Our fighters captured three posts,” he said. “Two soldiers were killed.”"
    claims = coded(text)
    assert [c.trigger.text for c in claims] == ["captured", "killed"]
    assert all([p.span.text for p in c.said_by] == ["commander"] for c in claims)
