"""The queries about linkage: how often, how soon, and which devices cry wolf (R32)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_type_hints

import strawberry

from api.context import GraphInfo, columns_of, context_of
from api.schema.connections import rows_asked
from api.schema.freshness import AtLeast
from api.schema.oversight.questions import AreaInput, AsOfInput, PeriodInput, question
from api.schema.shapes import built, described, many, told
from api.schema.things import TYPES
from application.dispatching import rates
from application.dispatching.rates import FalseAlarmsBy
from application.surveillance.views import TechAlarmDeviceView
from domain.rules import InvalidValue

told("", FalseAlarmsBy)  # the application's own enum becomes the schema's
USUAL_SECONDS = 60.0


class WithinNothing(InvalidValue):
    """A number of seconds is more than nothing.

    秒数须大于零。
    """

    on = "within"


def _figure(kind: type, **more: Any) -> Any:
    columns = {name: told(name, hint) for name, hint in get_type_hints(kind).items()}
    return built(kind.__name__, columns, defaults=more, description=described(kind))


async def _device(root: Any, info: GraphInfo) -> Any:
    return await context_of(info).thing(TechAlarmDeviceView, root.device, columns_of(info, TYPES[TechAlarmDeviceView].__name__))


_LinkageRate = _figure(rates.LinkageRate)
_VerifiedRate = _figure(rates.VerifiedByVideoRate)
_FalseRate = _figure(
    rates.FalseAlarmRate,
    device=strawberry.field(name="deviceId"),
    device_thing=strawberry.field(resolver=_device, graphql_type=TYPES[TechAlarmDeviceView] | None, name="device"),
)


async def _linkage_rate(
    info: GraphInfo,
    period: PeriodInput,
    area: AreaInput | None = None,
    within: float = USUAL_SECONDS,
    as_of: AsOfInput | None = None,
    show_small: bool = False,  # noqa: FBT001, FBT002 - an argument of the API
) -> Any:
    if not within > 0:
        raise WithinNothing
    return await context_of(info).linkage.linkage_rate(question(period, area, [], as_of), within, small=show_small)


async def _verified_rate(
    info: GraphInfo,
    period: PeriodInput,
    area: AreaInput | None = None,
    as_of: AsOfInput | None = None,
    show_small: bool = False,  # noqa: FBT001, FBT002 - an argument of the API
) -> Any:
    return await context_of(info).linkage.verified_by_video(question(period, area, [], as_of), small=show_small)


async def _false_rate(
    info: GraphInfo,
    period: PeriodInput,
    by: FalseAlarmsBy = FalseAlarmsBy.DEVICE,  # noqa: ARG001 - the only one there is so far
    area: AreaInput | None = None,
    as_of: AsOfInput | None = None,
    show_small: bool = False,  # noqa: FBT001, FBT002 - an argument of the API
    first: int = 50,
) -> Sequence[Any]:
    asked = question(period, area, [], as_of)
    return await context_of(info).linkage.false_alarms(asked, rows_asked(first), small=show_small)


def _field(resolver: Any, graphql_type: Any, description: str) -> Any:
    return strawberry.field(resolver=resolver, graphql_type=graphql_type, extensions=[AtLeast()], description=description)


def rate_queries() -> dict[str, Any]:
    return {
        "linkage_rate": _field(_linkage_rate, _LinkageRate, "How often a camera was linked in time (R32). 联动率。"),
        "verified_by_video_rate": _field(_verified_rate, _VerifiedRate, "How often video told what an alarm is (R32). 视频复核率。"),
        "false_alarm_rate": _field(_false_rate, many(_FalseRate), "How often the alarms of a device were unfounded (R32). 设备误报率。"),
    }
