"""Commands on priority places."""

from __future__ import annotations

from datetime import date

from application.commands import Command, begin, change, command
from application.naming import naming
from domain.ids import DivisionCode, OrganisationId, PriorityPlaceId
from domain.places import Point
from domain.surveillance.events import PriorityKind
from domain.surveillance.priority_place import PriorityPlace


@command
def designate(
    priority_place: PriorityPlaceId,
    name_en: str,
    name_zh: str,
    kind: PriorityKind,
    place: Point,
    division: DivisionCode,
    station: OrganisationId,
    valid_from: date,
) -> Command:
    """Say that a place is to be watched from a day on.

    将某处列为重点部位，自某日起须有摄像机覆盖。
    """
    designated = begin(
        PriorityPlace,
        priority_place,
        lambda _: PriorityPlace.designate(name_en, name_zh, kind, place, division, station, valid_from),
    )
    return naming(designated, divisions={"division": division}, organisations={"station": station}, on=valid_from)


@command
def end(priority_place: PriorityPlaceId, valid_to: date, reason: str) -> Command:
    """Say that a place is no priority place any more; `validTo` is the first day on which it is none.

    终止重点部位；validTo 为不再列为重点部位的首日。
    """
    return change(PriorityPlace, priority_place, lambda it, _: it.end(valid_to, reason))
