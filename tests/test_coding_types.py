"""What happened: each of the 19 types, told by verbs in the active and the passive and by nouns, in reports from many wars."""

from __future__ import annotations

import pytest

from according.model import ClaimType
from coded_rows import Told, check, told

ROWS: list[tuple[str, list[Told]]] = [
    # armed_clash
    ("Government troops clashed with rebels near the town of Bentiu on Tuesday.", [told("clashed", "armed_clash")]),
    ("Heavy fighting broke out between the army and the paramilitary RSF in Omdurman.", [told("fighting", "armed_clash")]),
    ("Insurgents ambushed a military convoy in Borno State.", [told("ambushed", "armed_clash")]),
    ("Ukrainian troops repelled three assaults near Bakhmut.", [told("repelled", "armed_clash")]),
    ("The army launched an offensive against M23 rebels in North Kivu on Monday.", [told("offensive", "armed_clash")]),
    ("A military convoy was ambushed by gunmen near Djibo.", [told("ambushed", "armed_clash")]),
    # takes_territory
    ("Tigrayan forces recaptured Alamata on Saturday.", [told("recaptured", "takes_territory")]),
    ("The town of Laukkai was seized by ethnic Kokang fighters on Thursday.", [told("seized", "takes_territory")]),
    ("The army announced the recapture of Kilinochchi.", [told("recapture", "takes_territory")]),
    ("Taliban fighters took control of Kunduz on Sunday.", [told("took control", "takes_territory")]),
    ("Kherson was liberated by Ukrainian forces in November.", [told("liberated", "takes_territory")]),
    ("The capital, Juba, fell to the rebels on Friday.", [told("fell", "takes_territory")]),
    # leaves_territory
    ("Russian troops withdrew from Kherson in November.", [told("withdrew", "leaves_territory")]),
    ("The rebels pulled out of Goma on Saturday.", [told("pulled out", "leaves_territory")]),
    ("Serb forces handed over the town of Drnis to the police.", [told("handed over", "leaves_territory")]),
    ("The withdrawal of Eritrean troops from Shire began on Monday.", [told("withdrawal", "leaves_territory")]),
    # control
    ("The Arakan Army controls most of Rakhine State.", [told("controls", "control")]),
    ("Hodeidah is held by the Houthis.", [told("held", "control")]),
    ("Marawi remains under the control of the militants.", [told("remains under the control", "control")]),
    # air_strike
    ("Saudi warplanes bombed a factory in Sanaa on Monday.", [told("bombed", "air_strike")]),
    ("An air strike hit a market in Togoga.", [told("air strike", "air_strike")]),
    ("A drone strike killed 12 people in Dori.", [told("drone strike", "air_strike")]),
    ("Helicopters dropped barrel bombs on the village.", [told("dropped barrel bombs", "air_strike")]),
    ("Israeli jets carried out raids on Khan Younis overnight.", [told("raids", "air_strike")]),
    # shelling
    ("Russian forces shelled Nikopol on Wednesday.", [told("shelled", "shelling")]),
    ("Militants fired rockets at Sderot from Gaza.", [told("fired rockets", "shelling")]),
    ("Two missiles struck an apartment building in Dnipro.", [told("missiles struck", "shelling")]),
    ("Kharkiv was shelled by Russian artillery overnight.", [told("shelled", "shelling")]),
    ("Artillery shelling by the army killed six villagers in Sagaing.", [told("shelling", "shelling")]),
    # bombing
    ("A car bomb exploded outside a police station in Cali.", [told("car bomb exploded", "bombing")]),
    ("A suicide bomber blew himself up at a mosque in Kano.", [told("suicide bomber blew himself up", "bombing")]),
    ("A roadside bomb killed four soldiers in Mopti.", [told("bomb", "bombing")]),
    ("Two policemen were killed in a suicide bombing in Kabul.", [told("suicide bombing", "bombing")]),
    # chemical_attack
    ("The regime used chlorine gas in the town of Serj.", [told("used chlorine gas", "chemical_attack")]),
    ("At least 20 people died in a chemical attack on the town.", [told("chemical attack", "chemical_attack")]),
    ("The use of chemical weapons in Halabja killed thousands of people.", [told("use of chemical weapons", "chemical_attack")]),
    # attack
    ("Gunmen shot dead three farmers in Plateau State.", [told("shot dead", "attack")]),
    ("ADF militants massacred 20 villagers in Beni.", [told("massacred", "attack")]),
    ("A community leader was assassinated in Cauca on Saturday.", [told("assassinated", "attack")]),
    ("Soldiers executed ten prisoners in the village of Inn Din.", [told("executed", "attack")]),
    ("The massacre of villagers in Moura shocked the region.", [told("massacre", "attack")]),
    # abduction_detention
    ("Bandits abducted 30 students from a school in Kaduna.", [told("abducted", "abduction_detention")]),
    ("Five aid workers were kidnapped by gunmen in Jonglei.", [told("kidnapped", "abduction_detention")]),
    ("Police arrested 40 protesters in Colombo.", [told("arrested", "abduction_detention")]),
    ("The abduction of two nuns in Port-au-Prince was reported on Friday.", [told("abduction", "abduction_detention")]),
    # destruction
    ("The militia burned 200 houses in Misterei.", [told("burned", "destruction")]),
    ("A bridge over the Dnipro was destroyed on Sunday.", [told("destroyed", "destruction")]),
    ("Armed men looted a warehouse in El Geneina.", [told("looted", "destruction")]),
    ("The looting of a hospital in Kadugli began on Friday.", [told("looting", "destruction")]),
    # casualties
    ("At least 40 civilians have been killed in Ituri since January.", [told("killed", "casualties")]),
    ("Three soldiers were wounded near Avdiivka on Monday.", [told("wounded", "casualties")]),
    ("The death toll in Gaza has risen to 212.", [told("death toll", "casualties")]),
    ("Two peacekeepers died in Kidal on Tuesday.", [told("died", "casualties")]),
    # siege
    ("Serb forces besieged Sarajevo for almost four years.", [told("besieged", "siege")]),
    ("The RSF has laid siege to El Fasher.", [told("siege", "siege")]),
    ("Rebels blocked the road to Taiz.", [told("blocked the road", "siege")]),
    ("The blockade of Tigray cut off food supplies.", [told("blockade", "siege")]),
    # displacement
    ("More than 4,000 people fled Kalemie in April.", [told("fled", "displacement")]),
    ("Some 700,000 Rohingya were displaced by the violence.", [told("displaced", "displacement")]),
    ("The displacement of 12,000 families from Helmand was reported by the United Nations.", [told("displacement", "displacement")]),
    ("Hundreds of families returned to Mocoa last week.", [told("returned", "displacement")]),
    # agreement
    ("The government and the ELN signed a ceasefire in Havana.", [told("signed a ceasefire", "agreement")]),
    ("The two sides agreed on a truce in Jeddah.", [told("agreed on a truce", "agreement")]),
    ("The rebels released 12 prisoners on Sunday.", [told("released", "agreement")]),
    ("A ceasefire between Azerbaijan and Armenia took effect on Monday.", [told("ceasefire", "agreement")]),
    ("The army violated the ceasefire in Donetsk on Friday.", [told("violated the ceasefire", "agreement")]),
    # talks
    ("The president met rebel leaders in Nairobi on Tuesday.", [told("met", "talks")]),
    ("Peace talks between the government and the Taliban opened in Doha.", [told("talks", "talks")]),
    ("The UN envoy visited Aden on Monday.", [told("visited", "talks")]),
    # deployment
    ("Rwanda deployed 1,000 troops to Cabo Delgado.", [told("deployed", "deployment")]),
    ("Two brigades were sent to the border by the army.", [told("sent", "deployment")]),
    ("The deployment of Kenyan police to Haiti began in June.", [told("deployment", "deployment")]),
    # aid
    ("The Red Cross delivered food to Kilinochchi on Monday.", [told("delivered food", "aid")]),
    ("Blankets and tents were distributed to families in Pemba.", [told("distributed", "aid")]),
    ("A humanitarian convoy arrived in Mekelle on Wednesday.", [told("humanitarian convoy arrived", "aid")]),
    # protest
    ("Thousands of people protested in Khartoum against the military rulers.", [told("protested", "protest")]),
    ("Protesters blocked a highway near Cali.", [told("blocked", "protest")]),
    ("Demonstrations were held in Mandalay on Saturday.", [told("Demonstrations", "protest")]),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_type(text: str, expected: list[Told]) -> None:
    check(text, expected)


@pytest.mark.parametrize("kind", list(ClaimType))
def test_every_type_is_told_in_two_ways(kind: ClaimType) -> None:
    assert len({want.trigger for _, row in ROWS for want in row if want.fields["type"] == kind}) >= 2
