"""How it is put: as fact, hedged, planned or denied; and what is no claim at all."""

from __future__ import annotations

import pytest

from coded_rows import Told, check, told

ROWS: list[tuple[str, list[Told]]] = [
    # happened, whatever the verb of saying makes of it
    ("The rebels claimed that they had captured Bukavu.", [told("captured", status="happened")]),
    ("Kyiv accused Moscow of shelling a hospital in Kherson.", [told("shelling", status="happened", said_by=["Kyiv"], actor=["Moscow"])]),
    ("Troops are fighting militants in Sambisa.", [told("fighting", status="happened")]),
    # possible
    ("The army may have used chemical weapons in Darfur.", [told("used chemical weapons", status="possible")]),
    ("Rebels reportedly captured Sake on Friday.", [told("captured", status="possible")]),
    ("Suspected militants killed four villagers in Pemba.", [told("killed", status="happened")]),
    ("An alleged air strike hit a clinic in Sagaing.", [told("air strike", status="possible")]),
    ("A suspected drone strike killed two people in Shabwa.", [told("drone strike", status="possible")]),
    ("Ten fishermen are believed to have been abducted in Sulu.", [told("abducted", status="possible")]),
    ("The militants appear to have withdrawn from Gamboru.", [told("withdrawn", status="possible")]),
    ("Dozens of people are feared dead in Derna.", [told("dead", status="possible")]),
    ("The village was allegedly burned by soldiers.", [told("burned", status="possible")]),
    # denied
    ("The army did not shell the hospital, a spokesman said.", [told("shell", status="denied", said_by=["spokesman"])]),
    ("Rwanda denied that it had sent troops to Goma.", [told("sent", status="denied", said_by=["Rwanda"])]),
    ("The ministry denied shelling the camp.", [told("shelling", status="denied", said_by=["ministry"])]),
    ("The rebels failed to capture Marib.", [told("capture", status="denied")]),
    ("Nobody has fled the town of Kobo.", [told("fled", status="denied")]),
    ("The two sides have yet to sign a ceasefire.", [told("sign a ceasefire", status="denied")]),
    # planned
    ("The government will send 500 soldiers to Cabo Delgado.", [told("send", status="planned")]),
    ("The two sides are due to meet in Jeddah on Friday.", [told("meet", status="planned")]),
    ("The junta plans to release 2,000 prisoners.", [told("release", status="planned")]),
    ("Kenya announced that it would deploy 1,000 police officers to Haiti.", [told("deploy", status="planned", said_by=["Kenya"])]),
    ("The delegation is expected to arrive in Doha on Thursday.", [told("arrive", status="planned")]),
    ("Peace talks are scheduled to begin in Geneva next week.", [told("talks", status="planned")]),
    ("Peace talks will begin in Oslo on Monday.", [told("talks", status="planned")]),
    ("Talks between the army and the RSF are set to start in Jeddah.", [told("Talks", status="planned")]),
    ("A further 200 soldiers are to be deployed to Mopti.", [told("deployed", status="planned")]),
    ("An offensive against the city of Marib is expected.", [told("offensive", status="planned")]),
    # attempts are fights
    ("The army is trying to recapture Nyala.", [told("recapture", "armed_clash", status="happened")]),
    # "any" under a denial
    ("The army said it was not aware of any strike on a hospital in Aden.", [told("strike", status="denied", said_by=["army"])]),
    ("Some 13 hostages are due to be freed on Sunday.", [told("freed", status="planned")]),
]

#: Texts in which nothing is claimed to have happened or to be about to.
NOTHING = [
    # conditions
    "If the rebels attack Goma, the region will collapse.",
    "The convoy will turn back unless the road is secured.",
    "It is not clear whether the soldiers shelled the village.",
    "Should the talks fail, fighting may resume.",
    "If attacked, the army will shell the town.",
    # questions
    "Did the army bomb the hospital?",
    "Who attacked the convoy near Gao?",
    # calls, hopes, wishes
    "The council called on all parties to respect the ceasefire.",
    "The minister urged the rebels to release all prisoners.",
    "We hope to visit Mekelle.",
    "The United Nations demanded that the army withdraw from Hebron.",
    "Aid workers want the army to open the road.",
    "All sides must stop attacking civilians.",
    # opinions, policies, purposes
    "There is no military solution to the crisis.",
    "The government is committed to protecting civilians.",
    "Drones are used to attack convoys.",
    "Wars are won by patience.",
    "The law protects the rights of prisoners.",
    "The fund was set up to help displaced families.",
    "Analysts say the conflict has no easy end.",
    # what a word means, whoever it may be, what a body does
    "Shelling civilians is a war crime.",
    "Artillery fire against vehicles is not classified as a strike.",
    "We call on them to treat well the fighters they capture.",
    # lives
    "He studied law in Colombo before he entered politics.",
    "The general was born in Asmara and joined the academy at 18.",
    "She has covered wars for the newspaper since 2004.",
    # furniture
    "Leave a Reply",
    "Your email address will not be published.",
    "Share this article on Facebook",
    "All rights reserved.",
    "Read more: what we know about the conflict",
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_status(text: str, expected: list[Told]) -> None:
    check(text, expected)


@pytest.mark.parametrize("text", NOTHING)
def test_nothing_is_claimed(text: str) -> None:
    check(text, [])
