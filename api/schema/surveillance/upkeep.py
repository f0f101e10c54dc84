"""Queries on priority places, repairs and traffic violations. The names are fixed."""

from __future__ import annotations

from datetime import date
from typing import Any, get_type_hints
from uuid import UUID

import strawberry

from api.context import GraphInfo, columns_of, context_of
from api.schema.connections import USUAL, Listing, connection, rows_asked
from api.schema.cursors import place
from api.schema.freshness import AtLeast
from api.schema.oversight.questions import AsOfInput, PeriodInput, as_of_given, period_given
from api.schema.scalars import Cursor
from api.schema.shapes import built, described, many, told
from api.schema.things import TYPES
from application.surveillance.questions import CamerasAsked
from application.surveillance.upkeep import BlindTime, PatrolFinds, PriorityCoverage, Repairs, ViolationCount
from application.surveillance.views import PriorityPlaceView
from domain.ids import OrganisationId, PriorityPlaceId

UNSEEN, BLIND = "unseen", "blind"
HIDDEN: Any = strawberry.Private[object]
_PlacesUnseen = connection("UnseenPriorityPlace", TYPES[PriorityPlaceView])


async def _unseen(root: Any, info: GraphInfo, first: int = USUAL, after: Cursor | None = None) -> Listing[Any]:
    size, last = rows_asked(first), None if after is None else place(after, UNSEEN, UUID)[0]
    rest = [id for id in root.ids if last is None or id > last]
    rows = await context_of(info).rows.several(PriorityPlaceView, rest[:size])
    shown = [id for id in rest[:size] if id in rows]
    return Listing([rows[id] for id in shown], [(id,) for id in shown], UNSEEN, len(rest) > size, after is not None)


async def _place(root: Any, info: GraphInfo) -> Any:
    return await context_of(info).thing(PriorityPlaceView, root.priority_place, columns_of(info, TYPES[PriorityPlaceView].__name__))


def _columns(kind: Any, *left: str) -> dict[str, Any]:
    return {name: told(name, hint) for name, hint in get_type_hints(kind).items() if name not in left}


_Coverage = built(
    "PriorityCoverage",
    {**_columns(PriorityCoverage, "unseen"), "ids": HIDDEN},
    defaults={
        "missing": strawberry.field(resolver=_unseen, graphql_type=_PlacesUnseen, description="Those that nobody saw. 未覆盖的重点部位。")
    },
    description=described(PriorityCoverage),
)
_BlindTime = built(
    "BlindTime",
    _columns(BlindTime, "priority_place"),
    defaults={
        "priority_place_id": strawberry.field(resolver=lambda root: root.priority_place, graphql_type=PriorityPlaceId),
        "priority_place_thing": strawberry.field(resolver=_place, graphql_type=TYPES[PriorityPlaceView] | None, name="priorityPlace"),
    },
    description=described(BlindTime),
)
_BlindTimes = connection("BlindTime", _BlindTime)
_Repairs = built("Repairs", _columns(Repairs), defaults={}, description=described(Repairs))
_PatrolFinds = built("PatrolFinds", _columns(PatrolFinds), defaults={}, description=described(PatrolFinds))
_ViolationCount = built("ViolationCount", _columns(ViolationCount), defaults={}, description=described(ViolationCount))


async def _priority_coverage(
    info: GraphInfo,
    organisation: OrganisationId | None = None,
    as_of: date | None = None,
    recorded_as_of: AsOfInput | None = None,
    show_small: bool = False,  # noqa: FBT001, FBT002 - an argument of the API
) -> Any:
    found = await context_of(info).surveillance.priority_coverage(_asked(organisation, recorded_as_of, as_of), small=show_small)
    values = {name: getattr(found, name) for name in found.__dataclass_fields__ if name != "unseen"}
    return _Coverage(**values, ids=found.unseen)


async def _blind_times(
    info: GraphInfo,
    period: PeriodInput,
    organisation: OrganisationId | None = None,
    recorded_as_of: AsOfInput | None = None,
    first: int = USUAL,
    after: Cursor | None = None,
) -> Listing[BlindTime]:
    size, last = rows_asked(first), None if after is None else place(after, BLIND, UUID)[0]
    asked = _asked(organisation, recorded_as_of)
    found = await context_of(info).surveillance.blind_times(period_given(period), asked, size + 1, last)
    return Listing(found[:size], [(each.priority_place,) for each in found[:size]], BLIND, len(found) > size, after is not None)


async def _repairs(
    info: GraphInfo, period: PeriodInput, organisation: OrganisationId | None = None, recorded_as_of: AsOfInput | None = None
) -> Any:
    return await context_of(info).surveillance.repairs(period_given(period), _asked(organisation, recorded_as_of))


async def _patrol_finds(
    info: GraphInfo, period: PeriodInput, organisation: OrganisationId | None = None, recorded_as_of: AsOfInput | None = None
) -> Any:
    return await context_of(info).surveillance.patrol_finds(period_given(period), _asked(organisation, recorded_as_of))


async def _violations(
    info: GraphInfo, period: PeriodInput, organisation: OrganisationId | None = None, recorded_as_of: AsOfInput | None = None
) -> Any:
    return await context_of(info).surveillance.violations(period_given(period), _asked(organisation, recorded_as_of))


def _asked(organisation: OrganisationId | None, recorded: AsOfInput | None, on: date | None = None) -> CamerasAsked:
    return CamerasAsked(on=on, organisation=organisation, recorded=as_of_given(recorded))


def _field(resolver: Any, graphql_type: Any, description: str) -> Any:
    return strawberry.field(resolver=resolver, graphql_type=graphql_type, extensions=[AtLeast()], description=description)


def upkeep_queries() -> dict[str, Any]:
    return {
        "priority_coverage": _field(
            _priority_coverage, _Coverage, "How many priority places an online camera saw at the end of a day (R19). 重点部位覆盖率。"
        ),
        "blind_times": _field(_blind_times, _BlindTimes, "For how long nobody saw each priority place (R22). 重点部位盲区时长。"),
        "camera_repairs": _field(_repairs, _Repairs, "How long repairs took, by when the fault was reported (R22). 摄像机修复时长。"),
        "patrol_finds": _field(_patrol_finds, many(_PatrolFinds), "What patrols found in an hour, by mode (R26). 每小时巡逻发现数。"),
        "traffic_violations": _field(
            _violations, many(_ViolationCount), "Traffic violations corrected, by owner of the camera and kind (R19). 纠正交通违法数量。"
        ),
    }
