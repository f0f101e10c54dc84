"""Divisions, organisations and area groups as the figures see them: which codes an area takes in, and when each code means it.

Codes are reused: 500110 was 万盛 and is 綦江 now. A code means the division that held it when a thing was placed there;
before the first holder and after the last it goes on meaning the nearest one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from domain.events import Event, Recorded
from domain.ids import DivisionCode, OrganisationId
from domain.jurisdiction.area_groups import Periods, members_of, members_on
from domain.jurisdiction.events import (
    AreaGroupAbolished,
    AreaGroupChanged,
    AreaGroupEstablished,
    DivisionAbolished,
    DivisionEstablished,
    OrganisationClosed,
    OrganisationEstablished,
    OrganisationKind,
    OrganisationMoved,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedDivision:
    """`valid_to` is the first day on which it is no more."""

    code: DivisionCode
    parent: DivisionCode | None
    valid_from: date
    valid_to: date | None = None


class Move(NamedTuple):
    """Under which one an organisation stands from a day on."""

    valid_from: date
    parent: OrganisationId


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedOrganisation:
    """It works for what `division` meant when it was established. `parent` is the first one it stood under."""

    code: OrganisationId
    parent: OrganisationId | None
    kind: OrganisationKind
    division: DivisionCode
    valid_from: date
    valid_to: date | None = None
    moves: tuple[Move, ...] = ()

    def under(self, day: date) -> OrganisationId | None:
        return next((each.parent for each in reversed(self.moves) if each.valid_from <= day), self.parent)

    def stands_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedAreaGroup:
    code: str
    periods: Periods
    valid_to: date | None = None


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
    event = record.event
    return CountedOrganisation(
        code=event.organisation, parent=event.parent, kind=event.kind, division=event.division, valid_from=event.valid_from
    )


def organisation_follows(organisation: CountedOrganisation, record: Recorded[Event]) -> CountedOrganisation:
    match record.event:
        case OrganisationClosed(valid_to=valid_to):
            return replace(organisation, valid_to=valid_to)
        case OrganisationMoved(parent=parent, valid_from=valid_from):
            return replace(organisation, moves=(*organisation.moves, Move(valid_from, parent)))
        case _:
            return organisation


def area_group_begins(record: Recorded[AreaGroupEstablished]) -> CountedAreaGroup:
    return CountedAreaGroup(code=record.event.code, periods=(members_of(record.event),))


def area_group_follows(group: CountedAreaGroup, record: Recorded[Event]) -> CountedAreaGroup:
    match record.event:
        case AreaGroupChanged() as changed:
            return replace(group, periods=(*group.periods, members_of(changed)))
        case AreaGroupAbolished(valid_to=valid_to):
            return replace(group, valid_to=valid_to)
        case _:
            return group


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


def organisations_within(code: OrganisationId, day: date, known: Iterable[CountedOrganisation]) -> list[OrganisationId]:
    """The organisation and all that is below it on a day."""
    children: dict[OrganisationId, list[OrganisationId]] = defaultdict(list)
    for organisation in known:
        parent = organisation.under(day)
        if parent is not None:
            children[parent].append(organisation.code)
    found = [code]
    for each in found:
        found += [child for child in children.get(each, ()) if child not in found]
    return sorted(found)


def organisations_in(
    group: CountedAreaGroup, day: date, divisions: Collection[CountedDivision], organisations: Collection[CountedOrganisation]
) -> list[CountedOrganisation]:
    """Those of the group that existed on the day."""
    return [each for each in organisations_ever_in(group, day, divisions, organisations) if each.stands_on(day)]


def organisations_ever_in(
    group: CountedAreaGroup, day: date, divisions: Collection[CountedDivision], organisations: Collection[CountedOrganisation]
) -> list[CountedOrganisation]:
    """The group's organisations of the day and what works in its divisions, each with all below it, also what is closed by then."""
    members = members_on(day, group.periods, group.valid_to)
    if members is None:
        return []
    codes = {each for code in members.organisations for each in organisations_within(code, day, organisations)}
    meant = [each for code in members.divisions for each in divisions_within(code, day, divisions)]
    return [
        each
        for each in sorted(organisations, key=lambda each: each.code)
        if each.code in codes or any(_works_in(each, place) for place in meant)
    ]


def _works_in(organisation: CountedOrganisation, place: Meant) -> bool:
    since, until = place.since or date.min, place.until or date.max
    return organisation.division == place.code and since <= organisation.valid_from < until
