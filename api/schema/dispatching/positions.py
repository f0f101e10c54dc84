"""Positions of units: reported many at once, each fix answered by itself; told with their age, and as tracks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import strawberry

from api.context import GraphInfo, columns_of, context_of
from api.schema.connections import USUAL, rows_asked
from api.schema.freshness import AtLeast
from api.schema.mutations import answers
from api.schema.refusals import Refusal, refused
from api.schema.shapes import asked, built, many, reads, taken, told
from api.schema.things import TYPES
from application.dispatching.positions import MOST_FIXES, MOST_POSITIONS, Nearby, TooManyFixes
from application.dispatching.views import UnitView
from domain.dispatching.positions import Fix, FixOutcome
from domain.ids import OrganisationId, UnitId
from domain.places import Point
from domain.rules import InvalidValue, Rejected


class DistanceNotPositive(InvalidValue):
    """A distance is more than nothing.

    距离须大于零。
    """

    on = "within"


@dataclass(frozen=True, slots=True)
class ToldFix:
    """What became of one fix."""

    unit: UnitId
    at: datetime
    outcome: FixOutcome
    refusal: Any


_Input = built(
    "ReportPositionsInput",
    {"fixes": asked("fixes", tuple[Fix, ...])},
    defaults={"fixes": strawberry.field(description="1 to 300, of any units and in any order. 1 至 300 个定位点。")},
    description="Where units are. 单位位置上报。",
    given=True,
)
_Answer = built(
    "FixAnswer",
    {"unit_id": UnitId, "at": datetime, "outcome": told("outcome", FixOutcome), "refusal": Refusal | None},
    defaults={
        "unit_id": strawberry.field(resolver=lambda root: root.unit, graphql_type=UnitId),
        "at": strawberry.field(description="The time of the fix. 定位时间。"),
        "outcome": strawberry.field(description="What became of it. 处理结果。"),
        "refusal": strawberry.field(description="Why it was refused, where it was. 拒绝原因。"),
    },
    description="What became of one fix. 单个定位点的处理结果。",
)
_Payload = built(
    "ReportPositionsPayload",
    {"answers": many(_Answer)},
    defaults={"answers": strawberry.field(description="One for each fix, in their order. 逐点答复，顺序一致。")},
    description="What was done. 执行结果。",
)
REPORTING = """Tell where units are, many at once; each fix is answered by itself. It goes to a stream beside the log:
a unit's own officers may tell it, and keys for UNIT_WORK. Sending a report again does no harm.

批量上报单位位置，逐点答复；位置流不写入事件日志，重复上报无影响。"""


def position_mutations() -> dict[str, Any]:
    _report.__annotations__ |= {"info": GraphInfo, "input": _Input}
    answer = answers("ReportPositionsResult", "What a report led to. 上报的答复。", _Payload)
    return {"report_positions": strawberry.mutation(resolver=_report, graphql_type=answer, description=REPORTING)}


async def _report(info: GraphInfo, input: Any) -> Any:
    if not 1 <= len(input.fixes) <= MOST_FIXES:
        return refused(TooManyFixes())
    context, given = context_of(info), [_understood(each) for each in input.fixes]
    kept = iter(await context.services.positions.report(context.principal, [each for each in given if isinstance(each, Fix)]))
    outcomes = [next(kept) if isinstance(each, Fix) else each for each in given]
    return _Payload(answers=[_told(fix, each) for fix, each in zip(input.fixes, outcomes, strict=True)])


def _understood(given: Any) -> Fix | Rejected:
    """A fix whose values cannot be is refused alone."""
    try:
        fix: Fix = taken(Fix, given)
    except Rejected as refusal:
        return refusal
    return fix


def _told(fix: Any, outcome: FixOutcome | Rejected) -> ToldFix:
    if isinstance(outcome, Rejected):
        return ToldFix(fix.unit, fix.at, FixOutcome.REFUSED, refused(outcome))
    return ToldFix(fix.unit, fix.at, outcome, None)


async def _unit(root: Any, info: GraphInfo) -> Any:
    return await context_of(info).thing(UnitView, root.unit, columns_of(info, TYPES[UnitView].__name__))


_POSITION = {
    "place": told("place", Point),
    "at": datetime,
    "accuracy": float | None,
    "speed": float | None,
    "heading": float | None,
}
_WORDS = {"at": strawberry.field(description="The time of the fix, by the receiver. 定位时间。")}
_Position = built(
    "UnitPosition",
    {"unit_id": UnitId, **_POSITION, "age": float, "distance": float | None},
    defaults={
        "unit_id": strawberry.field(resolver=lambda root: root.unit, graphql_type=UnitId, metadata=reads("unit")),
        "unit_thing": strawberry.field(resolver=_unit, graphql_type=TYPES[UnitView] | None, name="unit", metadata=reads("unit")),
        "age": strawberry.field(description="How old it is, in seconds. 定位时效（秒）。"),
        "distance": strawberry.field(description="Metres to the place that was asked about. 与所询地点的距离（米）。"),
        **_WORDS,
    },
    description="Where a unit is, by its latest fix. 单位最近一次定位。",
)
_TrackFix = built("TrackFix", _POSITION, defaults=dict(_WORDS), description="One fix of a track, as it was reported. 轨迹中的一个定位点。")


@strawberry.type(name="UnitTrack", description="Where a unit was, the oldest fix first. 单位轨迹，按时间先后。")
class UnitTrack:
    fixes: many(_TrackFix) = strawberry.field(description="Its fixes. 定位点。")  # type: ignore[valid-type]  # made at run time
    more: bool = strawberry.field(description="Others follow: ask again from the last one's time on. 是否还有后续。")


async def _positions(
    info: GraphInfo,
    near: Any = None,
    within: float | None = None,
    organisations: list[OrganisationId] | None = None,
    first: int = USUAL,
) -> Sequence[Any]:
    if within is not None and not within > 0:
        raise DistanceNotPositive
    context = context_of(info)
    wanted = Nearby(near=taken(Point, near), within=within, organisations=tuple(organisations or ()))
    return await context.services.positions.latest(context.principal, wanted, rows_asked(first, MOST_POSITIONS))


async def _track(
    info: GraphInfo, unit: UnitId, from_: Annotated[datetime, strawberry.argument(name="from")], to: datetime, first: int = USUAL
) -> UnitTrack | None:
    context, rows = context_of(info), rows_asked(first, MOST_POSITIONS)
    found = await context.services.positions.track(context.principal, unit, from_, to, rows + 1)
    return None if found is None else UnitTrack(fixes=found[:rows], more=len(found) > rows)


def position_queries() -> dict[str, Any]:
    _positions.__annotations__ |= {"near": asked("near", Point) | None}
    return {
        "unit_positions": strawberry.field(
            resolver=_positions,
            graphql_type=many(_Position),
            extensions=[AtLeast(UnitView)],
            description="Where units are that you may see, the nearest to a place first. 可见单位的最近位置，由近及远。",
        ),
        "unit_track": strawberry.field(
            resolver=_track,
            graphql_type=UnitTrack | None,
            extensions=[AtLeast(UnitView)],
            description="Where a unit was, as far back as tracks are kept. 单位轨迹，限保留期内。",
        ),
    }
