"""The parties of a report's claims, each with its actor where its words support one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from according.actors.resolving import Resolver, spoken_of
from according.model import Claim, Party, Report


def named(report: Report, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The claims with ``Party.actor`` filled: by the names, the countries that the report speaks of, and the year."""
    if not claims:
        return ()
    places = [place.country for claim in claims for place in (claim.place, *claim.within) if place and place.country]
    resolver = Resolver(spoken_of(places, f"{report.title or ''}\n{report.text}"), _year(report, claims))
    return tuple(_named(claim, resolver) for claim in claims)


def _named(claim: Claim, resolver: Resolver) -> Claim:
    said_by = tuple(_party(party, resolver) for party in claim.said_by)
    speaker = next((party.actor for party in said_by if party.actor), None)
    actor, target = (tuple(_party(party, resolver, speaker) for party in parties) for parties in (claim.actor, claim.target))
    return replace(claim, said_by=said_by, actor=actor, target=target)


def _party(party: Party, resolver: Resolver, speaker: str | None = None) -> Party:
    if party.actor:
        return party
    found = resolver.resolve(party.span.text, speaker)
    return replace(party, actor=found.actor.id) if found else party


def _year(report: Report, claims: Sequence[Claim]) -> int | None:
    """The year that is written of: of publication, else of most of the days told."""
    if report.published:
        return report.published.year
    days: list[date] = sorted(claim.time.start for claim in claims if claim.time and claim.time.start)
    return days[len(days) // 2].year if days else None
