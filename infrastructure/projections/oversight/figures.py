"""The projection behind the figures: facts in versions, ledger entries, sums; folded from the log, one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, MutableMapping
from dataclasses import asdict, dataclass, fields
from datetime import tzinfo
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import sqlalchemy as sa

from domain.casework.events import (
    CaseCleared,
    CaseConcluded,
    CaseFactCorrected,
    CaseFiled,
    CaseMerged,
    CaseReclassified,
    CaseReopened,
    CaseSplit,
    CaseUnmerged,
    CaseWithdrawn,
    ClearanceRevoked,
    JurisdictionTransferred,
    ReportRegistered,
    RetroFiled,
)
from domain.dispatching.events import (
    AlarmFactCorrected,
    AlarmOpened,
    AlarmResultRecorded,
    AlarmsMerged,
    AlarmTriaged,
    AlarmUnmerged,
    LocationResolved,
    OrderAcknowledged,
    OrderCancelled,
    OrderFactCorrected,
    OrderRefused,
    OrderTimedOut,
    PriorityChanged,
    ReportReceived,
    UnitArrived,
    UnitCleared,
    UnitEnRoute,
    UnitOrdered,
    UnitPreempted,
)
from domain.events import Event, Recorded
from domain.jurisdiction.events import (
    AreaGroupAbolished,
    AreaGroupChanged,
    AreaGroupEstablished,
    DivisionAbolished,
    DivisionEstablished,
    OrganisationClosed,
    OrganisationEstablished,
    OrganisationMoved,
)
from domain.oversight.contributions import channels_of
from domain.oversight.counted_alarms import alarm_begins, alarm_follows, run_begins, run_follows
from domain.oversight.counted_areas import (
    CountedAreaGroup,
    CountedDivision,
    CountedOrganisation,
    area_group_begins,
    area_group_follows,
    division_begins,
    division_follows,
    organisation_begins,
    organisation_follows,
)
from domain.oversight.counted_cases import CountedCase, Story, begin, follow, tell, turn
from domain.oversight.ledger import entries, turned
from infrastructure.projections.changes import Change, Insert, Patch, Put
from infrastructure.projections.oversight.bags import bag_rows, bagged, types_rows
from infrastructure.projections.oversight.bookkeeping import booked
from infrastructure.projections.oversight.tables import (
    TABLES,
    alarm_facts,
    area_group_facts,
    case_facts,
    case_stories,
    division_facts,
    organisation_facts,
    run_facts,
)
from infrastructure.projections.projection import Projection, Tables

CASE_EVENTS: tuple[type[Event], ...] = (
    ReportRegistered,
    CaseFiled,
    RetroFiled,
    CaseReclassified,
    CaseSplit,
    CaseCleared,
    ClearanceRevoked,
    CaseWithdrawn,
    CaseConcluded,
    CaseReopened,
    JurisdictionTransferred,
    CaseMerged,
    CaseUnmerged,
    CaseFactCorrected,
)
ALARM_EVENTS: tuple[type[Event], ...] = (
    AlarmOpened,
    ReportReceived,
    LocationResolved,
    AlarmTriaged,
    PriorityChanged,
    AlarmsMerged,
    AlarmUnmerged,
    AlarmResultRecorded,
    AlarmFactCorrected,
)
RUN_EVENTS: tuple[type[Event], ...] = (
    UnitOrdered,
    OrderAcknowledged,
    UnitEnRoute,
    UnitArrived,
    UnitCleared,
    OrderCancelled,
    UnitPreempted,
    OrderRefused,
    OrderTimedOut,
    OrderFactCorrected,
)


class Known(NamedTuple):
    """A thing's present fact, or what it is told from, and the position that made it so."""

    known_from: int
    fact: Any


class Case(NamedTuple):
    """What a case's fact is told from."""

    number: str
    story: Story
    counted: CountedCase

    @property
    def filed(self) -> bool:
        return self.counted.filed_day is not None


@cache
def names(facts: sa.Table) -> tuple[str, ...]:
    """The columns that hold the fact itself."""
    return tuple(column.name for column in facts.columns if column.name not in {"id", "known_from", "known_to"})


@dataclass(frozen=True, slots=True)
class Plain:
    """A thing whose fact is a row: how it begins and goes on."""

    table: sa.Table
    begin: Callable[[Recorded[Any], tzinfo], Mapping[str, Any]]
    follow: Callable[[Any, Recorded[Event], tzinfo], Mapping[str, Any]]


ALARM = Plain(alarm_facts, alarm_begins, alarm_follows)
RUN = Plain(run_facts, lambda record, _: run_begins(record), lambda run, record, _: run_follows(run, record))
DIVISION = Plain(
    division_facts,
    lambda record, _: asdict(division_begins(record)),
    lambda row, record, _: asdict(division_follows(CountedDivision(**row), record)),
)
ORGANISATION = Plain(
    organisation_facts,
    lambda record, _: asdict(organisation_begins(record)),
    lambda row, record, _: asdict(organisation_follows(CountedOrganisation(**row), record)),
)
AREA_GROUP = Plain(
    area_group_facts,
    lambda record, _: _columns(area_group_begins(record)),
    lambda row, record, _: _columns(area_group_follows(CountedAreaGroup(**row), record)),
)
PLAIN: dict[type[Event], Plain] = {
    **dict.fromkeys(ALARM_EVENTS, ALARM),
    **dict.fromkeys(RUN_EVENTS, RUN),
    **dict.fromkeys((DivisionEstablished, DivisionAbolished), DIVISION),
    **dict.fromkeys((OrganisationEstablished, OrganisationMoved, OrganisationClosed), ORGANISATION),
    **dict.fromkeys((AreaGroupEstablished, AreaGroupChanged, AreaGroupAbolished), AREA_GROUP),
}
NAME = "figures"
WRITTEN_BAGS = UUID(int=0)
"""Among the states: the bags that need not be written again while these states are remembered."""
BEGINS = (ReportRegistered, AlarmOpened, UnitOrdered, DivisionEstablished, OrganisationEstablished, AreaGroupEstablished)


