"""How cameras are doing, told many at once by the system that watches over them; each report is answered by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import strawberry

from api.context import Context, GraphInfo, context_of
from api.schema.mutations import answers
from api.schema.refusals import Refusal, refused
from api.schema.scalars import Position
from api.schema.shapes import asked, built, many, taken
from application.requests import Done, Request
from application.surveillance.health import MOST_REPORTS, CameraReport, TooManyReports, command_of, name_of
from application.surveillance.views import CameraView
from application.views import Order, Wanted
from domain.ids import CameraId, CommandId
from domain.rules import NotFound, Rejected

_NAMES = UUID("5a6e0f3c-7d0e-5b43-9a3b-70c51a000003")
Outcome = Done | Rejected


@dataclass(frozen=True, slots=True)
class ToldReport:
    """What became of one report."""

    camera: CameraId
    at: datetime
    refusal: Any


_Input = built(
    "ReportCameraHealthInput",
    {"reports": asked("reports", tuple[CameraReport, ...])},
    defaults={"reports": strawberry.field(description="1 to 300, in the order in which they happened. 1 至 300 条，按发生顺序。")},
    description="How cameras are doing. 摄像机运行状况上报。",
    given=True,
)
_Answer = built(
    "CameraReportAnswer",
    {"camera": CameraId, "at": datetime, "refusal": Refusal | None},
    defaults={
        "camera": strawberry.field(description="The camera's number. 摄像机国标编号。"),
        "at": strawberry.field(description="The time of the report. 上报时间。"),
        "refusal": strawberry.field(description="Why it was refused, where it was. 拒绝原因。"),
    },
    description="What became of one report. 单条上报的处理结果。",
)
_Payload = built(
    "ReportCameraHealthPayload",
    {"answers": many(_Answer), "position": Position},
    defaults={
        "answers": strawberry.field(description="One for each report, in their order. 逐条答复，顺序一致。"),
        "position": strawberry.field(description="Where a reader must be to see all of it; 0 if nothing was done. 读取所需位置。"),
    },
    description="What was done. 执行结果。",
)
REPORTING = """Tell how cameras are doing, many at once: each report says one thing, health, a fault or its repair,
and is answered by itself. A report that is sent again does nothing new.

批量上报摄像机运行状况：每条仅报状况、故障或修复之一，逐条答复；重复上报无影响。"""


def health_mutations() -> dict[str, Any]:
    _report.__annotations__ |= {"info": GraphInfo, "input": _Input}
    answer = answers("ReportCameraHealthResult", "What a report led to. 上报的答复。", _Payload)
    return {"report_camera_health": strawberry.mutation(resolver=_report, graphql_type=answer, description=REPORTING)}


async def _report(info: GraphInfo, input: Any) -> Any:
    if not 1 <= len(input.reports) <= MOST_REPORTS:
        return refused(TooManyReports())
    context, given = context_of(info), [taken(CameraReport, each) for each in input.reports]
    cameras = await _cameras(context, given)
    requests = [await _request(context, each, cameras) for each in given]
    asked = [each for each in requests if isinstance(each, Request)]
    done = iter(await context.services.desk.carry_out_in_order(asked) if asked else [])
    outcomes: list[Outcome] = [next(done) if isinstance(each, Request) else each for each in requests]
    position = max([each.position for each in outcomes if isinstance(each, Done)], default=0)
    context.insist_on(position)
    return _Payload(answers=[_told(report, each) for report, each in zip(given, outcomes, strict=True)], position=position)


async def _cameras(context: Context, given: Sequence[CameraReport]) -> Mapping[str, CameraView]:
    """The cameras that are there for whoever tells, by their numbers."""
    numbers = list(dict.fromkeys(each.camera for each in given))
    wanted, order = Wanted(any_of={"gb28181_id": numbers}), Order(by="gb28181_id", descending=False)
    page = await context.rows.page(CameraView, wanted, order, len(numbers), None)
    return {row.gb28181_id: row for row in page.rows}


async def _request(context: Context, report: CameraReport, cameras: Mapping[str, CameraView]) -> Request | Rejected:
    try:
        if report.camera not in cameras:
            raise NotFound(field="camera")
        command = command_of(report, cameras[report.camera].id)
        await context.services.access.insist(context.principal, command, ())
    except Rejected as refusal:
        return refusal
    who = context.principal
    id = CommandId(uuid5(_NAMES, f"{who.officer}/{name_of(report)}"))
    return Request(command=command, command_id=id, by=who.officer, organisation=who.organisation, effective_at=report.at)


def _told(report: CameraReport, outcome: Outcome) -> ToldReport:
    return ToldReport(report.camera, report.at, refused(outcome) if isinstance(outcome, Rejected) else None)
