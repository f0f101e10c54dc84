"""A question as conditions in SQL: what was known, where, of which types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from application.oversight.statistics import AreaGroupUnknown, Question
from application.views import View
from domain.ids import OrganisationId
from domain.oversight.counted_areas import (
    CountedAreaGroup,
    CountedDivision,
    CountedOrganisation,
    Meant,
    divisions_within,
    organisations_ever_in,
    organisations_in,
    organisations_within,
)
from infrastructure.access.conditions import Truth
from infrastructure.access.rows import TABLES
from infrastructure.access.seen import Seen, Sight, sql
from infrastructure.projections.oversight.tables import area_group_facts, division_facts, ledger, organisation_facts, type_bags
from infrastructure.statistics.moments import Moment

Condition = sa.ColumnElement[bool]
Selected = sa.Select[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What whoever asks may count, and what of it may be shown one by one."""

    seen: Seen
    sight: Sight

    def counted(self, facts: sa.Table) -> list[Condition]:
        return _narrowed(self.seen.counted(self.sight, facts))

    def summed(self, sums: sa.Table) -> Truth:
        """Which sums stand for what may be counted, and for the hidden entries."""
        return self.seen.counted(self.sight, sums)

    def hidden(self) -> Condition | None:
        """Entries of sealed cases: the sums hold them, as if nothing were sealed, and they may not be counted."""
        if not self.sight.anything_sealed:
            return None
        if_open = self.seen.counted(replace(self.sight, anything_sealed=False), ledger)
        counted = self.seen.counted(self.sight, ledger)
        return None if counted is True else sql(if_open) & ~sql(counted)

    def rows(self, view: type[View]) -> list[Condition]:
        """On the view's own table: what may be shown."""
        return _narrowed(self.seen.rows(self.sight, view))

    def shown(self, view: type[View], id: sa.ColumnElement[UUID]) -> list[Condition]:
        truth = self.seen.rows(self.sight, view)
        if isinstance(truth, bool):
            return _narrowed(truth)
        key = TABLES[view].c[view.key]
        return [id.in_(sa.select(key).where(truth))]


def _narrowed(truth: Truth) -> list[Condition]:
    return [] if truth is True else [sql(truth)]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question about a moment, put to one state of the database."""

    connection: sa.Connection
    question: Question
    moment: Moment
    place: tuple[Meant, ...] | None
    stations: tuple[str, ...] | None
    limits: Limits | None = None

    def summed(self, sums: sa.Table) -> Truth:
        """Which sums may stand for the entries, once the hidden ones are taken off."""
        return True if self.limits is None else self.limits.summed(sums)

    def hidden(self) -> Condition | None:
        return None if self.limits is None else self.limits.hidden()

    def rows(self, statement: Selected) -> Sequence[sa.Row[*tuple[Any, ...]]]:
        return self.connection.execute(statement).all()

    def row(self, statement: Selected) -> sa.Row[*tuple[Any, ...]]:
        return self.connection.execute(statement).one()

    def known(self, facts: sa.FromClause) -> Condition:
        """The versions that held at the moment."""
        return known(facts, self.moment)

    def booked(self) -> list[Condition]:
        """The ledger's entries that the question is about, on whatever day."""
        conditions = [ledger.c.unit == self.question.unit, *self.within(ledger), *self.of_types(ledger.c.types)]
        return conditions if self.moment.latest else [*conditions, ledger.c.position <= self.moment.position]

    def within(self, table: sa.Table) -> list[Condition]:
        """In the area that was asked about, as far as it may be counted."""
        return [*self.there(table), *([] if self.limits is None else self.limits.counted(table))]

    def there(self, table: sa.Table) -> list[Condition]:
        """In the area that was asked about."""
        if self.place is not None:
            return [placed(table, self.place)]
        return [] if self.stations is None else [table.c.station.in_(self.stations)]

    def of_types(self, bag: sa.ColumnElement[int]) -> list[Condition]:
        """What holds any of the types; no types ask for all."""
        types = self.question.types
        return [bag.in_(sa.select(type_bags.c.bag).where(type_bags.c.type.in_(types)))] if types else []

    def in_period(self, day: sa.ColumnElement[Any]) -> Condition:
        return day.between(self.question.period.first, self.question.period.last)


