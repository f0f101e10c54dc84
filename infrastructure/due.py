"""What is due: the rows that are past their time, and the commands that the application's duties make of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from application.commands import Command
from application.dispatching.duties import (
    ActiveLimits,
    AwaitedAcknowledgement,
    AwaitedStep,
    CrewOnScene,
    RunningOrder,
    end_unacknowledged_orders,
    escalate_late_orders,
    escalate_late_steps,
    miss_check_ins,
)
from application.dispatching.plan_views import StepState
from application.dispatching.views import OrderState
from application.oversight.duties import KeptExport, end_old_exports
from application.surveillance.duties import (
    AwaitedFootage,
    AwaitedOfficer,
    KeptFootage,
    end_retention_of_footage,
    expire_footage_requests,
    miss_unattended_shifts,
)
from application.surveillance.views import ShiftState
from domain.oversight.export import ExportState
from domain.surveillance.footage_request import KEPT, WAITING
from infrastructure.projections.dispatching.alarms import ALARMS
from infrastructure.projections.dispatching.orders import ORDERS
from infrastructure.projections.dispatching.plans import PLAN_STEPS
from infrastructure.projections.jurisdiction.service_levels import SERVICE_LEVELS
from infrastructure.projections.oversight.exports import EXPORTS
from infrastructure.projections.surveillance.footage import FOOTAGE_REQUESTS
from infrastructure.projections.surveillance.rosters import SHIFTS

RUNNING = (OrderState.ORDERED, OrderState.ACKNOWLEDGED, OrderState.EN_ROUTE, OrderState.ON_SCENE)


def due(connection: sa.Connection, now: datetime) -> list[Command]:
    """Orders that passed a limit of the service level come before those that are ended for it."""
    active = _limits(connection)
    running = _running(connection, active) if active else []
    return [
        *escalate_late_orders(now, running, active),
        *miss_check_ins(now, _on_scene(connection, active) if active else [], active),
        *end_unacknowledged_orders(now, _awaited(connection, now)),
        *escalate_late_steps(now, _open_steps(connection, now)),
        *end_old_exports(now, _kept(connection, now)),
        *miss_unattended_shifts(now, _unattended(connection, now)),
        *expire_footage_requests(now, _awaited_footage(connection, now)),
        *end_retention_of_footage(now, _kept_footage(connection, now)),
    ]


def _limits(connection: sa.Connection) -> list[ActiveLimits]:
    columns = (SERVICE_LEVELS.c[name] for name in ("code", "limits", "active_from", "active_to"))
    return [ActiveLimits(*row) for row in connection.execute(sa.select(*columns).where(SERVICE_LEVELS.c.active_from.is_not(None)))]


def _running(connection: sa.Connection, active: Sequence[ActiveLimits]) -> list[RunningOrder]:
    """Stacked orders wait for their unit, and nobody is late before that."""
    order, alarm = ORDERS.c, ALARMS.c
    columns = order.id, alarm.area_class, order.priority, order.ordered_at, order.state, order.arrived_at, alarm.feedback
    measured = order.ordered_at >= min(each.active_from for each in active)
    late = sa.select(*columns, order.escalation).join_from(ORDERS, ALARMS, alarm.id == order.alarm)
    rows = connection.execute(late.where(order.state.in_(RUNNING), order.stacked.is_(False), measured)).all()
    return [RunningOrder(*row[:4], row.state is not OrderState.ORDERED, *row[5:]) for row in rows]


def _on_scene(connection: sa.Connection, active: Sequence[ActiveLimits]) -> list[CrewOnScene]:
    """A check-in that is reported late, or an arrival that is corrected, leaves the later of both times."""
    order, alarm = ORDERS.c, ALARMS.c
    columns = order.id, alarm.area_class, order.priority, order.ordered_at, order.arrived_at, order.last_check_in_at
    measured = order.ordered_at >= min(each.active_from for each in active)
    there = sa.select(*columns, order.check_ins, order.missed_check_ins).join_from(ORDERS, ALARMS, alarm.id == order.alarm)
    rows = connection.execute(there.where(order.state == OrderState.ON_SCENE, order.arrived_at.is_not(None), measured)).all()
    return [CrewOnScene(*row[:4], max(row[4], row[5] or row[4]), *row[6:]) for row in rows]


def _awaited(connection: sa.Connection, now: datetime) -> list[AwaitedAcknowledgement]:
    columns = ORDERS.c.id, ORDERS.c.alarm, ORDERS.c.unit, ORDERS.c.acknowledge_by
    late = sa.select(*columns).where(ORDERS.c.state == OrderState.ORDERED, ORDERS.c.acknowledge_by < now)
    return [AwaitedAcknowledgement(*row) for row in connection.execute(late)]


def _open_steps(connection: sa.Connection, now: datetime) -> list[AwaitedStep]:
    step = PLAN_STEPS.c
    late = sa.select(step.activation, step.code, step.due_at).where(step.state == StepState.OPEN, step.due_at < now)
    return [AwaitedStep(*row) for row in connection.execute(late.where(step.escalated_at.is_(None)))]


def _kept(connection: sa.Connection, now: datetime) -> list[KeptExport]:
    old = sa.select(EXPORTS.c.id, EXPORTS.c.expires_at).where(EXPORTS.c.state == ExportState.COMPLETED, EXPORTS.c.expires_at <= now)
    return [KeptExport(*row) for row in connection.execute(old)]


def _unattended(connection: sa.Connection, now: datetime) -> list[AwaitedOfficer]:
    columns = SHIFTS.c.roster, SHIFTS.c.number, SHIFTS.c.version, SHIFTS.c.officer, SHIFTS.c.due_at
    late = sa.select(*columns).where(SHIFTS.c.state == ShiftState.PLANNED, SHIFTS.c.due_at < now)
    return [AwaitedOfficer(*row) for row in connection.execute(late)]


def _awaited_footage(connection: sa.Connection, now: datetime) -> list[AwaitedFootage]:
    asked = FOOTAGE_REQUESTS.c
    late = sa.select(asked.id, asked.version, asked.needed_by).where(asked.state.in_(WAITING), asked.needed_by < now)
    return [AwaitedFootage(*row) for row in connection.execute(late)]


def _kept_footage(connection: sa.Connection, now: datetime) -> list[KeptFootage]:
    kept = FOOTAGE_REQUESTS.c
    over = [kept.retain_until <= now, kept.state.in_(KEPT), kept.held.is_(False), kept.retention_expired_at.is_(None)]
    return [KeptFootage(*row) for row in connection.execute(sa.select(kept.id, kept.version, kept.retain_until).where(*over))]
