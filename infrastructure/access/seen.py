"""What a principal may see, as conditions on the tables: worked out once for all who stand alike."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from application.casework.views import CaseView
from application.dispatching.views import AlarmView, UnitView
from application.identity import Principal, Role
from application.ports import Clock
from application.views import View
from infrastructure.access.conditions import Condition, Rows, Truth, allowed
from infrastructure.access.policy import Residual, Standing, residual, standing
from infrastructure.access.rows import ASKING, City, facts_of, rows_of, sealed_cases
from infrastructure.access.tree import CHANGES, COUNT, Stamp, Tree, read
from infrastructure.database import microseconds
from infrastructure.projections.casework.cases import CASES
from infrastructure.projections.jurisdiction.grants import GRANTS

REMEMBERED = 5_000
NAMES_CASES: dict[type[View], tuple[str, ...]] = {
    AlarmView: ("case",),
    CaseView: ("merged_into", "refiled_from", "refiled_as", "split_from"),
}
"""Columns of rows that may be seen, which name cases that perhaps may not."""
NOTHING = sa.false()
Masks = tuple[tuple[str, sa.ColumnElement[Any]], ...]
"""Columns by name, and what is told in their place."""


MINE = sa.select(GRANTS.c.case).where(
    GRANTS.c.officer == sa.bindparam(ASKING), GRANTS.c.until > sa.bindparam("now"), GRANTS.c.ended.is_(False)
)
STATE = sa.select(
    COUNT.scalar_subquery().label("organisations"),
    CHANGES.scalar_subquery().label("changes"),
    sealed_cases().exists().label("sealed"),
    MINE.exists().label("granted"),
)
"""All that how somebody stands depends on, asked in one go."""
STILL = "still"


@lru_cache(100)
def _still(stamp: Stamp, *, anything_sealed: bool) -> sa.ColumnElement[int]:
    """Whether that is as it was, and no grant is there: a column for statements that are asked before it is known.

    It seldom changes, so it stands in the statement's text: a parameter would cost something in each request.
    """
    organisations, changes = map(str, stamp)
    anything = sealed_cases().exists()
    still = sa.and_(
        COUNT.scalar_subquery() == sa.literal_column(organisations),
        CHANGES.scalar_subquery() == sa.literal_column(changes),
        anything if anything_sealed else ~anything,
        ~MINE.exists(),
    )
    return sa.type_coerce(still, sa.Integer).label(STILL)


@dataclass(frozen=True, slots=True)
class Sight:
    """How a principal stands in one state of the database."""

    who: Standing
    tree: Tree
    anything_sealed: bool
    officer: str
    """The value of the parameter `ASKING` in conditions, which are the same for all who stand alike."""
    now: datetime

    @property
    def city(self) -> City:
        return City(self.tree.closure, self.anything_sealed)

    @property
    def still(self) -> sa.ColumnElement[int]:
        """Tells with each row whether the principal still stands so."""
        return _still(self.tree.stamp, anything_sealed=self.anything_sealed)

    @property
    def parameters(self) -> dict[str, Any]:
        """Of conditions, and of `still`."""
        return {ASKING: self.officer, "now": self.now}


class Seen:
    """Works out and remembers conditions."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tree = Tree((-1, -1), {})
        self._residuals: OrderedDict[Hashable, Residual] = OrderedDict()
        self._conditions: OrderedDict[Hashable, Truth] = OrderedDict()
        self._last: OrderedDict[Hashable, Sight] = OrderedDict()

    def last(self, principal: Principal) -> Sight | None:
        """How somebody without grants stood a moment ago: good for rows that say themselves, by `still`, that nothing has changed."""
        known = self._last.get(principal)
        return None if known is None else Sight(known.who, known.tree, known.anything_sealed, known.officer, self._clock.now())

    def sight(self, connection: sa.Connection, principal: Principal) -> Sight:
        """Read with each question: a grant that has ended, or a case that was sealed, counts at once."""
        now = self._clock.now()
        organisations, changes, sealed, granted = _state(connection, principal.officer, now)
        tree = self._known_tree(connection, (organisations, changes))
        mine = connection.execute(MINE, {ASKING: principal.officer, "now": now}).scalars() if granted else ()
        who = standing(principal, frozenset(map(str, mine)), citywide=tree.is_citywide(_reach(principal)))
        sight = Sight(who, tree, bool(sealed), principal.officer, now)
        if not granted:
            _keep(self._last, principal, sight)
        return sight

    def condition(self, connection: sa.Connection, principal: Principal, view: type[View]) -> Condition:
        """On the view's table: which rows are there for the principal; the officer is the parameter `ASKING` of the statement."""
        return sql(self.rows(self.sight(connection, principal), view))

    def rows(self, sight: Sight, view: type[View]) -> Truth:
        return self._worked_out(sight, "view", view.__name__, lambda: rows_of(view, sight.city))

    def counted(self, sight: Sight, facts: sa.Table) -> Truth:
        """On a table of facts: which rows figures may add up for the principal."""
        return self._worked_out(sight, "count", facts.name, lambda: facts_of(facts, sight.city))

    def located(self, sight: Sight) -> Truth:
        """On the table of units: those whose position the principal may tell."""
        return self._worked_out(sight, "locate", UnitView.__name__, lambda: rows_of(UnitView, sight.city))

    def masked(self, sight: Sight, view: type[View], table: sa.Table) -> Masks:
        """What is told in place of columns that name cases: nothing, where the case is sealed."""
        if not sight.anything_sealed or sight.who.role == Role.OWNER:
            return ()
        return _masks(table, NAMES_CASES.get(view, ()), sight.who.grants)

    def _worked_out(self, sight: Sight, action: str, of: Hashable, rows: Callable[[], Rows]) -> Truth:
        key = (sight.who, sight.tree.stamp, sight.anything_sealed, action, of)
        if key not in self._conditions:
            _keep(self._conditions, key, allowed(self._left(sight.who, action), rows()))
        return self._conditions[key]

    def _left(self, who: Standing, action: str) -> Residual:
        if (who, action) not in self._residuals:
            _keep(self._residuals, (who, action), residual(who, action))
        return self._residuals[who, action]

    def _known_tree(self, connection: sa.Connection, stamp: Stamp) -> Tree:
        if self._tree.stamp != stamp:
            self._tree = read(connection, stamp)
        return self._tree


