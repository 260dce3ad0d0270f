"""The table of actors: what every row has, that all references lead somewhere, and how many names are shared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest

from according.actors.faults import faults, main
from according.actors.resolving import Resolver
from according.actors.speakers import top
from according.actors.table import Actor, Inter, Label, Role, Tie, Years, actor, actors, rows
from according.places.folding import plain
from according.places.tables import countries

#: Names that bodies of one country, none a branch of another's body, share in the same years; those are for the country to tell apart.
SHARED = 75


def test_no_row_has_a_fault() -> None:
    assert list(faults(rows())) == []


def test_the_table_has_actors_of_all_the_world() -> None:
    assert len(actors()) >= 500
    assert len({code for row in actors().values() for code in row.countries}) >= 40


def test_every_kind_and_every_role_is_there() -> None:
    assert {row.kind for row in actors().values()} == set(Inter)
    assert {row.role for row in actors().values()} == set(Role)


def test_rows_are_read_as_the_files_have_them() -> None:
    told = dict((row["id"], row) for _, row in rows())
    assert list(actors()) == list(told)
    for id, row in told.items():
        read = actors()[id]
        assert (read.id, read.name, read.countries) == (id, row["name"], tuple(row["countries"]))
        assert (read.years.first, read.years.last) == (row.get("from"), row.get("to"))
        assert len(read.names) == 1 + len(row.get("aliases", ())) + len(row.get("native", ()))
    assert actor("no-such-body") is None


def test_parents_allies_backers_and_users_of_labels_lead_to_rows() -> None:
    leads: dict[str, list[str]] = {
        row.id: [
            *([row.parent] if row.parent else []),
            *(tie.actor for tie in (*row.allies, *row.backers)),
            *(user for label in row.labels for user in label.by),
        ]
        for row in actors().values()
    }
    assert sum(map(len, leads.values())) > 500
    assert {id: open for id, ids in leads.items() if (open := [other for other in ids if other not in actors() or other == id])} == {}


def test_no_parent_goes_in_a_circle() -> None:
    circles = []
    for id in actors():
        seen, at = [id], actors()[id].parent
        while at and at not in seen:
            seen.append(at)
            at = actors()[at].parent
        if at:
            circles.append(seen)
    assert circles == []
    assert all(actors()[top(id)].parent is None for id in actors())


def test_the_top_of_a_branch_is_that_of_its_parent_and_its_own() -> None:
    branches = [row for row in actors().values() if row.parent]
    assert len(branches) > 100
    assert all(row.parent and top(row.id) == top(row.parent) for row in branches)
    assert all(top(top(row.id)) == top(row.id) for row in branches)
    assert top("no-such-body") == "no-such-body"


def test_every_country_that_fights_has_a_government_that_bears_its_own_id() -> None:
    """Ids by which “the Syrian government” is found."""
    fighting = {row.countries[0] for row in actors().values() if row.role is Role.ARMED_GROUP and row.countries}
    assert len(fighting) >= 40
    assert not [code for code in sorted(fighting) if not any(r.role is Role.GOVERNMENT and code in r.countries for r in actors().values())]


# --- shared names ------------------------------------------------------------------------------------------------------------


def together(one: Actor, other: Actor) -> bool:
    """Whether both are of one country, or of none, in the same years."""
    where = set(one.countries) & set(other.countries) or (not one.countries and not other.countries)
    first = max(one.years.first or 0, other.years.first or 0)
    return bool(where) and first <= min(one.years.last or 9999, other.years.last or 9999)


def shared(told: Iterable[Actor]) -> dict[str, list[str]]:
    by_name: dict[str, list[Actor]] = defaultdict(list)
    for row in told:
        for name in {plain(name) for name in row.names}:
            by_name[name].append(row)
    return {
        name: sorted({row.id for pair in found for row in pair})
        for name, alike in sorted(by_name.items())
        if (found := [pair for pair in combinations(alike, 2) if together(*pair) and top(pair[0].id) != top(pair[1].id)])
    }


def test_few_names_stand_at_several_actors_of_one_country_in_the_same_years() -> None:
    found = shared(actors().values())
    assert len(found) <= SHARED, "\n".join(f"{name}: {', '.join(ids)}" for name, ids in found.items())


def test_a_name_that_two_bodies_of_one_country_share_is_found() -> None:
    front = Actor("a-front", "Sulin Front", Role.ARMED_GROUP, Inter.REBEL_GROUP, ("XV",), "invented", Years(2030, 2031), aliases=("SF",))
    rival = replace(front, id="a-rival", name="Sulin Federation", aliases=("S.F.", "sf"))
    assert shared([front, rival])["sf"] == ["a-front", "a-rival"]
    assert not shared([front, replace(rival, countries=("XQ",))])
    assert not shared([front, replace(rival, years=Years(2032))])


def test_the_name_of_a_country_is_no_armed_groups() -> None:
    """But for states that one made: its own name stands for it."""
    found = {
        name: match.actor.id
        for country in countries()
        for name, year in product((country.name, *country.names), (1990, 2021))
        if (match := Resolver({}, year).resolve(name)) and match.actor.role not in (Role.GOVERNMENT, Role.POLITICAL)
    }
    assert set(found.values()) <= {"taliban", "khmer-rouge", "holy-see"}, found


# --- years -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("years", "within", "outside"),
    [
        (Years(2003, 2011), [2003, 2007, 2011, None], [2002, 2012]),
        (Years(2003), [2003, 2090, None], [2002]),
        (Years(None, 2011), [1900, 2011, None], [2012]),
        (Years(), [1, 2090, None], []),
    ],
)
def test_years_hold_from_the_first_to_the_last(years: Years, within: list[int | None], outside: list[int]) -> None:
    assert all(years.hold(year) for year in within)
    assert not any(years.hold(year) for year in outside)


def test_ties_and_labels_have_years_of_their_own() -> None:
    ties = [tie for row in actors().values() for tie in (*row.allies, *row.backers)]
    labels = [label for row in actors().values() for label in row.labels]
    assert all(isinstance(tie, Tie) for tie in ties) and any(tie.years.last for tie in ties)
    assert all(isinstance(label, Label) and label.words for label in labels) and any(label.by for label in labels)


# --- faults are found --------------------------------------------------------------------------------------------------------

GOOD: dict[str, Any] = {
    "id": "sulin-front",
    "name": "Sulin Front",
    "role": "armed_group",
    "kind": "rebel_group",
    "countries": ["SY"],
    "support": "invented for this test",
    "from": 2030,
    "aliases": ["SF"],
    "native": ["جبهة"],
    "allies": [{"id": "velmar-army", "from": 2031, "to": 2032}],
    "labels": [{"words": ["terrorists"], "by": ["velmar-army"]}],
}
KNOWN = ["velmar-army"]


def without(key: str) -> dict[str, Any]:
    return {name: value for name, value in GOOD.items() if name != key}


def test_a_good_row_has_none() -> None:
    assert list(faults([("a.toml", GOOD)], KNOWN)) == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (without("support"), "support is missing"),
        (without("id"), "id is missing"),
        ({**GOOD, "colour": "red"}, "no column is called 'colour'"),
        ({**GOOD, "from": "2030"}, "from is '2030'"),
        ({**GOOD, "from": True}, "from is True"),
        ({**GOOD, "countries": "SY"}, "countries is 'SY'"),
        ({**GOOD, "id": "Sulin Front"}, "an id is lower-case ASCII with hyphens"),
        ({**GOOD, "role": "army_group"}, "no role is called 'army_group'"),
        ({**GOOD, "kind": "rebels"}, "no kind is called 'rebels'"),
        ({**GOOD, "countries": ["XV"]}, "no country has the code 'XV'"),
        ({**GOOD, "from": 2030, "to": 2029}, "it ends (2029) before it begins (2030)"),
        ({**GOOD, "from": 203}, "203 is no year"),
        ({**GOOD, "aliases": ["SF", "SF"]}, "the alias 'SF' stands twice"),
        ({**GOOD, "aliases": ["Sulin Front"]}, "the alias 'Sulin Front' stands twice"),
        ({**GOOD, "aliases": [" SF"]}, "' SF' is no name"),
        ({**GOOD, "aliases": [""]}, "'' is no name"),
        ({**GOOD, "aliases": ["Sulin terrorists"]}, "'Sulin terrorists' is a loaded label, not an alias"),
        ({**GOOD, "native": ["Front"]}, "'Front' is in Latin letters, so it is an alias"),
        ({**GOOD, "parent": "no-such-body"}, "open reference: no-such-body"),
        ({**GOOD, "parent": "sulin-front"}, "it points to itself"),
        ({**GOOD, "allies": [{"id": "no-such-body"}]}, "open reference: no-such-body"),
        ({**GOOD, "backers": [{"from": 2031}]}, "id is missing"),
        ({**GOOD, "allies": [{"id": "velmar-army", "from": 2032, "to": 2031}]}, "it ends (2031) before it begins (2032)"),
        ({**GOOD, "labels": [{"words": ["thugs"]}]}, "by is missing"),
        ({**GOOD, "labels": [{"words": ["thugs"], "by": ["nobody"]}]}, "open reference: nobody"),
    ],
)
def test_a_bad_row_is_found_with_its_fault(row: Mapping[str, Any], fault: str) -> None:
    found = list(faults([("a.toml", row)], KNOWN))
    assert any(told.endswith(f": {fault}") for told in found), found
    assert all(told.startswith("a.toml: ") for told in found)


def test_an_id_that_stands_twice_is_found() -> None:
    assert list(faults([("a.toml", GOOD), ("b.toml", GOOD)], KNOWN)) == ["b.toml: sulin-front: the id stands twice"]


def test_the_command_prints_the_faults_and_says_how_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad, broken = tmp_path / "good.toml", tmp_path / "bad.toml", tmp_path / "broken.toml"
    row = '[[actor]]\nid = "sulin-front"\nname = "Sulin Front"\nrole = "{}"\nkind = "rebel_group"\ncountries = ["SY"]\nsupport = "none"\n'
    good.write_text(row.format("armed_group"), encoding="utf-8")
    bad.write_text(row.format("band"), encoding="utf-8")
    broken.write_text("[[actor", encoding="utf-8")
    assert main([str(good)]) == 0 and "1 rows, 0 faults" in capsys.readouterr().out
    assert main([str(bad)]) == 1 and "bad.toml: sulin-front: no role is called 'band'" in capsys.readouterr().out
    assert main([str(broken)]) == 1 and "cannot be read" in capsys.readouterr().out
    assert main([str(tmp_path / "none.toml")]) == 1