class FiguresFold:
    """What each record changes, given the present fact of its thing."""

    events: Collection[type[Event]] = (*CASE_EVENTS, *PLAIN)

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone

    def keys(self, record: Recorded[Any]) -> Iterable[UUID]:
        return () if isinstance(record.event, BEGINS) else (record.originator_id,)

    def load(self, connection: sa.Connection, tables: Tables, keys: Collection[UUID]) -> dict[UUID, Known]:
        stories = tables[case_stories.name]
        rows = connection.execute(sa.select(stories).where(stories.c.id.in_(keys)))
        found = {row.id: Known(row.known_from, Case(row.number, row.story, tell(row.story))) for row in rows}
        for plain in (ALARM, RUN, DIVISION, ORGANISATION, AREA_GROUP):
            found |= _present(connection, tables[plain.table.name], plain, keys)
        return found

    def step(self, states: MutableMapping[UUID, Any], record: Recorded[Any]) -> Iterable[Change]:
        plain = PLAIN.get(type(record.event))
        return self._plain(plain, states, record) if plain else self._case(states, record)

    def _plain(self, plain: Plain, states: MutableMapping[UUID, Known], record: Recorded[Any]) -> list[Change]:
        before = states.get(record.originator_id)
        if before is None and not isinstance(record.event, BEGINS):
            return []  # an order that was proposed and never sent is no run
        fact = plain.begin(record, self._zone) if before is None else plain.follow(before.fact, record, self._zone)
        if before is not None and fact == before.fact:
            return []
        states[record.originator_id] = Known(record.position, fact)
        return _versions(plain.table, record, before, fact)

    def _case(self, states: MutableMapping[UUID, Any], record: Recorded[Any]) -> list[Change]:
        before = states.get(record.originator_id)
        case = self._begun(record) if before is None else self._gone_on(before.fact, record)
        if case is None:
            return []
        states[record.originator_id] = Known(record.position, case)
        story = Put(case_stories, {"id": record.originator_id, "known_from": record.position, "number": case.number, "story": case.story})
        if before is None or not case.filed:
            return [story]
        return [story, *_told(record, before, case, states.setdefault(WRITTEN_BAGS, set()))]

    def _begun(self, record: Recorded[ReportRegistered]) -> Case:
        story = begin(record, self._zone)
        return Case(record.event.number, story, tell(story))

    def _gone_on(self, case: Case, record: Recorded[Any]) -> Case | None:
        story = follow(case.story, record, self._zone)
        if story == case.story:
            return None
        longer = len(story) > len(case.story)
        return case._replace(story=story, counted=turn(case.counted, story[-1]) if longer else tell(story))


def figures(zone: tzinfo) -> Projection:
    """Days are those of the deployment's zone."""
    return Projection(name=NAME, version=5, tables=TABLES, fold=FiguresFold(zone), basis=str(zone))


def _columns(group: CountedAreaGroup) -> dict[str, Any]:
    """Its periods stay what they are."""
    return {each.name: getattr(group, each.name) for each in fields(group)}


def _present(connection: sa.Connection, table: sa.Table, plain: Plain, keys: Collection[UUID]) -> dict[UUID, Known]:
    rows = connection.execute(sa.select(table).where(table.c.id.in_(keys), table.c.known_to.is_(None))).mappings()
    return {row["id"]: Known(row["known_from"], {name: row[name] for name in names(plain.table)}) for row in rows}


def _versions(table: sa.Table, record: Recorded[Any], before: Known | None, fact: Mapping[str, Any]) -> list[Change]:
    """The old version ends where the new one begins."""
    id, position = record.originator_id, record.position
    new = Insert(table, {"id": id, "known_from": position, "known_to": None, **fact})
    return [new] if before is None else [Patch(table, (id, before.known_from), {"known_to": position}), new]


def _told(record: Recorded[Any], known: Known, case: Case, written: set[int]) -> Iterator[Change]:
    """A case has facts from its filing on; what came before is in its story."""
    before: Case = known.fact
    yield from _versions(case_facts, record, known if before.filed else None, {"number": case.number, **_fact(case.counted)})
    yield from bag_rows(case.counted.offences, written)
    yield from bag_rows(case.counted.cleared_offences, written)
    longer = len(case.story) > len(before.story)
    new = turned(before.counted, case.counted, case.story[-1]) if longer else entries(before.story, case.story)
    for entry in new:
        yield from types_rows(entry.account.types, written)
    yield from booked(record, new)


def _fact(case: CountedCase) -> dict[str, Any]:
    outcome = case.outcome
    return {
        "division": case.division,
        "placed_on": case.placed_on,
        "station": case.station,
        "filed_day": case.filed_day,
        "bag": bagged(case.offences),
        "cleared_bag": bagged(case.cleared_offences),
        "cleared": case.cleared,
        "cleared_day": case.cleared_day,
        "cleared_after": (case.cleared_day - case.filed_day).days if case.cleared_day and case.filed_day else None,
        "clearance": case.clearance.clearance if case.clearance else None,
        "outcome": outcome.outcome if outcome else None,
        "outcome_day": outcome.day if outcome and outcome.dated else None,
        "withdrawal": case.withdrawal.withdrawal if case.withdrawal else None,
        "merged_into": case.merged_into,
        "channels": channels_of(case.clearance.channels if case.clearance else ()),
    }
