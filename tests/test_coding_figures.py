"""How many of whom: figures as claims carry them, each once, on the happening that caused them."""

from __future__ import annotations

import pytest

from coded_rows import Told, check, coded, told

ROWS: list[tuple[str, list[Told]]] = [
    ("At least 12 people were killed in a drone strike in Dori.", [told("drone strike", figures=[("killed", 12, None)])]),
    ("More than 300 civilians were killed in clashes in Jonglei.", [told("clashes", figures=[("killed", 301, None)])]),
    ("Nearly 40 soldiers died in the ambush near Tahoua.", [told("ambush", figures=[("killed", None, 40)])]),
    ("Up to 60 villagers were abducted in Katsina on Sunday.", [told("abducted", figures=[("abducted", None, 60)])]),
    ("Between 30 and 40 fighters were killed near Marib.", [told("killed", figures=[("killed", 30, 40)])]),
    ("Dozens of people were wounded in shelling in Khartoum.", [told("shelling", figures=[("injured", 24, None)])]),
    ("A dozen soldiers were captured near Lachin.", [told("captured", figures=[("detained", 12, 12)])]),
    ("Two women and a child were killed in shelling in Taiz.", [told("shelling", figures=[("killed", 2, 2), ("killed", 1, 1)])]),
    ("About 70 people were killed in an air strike in Togoga.", [told("air strike", figures=[("killed", 70, 70)])]),
    (
        "A bomb exploded in Mandalay, killing 12 people and wounding 30 more.",
        [told("bomb exploded", figures=[("killed", 12, 12), ("injured", 30, 30)])],
    ),
    (
        "Nine people, including four children, were killed in an air strike in Kobo.",
        [told("air strike", figures=[("killed", 9, 9), ("killed", 4, 4)])],
    ),
    ("Hundreds of families fled Loikaw on Monday.", [told("fled", figures=[("displaced", 200, None)])]),
    ("Thousands of people marched in Bogota on Saturday.", [told("marched", figures=[("participants", 2000, None)])]),
    ("A soldier was killed by a landmine in Casanare.", [told("landmine", figures=[("killed", 1, 1)])]),
    ("Civilians were killed in an air strike on Monywa.", [told("air strike", figures=[("killed", None, None)])]),
    ("The army carried out 15 air strikes on Tuesday.", [told("air strikes", figures=[("strikes", 15, 15)])]),
    ("Rebels captured three villages in Ituri.", [told("captured", figures=[("places", 3, 3)])]),
    ("The police arrested 23 demonstrators in Harare.", [told("arrested", figures=[("detained", 23, 23)])]),
    ("Russian shelling destroyed six houses in Nikopol.", [told("shelling", figures=[("destroyed", 6, 6)])]),
    ("The attack on Beni left 20 dead and 15 injured.", [told("attack", figures=[("killed", 20, 20), ("injured", 15, 15)])]),
    (
        "The navy destroyed two boats off Mullaitivu, killing 12 rebels.",
        [told("destroyed", type="destruction", figures=[("destroyed", 2, 2), ("killed", 12, 12)])],
    ),
    # a share counts nothing: it is of no measure
    ("Some 80 percent of the houses in Misrata were destroyed.", [told("destroyed", figures=[("other", 80, 80)])]),
    # numbers that count nobody
    ("Troops of the 14th Division entered Naypyidaw in 2021.", [told("entered", figures=[])]),
    ("Air defences shot down two helicopters near Kharkiv.", [told("shot down", figures=[("destroyed", 2, 2)])]),
]

TOTALS: list[tuple[str, list[Told]]] = [
    (
        "More than 900 civilians have been killed in Tigray since November.",
        [told("killed", figures=[("killed", 901, None)], cumulative=[True], time="since November")],
    ),
    (
        "Over the past week, shelling killed 40 people in Aden.",
        [told("shelling", figures=[("killed", 40, 40)], cumulative=[True], time="Over the past week")],
    ),
    (
        "Some 120,000 people have been displaced in Kachin this year.",
        [told("displaced", figures=[("displaced", 120000, 120000)], cumulative=[True])],
    ),
    ("A blast killed 12 people in Quetta on Monday.", [told("blast", figures=[("killed", 12, 12)], cumulative=[False], time="Monday")]),
]


