"""Divisions and organisations as the figures see them: which codes an area takes in, and when each code means it.

Codes are reused: 500110 was 万盛 and is 綦江 now. A code means the division that held it when a thing was placed there;
before the first holder and after the last it goes on meaning the nearest one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from domain.events import Event, Recorded
from domain.ids import DivisionCode, OrganisationId
from domain.jurisdiction.events import DivisionAbolished, DivisionEstablished, OrganisationEstablished


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedDivision:
    """`valid_to` is the first day on which it is no more."""

    code: DivisionCode
    parent: DivisionCode | None
    valid_from: date
    valid_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedOrganisation:
    code: OrganisationId
    parent: OrganisationId | None


class Meant(NamedTuple):
    """A code from one day (included) to another (excluded); None is open."""

    code: DivisionCode
    since: date | None
    until: date | None


def division_begins(record: Recorded[DivisionEstablished]) -> CountedDivision:
    event = record.event
    return CountedDivision(code=event.code, parent=event.parent, valid_from=event.valid_from)


def division_follows(division: CountedDivision, record: Recorded[Event]) -> CountedDivision:
    event = record.event
    return replace(division, valid_to=event.valid_to) if isinstance(event, DivisionAbolished) else division


def organisation_begins(record: Recorded[OrganisationEstablished]) -> CountedOrganisation:
    return CountedOrganisation(code=record.event.organisation, parent=record.event.parent)


def divisions_within(code: DivisionCode, day: date, known: Iterable[CountedDivision]) -> list[Meant]:
    """The division that the code means on a day, with all below it; a code that nobody holds means itself."""
    holders: dict[DivisionCode, list[CountedDivision]] = defaultdict(list)
    for division in sorted(known, key=lambda each: (each.valid_from, each.valid_to or date.max)):
        holders[division.code].append(division)
    if code not in holders:
        return [Meant(code, None, None)]
    children: dict[DivisionCode, list[CountedDivision]] = defaultdict(list)
    for held in holders.values():
        for division in held:
            if division.parent is not None:
                children[division.parent].append(division)
    return sorted(set(_below(_holder(holders[code], day), holders, children)), key=str)


def _below(
    top: CountedDivision,
    holders: Mapping[DivisionCode, list[CountedDivision]],
    children: Mapping[DivisionCode, list[CountedDivision]],
) -> Iterable[Meant]:
    waiting, seen = [top], {id(top)}
    while waiting:
        division = waiting.pop()
        yield _meant(division, holders[division.code])
        for child in children.get(division.code, ()):
            if id(child) not in seen and _overlap(division, child):
                seen.add(id(child))
                waiting.append(child)


def _holder(held: list[CountedDivision], day: date) -> CountedDivision:
    """Who held the code that day: the last one established by then, else the first ever."""
    earlier = [division for division in held if division.valid_from <= day]
    return earlier[-1] if earlier else held[0]


def _meant(division: CountedDivision, held: list[CountedDivision]) -> Meant:
    at = held.index(division)
    since = division.valid_from if at > 0 else None
    until = held[at + 1].valid_from if at + 1 < len(held) else None
    return Meant(division.code, since, until)


def _overlap(parent: CountedDivision, child: CountedDivision) -> bool:
    return child.valid_from < (parent.valid_to or date.max) and parent.valid_from < (child.valid_to or date.max)


def organisations_within(code: OrganisationId, known: Iterable[CountedOrganisation]) -> list[OrganisationId]:
    """The organisation and all below it."""
    children: dict[OrganisationId, list[OrganisationId]] = defaultdict(list)
    for organisation in known:
        if organisation.parent is not None:
            children[organisation.parent].append(organisation.code)
    found = [code]
    for each in found:
        found += [child for child in children.get(each, ()) if child not in found]
    return sorted(found)
