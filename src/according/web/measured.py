"""How good the reading is, as ``bench/outside.md`` has it: what the page About the method tells. A test holds each number to that file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure: ``on`` and ``figure`` are its row in ``bench/outside.md``, ``told`` what it means."""

    on: str
    figure: str
    value: float
    told: str


@dataclass(frozen=True, slots=True)
class Set:
    """Public gold data on which figures were measured; ``reports`` is how many it has."""

    on: str
    reports: int
    about: str


SETS = (
    Set("statements-isaf", 364, "military press statements on Afghanistan, 2009 to 2013"),
    Set("narratives-airwars", 492, "narratives of incidents in Gaza that put several sources together"),
    Set("casualties-gva", 1501, "press reports on shootings in the United States"),
    Set("grouping-gva", 1501, "the same reports, put together by shooting"),
    Set("attribution-polnear", 85, "news reports with every attribution marked by hand"),
    Set("places-trnews", 118, "news reports of the world with every place name marked"),
    Set("times-te3", 9, "news reports with every expression of time marked"),
    Set("control-syria", 79, "places of Syria, what is told of who held each"),
    Set("displacement-idetect", 281, "excerpts on people displaced"),
    Set("events-case2021", 380, "snippets of one event each"),
    Set("muc4-fbis", 1500, "pieces of newswire on Latin America around 1990, of which many tell of no incident"),
)
MEASURED = (
    Measured("statements-isaf", "number killed", 0.877, "the number killed, right"),
    Measured("statements-isaf", "province", 0.847, "the province, right"),
    Measured("statements-isaf", "date", 0.577, "the day, right"),
    Measured("narratives-airwars", "killed range met", 0.835, "the range of the killed met that of the human assessors"),
    Measured("narratives-airwars", "injured range met", 0.560, "the range of the injured met theirs"),
    Measured("narratives-airwars", "place within 5 km", 0.481, "the place, within 5 km"),
    Measured("narratives-airwars", "day", 0.789, "the day, right"),
    Measured("casualties-gva", "both right", 0.622, "killed and injured both right"),
    Measured("grouping-gva", "pairs, F1", 0.804, "pairs of reports that tell of one shooting, F1"),
    Measured("attribution-polnear", "source overlap, F1", 0.747, "who is told to say something, F1"),
    Measured("attribution-polnear", "all three overlap, F1", 0.704, "speaker, verb and what is said, all three, F1"),
    Measured("places-trnews", "names found, F1", 0.895, "place names found, F1"),
    Measured("places-trnews", "within 161 km, of matched", 0.873, "of these, put within 161 km of where they are"),
    Measured("times-te3", "value, F1", 0.935, "expressions of time found and given the right days, F1"),
    Measured("control-syria", "changes of hands, F1", 0.736, "changes of hands, F1"),
    Measured("control-syria", "holder at the end", 0.844, "the holder at the end, right"),
    Measured("displacement-idetect", "figure found", 0.830, "the number of the displaced, found"),
    Measured("events-case2021", "accuracy", 0.682, "the type of the event, right"),
    Measured("muc4-fbis", "all roles lenient, F1", 0.331, "who did what to whom with what, over the whole report, F1"),
)


def by_set() -> list[tuple[Set, tuple[Measured, ...]]]:
    """Each set with what was measured on it."""
    return [(one, tuple(m for m in MEASURED if m.on == one.on)) for one in SETS]