def inquire(connection: sa.Connection, question: Question, moment: Moment, limits: Limits | None = None) -> Inquiry:
    area = question.area
    place = stations = None
    if area.division is not None:
        place = tuple(divisions_within(area.division, question.period.last, _known(connection, division_facts, CountedDivision, moment)))
    elif area.organisation is not None:
        organisations = _known(connection, organisation_facts, CountedOrganisation, moment)
        stations = tuple(organisations_within(area.organisation, question.period.last, organisations))
    elif area.group is not None:
        stations = _ever_in(connection, area.group, question.period.last, moment)
    return Inquiry(connection, question, moment, place, stations, limits)


def _ever_in(connection: sa.Connection, code: str, day: date, moment: Moment) -> tuple[OrganisationId, ...]:
    """The stations of an area group on a day, also those that were closed by then: what happened there is not forgotten."""
    group = next((each for each in _known(connection, area_group_facts, CountedAreaGroup, moment) if each.code == code), None)
    if group is None:
        raise AreaGroupUnknown
    divisions = _known(connection, division_facts, CountedDivision, moment)
    found = organisations_ever_in(group, day, divisions, _known(connection, organisation_facts, CountedOrganisation, moment))
    return tuple(each.code for each in found)


def organisations_of_group(connection: sa.Connection, code: str, day: date, moment: Moment) -> list[CountedOrganisation] | None:
    """Which organisations of an area group existed on a day, as was known at the moment; None where the group was not known."""
    group = next((each for each in _known(connection, area_group_facts, CountedAreaGroup, moment) if each.code == code), None)
    if group is None:
        return None
    divisions = _known(connection, division_facts, CountedDivision, moment)
    return organisations_in(group, day, divisions, _known(connection, organisation_facts, CountedOrganisation, moment))


def members_of_group(connection: sa.Connection, code: str, moment: Moment) -> list[CountedOrganisation]:
    """Those of an area group on the moment's day; a code that means no group is refused."""
    members = organisations_of_group(connection, code, moment.day, replace(moment, latest=False))
    if members is None:
        raise AreaGroupUnknown
    return members


def organisations_below(connection: sa.Connection, organisation: OrganisationId, on: date = date.max) -> Sequence[str]:
    """One and all below it, on a day or as they stand now, as far as is known now."""
    now = Moment(0, on, latest=True)
    return tuple(organisations_within(organisation, on, _known(connection, organisation_facts, CountedOrganisation, now)))


def known(facts: sa.FromClause, moment: Moment) -> Condition:
    if moment.latest:
        return facts.c.known_to.is_(None)
    ends = facts.c.known_to.is_(None) | (facts.c.known_to > moment.position)
    return (facts.c.known_from <= moment.position) & ends


def placed(table: sa.FromClause, place: Sequence[Meant]) -> Condition:
    """In one of these codes; where a code is reused, placed there while it meant the division asked for."""
    plain = [meant.code for meant in place if meant.since is None and meant.until is None]
    reused = [meant for meant in place if meant.since is not None or meant.until is not None]
    return sa.or_(table.c.division.in_(plain), *(_meant(table, meant) for meant in reused))


def _meant(table: sa.FromClause, meant: Meant) -> Condition:
    conditions = [table.c.division == meant.code]
    if meant.since is not None:
        conditions.append(table.c.placed_on >= meant.since)
    if meant.until is not None:
        conditions.append(table.c.placed_on < meant.until)
    return sa.and_(*conditions)


def _known(connection: sa.Connection, facts: sa.Table, kind: type[Any], moment: Moment) -> list[Any]:
    names = [each.name for each in fields(kind)]
    rows = connection.execute(sa.select(*(facts.c[name] for name in names)).where(known(facts, moment)))
    return [kind(**row._mapping) for row in rows]  # noqa: SLF001 - SQLAlchemy's public name begins with an underscore


def paged(inquiry: Inquiry, view: type[View], statement: Selected, id: sa.ColumnElement[UUID], first: int, after: UUID | None) -> Selected:
    """The next rows in order of ids, of those that may be shown one by one."""
    shown = [] if inquiry.limits is None else inquiry.limits.shown(view, id)
    statement = statement.where(*shown).order_by(id).limit(first)
    return statement if after is None else statement.where(id > after)


def total(amount: sa.ColumnElement[int], *conditions: Condition) -> sa.ColumnElement[int]:
    """The sum where the conditions hold; 0 over nothing."""
    amounts = sa.case((sa.and_(*conditions), amount), else_=0) if conditions else amount
    return sa.cast(sa.func.coalesce(sa.func.sum(amounts), 0), sa.BigInteger)
