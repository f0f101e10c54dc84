"""The timetable: APScheduler wakes what is due; it keeps no state, for deadlines are rows that are swept."""

from __future__ import annotations

import logging
from asyncio import to_thread
from collections.abc import Sequence
from types import TracebackType
from typing import Self
from uuid import UUID, uuid5

import sqlalchemy as sa
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # the library has no types

from application.commands import Command
from application.desk import Desk, Request
from application.dispatching.duties import (
    ActiveLimits,
    AwaitedAcknowledgement,
    RunningOrder,
    end_unacknowledged_orders,
    escalate_late_orders,
)
from application.dispatching.views import OrderState
from application.oversight.duties import KeptExport, end_old_exports
from application.ports import Clock, LogUnavailable
from domain.ids import CommandId, OfficerId, OrganisationId
from domain.oversight.export import ExportState
from domain.rules import Rejected
from infrastructure.database import Database
from infrastructure.projections.dispatching.alarms import ALARMS
from infrastructure.projections.dispatching.orders import ORDERS
from infrastructure.projections.oversight.exports import EXPORTS
from infrastructure.projections.service_levels import SERVICE_LEVELS

EVERY_SECOND = 1
RUNNING = (OrderState.ORDERED, OrderState.ACKNOWLEDGED, OrderState.EN_ROUTE, OrderState.ON_SCENE)
CLOCKWORK = OfficerId("clockwork")
"""Who did it where nobody did: the time on the clock."""
_NAMESPACE = UUID("0d9c6c0e-6f1b-5a5f-8f0e-70c51a000002")
_log = logging.getLogger(__name__)


class Schedule:
    """Runs the duties of this process while it is entered. A sweep that comes late does all that is overdue."""

    def __init__(self, database: Database, desk: Desk, clock: Clock) -> None:
        self._database = database
        self._desk = desk
        self._clock = clock

    async def __aenter__(self) -> Self:
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(self.sweep, "interval", seconds=EVERY_SECOND, max_instances=1, coalesce=True, misfire_grace_time=None)
        self._scheduler.start()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._scheduler.shutdown(wait=False)

    async def sweep(self) -> None:
        """End the orders whose units have not acknowledged them in time, and the exports that have been kept long enough.

        Before these, orders that passed a limit of the service level are brought to somebody's notice.
        """
        try:
            active = await to_thread(self._limits)
            running = await to_thread(self._running, active) if active else []
            awaited, kept = await to_thread(self._awaited), await to_thread(self._kept)
        except sa.exc.SQLAlchemyError:
            _log.exception("the sweep could not look and tries again")
            return
        now = self._clock.now()
        late = escalate_late_orders(now, running, active)
        for command in (*late, *end_unacknowledged_orders(now, awaited), *end_old_exports(now, kept)):
            await self._carry_out(command)

    async def _carry_out(self, command: Command) -> None:
        try:
            await self._desk.carry_out(_request(command))
        except Rejected as refusal:
            _log.info("%s was refused: %s", command.name, refusal.code)  # the unit answered meanwhile
        except LogUnavailable:
            _log.exception("%s could not be recorded and will be due again", command.name)

    def _awaited(self) -> list[AwaitedAcknowledgement]:
        columns = ORDERS.c.id, ORDERS.c.alarm, ORDERS.c.unit, ORDERS.c.acknowledge_by
        due = sa.select(*columns).where(ORDERS.c.state == OrderState.ORDERED, ORDERS.c.acknowledge_by < self._clock.now())
        with self._database.reading() as connection:
            return [AwaitedAcknowledgement(*row) for row in connection.execute(due)]

    def _limits(self) -> list[ActiveLimits]:
        columns = (SERVICE_LEVELS.c[name] for name in ("code", "limits", "active_from", "active_to"))
        with self._database.reading() as connection:
            return [ActiveLimits(*row) for row in connection.execute(sa.select(*columns).where(SERVICE_LEVELS.c.active_from.is_not(None)))]

    def _running(self, active: Sequence[ActiveLimits]) -> list[RunningOrder]:
        """Stacked orders wait for their unit, and nobody is late before that."""
        order, alarm = ORDERS.c, ALARMS.c
        columns = order.id, alarm.area_class, order.priority, order.ordered_at, order.state, order.arrived_at, alarm.feedback
        measured = order.ordered_at >= min(each.active_from for each in active)
        late = sa.select(*columns, order.escalation).join_from(ORDERS, ALARMS, alarm.id == order.alarm)
        with self._database.reading() as connection:
            rows = connection.execute(late.where(order.state.in_(RUNNING), order.stacked.is_(False), measured)).all()
        return [RunningOrder(*row[:4], row.state is not OrderState.ORDERED, *row[5:]) for row in rows]

    def _kept(self) -> list[KeptExport]:
        due = sa.select(EXPORTS.c.id, EXPORTS.c.expires_at).where(
            EXPORTS.c.state == ExportState.COMPLETED, EXPORTS.c.expires_at <= self._clock.now()
        )
        with self._database.reading() as connection:
            return [KeptExport(*row) for row in connection.execute(due)]


def _request(command: Command) -> Request:
    """The command's content is the same each time it is due, so its id can follow from it: a second sweep changes nothing."""
    return Request(
        command=command,
        command_id=CommandId(uuid5(_NAMESPACE, command.content.hex())),
        by=CLOCKWORK,
        organisation=OrganisationId("tocsin"),
    )
