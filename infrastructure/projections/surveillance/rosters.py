"""Duty rosters, and the shifts in them one by one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from application.surveillance.views import DutyRosterView, ShiftState, ShiftView
from domain.events import Recorded
from domain.ids import RosterId, shift_id
from domain.surveillance.events import (
    RosterPublished,
    Shift,
    ShiftEnded,
    ShiftHandedOver,
    ShiftMissed,
    ShiftReassigned,
    ShiftsSwapped,
    ShiftStarted,
)
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

DUTY_ROSTERS = table_of(DutyRosterView, "duty_rosters", indexes=[("post", "starts_at")])
SHIFTS = table_of(
    ShiftView,
    "shifts",
    sa.Column("signed_on_position", sa.BigInteger),
    sa.Column("signed_off_position", sa.BigInteger),
    indexes=[("roster",), ("post", "starts_at"), ("state", "due_at")],
)
"""The positions tell since when it is known."""

on_roster = Handlers()


@on_roster(RosterPublished)
def roster_published(record: Recorded[RosterPublished]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "post": event.post,
        "station": event.station,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "published_at": record.effective_at,
    }
    return (Insert(DUTY_ROSTERS, values), *(_planned(record, number, shift) for number, shift in enumerate(event.shifts)))


@on_roster(ShiftsSwapped)
def shifts_swapped(record: Recorded[ShiftsSwapped]) -> Iterable[Change]:
    event = record.event
    return (*_given(record, event.first, event.first_officer), *_given(record, event.second, event.second_officer))


@on_roster(ShiftReassigned)
def shift_reassigned(record: Recorded[ShiftReassigned]) -> Iterable[Change]:
    return _given(record, record.event.shift, record.event.officer)


@on_roster(ShiftStarted)
def shift_started(record: Recorded[ShiftStarted]) -> Iterable[Change]:
    signed_on = {"signed_on_at": record.effective_at, "signed_on_position": record.position}
    return _shift(record, record.event.shift, state=ShiftState.ON_DUTY, **signed_on)


@on_roster(ShiftMissed)
def shift_missed(record: Recorded[ShiftMissed]) -> Iterable[Change]:
    return _shift(record, record.event.shift, state=ShiftState.MISSED)


@on_roster(ShiftHandedOver)
def shift_handed_over(record: Recorded[ShiftHandedOver]) -> Iterable[Change]:
    event = record.event
    return _over(record, event.shift, handed_over_to=event.to, remarks=event.remarks)


@on_roster(ShiftEnded)
def shift_ended(record: Recorded[ShiftEnded]) -> Iterable[Change]:
    return _over(record, record.event.shift)


def _planned(record: Recorded[RosterPublished], number: int, shift: Shift) -> Change:
    event = record.event
    values = {
        "id": shift_id(RosterId(record.originator_id), number),
        "version": record.version,
        "roster": record.originator_id,
        "number": number,
        "post": event.post,
        "station": event.station,
        "officer": shift.officer,
        "state": ShiftState.PLANNED,
        "starts_at": shift.starts_at,
        "ends_at": shift.ends_at,
        "due_at": shift.starts_at + timedelta(seconds=event.grace),
        "remarks": "",
    }
    return Insert(SHIFTS, values)


def _given(record: Recorded[Any], number: int, officer: str) -> tuple[Change, ...]:
    """Whoever takes a missed shift over has not missed it."""
    return _shift(record, number, officer=officer, state=ShiftState.PLANNED)


def _over(record: Recorded[Any], number: int, **values: Any) -> tuple[Change, ...]:
    signed_off = {"signed_off_at": record.effective_at, "signed_off_position": record.position}
    return _shift(record, number, state=ShiftState.ENDED, **signed_off, **values)


def _shift(record: Recorded[Any], number: int, **values: Any) -> tuple[Change, ...]:
    values["version"] = record.version
    return (Patch(SHIFTS, shift_id(RosterId(record.originator_id), number), values),)
