"""The queries about cameras beyond their list: counts on a day, acceptance, and which of them see a place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import strawberry

from api.context import GraphInfo, columns_of, context_of
from api.schema.freshness import AtLeast
from api.schema.oversight.questions import AsOfInput, PeriodInput, as_of_given, period_given
from api.schema.scalars import Position
from api.schema.shapes import asked, many, taken, told
from api.schema.things import TYPES
from application.surveillance.questions import CamerasAsked, CountedBy
from application.surveillance.views import CameraView
from domain.ids import OrganisationId, RegisteredCameraId
from domain.places import Point
from domain.rules import LimitExceeded
from domain.surveillance.seeing import SeeingReason

MOST_SEEING = 100
for _choice in (CountedBy, SeeingReason):
    told("", _choice)  # the application's own enums become the schema's
_PointInput: Any = asked("place", Point)


class TooManyCameras(LimitExceeded):
    """Between 1 and 100 cameras are told at a time.

    每次返回 1 至 100 个摄像机。
    """

    on = "atMost"


def _count_share(root: Any) -> float | None:
    return root.count / root.total if root.total else None


def _accepted_share(root: Any) -> float | None:
    return root.accepted / root.total if root.total else None


async def _camera(root: Any, info: GraphInfo) -> Any:
    return await context_of(info).thing(CameraView, root.camera_id, columns_of(info, TYPES[CameraView].__name__))


@strawberry.type(description="So many cameras of a kind, of so many in all (R12, R13). 某类摄像机的数量及总数。")
class CameraCount:
    key: str = strawberry.field(description="The sector, owner, builder or division. 分类键。")
    count: int = strawberry.field(description="How many cameras. 数量。")
    total: int = strawberry.field(description="Of how many in all. 总数。")
    share: float | None = strawberry.field(resolver=_count_share, description="The count over the total. 占比。")
    position: Position


@strawberry.type(description="So many cameras accepted by a standard, of so many in all (R2). 按规范验收的数量及总数。")
class AcceptedShare:
    standard: str
    standard_version: str
    accepted: int = strawberry.field(description="How many cameras were accepted by it. 已验收数量。")
    total: int = strawberry.field(description="Of how many in all. 总数。")
    share: float | None = strawberry.field(resolver=_accepted_share, description="Those accepted over the total. 占比。")
    position: Position


def _online_share(root: Any) -> float | None:
    return root.online / root.in_service if root.in_service else None


@strawberry.type(description="Minutes that cameras were online, of the minutes they were in service (R22). 在线时长及在用时长（分钟）。")
class OnlineRate:
    online: int = strawberry.field(description="Minutes online, degraded or not: the numerator. 在线分钟数（含异常）。")
    in_service: int = strawberry.field(description="Minutes in service: the denominator. 在用分钟数。")
    share: float | None = strawberry.field(resolver=_online_share, description="Minutes online over minutes in service. 在线率。")
    degraded: int = strawberry.field(description="Of those online: minutes degraded. 其中异常分钟数。")
    offline: int = strawberry.field(description="Of those in service: minutes offline. 离线分钟数。")
    unknown: int = strawberry.field(description="Of those in service: minutes before anything was told. 未上报分钟数。")
    suspended: int = strawberry.field(description="Minutes suspended, which are not in service. 停用分钟数。")
    position: Position


@strawberry.type(description="A camera that sees a place. 可见某地点的摄像机。")
class SeeingCamera:
    camera_id: RegisteredCameraId = strawberry.field(description="The camera's id. 摄像机编号。")
    distance: float = strawberry.field(description="How far it is from the place, in metres. 距离（米）。")
    reason: SeeingReason = strawberry.field(description="Why it is said to see the place. 判定依据。")
    online: bool = strawberry.field(description="Whether it shows pictures now. 当前是否在线。")
    camera: Any = strawberry.field(resolver=_camera, graphql_type=TYPES[CameraView] | None)


async def _counts(
    info: GraphInfo,
    by: CountedBy,
    group: str | None = None,
    organisation: OrganisationId | None = None,
    as_of: date | None = None,
    recorded_as_of: AsOfInput | None = None,
) -> list[CameraCount]:
    asked = replace(_asked(organisation, as_of, recorded_as_of), group=group)
    found = await context_of(info).surveillance.counts(asked, by)
    return [CameraCount(key=each.key, count=each.count, total=each.total, position=Position(each.position)) for each in found]


async def _acceptance(
    info: GraphInfo, organisation: OrganisationId | None = None, as_of: date | None = None, recorded_as_of: AsOfInput | None = None
) -> list[AcceptedShare]:
    found = await context_of(info).surveillance.accepted(_asked(organisation, as_of, recorded_as_of))
    return [
        AcceptedShare(
            standard=each.standard,
            standard_version=each.standard_version,
            accepted=each.accepted,
            total=each.total,
            position=Position(each.position),
        )
        for each in found
    ]


async def _online_rate(
    info: GraphInfo, period: PeriodInput, organisation: OrganisationId | None = None, recorded_as_of: AsOfInput | None = None
) -> OnlineRate:
    found = await context_of(info).surveillance.online_rate(period_given(period), _asked(organisation, None, recorded_as_of))
    return OnlineRate(
        online=found.online,
        in_service=found.in_service,
        degraded=found.degraded,
        offline=found.offline,
        unknown=found.unknown,
        suspended=found.suspended,
        position=Position(found.position),
    )


def _asked(organisation: OrganisationId | None, on: date | None, recorded: AsOfInput | None) -> CamerasAsked:
    return CamerasAsked(on=on, organisation=organisation, recorded=as_of_given(recorded))


async def _seeing(info: GraphInfo, place: Any, at_most: int = 10) -> list[SeeingCamera]:
    if not 1 <= at_most <= MOST_SEEING:
        raise TooManyCameras
    found = await context_of(info).surveillance.seeing(taken(Point, place), at_most)
    return [SeeingCamera(camera_id=each.camera, distance=each.distance, reason=each.reason, online=each.online) for each in found]


_seeing.__annotations__["place"] = _PointInput


def _query(resolver: Any, graphql_type: Any, description: str) -> Any:
    return strawberry.field(resolver=resolver, graphql_type=graphql_type, extensions=[AtLeast()], description=description)


def surveillance_queries() -> dict[str, Any]:
    return {
        "camera_counts": _query(
            _counts, many(CameraCount), "Cameras that were there on a day, by what they are told apart by (R12, R13). 某日在册摄像机数。"
        ),
        "camera_acceptance": _query(
            _acceptance, many(AcceptedShare), "How many of the cameras there on a day were accepted, by standard (R2). 验收占比。"
        ),
        "camera_online_rate": _query(_online_rate, OnlineRate, "How long cameras were online in a period (R22). 摄像机在线率。"),
        "cameras_seeing": _query(
            _seeing, many(SeeingCamera), "Cameras in service that see a place: those online first, the nearest first. 可见某地点的摄像机。"
        ),
    }
