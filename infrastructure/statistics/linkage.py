"""The figures on linkage, over alarms as they were known at a moment."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import sqlalchemy as sa

from application.access import NotYours
from application.dispatching.rates import FalseAlarmRate, LinkageFigures, LinkageRate, VerifiedByVideoRate
from application.identity import Principal, Role
from application.oversight.statistics import Question
from domain.dispatching.events import AlarmResult
from domain.ids import DeviceId
from domain.oversight.shares import percent
from infrastructure.access.policy import counts_exactly
from infrastructure.projections.dispatching.linkage_facts import NAME, linkage_facts
from infrastructure.projections.generations import PROJECTIONS
from infrastructure.projections.oversight.tables import alarm_facts
from infrastructure.statistics.alarms import received
from infrastructure.statistics.cohorts import excluded
from infrastructure.statistics.figures import Figures, SeenFigures
from infrastructure.statistics.inquiry import Condition, Inquiry, known, total

R = TypeVar("R")
SECOND = 1_000_000
"""Microseconds, in which instants are stored."""
ONE = sa.literal_column("1", sa.BigInteger)
_alarm, _own = alarm_facts.c, linkage_facts.c


class SqlLinkage:
    """For each principal; those outside, who are told counts in steps of ten, are told none of these."""

    def __init__(self, figures: SeenFigures) -> None:
        self._figures = figures

    def seen_by(self, principal: Principal) -> LinkageFigures:
        exactly = principal.role is Role.OWNER or counts_exactly(principal)
        return _Asked(self._figures.counted_by(principal) if exactly else None)


@dataclass(frozen=True, slots=True)
class _Asked:
    figures: Figures | None

    async def linkage_rate(self, question: Question, within: float, *, small: bool) -> LinkageRate:
        return await self._ask(question, lambda inquiry: _linkage_rate(inquiry, within, small=small))

    async def verified_by_video(self, question: Question, *, small: bool) -> VerifiedByVideoRate:
        return await self._ask(question, lambda inquiry: _verified(inquiry, small=small))

    async def false_alarms(self, question: Question, first: int, *, small: bool) -> Sequence[FalseAlarmRate]:
        return await self._ask(question, lambda inquiry: _false_alarms(inquiry, first, small=small))

    async def _ask(self, question: Question, answer: Callable[[Inquiry], R]) -> R:
        if self.figures is None:
            raise NotYours
        return await to_thread(self.figures.ask, question, lambda inquiry: answer(_together(inquiry)))


def _together(inquiry: Inquiry) -> Inquiry:
    """As of no position that one of the two has not reached."""
    (row,) = inquiry.rows(sa.select(PROJECTIONS.c.position.label("position")).where(PROJECTIONS.c.name == NAME))
    if row.position >= inquiry.moment.position:
        return inquiry
    return replace(inquiry, moment=replace(inquiry.moment, position=row.position, latest=False))


def _linkage_rate(inquiry: Inquiry, within: float, *, small: bool) -> LinkageRate:
    took = sa.type_coerce(_own.linked_at, sa.BigInteger) - sa.type_coerce(_own.placed_at, sa.BigInteger)
    counts, placed, linked = [_real(), _whole()], _since(inquiry, "placed"), _since(inquiry, "linked")
    row = inquiry.row(
        _alarms(
            inquiry,
            linked=total(ONE, *counts, placed, linked, took <= round(within * SECOND)),
            later=total(ONE, *counts, placed, linked, took > round(within * SECOND)),
            placed=total(ONE, *counts, placed),
            nowhere=total(ONE, *counts, ~placed),
        )
    )
    return LinkageRate(
        within=within,
        linked=row.linked,
        later=row.later,
        placed=row.placed,
        percent=percent(row.linked, row.placed, small=small),
        excluded=excluded(TEST=row.tests, MERGED=row.merged, NO_PLACE=row.nowhere),
        position=inquiry.moment.position,
    )


def _verified(inquiry: Inquiry, *, small: bool) -> VerifiedByVideoRate:
    counts = [_real(), _whole(), _since(inquiry, "linked")]
    verified, answered = _since(inquiry, "verified"), _since(inquiry, "answered")
    row = inquiry.row(
        _alarms(
            inquiry,
            verified=total(ONE, *counts, verified),
            asked=total(ONE, *counts, _since(inquiry, "asked")),
            cannot_tell=total(ONE, *counts, answered, ~verified),
            linked=total(ONE, *counts),
            without=total(ONE, _real(), _whole(), ~_since(inquiry, "linked")),
        )
    )
    return VerifiedByVideoRate(
        verified=row.verified,
        asked=row.asked,
        cannot_tell=row.cannot_tell,
        linked=row.linked,
        percent=percent(row.verified, row.linked, small=small),
        excluded=excluded(TEST=row.tests, MERGED=row.merged, NO_CAMERA=row.without),
        position=inquiry.moment.position,
    )


def _false_alarms(inquiry: Inquiry, first: int, *, small: bool) -> Sequence[FalseAlarmRate]:
    target = alarm_facts.alias("target")
    result = sa.case((_whole(), _alarm.result), else_=target.c.result)
    unfounded, resulted = total(ONE, result == AlarmResult.UNFOUNDED), total(ONE, result.is_not(None))
    goes_on = sa.and_(target.c.id == _alarm.merged_into, known(target, inquiry.moment))
    statement = (
        sa.select(_own.device.label("device"), unfounded.label("unfounded"), resulted.label("resulted"), total(ONE).label("alarms"))
        .select_from(alarm_facts.join(linkage_facts, _own.id == _alarm.id).outerjoin(target, goes_on))
        .where(*received(inquiry), _real(), _own.device.is_not(None))
        .group_by(_own.device)
        .order_by(unfounded.desc(), _own.device)
        .limit(first)
    )
    return [
        FalseAlarmRate(
            device=DeviceId(row.device),
            unfounded=row.unfounded,
            resulted=row.resulted,
            pending=row.alarms - row.resulted,
            percent=percent(row.unfounded, row.resulted, small=small),
            position=inquiry.moment.position,
        )
        for row in inquiry.rows(statement)
    ]


def _alarms(inquiry: Inquiry, **amounts: sa.ColumnElement[int]) -> sa.Select[*tuple[Any, ...]]:
    """Sums over the alarms that are asked about, with those that are left out."""
    amounts |= {"tests": total(ONE, ~_real()), "merged": total(ONE, _real(), ~_whole())}
    joined = alarm_facts.join(linkage_facts, _own.id == _alarm.id)
    return sa.select(*(amount.label(name) for name, amount in amounts.items())).select_from(joined).where(*received(inquiry))


def _real() -> Condition:
    return _alarm.test.is_(False)


def _whole() -> Condition:
    return _alarm.merged_into.is_(None)


def _since(inquiry: Inquiry, what: str) -> Condition:
    """It was so by the moment."""
    position = _own[f"{what}_position"]
    return sa.and_(position.is_not(None), position <= inquiry.moment.position)
