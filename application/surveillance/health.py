"""What the system that watches over cameras tells of them, many at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from application.commands import Command
from application.surveillance import cameras
from domain.ids import CameraId, RegisteredCameraId
from domain.rules import InvalidValue, LimitExceeded
from domain.surveillance.events import CameraHealth

MOST_REPORTS = 300


class TooManyReports(LimitExceeded):
    """Between 1 and 300 reports are told at a time.

    每次上报 1 至 300 条。
    """

    on = "reports"


class ReportSaysOneThing(InvalidValue):
    """A report says one thing: health, a fault, or that it is repaired.

    每条上报仅填写状况、故障或已修复之一。
    """

    on = "reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraReport:
    """One thing about one camera, named by its number: its health, a fault, or that the fault is repaired.

    单个摄像机（以国标编号指明）的一条上报：状况、故障或已修复。
    """

    camera: CameraId
    at: datetime
    health: CameraHealth | None = None
    fault: str | None = None
    repaired: bool = False


def command_of(report: CameraReport, camera: RegisteredCameraId) -> Command:
    if (report.health is not None) + (report.fault is not None) + report.repaired != 1:
        raise ReportSaysOneThing
    if report.health is not None:
        return cameras.change_health(camera, report.health)
    return cameras.repair_fault(camera) if report.fault is None else cameras.report_fault(camera, report.fault)


def name_of(report: CameraReport) -> str:
    """The same report has the same name whenever it is sent."""
    return f"{report.camera}/{report.at.isoformat()}/{report.health}/{report.fault}/{report.repaired}"
