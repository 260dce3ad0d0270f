"""A report through reading and coding. Pure: the same report gives the same result, whatever was read before it.

The rooms below are loaded when the first report is read: a process that only hands reports to others does without them.
"""

from __future__ import annotations

from according.formats.result import Coded, Heard
from according.model import Claim, Mentions, Report


def claims(report: Report) -> tuple[Claim, ...]:
    """The claims of a report, in the order of their triggers."""
    from according.coding import code_reading
    from according.reading import read_report

    return code_reading(read_report(report))


def mentions(report: Report) -> Mentions:
    """All that a report mentions."""
    from according.reading import read_report

    return read_report(report).mentions()


def coded(report: Report) -> Coded:
    return Coded(report, claims(report))


def heard(report: Report) -> Heard:
    return Heard(report, mentions(report))
