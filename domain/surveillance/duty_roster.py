"""The duty roster of a monitoring post: who watches when, who came, who did not, who handed over to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any, ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import OfficerId, OrganisationId, PostId
from domain.rules import InvalidTransition, InvalidValue, LimitExceeded, NotFound, OutsideJurisdiction, free_text, required_text
from domain.surveillance.events import (
    DutyRosterChange,
    RosterPublished,
    Shift,
    ShiftEnded,
    ShiftHandedOver,
    ShiftMissed,
    ShiftReassigned,
    ShiftsSwapped,
    ShiftStarted,
)

MOST_SHIFTS = 400
"""A month of three shifts a day with four officers each."""


class ShiftHasNoSpan(InvalidValue):
    """A shift ends after it starts, and lies within its roster.

    班次的结束须晚于开始，且在值班表的时间范围内。
    """

    on = "shifts"


class RosterHasNoSpan(InvalidValue):
    """A roster ends after it starts.

    值班表的结束须晚于开始。
    """

    on = "endsAt"


class RosterHasGap(InvalidValue):
    """At this monitoring post somebody is on duty at every minute; the roster leaves a gap.

    该监控中心(室)须 24 小时有人值守，值班表存在空档。
    """

    on = "shifts"


class OfficerTwiceAtOnce(InvalidValue):
    """An officer is not on two shifts at once.

    同一民警不得同时在两个班次。
    """

    on = "shifts"


class TooManyShifts(LimitExceeded):
    """A roster has at least one shift and at most 400.

    一份值班表至少 1 个、最多 400 个班次。
    """

    on = "shifts"


class ShiftUnknown(NotFound):
    """The roster has no shift of this number.

    值班表中没有该编号的班次。
    """

    on = "shift"


class ShiftHasBegun(InvalidTransition):
    """The shift has begun already.

    该班次已开始。
    """

    on = "shift"


class ShiftNotBegun(InvalidTransition):
    """Nobody is on duty in this shift.

    该班次目前无人在岗。
    """

    on = "shift"


class ShiftNotMissed(InvalidTransition):
    """The shift has begun, is over or is not due yet.

    该班次已开始、已结束或尚未到签到时限。
    """

    on = "shift"


class SignOnOutOfTime(InvalidValue):
    """A shift is signed on to from its grace before the start until its end.

    须在班次开始前的宽限时间内至班次结束前签到。
    """

    on = "shift"


class ShiftOfSomebodyElse(OutsideJurisdiction):
    """This is another officer's shift; swap or reassign it first.

    该班次属于其他民警，请先换班或改派。
    """

    on = "shift"


class HandOverToNobody(InvalidTransition):
    """A shift is handed over to another one that has begun.

    只能交接给另一个已开始的班次。
    """

    on = "to"


@dataclass(frozen=True, slots=True)
class Duty:
    """A shift, and what became of it."""

    shift: Shift
    begun: bool = False
    ended: bool = False
    missed: bool = False

    @property
    def running(self) -> bool:
        return self.begun and not self.ended


@dataclass(frozen=True)
class DutyRoster:
    """A published duty roster (值班表)."""

    begins: ClassVar[tuple[type[Event], ...]] = (RosterPublished,)

    duties: tuple[Duty, ...]
    grace: timedelta
    station: OrganisationId

    @staticmethod
    def publish(
        post: PostId,
        station: OrganisationId,
        starts_at: datetime,
        ends_at: datetime,
        grace: timedelta,
        shifts: tuple[Shift, ...],
        *,
        staffed_24h: bool,
    ) -> RosterPublished:
        if ends_at <= starts_at:
            raise RosterHasNoSpan
        if not 1 <= len(shifts) <= MOST_SHIFTS:
            raise TooManyShifts
        if any(not starts_at <= each.starts_at < each.ends_at <= ends_at for each in shifts):
            raise ShiftHasNoSpan
        _insist_one_place(shifts)
        if staffed_24h and first_gap(starts_at, ends_at, shifts) is not None:
            raise RosterHasGap
        return RosterPublished(
            post=post, station=station, starts_at=starts_at, ends_at=ends_at, grace=int(grace.total_seconds()), shifts=shifts
        )

    def swap(self, first: int, second: int, reason: str) -> ShiftsSwapped:
        one, other = self._to_come(first), self._to_come(second)
        shifts = [each.shift for each in self.duties]
        shifts[first], shifts[second] = replace(one, officer=other.officer), replace(other, officer=one.officer)
        _insist_one_place(tuple(shifts))
        return ShiftsSwapped(
            first=first,
            first_officer=other.officer,
            second=second,
            second_officer=one.officer,
            reason=required_text(reason, field="reason"),
        )

    def reassign(self, shift: int, officer: OfficerId, reason: str) -> ShiftReassigned:
        shifts = [each.shift for each in self.duties]
        shifts[shift] = replace(self._to_come(shift), officer=OfficerId(required_text(officer, field="officer")))
        _insist_one_place(tuple(shifts))
        return ShiftReassigned(shift=shift, officer=shifts[shift].officer, reason=required_text(reason, field="reason"))

    def sign_on(self, shift: int, by: OfficerId, at: datetime) -> ShiftStarted:
        duty = self._own(shift, by)
        if duty.begun:
            raise ShiftHasBegun
        if not duty.shift.starts_at - self.grace <= at < duty.shift.ends_at:
            raise SignOnOutOfTime
        return ShiftStarted(shift=shift)

    def sign_off(self, shift: int, by: OfficerId) -> ShiftEnded:
        if not self._own(shift, by).running:
            raise ShiftNotBegun
        return ShiftEnded(shift=shift)

    def hand_over(self, shift: int, to: int, by: OfficerId, remarks: str) -> ShiftHandedOver:
        if not self._own(shift, by).running:
            raise ShiftNotBegun
        if to == shift or not self._duty(to, field="to").running:
            raise HandOverToNobody
        return ShiftHandedOver(shift=shift, to=to, remarks=free_text(remarks, field="remarks"))

    def miss(self, shift: int, officer: OfficerId, now: datetime) -> ShiftMissed:
        duty = self._duty(shift)
        due = duty.shift.officer == officer and now > duty.shift.starts_at + self.grace
        if duty.begun or duty.missed or not due:
            raise ShiftNotMissed
        return ShiftMissed(shift=shift)

    def _duty(self, number: int, field: str = "shift") -> Duty:
        if not 0 <= number < len(self.duties):
            raise ShiftUnknown(field=field)
        return self.duties[number]

    def _own(self, number: int, by: OfficerId) -> Duty:
        duty = self._duty(number)
        if duty.shift.officer != by:
            raise ShiftOfSomebodyElse
        return duty

    def _to_come(self, number: int) -> Shift:
        duty = self._duty(number)
        if duty.begun:
            raise ShiftHasBegun
        return duty.shift

    @classmethod
    def begin(cls, event: RosterPublished) -> DutyRoster:
        return cls(duties=tuple(map(Duty, event.shifts)), grace=timedelta(seconds=event.grace), station=event.station)

    def apply(self, event: DutyRosterChange) -> DutyRoster:
        match event:
            case ShiftsSwapped(first=first, first_officer=one, second=second, second_officer=other):
                return self._given({first: one, second: other})
            case ShiftReassigned(shift=shift, officer=officer):
                return self._given({shift: officer})
            case ShiftStarted(shift=shift):
                return self._with(shift, begun=True)
            case ShiftMissed(shift=shift):
                return self._with(shift, missed=True)
            case ShiftHandedOver(shift=shift) | ShiftEnded(shift=shift):
                return self._with(shift, ended=True)
            case _:
                assert_never(event)

    def _given(self, officers: Mapping[int, OfficerId]) -> DutyRoster:
        """Whoever takes a missed shift over has not missed it."""
        duties = list(self.duties)
        for number, officer in officers.items():
            duties[number] = Duty(replace(duties[number].shift, officer=officer))
        return evolve(self, duties=tuple(duties))

    def _with(self, number: int, **changed: Any) -> DutyRoster:
        duty = replace(self.duties[number], **changed)
        return evolve(self, duties=(*self.duties[:number], duty, *self.duties[number + 1 :]))


def first_gap(starts_at: datetime, ends_at: datetime, shifts: tuple[Shift, ...]) -> datetime | None:
    """The first moment of a span at which no shift is on."""
    covered = starts_at
    for each in sorted(shifts, key=lambda shift: shift.starts_at):
        if each.starts_at > covered:
            return covered
        covered = max(covered, each.ends_at)
    return covered if covered < ends_at else None


def _insist_one_place(shifts: tuple[Shift, ...]) -> None:
    ordered = sorted(shifts, key=lambda shift: (shift.officer, shift.starts_at))
    if any(one.officer == other.officer and other.starts_at < one.ends_at for one, other in pairwise(ordered)):
        raise OfficerTwiceAtOnce
