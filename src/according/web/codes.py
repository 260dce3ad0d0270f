"""What the codes mean: of each kind of code its members, all of them, with a sentence each. Pages show what stands here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from according.actors.speakers import SpeakerKind
from according.actors.table import Inter, Role
from according.events.event import Corroboration
from according.events.holdings import Grade, Step
from according.events.reconciling import Rule
from according.ledger import roles
from according.ledger.deciding import Verdict
from according.model import Anchor, ClaimType, Located, Manner, Measure, Precision, Status


@dataclass(frozen=True, slots=True)
class Codes:
    """One kind of code. ``key`` names it in addresses, ``about`` says what it tells of."""

    key: str
    title: str
    about: str
    means: Mapping[Any, str]  # by the members of one enumeration


_TYPES = {
    ClaimType.ARMED_CLASH: "Fighting between armed sides, an offensive, a raid, not told as taking a place.",
    ClaimType.TAKES_TERRITORY: "A place captured, regained, entered, cleared.",
    ClaimType.LEAVES_TERRITORY: "A place left or lost with no taker told.",
    ClaimType.CONTROL: "Who holds a place: a state, not a change.",
    ClaimType.AIR_STRIKE: "Strikes from aircraft and drones.",
    ClaimType.SHELLING: "Artillery, mortars, rockets, missiles, tanks.",
    ClaimType.BOMBING: "Car bombs, suicide bombs, mines, grenades.",
    ClaimType.CHEMICAL_ATTACK: "Chemical weapons used.",
    ClaimType.ATTACK: "Violence against civilians or protected sites, or by means not told.",
    ClaimType.ABDUCTION_DETENTION: "Abductions, hostages, disappearances, arrests.",
    ClaimType.DESTRUCTION: "Things destroyed, damaged or looted.",
    ClaimType.CASUALTIES: "People killed or hurt by means not told, or totals over many happenings.",
    ClaimType.SIEGE: "Sieges, blockades, aid or movement kept out.",
    ClaimType.DISPLACEMENT: "People fleeing, displaced, evacuated, returning.",
    ClaimType.AGREEMENT: "Ceasefires, deals, exchanges of prisoners, and their breach.",
    ClaimType.TALKS: "Meetings, visits, negotiations.",
    ClaimType.DEPLOYMENT: "Troops, arms, training, bases sent or supplied.",
    ClaimType.AID: "Relief delivered or funded.",
    ClaimType.PROTEST: "Demonstrations, riots.",
}
_STATUSES = {
    Status.HAPPENED: "Told as fact by whoever says it; that does not make it one.",
    Status.PLANNED: "Announced, due, under way to be.",
    Status.POSSIBLE: "Hedged by the speaker: “may have”, “reportedly”.",
    Status.DENIED: "The speaker says that it did not happen so.",
}
_MANNERS = {
    Manner.QUOTED: "Between quotation marks: the speaker's own words, as the report has them.",
    Manner.REPORTED: "In the report's words, as what somebody said: “the army said that …”.",
    Manner.STATED: "In the report's own voice, with nobody else named as its source.",
}
_MEASURES = {
    Measure.KILLED: "People told to have died.",
    Measure.INJURED: "People told to have been hurt and to live.",
    Measure.CASUALTIES: "“Casualties” or “losses”, where dead and hurt are not told apart. Never added to the dead.",
    Measure.MISSING: "People of whom nobody knows.",
    Measure.DISPLACED: "People told to have fled, been driven out or moved away.",
    Measure.RETURNED: "People told to have come back.",
    Measure.ABDUCTED: "People taken by force, hostages.",
    Measure.DETAINED: "People arrested, captured or imprisoned.",
    Measure.DESTROYED: "Things destroyed or damaged: houses, vehicles, aircraft.",
    Measure.PLACES: "Places taken, left, held or struck: “two villages”.",
    Measure.STRIKES: "Strikes, raids, shells, sorties.",
    Measure.ATTACKERS: "Those who attacked.",
    Measure.PARTICIPANTS: "Those who took part: in a protest, a meeting, a deployment.",
    Measure.OTHER: "Anything else that is counted.",
}
_LOCATED = {
    Located.POINT: "A building, a base, a crossing, a camp; the radius is its size, or what its position is good to.",
    Located.SETTLEMENT: "A town, a village, a quarter; the radius follows its size.",
    Located.ADMIN3: "A division of the third level, of which nothing narrower is told.",
    Located.ADMIN2: "A division of the second level: a district, a county.",
    Located.ADMIN1: "A division of the first level: a province, a state. It is listed, and never shown as a pin.",
    Located.COUNTRY: "A country, of which nothing narrower is told. It is listed, and never shown as a pin.",
    Located.AREA: "A landform, a region, or a part of any place: “northwestern Syria”.",
    Located.LINE: "A river, a road, a border: the middle of it, and how far it reaches.",
}
_PRECISIONS = {
    Precision.DAY: "One day.",
    Precision.WEEK: "A week, or some days of one.",
    Precision.MONTH: "A month.",
    Precision.SEASON: "A season, or some months.",
    Precision.YEAR: "A year, or more.",
}
_ANCHORS = {
    Anchor.PUBLISHED: "Counted from the day on which the report was published: “on Friday”.",
    Anchor.DATELINE: "Counted from the day in the report's date line.",
    Anchor.TEXT: "Counted from a full date that the text gives.",
}
_GRADES = {
    Corroboration.SINGLE: "One account tells of it.",
    Corroboration.SEVERAL: "Accounts that are independent of one another tell of it, and agree.",
    Corroboration.CONTESTED: "Independent accounts name other doers, or give numbers that cannot both be so.",
    Corroboration.DENIED: "Somebody denies that it happened so.",
    Corroboration.ADMITTED: "Whoever is told to have done the harm says so himself.",
}
_RULES = {
    Rule.UCDP: "Low and high are the least and the most that is told; best is the number of the kind of speaker furthest from the "
    "fighting, of equals the newest, then the lower. After the practice that UCDP publishes.",
    Rule.ACLED: "The least number that any account gives, for low, best and high. After the practice that ACLED publishes.",
    Rule.AIRWARS: "From the least to the most that is told, best the least. After the practice that Airwars publishes.",
    Rule.WIDEST: "All that any account leaves possible, open where one says “at least”; best in the middle of what is told.",
}
_HOLDINGS = {
    Grade.SINGLE: "One account says that the side held it.",
    Grade.SEVERAL: "Accounts of several speakers that are no copies say so.",
    Grade.CLAIMED: "Only the side itself, or another party to the fighting, says so.",
    Grade.CONTESTED: "Another account gives the place to another side on the same days. Both are shown.",
}
_STEPS = {
    Step.TAKES: "The side took the place: a spell begins.",
    Step.LEAVES: "The side left or lost the place: a spell ends.",
    Step.HOLDS: "The side held the place then; since when is not told.",
}
_SPEAKERS = {
    SpeakerKind.PARTY: "One who bears arms or commands those who do; of this fighting where the page says “a party to the fighting”.",
    SpeakerKind.MONITOR: "A body that watches and counts.",
    SpeakerKind.AGENCY: "A relief or United Nations agency, or a mission.",
    SpeakerKind.OFFICIAL: "An official, local authorities, medical staff.",
    SpeakerKind.WITNESS: "Somebody who was there or lives there.",
    SpeakerKind.MEDIA: "An outlet; also a report in its own voice.",
    SpeakerKind.OTHER: "Whoever fits nothing of these, or is not told.",
}
_ACTORS = {
    Inter.STATE_FORCES: "1: governments, their armies and police.",
    Inter.REBEL_GROUP: "2: organised armed groups that fight a state for power or territory.",
    Inter.POLITICAL_MILITIA: "3: armed groups that pursue political ends beside or for others.",
    Inter.IDENTITY_MILITIA: "4: armed groups of a community: communal, ethnic, religious, local.",
    Inter.RIOTERS: "5: crowds that use violence.",
    Inter.PROTESTERS: "6: crowds that do not.",
    Inter.CIVILIANS: "7: people and bodies without arms.",
    Inter.EXTERNAL_FORCES: "8: forces of other states, coalitions and missions.",
}
_BODIES = {
    Role.GOVERNMENT: "A government, or who rules in its place.",
    Role.MINISTRY: "A ministry.",
    Role.MILITARY: "A country's armed forces as a whole.",
    Role.ARMY: "Its land forces.",
    Role.AIR_FORCE: "Its air force.",
    Role.NAVY: "Its navy or coast guard.",
    Role.POLICE: "Its police.",
    Role.INTELLIGENCE: "An intelligence or security service.",
    Role.BORDER_GUARD: "Its border guard.",
    Role.NATIONAL_GUARD: "Its national or republican guard.",
    Role.PARAMILITARY: "Armed forces of a state beside its army and police.",
    Role.ARMED_GROUP: "An organised armed group.",
    Role.MILITIA: "A militia.",
    Role.COALITION: "Several armed bodies that fight as one.",
    Role.MISSION: "A peacekeeping or observer mission.",
    Role.UN_BODY: "A body of the United Nations.",
    Role.AGENCY: "A relief agency.",
    Role.MONITOR: "A body that watches and counts.",
    Role.MEDICAL: "Hospitals, ambulances, civil defence.",
    Role.NEWS_AGENCY: "A news agency.",
    Role.MEDIA: "An outlet.",
    Role.STATE_MEDIA: "An outlet of a state or of an armed body.",
    Role.POLITICAL: "A party, a political movement or council.",
    Role.PRIVATE_FORCE: "A private military company.",
    Role.CRIMINAL: "A criminal organisation.",
    Role.CIVIL: "People: civilians, children, medics, journalists.",
    Role.COMMUNITY: "A people or a community.",
}
_VERDICTS = {
    Verdict.ACCEPT: "The claim is told as the words have it.",
    Verdict.CORRECT: "A person tells some of it otherwise. What the machine said is kept beside it.",
    Verdict.REJECT: "The words make no such claim. It is left out of answers, and not deleted.",
    Verdict.UNSURE: "The person looked, and cannot say.",
    Verdict.UNDO: "The person takes his own last decision on the claim back. Both stay on record.",
}
_PEOPLE = {
    roles.Role.VIEWER: "May read.",
    roles.Role.REVIEWER: "May also decide on claims.",
    roles.Role.EDITOR: "May also merge and split events.",
    roles.Role.ADMIN: "May also see the audit and who has access.",
}

#: All kinds of code that pages show, in the order in which they are explained.
CODES: tuple[Codes, ...] = (
    Codes("types", "Types of claims", "What a claim tells of.", _TYPES),
    Codes("statuses", "Statuses", "How the speaker puts it.", _STATUSES),
    Codes("manners", "Manners", "How the words came into the report.", _MANNERS),
    Codes("measures", "Measures", "What a figure counts. Killed, injured and casualties never mix.", _MEASURES),
    Codes("located", "Precision of places", "What the circle about a place stands for; its radius is always told in kilometres.", _LOCATED),
    Codes("precisions", "Precision of days", "How long a stretch of time the words name.", _PRECISIONS),
    Codes("anchors", "Anchors of days", "From what “on Friday” was counted. Without one it keeps its words and gets no days.", _ANCHORS),
    Codes("grades", "Grades of events", "How an event is attested.", _GRADES),
    Codes("rules", "Rules for ranges", "How rival figures become one range. Named after a practice; not its results.", _RULES),
    Codes("holdings", "Grades of holdings", "How a spell in which a side held a place is attested.", _HOLDINGS),
    Codes("steps", "Steps of holdings", "What one claim says of a place's history.", _STEPS),
    Codes("speakers", "Kinds of speakers", "Who says it, by his row in the table of actors, else by his words.", _SPEAKERS),
    Codes("actors", "Kinds of actors", "ACLED's eight kinds, with its numbers.", _ACTORS),
    Codes("bodies", "What a body is", "The role of a row in the table of actors.", _BODIES),
    Codes("verdicts", "Verdicts", "What a person may say of a claim. Decisions are added, and nothing is overwritten.", _VERDICTS),
    Codes("people", "People", "What somebody who logs in may do.", _PEOPLE),
)  # fmt: skip