#: What became of those who were shot, or taken to hospital, is told in another sentence or nowhere.
FATES: list[tuple[str, list[Told]]] = [
    ("A man was shot in Oakton on Monday.", [told("shot", figures=[("injured", 1, 1)])]),
    (
        "A man was shot in Oakton on Monday. The man died on Tuesday.",
        [told("shot", figures=[("killed", 1, 1)]), told("died", figures=[("killed", 1, 1)])],
    ),
    (
        "Maria Lopez was shot in the back. Lopez died at the scene.",
        [told("shot", figures=[("killed", 1, 1)]), told("died", figures=[("killed", 1, 1)])],
    ),
    (
        "One man was killed in the shooting in Oakton. Seven others were shot.",
        [told("shooting", figures=[("killed", 1, 1)]), told("shot", figures=[("injured", 7, 7)])],
    ),
    ("Three people were shot in Oakton and two people died.", [told("shot", figures=[("casualties", 3, 3), ("killed", 2, 2)])]),
    ("Three women were taken to a trauma center in Oakton.", [told("taken", "casualties", figures=[("injured", 3, 3)], target=["women"])]),
    ("The boy is in critical condition.", [told("critical condition", "casualties", figures=[("injured", 1, 1)])]),
    ("Police found four people suffering from gunshot wounds in Oakton.", [told("suffering", figures=[("injured", 4, 4)])]),
    # what is charged is no happening; what it is charged over is
    ("Ann Brown was charged with murder in the death of her brother.", [told("death", status="happened", figures=[("killed", 1, 1)])]),
    (
        "Police believe the gunman who shot four people in Oakton is a soldier.",
        [told("shot", status="happened", figures=[("injured", 4, 4)])],
    ),
]

#: Tolls that a speaker puts at a number, or that change: the number stands apart from whose it is.
PUT: list[tuple[str, list[Told]]] = [
    (
        "The Lume Observatory put the number of people killed in the shelling of the Oren mill on Sunday at 22, up from 15,"
        " after seven bodies were dug out of the ruins.",
        [told("shelling", "shelling", figures=[("killed", 22, 22)], cumulative=[False], target=["people"])],
    ),
    (
        "The council put the number of soldiers wounded in the air strike on Velna at 31, down from 40.",
        [told("air strike", figures=[("injured", 31, 31)])],
    ),
    ("Activists put at 60 the number of villagers killed in the raid on Velna.", [told("raid", figures=[("killed", 60, 60)])]),
    ("The mayor put the number of people who had fled at 4,000.", [told("fled", figures=[("displaced", 4000, 4000)])]),
    ("The agency estimates the number of displaced at 6,500.", [told("displaced", figures=[("displaced", 6500, 6500)])]),
    ("The ministry put the toll at between 50 and 60.", [told("toll", "casualties", figures=[("killed", 50, 60)])]),
    (
        "Many people were injured in Oren, and medics raised the toll to 60.",
        [told("injured", figures=[("injured", None, None)]), told("toll", figures=[("injured", 60, 60)])],
    ),
    ("The governor revised the toll down to nine.", [told("toll", "casualties", figures=[("killed", 9, 9)])]),
    ("Residents put the dead at 30.", [told("dead", "casualties", figures=[("killed", 30, 30)])]),
    ("The army put the rebels' losses at 23 dead.", [told("losses", "casualties", figures=[("killed", 23, 23)], target=["rebels"])]),
    (
        "The army put its own losses at four dead and 11 wounded.",
        [told("losses", "casualties", figures=[("killed", 4, 4), ("injured", 11, 11)])],
    ),
    ("Activists put the figure at 60 killed.", [told("killed", "casualties", actor=[], figures=[("killed", 60, 60)])]),
    ("The number of dead rose to 17 from 12.", [told("dead", "casualties", figures=[("killed", 17, 17)])]),
    ("The death toll has climbed to 31.", [told("death toll", "casualties", figures=[("killed", 31, 31)])]),
    ("The committee listed 14 names of the dead.", [told("names", "casualties", figures=[("killed", 14, 14)])]),
    ("The centre counted 17 bodies in the hospital.", [told("bodies", "casualties", figures=[("killed", 17, 17)])]),
    # a happening of its own keeps its dead
    (
        "The death toll rose to 31 after three of the wounded died in hospital.",
        [told("death toll", figures=[("killed", 31, 31)]), told("died", figures=[("killed", 3, 3)])],
    ),
    # where no toll is put, the number is no toll
    ("The army put 300 soldiers at the gate of Karsola.", []),
    ("The company put its losses at 40 million dollars.", []),
]


ALL = ROWS + TOTALS + FATES + PUT


@pytest.mark.parametrize(("text", "expected"), ALL, ids=[row[0] for row in ALL])
def test_figures(text: str, expected: list[Told]) -> None:
    check(text, expected)


def test_whose_a_toll_is_stands_apart_from_its_number() -> None:
    (claim,) = coded("The Lume Observatory put the number of civilians killed in the shelling of Oren at 22, up from 15.")
    assert [(f.span.text, f.of) for f in claim.figures] == [("22", "civilians")]
