"""How many of whom: figures as claims carry them, each once, on the happening that caused them."""

from __future__ import annotations

import pytest

from coded_rows import Told, check, told

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


@pytest.mark.parametrize(("text", "expected"), ROWS + TOTALS, ids=[row[0] for row in ROWS + TOTALS])
def test_figures(text: str, expected: list[Told]) -> None:
    check(text, expected)
