"""The rules of surveillance."""

from __future__ import annotations

from domain.rules import InvalidTransition, InvalidValue


class CameraIsRetired(InvalidTransition):
    """The camera is retired.

    该摄像机已报废。
    """


class CameraIsSuspended(InvalidTransition):
    """The camera is suspended already.

    该摄像机已停用。
    """


class CameraIsInService(InvalidTransition):
    """The camera is in service; only a suspended one is resumed.

    该摄像机在用；只有停用的摄像机才能恢复。
    """


class CameraIsAccepted(InvalidTransition):
    """The camera has been accepted by this standard.

    该摄像机已按此标准验收。
    """

    on = "standard"


class FaultIsOpen(InvalidTransition):
    """A fault of the camera is open; it is repaired before another is reported.

    该摄像机有未修复的故障；修复后方可再次报障。
    """


class NoFaultIsOpen(InvalidTransition):
    """No fault of the camera is open.

    该摄像机没有未修复的故障。
    """


class BearingOutOfCircle(InvalidValue):
    """A bearing is 0 or more and less than 360 degrees from north.

    方位角须大于等于 0 度且小于 360 度（以正北为 0 度）。
    """

    on = "bearing"


class FieldOfViewOutOfCircle(InvalidValue):
    """A field of view is more than 0 and at most 360 degrees.

    视场角须大于 0 度且不超过 360 度。
    """

    on = "fieldOfView"


class RangeOutOfSight(InvalidValue):
    """A camera sees from 1 metre to 20 kilometres far.

    可视距离须在 1 米至 20 公里之间。
    """

    on = "range"


class CameraNotOfTraffic(InvalidTransition):
    """Traffic violations are recorded with cameras of the traffic police.

    交通违法须登记在交通类摄像机名下。
    """


class ViolationCodeMalformed(InvalidValue):
    """A violation's code has 1 to 32 letters, digits, dots or hyphens.

    违法代码由 1 至 32 个字母、数字、点或连字符组成。
    """

    on = "code"
