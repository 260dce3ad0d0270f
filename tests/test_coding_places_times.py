"""Where and when, as the words say it, and what is carried over from the sentence before. The report is of Wednesday, 17 May 2023."""

from __future__ import annotations

from datetime import date

import pytest

from coded_rows import PUBLISHED, Told, check, told

ROWS: list[tuple[str, list[Told], date | None]] = [
    # places
    ("Soldiers burned 40 houses in the village of Tula in Oromia.", [told("burned", place="Tula", within=["Oromia"])], PUBLISHED),
    ("Artillery shelling killed four people near Pokrovsk.", [told("shelling", place="Pokrovsk")], PUBLISHED),
    ("An explosion hit Quetta, Pakistan, on Monday.", [told("explosion", place="Quetta", within=["Pakistan"])], PUBLISHED),
    (
        "Rebels attacked Bunia. Nine people were killed in the town.",
        [told("attacked", place="Bunia"), told("killed", place="Bunia")],
        PUBLISHED,
    ),
    (
        "Rebels attacked Bunia on Monday. Soldiers clashed with militiamen in Beni on Tuesday.",
        [told("attacked", place="Bunia", time="Monday"), told("clashed", place="Beni", time="Tuesday")],
        PUBLISHED,
    ),
    ("Gunmen killed two officers in southern Yemen.", [told("killed", place="southern Yemen")], PUBLISHED),
    ("The army shelled positions on the outskirts of Lysychansk.", [told("shelled", place="outskirts of Lysychansk")], PUBLISHED),
    ("Ethiopia deployed troops to Gambella.", [told("deployed", actor=["Ethiopia"], place="Gambella")], PUBLISHED),
    # times with an anchor
    ("Rebels captured Goma on Friday.", [told("captured", time="Friday", days=("2023-05-12", "2023-05-12"))], PUBLISHED),
    ("Rebels captured Goma yesterday.", [told("captured", time="yesterday", days=("2023-05-16", "2023-05-16"))], PUBLISHED),
    ("Rebels captured Goma on 3 May.", [told("captured", time="3 May", days=("2023-05-03", "2023-05-03"))], PUBLISHED),
    ("The rebels captured Goma in April 2022.", [told("captured", time="April 2022", days=("2022-04-01", "2022-04-30"))], PUBLISHED),
    (
        "Some 300 people have been killed in Jos since 1 May.",
        [told("killed", time="since 1 May", days=("2023-05-01", "2023-05-17"))],
        PUBLISHED,
    ),
    (
        "Last week, shelling killed nine people in Aden.",
        [told("shelling", place="Aden", time="Last week", days=("2023-05-08", "2023-05-14"))],
        PUBLISHED,
    ),
    (
        "Officials said the death toll from Saturday's bombing in Mogadishu had risen to 120.",
        [told("bombing", place="Mogadishu", time="Saturday", days=("2023-05-13", "2023-05-13"))],
        PUBLISHED,
    ),
    # "by" a day: it was so on that day
    ("By 3 May the town was under rebel control.", [told("control", time="By 3 May", days=("2023-05-03", "2023-05-03"))], PUBLISHED),
    ("By March 2021, rebels had captured Goma.", [told("captured", days=("2021-03-01", "2021-03-31"))], PUBLISHED),
    (
        "Rebels held Goma until 3 May, when the army recaptured it.",
        [told("held", time="until 3 May"), told("recaptured", time="3 May", days=("2023-05-03", "2023-05-03"))],
        PUBLISHED,
    ),
    # where nobody is named who reported it, a place was held on the day of the report
    (
        "On 3 May, it was reported that Goma was under rebel control.",
        [told("control", time="3 May", days=("2023-05-03", "2023-05-03"))],
        PUBLISHED,
    ),
    # how long it took is not when
    ("In March 2021, the city fell in a matter of days.", [told("fell", time="March 2021")], PUBLISHED),
    # a full stop lost
    (
        "On 3 May, heavy clashes raged in the town On 5 May, the army captured the village.",
        [told("clashes", time="3 May"), told("captured", time="5 May")],
        PUBLISHED,
    ),
    # a few dates that lean on one another
    (
        "In June 2012, rebels captured Sake. On 14 October, the army recaptured the town.",
        [told("captured"), told("recaptured", days=("2012-10-14", "2012-10-14"))],
        PUBLISHED,
    ),
    # the day of the saying is not the happening's
    ("Rebels have captured a village near Goma, the army said on Friday.", [told("captured", time=None)], PUBLISHED),
    # no anchor, no dates
    ("Shelling resumed in Lviv later Wednesday.", [told("Shelling", time="later Wednesday", days=None)], None),
    ("Rebels captured Goma on Friday.", [told("captured", time="Friday", days=None)], None),
    ("The rebels captured Goma on 3 May 2023.", [told("captured", days=("2023-05-03", "2023-05-03"))], None),
    # a date line is an anchor
    (
        "KINSHASA, May 17, 2023 – Rebels captured the town of Sake on Monday.",
        [told("captured", place="Sake", time="Monday", days=("2023-05-15", "2023-05-15"))],
        None,
    ),
    # the finer of two; those told together do not hold each other
    ("Rebels shelled the Deir Hafer area in the countryside of Aleppo.", [told("shelled", place="Deir Hafer area")], PUBLISHED),
    # the present perfect takes no past day
    (
        "A rights group has called for an inquiry into an attack on a mosque in Kano on Friday that killed 13 people.",
        [told("attack", place="Kano", time="Friday")],
        PUBLISHED,
    ),
    # carried over
    (
        "A car bomb exploded in Kismayo on Monday. Another soldier was killed in Kismayo.",
        [told("car bomb exploded", time="Monday"), told("killed", place="Kismayo", time="Monday")],
        PUBLISHED,
    ),
    # a passive of saying gives its place and time away
    ("Shelling was reported in the Donetsk region on Monday.", [told("Shelling", place="Donetsk region", time="Monday")], PUBLISHED),
]


@pytest.mark.parametrize(("text", "expected", "published"), ROWS, ids=[f"{row[0]} {row[2]}" for row in ROWS])
def test_places_and_times(text: str, expected: list[Told], published: date | None) -> None:
    check(text, expected, published)