def _state(connection: sa.Connection, officer: str, now: datetime) -> tuple[int, int, bool, bool]:
    """By the driver, as text that was compiled once: SQLAlchemy's own way costs as much again, and this comes with every request."""
    text, names, fixed = _compiled(connection.dialect)
    values: dict[str, Any] = fixed | {ASKING: officer, "now": microseconds(now)}
    if not connection.in_transaction():
        connection.begin()  # so that what is asked next is asked of the same state
    driver: Any = connection.connection.driver_connection
    row: tuple[int, int, bool, bool] = driver.execute(text, tuple(values[name] for name in names) if names else values).fetchone()
    return row


@cache
def _compiled(dialect: sa.Dialect) -> tuple[str, Sequence[str], dict[str, Any]]:
    """The statement, its parameters' order where they have one, and those that are always the same."""
    compiled: Any = STATE.compile(dialect=dialect)
    return str(compiled), tuple(compiled.positiontup or ()), dict(compiled.params)


def sql(truth: Truth) -> Condition:
    return truth if not isinstance(truth, bool) else (sa.true() if truth else NOTHING)


@lru_cache(REMEMBERED)
def _masks(table: sa.Table, names: tuple[str, ...], grants: frozenset[str]) -> Masks:
    hidden = sealed_cases().where(CASES.c.id.not_in([UUID(each) for each in sorted(grants)]))
    return tuple((name, _unless(table.c[name], hidden)) for name in names)


def _unless(column: sa.ColumnElement[Any], hidden: sa.Select[UUID]) -> sa.ColumnElement[Any]:
    return sa.case((column.in_(hidden), None), else_=column).label(column.name)


def _reach(principal: Principal) -> frozenset[str]:
    return frozenset(principal.reach) or frozenset([principal.organisation])


def _keep(known: OrderedDict[Hashable, Any], key: Hashable, value: Any) -> None:
    known[key] = value
    if len(known) > REMEMBERED:
        known.popitem(last=False)
