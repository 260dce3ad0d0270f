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
    ("Security forces foiled an infiltration attempt in Kupwara.", [told("foiled", "armed_clash")]),
    ("Commandos raided a militant hideout in Jenin.", [told("raided", "armed_clash")]),
    ("A raid by soldiers in Nablus left nine Palestinians dead.", [told("raid", "armed_clash")]),
    ("The group's fighters attacked a military camp in Inata.", [told("attacked", "armed_clash")]),
    # takes_territory
    ("Tigrayan forces recaptured Alamata on Saturday.", [told("recaptured", "takes_territory")]),
    ("The town of Laukkai was seized by ethnic Kokang fighters on Thursday.", [told("seized", "takes_territory")]),
    ("The army announced the recapture of Kilinochchi.", [told("recapture", "takes_territory")]),
    ("Taliban fighters took control of Kunduz on Sunday.", [told("took control", "takes_territory")]),
    ("Kherson was liberated by Ukrainian forces in November.", [told("liberated", "takes_territory")]),
    ("The capital, Juba, fell to the rebels on Friday.", [told("fell", "takes_territory")]),
    ("Fighters stormed and took the town of Djibo.", [told("stormed and took", "takes_territory")]),
    ("Captured by rebels on 4 May 2021.", [told("Captured", "takes_territory", actor=["rebels"])]),
    ("The town came under the control of the army on 4 May.", [told("came", "takes_territory", actor=["army"])]),
    ("The base fell into rebel hands on Friday.", [told("fell", "takes_territory", actor=["rebel"])]),
    ("The town was lost to the rebels on Friday.", [told("lost", "takes_territory", actor=["rebels"])]),
    ("Azawad fighters claimed full control of Kidal on Friday.", [told("claimed full control", "takes_territory")]),
    ("The army managed to advance and completely control the town of Sake.", [told("control", "takes_territory", actor=["army"])]),
    ("The rebels chased the army out of the town on Friday.", [told("chased", "takes_territory", target=["army"])]),
    ("The army quickly managed to overrun the rebels.", [told("overrun", "armed_clash")]),
    (
        "Ten people died after the capture of three journalists by rebels.",
        [told("died", "casualties"), told("capture", "abduction_detention")],
    ),
    # leaves_territory
    ("Rebel fighters were pushed out of the town on Friday.", [told("pushed out", "leaves_territory", actor=["Rebel fighters"])]),
    ("Government troops were cleared from the town of Singa.", [told("cleared", "leaves_territory", actor=["Government"])]),
    ("Russian troops withdrew from Kherson in November.", [told("withdrew", "leaves_territory")]),
    ("The rebels pulled out of Goma on Saturday.", [told("pulled out", "leaves_territory")]),
    ("Serb forces handed over the town of Drnis to the police.", [told("handed over", "leaves_territory")]),
    ("The withdrawal of Eritrean troops from Shire began on Monday.", [told("withdrawal", "leaves_territory")]),
    ("Rebels fled the town of Bunagana.", [told("fled", "leaves_territory")]),
    # control
    ("The Arakan Army controls most of Rakhine State.", [told("controls", "control")]),
    ("Hodeidah is held by the Houthis.", [told("held", "control")]),
    ("Marawi remains under the control of the militants.", [told("remains under the control", "control")]),
    ("The rebels hold most of the city.", [told("hold", "control")]),
    ("Rebels are in control of Goma.", [told("control", "control", actor=["Rebels"])]),
    ("The town was in control of the army.", [told("control", "control", actor=["army"])]),
    ("The government was reported in control of the town.", [told("control", "control", actor=["government"])]),
    ("The town remained in rebel hands.", [told("remained", "control", actor=["rebel"])]),
    ("The FSA has had control since June.", [told("had control", "control", actor=["FSA"])]),
    ("Refugees came from the Israeli-occupied Golan Heights.", [told("occupied", "control")]),
    # air_strike
    ("Saudi warplanes bombed a factory in Sanaa on Monday.", [told("bombed", "air_strike")]),
    ("An air strike hit a market in Togoga.", [told("air strike", "air_strike")]),
    ("A drone strike killed 12 people in Dori.", [told("drone strike", "air_strike")]),
    ("Helicopters dropped barrel bombs on the village.", [told("dropped barrel bombs", "air_strike")]),
    ("Israeli jets carried out raids on Khan Younis overnight.", [told("raids", "air_strike")]),
    ("Drones killed four militants in North Waziristan.", [told("killed", "air_strike")]),
    # shelling
    ("Russian forces shelled Nikopol on Wednesday.", [told("shelled", "shelling")]),
    ("Militants fired rockets at Sderot from Gaza.", [told("fired rockets", "shelling")]),
    ("Two missiles struck an apartment building in Dnipro.", [told("missiles struck", "shelling")]),
    ("Kharkiv was shelled by Russian artillery overnight.", [told("shelled", "shelling")]),
    ("Artillery shelling by the army killed six villagers in Sagaing.", [told("shelling", "shelling")]),
    ("Rockets fired from Lebanon landed near Kiryat Shmona.", [told("Rockets fired from Lebanon landed", "shelling")]),
    ("The town came under artillery fire.", [told("came under artillery fire", "shelling")]),
    ("Shelling killed four people near Pokrovsk.", [told("Shelling", "shelling")]),
    # bombing
    ("A car bomb exploded outside a police station in Cali.", [told("car bomb exploded", "bombing")]),
    ("A suicide bomber blew himself up at a mosque in Kano.", [told("suicide bomber blew himself up", "bombing")]),
    ("A roadside bomb killed four soldiers in Mopti.", [told("bomb", "bombing")]),
    ("Two policemen were killed in a suicide bombing in Kabul.", [told("suicide bombing", "bombing")]),
    ("Three soldiers were killed when their vehicle hit a landmine near Mopti.", [told("hit a landmine", "bombing")]),
    ("A child was killed by a mine in Batticaloa.", [told("mine", "bombing")]),
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
    ("Militants stormed a music festival and killed 260 people.", [told("stormed", "attack")]),
    ("Bandits killed 12 villagers in Zamfara.", [told("killed", "attack")]),
    ("Rebels killed 11 people in an overnight raid on a village in Beni territory.", [told("raid", "attack")]),
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
    ("The bodies of 12 men were found in a well in Derna.", [told("bodies of 12 men were found", "casualties")]),
    # siege
    ("Serb forces besieged Sarajevo for almost four years.", [told("besieged", "siege")]),
    ("The RSF has laid siege to El Fasher.", [told("siege", "siege")]),
    ("Rebels blocked the road to Taiz.", [told("blocked the road", "siege")]),
    ("The blockade of Tigray cut off food supplies.", [told("blockade", "siege")]),
    ("Trucks carrying aid were blocked at the border.", [told("blocked", "siege")]),
    ("No aid has reached Tigray since August.", [told("reached", "siege")]),
    # displacement
    ("More than 4,000 people fled Kalemie in April.", [told("fled", "displacement")]),
    ("Some 700,000 Rohingya were displaced by the violence.", [told("displaced", "displacement")]),
    ("The displacement of 12,000 families from Helmand was reported by the United Nations.", [told("displacement", "displacement")]),
    ("Hundreds of families returned to Mocoa last week.", [told("returned", "displacement")]),
    ("Residents were evacuated from Pokrovsk.", [told("evacuated", "displacement")]),
    ("More than 20,000 refugees have crossed into Chad.", [told("crossed", "displacement")]),
    ("More than 100,000 Armenians have fled Nagorno-Karabakh.", [told("fled", "displacement")]),
    # agreement
    ("The government and the ELN signed a ceasefire in Havana.", [told("signed a ceasefire", "agreement")]),
    ("The two sides agreed on a truce in Jeddah.", [told("agreed on a truce", "agreement")]),
    ("The rebels released 12 prisoners on Sunday.", [told("released", "agreement")]),
    ("A ceasefire between Azerbaijan and Armenia took effect on Monday.", [told("ceasefire", "agreement")]),
    ("The army violated the ceasefire in Donetsk on Friday.", [told("violated the ceasefire", "agreement")]),
    ("The ceasefire collapsed within hours.", [told("collapsed", "agreement")]),
    ("The guerrillas released a soldier on Monday.", [told("released", "agreement")]),
    # talks
    ("The president met rebel leaders in Nairobi on Tuesday.", [told("met", "talks")]),
    ("Peace talks between the government and the Taliban opened in Doha.", [told("talks", "talks")]),
    ("The UN envoy visited Aden on Monday.", [told("visited", "talks")]),
    ("The Taliban hosted a delegation from Uzbekistan.", [told("hosted", "talks")]),
    # deployment
    ("Rwanda deployed 1,000 troops to Cabo Delgado.", [told("deployed", "deployment")]),
    ("Two brigades were sent to the border by the army.", [told("sent", "deployment")]),
    ("The deployment of Kenyan police to Haiti began in June.", [told("deployment", "deployment")]),
    # aid
    ("The Red Cross delivered food to Kilinochchi on Monday.", [told("delivered food", "aid")]),
    ("Blankets and tents were distributed to families in Pemba.", [told("distributed", "aid")]),
    ("A humanitarian convoy arrived in Mekelle on Wednesday.", [told("humanitarian convoy arrived", "aid")]),
    ("Humanitarian agencies have delivered 300 tonnes of medicines to Port Sudan.", [told("delivered", "aid")]),
    ("UNHCR distributed tents to displaced families.", [told("distributed", "aid")]),
    # protest
    ("Thousands of people protested in Khartoum against the military rulers.", [told("protested", "protest")]),
    ("Protesters blocked a highway near Cali.", [told("blocked", "protest")]),
    ("Demonstrations were held in Mandalay on Saturday.", [told("Demonstrations", "protest")]),
    ("Demonstrators clashed with police in Mitrovica.", [told("clashed", "protest")]),
    ("Crowds took to the streets of Khartoum.", [told("took to the streets", "protest")]),
    (
        "Fighting between the army and the militia left dozens dead in Marib.",
        [told("Fighting", "armed_clash", actor=["army"], target=["militia"], figures=[("killed", 24, None)])],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_type(text: str, expected: list[Told]) -> None:
    check(text, expected)


@pytest.mark.parametrize("kind", list(ClaimType))
def test_every_type_is_told_in_two_ways(kind: ClaimType) -> None:
    assert len({want.trigger for _, row in ROWS for want in row if want.fields["type"] == kind}) >= 2
