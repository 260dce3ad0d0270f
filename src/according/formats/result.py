"""What a writer is given: a report with what was found in it."""

from __future__ import annotations

from dataclasses import dataclass

from according.model import Claim, Mentions, Report


@dataclass(frozen=True, slots=True)
class Coded:
    """A report and its claims."""

    report: Report
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A report and its mentions."""

    report: Report
    mentions: Mentions
