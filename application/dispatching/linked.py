"""What can be read of linkage: cameras that see an alarm, what a monitoring post was asked, alarms that may be one."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from application.views import View
from domain.dispatching.events import LinkReason, PostChoice, VideoFinding, Weighed
from domain.ids import AlarmId, CameraId, DuplicateId, LinkId, OfficerId, OrganisationId, PostId, VerificationId
from domain.places import Point


class LinkedCameraView(View):
    """A camera linked to an alarm, and why; `place` is where the alarm was then.

    与警情关联的摄像机及其依据；place 为关联时的警情地点。
    """

    filters = ("alarm", "gb28181_id", "reason", "linked_at")
    orders = ("linked_at",)

    id: LinkId
    alarm: AlarmId
    gb28181_id: CameraId
    reason: LinkReason
    rank: int
    online: bool | None
    distance: float | None
    place: Point | None
    linked_at: datetime


class VerificationState(StrEnum):
    """Whether the monitoring post has answered; it is over where the alarm was closed or merged before.

    视频复核状态：待复核、已复核、已失效。
    """

    WAITING = "WAITING"
    VERIFIED = "VERIFIED"
    OVER = "OVER"


class VerificationView(View):
    """What a monitoring post was asked about an alarm, why it was asked, and what its cameras show.

    向监控中心(室)发出的视频复核请求、选择依据及复核结论。
    """

    filters = ("alarm", "post", "station", "state", "finding", "requested_at")
    orders = ("requested_at",)

    id: VerificationId
    alarm: AlarmId
    post: PostId
    station: OrganisationId
    choice: PostChoice
    cameras: tuple[CameraId, ...]
    state: VerificationState
    requested_at: datetime
    finding: VideoFinding | None
    camera: CameraId | None
    note: str
    verified_at: datetime | None
    verified_by: OfficerId | None


class DuplicateState(StrEnum):
    """What the dispatcher made of it.

    疑似重复的处理：待定、已否定、已合并。
    """

    SUGGESTED = "SUGGESTED"
    DISMISSED = "DISMISSED"
    MERGED = "MERGED"


class DuplicateView(View):
    """That two alarms may be the same happening: the score of 100 points, what makes it, and the limits of then.

    两起警情疑似同一事件：百分制得分、得分依据及当时的限值。
    """

    filters = ("alarm", "other", "state", "suggested_at")
    orders = ("suggested_at",)

    id: DuplicateId
    alarm: AlarmId
    other: AlarmId
    state: DuplicateState
    score: int
    distance: float | None
    seconds: float
    grounds: tuple[Weighed, ...]
    radius: float
    window: float
    least: int
    suggested_at: datetime
    dismissed_at: datetime | None
    dismissed_by: OfficerId | None
    dismissal_reason: str
