"""Who did it and to whom: the logical doer and sufferer, whatever way the sentence is built."""

from __future__ import annotations

import pytest

import according
from coded_rows import Told, check, told

ROWS: list[tuple[str, list[Told]]] = [
    # active
    ("The Ethiopian army shelled Mekelle on Monday.", [told("shelled", actor=["Ethiopian army"], target=[])]),
    ("RSF fighters attacked residents of Wad Madani.", [told("attacked", actor=["RSF"], target=["residents"])]),
    ("Boko Haram abducted 12 women near Chibok.", [told("abducted", actor=["Boko Haram"], target=["women"])]),
    # passive
    ("Three villagers were killed by soldiers in Sagaing.", [told("killed", actor=["soldiers"], target=["villagers"])]),
    ("A school was attacked by FARC dissidents in Cauca.", [told("attacked", actor=["FARC dissidents"], target=["school"])]),
    ("Two journalists were detained by the Taliban in Herat.", [told("detained", actor=["Taliban"], target=["journalists"])]),
    ("Two journalists were detained in Herat on Monday.", [told("detained", actor=[], target=["journalists"])]),
    # shapes and lists
    ("Fighters from the Islamic Front captured Saraqib.", [told("captured", actor=["Islamic Front"])]),
    (
        "The Islamic State of Iraq and the Levant and Nusra Front militants seized control of Sarrin.",
        [told("seized control", actor=["Islamic State", "Nusra Front"])],
    ),
    (
        "The city was under the control of the Donetsk People's Republic.",
        [told("control", "control", actor=["Donetsk People's Republic"])],
    ),
    ("The army was shelling Bunia with residents fleeing the town.", [told("shelling"), told("fleeing", target=["residents"])]),
    # nouns
    ("Shelling by government forces killed four people in Jaffna.", [told("Shelling", actor=["government forces"], target=["people"])]),
    ("The army's recapture of Kilinochchi was reported on Friday.", [told("recapture", actor=["army"], place="Kilinochchi")]),
    (
        "The Taliban's attack on a police station in Ghazni killed nine officers.",
        [told("attack", actor=["Taliban"], target=["police station"])],
    ),
    ("An attack by ADF rebels on a church in Ituri left ten people dead.", [told("attack", actor=["ADF rebels"], target=["church"])]),
    ("Israeli air strikes killed five people in Rafah.", [told("air strikes", actor=["Israeli"], target=["people"])]),
    ("The army carried out air strikes on rebel positions in Loikaw.", [told("air strikes", actor=["army"], target=["rebel positions"])]),
    (
        "Houthi forces launched an attack against government troops in Marib.",
        [told("attack", actor=["Houthi forces"], target=["government"])],
    ),
    ("The arrest of two activists by the police was reported in Asmara.", [told("arrest", actor=["police"], target=["activists"])]),
    # relative clauses
    (
        "The soldiers who burned the church were arrested on Sunday.",
        [told("burned", actor=["soldiers"], target=["church"]), told("arrested", actor=[], target=["soldiers"])],
    ),
    ("The gunmen, who abducted six teachers, fled to the forest.", [told("abducted", actor=["gunmen"], target=["teachers"]), told("fled")]),
    (
        "The militia that attacked the hospital also burned a church.",
        [told("attacked", actor=["militia"], target=["hospital"]), told("burned", actor=["militia"], target=["church"])],
    ),
    # coordination
    (
        "Burkinabe soldiers and local militiamen killed 20 herders near Dori.",
        [told("killed", actor=["Burkinabe soldiers", "local militiamen"], target=["herders"])],
    ),
    ("The rebels attacked a church and a school in Bunia.", [told("attacked", actor=["rebels"], target=["church", "school"])]),
    ("The army stormed and recaptured Kilinochchi.", [told("stormed and recaptured", actor=["army"])]),
    ("Clashes between the army and the rebels killed six people in Malakal.", [told("Clashes", actor=["army"], target=["rebels"])]),
    # apposition
    ("The RSF, a paramilitary force, captured Nyala.", [told("captured", actor=["RSF"], place="Nyala")]),
    ("Members of the Tatmadaw, the armed forces of Myanmar, killed two farmers.", [told("killed", actor=["Tatmadaw"], target=["farmers"])]),
    # control
    ("Government troops managed to regain the town of Bunagana.", [told("regain", actor=["Government"], place="Bunagana")]),
    ("The rebels were able to capture the city of Goma.", [told("capture", actor=["rebels"], place="Goma")]),
    ("The army forced 400 families to leave their homes in Hebron.", [told("forced", actor=["army"], target=["families"])]),
    ("Fighters began shelling Zinjibar on Friday.", [told("shelling", actor=["Fighters"])]),
    # pronouns, "the group"
    (
        "Militants attacked Timbuktu. They killed two soldiers.",
        [told("attacked", actor=["Militants"]), told("killed", actor=["Militants"], target=["soldiers"])],
    ),
    (
        "The Taliban attacked a hotel in Kabul. The group also abducted two guards.",
        [told("attacked", actor=["Taliban"]), told("abducted", actor=["Taliban"], target=["guards"])],
    ),
    (
        "The army entered the town of Prizren on Sunday. It captured 12 militants there.",
        [told("entered", actor=["army"]), told("captured", actor=["army"], target=["militants"])],
    ),
    # labels stay as the speaker put them
    (
        "Terrorist organizations attacked the village, the ministry said.",
        [told("attacked", actor=["Terrorist organizations"], said_by=["ministry"])],
    ),
    ("The army killed 12 bandits in Zamfara.", [told("killed", actor=["army"], target=["bandits"])]),
    ("Occupation forces shot dead a boy in Jenin.", [told("shot dead", actor=["Occupation forces"], target=["boy"])]),
    ("Rwanda accused Kinshasa of shelling a village.", [told("shelling", actor=["Kinshasa"], said_by=["Rwanda"])]),
    (
        "The ELN claimed responsibility for an attack on a pipeline in Arauca.",
        [told("attack", actor=["ELN"], target=["pipeline"], said_by=[])],
    ),
    # met with in a clause of outcome
    ("A bomb exploded in a market in Lahore, killing nine shoppers.", [told("bomb exploded", target=["shoppers"])]),
    ("Rebels attacked a convoy near Goma, killing two drivers.", [told("attacked", actor=["Rebels"], target=["convoy"])]),
    ("Six soldiers died in clashes with separatists in Bamenda.", [told("clashes", actor=["separatists"], target=["soldiers"])]),
    ("The peacekeepers came under attack in Bangui.", [told("came under attack", actor=[], target=["peacekeepers"])]),
    (
        "Sanctions were imposed on six officials accused of torturing prisoners.",
        [told("torturing", actor=["officials"], target=["prisoners"])],
    ),
    ("Islamic State West Africa Province said it had executed 11 Christians in Borno.", [told("executed", target=["Christians"])]),
    ("A missile fired by Russian forces hit a school in Dnipro.", [told("hit", actor=["Russian forces"], target=["school"])]),
    # talks and deals have two sides
    ("The president met the rebel leader in Havana.", [told("met", actor=["president"], target=["rebel leader"])]),
    ("The government signed a ceasefire with the rebels in Juba.", [told("signed a ceasefire", actor=["government"], target=["rebels"])]),
    (
        "Government troops took the city of Kunduz from the Taliban.",
        [told("took", actor=["Government"], target=["Taliban"], place="Kunduz")],
    ),
    # the farther of two subjects is an apposition misread
    (
        "According to the Rights Monitor, a group that records casualties, artillery fire struck a bakery in Aden, killing 12 civilians.",
        [told("artillery fire", "shelling", actor=[], target=["bakery"], said_by=["Rights Monitor"])],
    ),
    ("Hezbollah fought alongside the Syrian army in Aleppo.", [told("fought", actor=["Hezbollah", "Syrian army"])]),
    ("The army said its forces had captured two villages near Goma.", [told("captured", actor=["army"], said_by=["army"])]),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_parties(text: str, expected: list[Told]) -> None:
    check(text, expected)


def test_a_pronoun_that_leads_to_itself_stands_for_nobody():
    claims = according.code("Dozens of them fled towards the river, and soldiers shot at them and killed two of them near Loikaw.")
    assert all("them" not in party.span.text.split() for claim in claims for party in claim.target)
