"""Commands that join phone alarms, technical alarms and video (联动)."""

from __future__ import annotations

from application.commands import Command, change, command, internal
from domain.dispatching.alarm import Alarm
from domain.dispatching.events import VideoFinding
from domain.ids import AlarmId, CameraId, DeviceId, PostId


@internal
def link(alarm: AlarmId, device: DeviceId | None = None, zone: int | None = None) -> Command:  # noqa: ARG001 - what the command says
    """Link the cameras that see an alarm: `linking.Linker` finds them."""
    return change(Alarm, alarm, lambda _, __: None)


@internal
def ask_post(alarm: AlarmId) -> Command:
    """Ask the monitoring post on duty what its cameras show: `linking.Linker` finds it."""
    return change(Alarm, alarm, lambda _, __: None)


@internal
def suggest_duplicates(alarm: AlarmId) -> Command:
    """Say which other alarms may be the same happening: `linking.Linker` finds them."""
    return change(Alarm, alarm, lambda _, __: None)


@command
def verify(alarm: AlarmId, post: PostId, finding: VideoFinding, camera: CameraId | None = None, note: str = "") -> Command:
    """Say what video shows of an alarm, for the monitoring post that was asked. FALSE closes nothing: it proposes a result.

    被请求的监控中心(室)登记视频复核结论；结论为误报时仅建议处理结果，不自动办结。
    """
    return change(Alarm, alarm, lambda it, _: it.verify_by_video(post, finding, camera, note))


@command
def dismiss_duplicate(alarm: AlarmId, other: AlarmId, reason: str) -> Command:
    """Say that another alarm, which was suggested as the same happening, is another one.

    否定疑似重复：所指警情并非同一事件。
    """
    return change(Alarm, alarm, lambda it, _: it.dismiss_duplicate(other, reason), looks=((Alarm, other),))
