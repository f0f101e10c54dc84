"""Checking the log against its promises: positions and versions without gaps, commands that agree, events that can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from infrastructure.log import reading
from infrastructure.log.codec import CODEC, UnknownEvent, UnreadableEvent
from infrastructure.log.tables import COMMANDS, EVENTS

PAGE = 5_000
FINDINGS = 100
"""How many findings of one kind are told."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be, in one line."""

    check: str
    what: str


def verify(connection: sa.Connection, *, progress: Callable[[int], None] = lambda _: None) -> Iterator[Finding]:
    """Everything that is found wrong; nothing where all is well. `progress` hears of each position that was read."""
    yield from _positions(connection)
    yield from _versions(connection)
    yield from _times(connection)
    yield from _commands(connection)
    yield from _events(connection, progress)


def _positions(connection: sa.Connection) -> Iterator[Finding]:
    position = EVENTS.c.position
    count, first, last = connection.execute(sa.select(sa.func.count(), sa.func.min(position), sa.func.max(position))).one()
    if count and (first, last) != (1, count):
        yield Finding("positions", f"{count} events stand at positions {first} to {last}")


def _versions(connection: sa.Connection) -> Iterator[Finding]:
    id, version = EVENTS.c.originator_id, EVENTS.c.originator_version
    broken = sa.or_(sa.func.min(version) != 1, sa.func.max(version) != sa.func.count())
    for thing, count, last in connection.execute(
        sa.select(id, sa.func.count(), sa.func.max(version)).group_by(id).having(broken).limit(FINDINGS)
    ):
        yield Finding("versions", f"thing {thing} has {count} events up to version {last}")
    before = sa.func.lag(version).over(partition_by=id, order_by=EVENTS.c.position).label("before")
    order = sa.select(EVENTS.c.position, version, before).subquery()
    for position, _, _ in connection.execute(sa.select(order).where(order.c.before >= order.c.originator_version).limit(FINDINGS)):
        yield Finding("versions", f"the event at position {position} comes after a later version of its thing")


def _times(connection: sa.Connection) -> Iterator[Finding]:
    before = sa.func.lag(EVENTS.c.recorded_at).over(order_by=EVENTS.c.position).label("before")
    order = sa.select(EVENTS.c.position, EVENTS.c.recorded_at, before).subquery()
    for position, _, _ in connection.execute(sa.select(order).where(order.c.before > order.c.recorded_at).limit(FINDINGS)):
        yield Finding("times", f"the event at position {position} was recorded before the one before it")


def _commands(connection: sa.Connection) -> Iterator[Finding]:
    spans = (
        sa.select(
            EVENTS.c.command_id,
            sa.func.min(EVENTS.c.position).label("first"),
            sa.func.max(EVENTS.c.position).label("last"),
            sa.func.count().label("count"),
        )
        .group_by(EVENTS.c.command_id)
        .subquery()
    )
    both = COMMANDS.outerjoin(spans, COMMANDS.c.command_id == spans.c.command_id)
    recorded = sa.func.coalesce(spans.c.count, 0)
    empty = sa.and_(recorded == 0, COMMANDS.c.last >= COMMANDS.c.first)
    other = sa.and_(recorded > 0, sa.or_(spans.c.first != COMMANDS.c.first, spans.c.last != COMMANDS.c.last))
    scattered = sa.and_(recorded > 0, spans.c.last - spans.c.first + 1 != recorded)
    for id in connection.scalars(sa.select(COMMANDS.c.command_id).select_from(both).where(sa.or_(empty, other, scattered)).limit(FINDINGS)):
        yield Finding("commands", f"the events of command {id} are not those it was answered with")
    orphans = sa.select(spans.c.command_id).where(~sa.exists().where(COMMANDS.c.command_id == spans.c.command_id)).limit(FINDINGS)
    for id in connection.scalars(orphans):
        yield Finding("commands", f"the log has events of command {id}, which it does not know")


def _events(connection: sa.Connection, progress: Callable[[int], None]) -> Iterator[Finding]:
    position = 0
    while page := reading.read(connection, position, PAGE):
        for row in page:
            try:
                CODEC.decode(row[0], row[3], row[4], row[5])
            except (UnknownEvent, UnreadableEvent) as error:
                yield Finding("events", str(error))
        position = page[-1][0]
        progress(position)
