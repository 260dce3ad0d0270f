"""A report through reading, coding, placing and naming. The same report and gazetteer give the same result, whatever was read before it.

The rooms below are loaded when the first report is read: a process that only hands reports to others does without them.
"""

from __future__ import annotations

from according.formats.result import Coded, Heard
from according.model import Claim, Mentions, Report


def claims(report: Report) -> tuple[Claim, ...]:
    """The claims of a report, in the order of their triggers."""
    from according.actors.naming import named
    from according.coding import code_reading
    from according.places import gazetteer, situated
    from according.reading import read_report

    reading = read_report(report)
    return named(report, situated(reading, code_reading(reading), gazetteer()))


def mentions(report: Report) -> Mentions:
    """All that a report mentions."""
    from according.places import gazetteer, mentioned
    from according.reading import read_report

    return mentioned(read_report(report), gazetteer())


def coded(report: Report) -> Coded:
    return Coded(report, claims(report))


def heard(report: Report) -> Heard:
    return Heard(report, mentions(report))
