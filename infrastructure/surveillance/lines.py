"""What the receiver of signals needs to know: which device has a number, and which alarm is still open."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from datetime import datetime
from typing import TypeVar
from uuid import UUID

import sqlalchemy as sa

from application.identity import Principal, Role
from domain.ids import AlarmId, DeviceId, DivisionCode, OrganisationId
from infrastructure.access.seen import Seen
from infrastructure.database import Database
from infrastructure.projections.dispatching.alarms import ALARMS
from infrastructure.projections.jurisdiction.organisations import ORGANISATIONS
from infrastructure.projections.surveillance.devices import DEVICES

R = TypeVar("R")
DEEPEST = 10
"""Merges of merges that are followed."""
UNKNOWN = "000000"
"""No division has this code (GB/T 2260)."""


class SqlLines:
    def __init__(self, database: Database, seen: Seen) -> None:
        self._database = database
        self._seen = seen

    async def device(self, principal: Principal, number: str) -> DeviceId | None:
        return await to_thread(self._read, lambda connection: self._device(connection, principal, number))

    async def open_alarm(self, alarm: AlarmId, since: datetime) -> AlarmId | None:
        return await to_thread(self._read, lambda connection: _open_alarm(connection, alarm, since))

    async def division(self, organisation: OrganisationId) -> DivisionCode:
        return await to_thread(self._read, lambda connection: _division(connection, organisation))

    def _read(self, answer: Callable[[sa.Connection], R]) -> R:
        with self._database.reading() as connection:
            return answer(connection)

    def _device(self, connection: sa.Connection, principal: Principal, number: str) -> DeviceId | None:
        """Whoever tells need not be able to read: it is there where the sender reaches."""
        device, sight = DEVICES.c, self._seen.sight(connection, principal)
        everywhere = sight.who.citywide or principal.role is Role.OWNER
        there = [] if everywhere else [device.station.in_(sorted(sight.tree.closure(sight.who.reach)))]
        found: UUID | None = connection.execute(sa.select(device.id).where(device.number == number, *there)).scalar()
        return None if found is None else DeviceId(found)


def _open_alarm(connection: sa.Connection, alarm: AlarmId, since: datetime) -> AlarmId | None:
    """Along the merges to the alarm that goes on."""
    own, at = ALARMS.c, alarm
    for _ in range(DEEPEST):
        asked = sa.select(own.merged_into, own.closed_at, own.received_at).where(own.id == at)
        row = connection.execute(asked).one_or_none()
        if row is None or row.merged_into is None:
            return at if row is not None and row.closed_at is None and row.received_at >= since else None
        at = AlarmId(row.merged_into)
    return None


def _division(connection: sa.Connection, organisation: OrganisationId) -> DivisionCode:
    """An organisation that nobody has registered is in no division that anybody knows."""
    own = ORGANISATIONS.c
    found: str | None = connection.execute(sa.select(own.division).where(own.id == organisation)).scalar()
    return DivisionCode(found or UNKNOWN)
