"""Commands on footage requests (视频调取): asked for by two officers, answered by a third, kept until the limits allow its end."""

from __future__ import annotations

from datetime import datetime

from application.casework import cases
from application.commands import Command, begin, change, command, internal
from application.dispatching import alarms
from application.naming import naming
from domain.aggregates import Act
from domain.ids import AlarmId, CaseId, FootageRequestId, LegalBasisId, OfficerId, RegisteredCameraId
from domain.jurisdiction.events import LimitScope
from domain.surveillance.camera import Camera
from domain.surveillance.events import FootagePaper, FootageRequested
from domain.surveillance.footage_request import FootageRequest


@command
def request(
    footage: FootageRequestId,
    camera: RegisteredCameraId,
    officers: tuple[OfficerId, ...],
    purpose: str,
    since: datetime,
    until: datetime,
    needed_by: datetime,
    legal_basis: LegalBasisId,
    case: CaseId | None = None,
    alarm: AlarmId | None = None,
    important: bool = False,  # noqa: FBT001, FBT002 - an input field of the API
) -> Command:
    """Ask for a camera's footage from one moment to another, for a case or an alarm, by the legal basis in force that day.
    Two officers ask, by their numbers; `neededBy` is until when the request stands.

    申请调取某摄像机一个时段的视频资料：须由两名民警以警号申请，注明案件或警情及当日有效的依据；neededBy 为需用截止时间。
    """

    def decide(act: Act) -> FootageRequested:
        wanted = FootageRequested(
            camera=camera,
            station=act.look(Camera, camera).stands.station,
            officers=officers,
            requested_by=act.by,
            purpose=purpose,
            since=since,
            until=until,
            needed_by=needed_by,
            legal_basis=legal_basis,
            case=case,
            alarm=alarm,
            important=important,
        )
        return FootageRequest.request(wanted, act.effective_at, act.retention)

    asked = begin(FootageRequest, footage, decide, looks=((Camera, camera),))
    asked = asked if case is None else asked & cases.there(case)
    asked = asked if alarm is None else asked & alarms.there(alarm)
    return naming(asked._replace(scopes=(*asked.scopes, LimitScope.RETENTION)), legal_bases={"legalBasis": legal_basis})


@command
def approve(footage: FootageRequestId, number: str) -> Command:
    """Approve a request for footage by the paper of a head at county level or above; `number` is the paper's.

    县级以上公安机关负责人批准调取；number 为批准文书编号。
    """
    return change(FootageRequest, footage, lambda it, act: it.approve(act.by, FootagePaper.APPROVAL, number, act.effective_at))


@command
def certify(footage: FootageRequestId, number: str) -> Command:
    """Approve a request for footage by the certificate of the officers' own unit; `number` is the certificate's.

    凭民警所在单位证明同意调取；number 为证明编号。
    """
    return change(FootageRequest, footage, lambda it, act: it.approve(act.by, FootagePaper.CERTIFICATE, number, act.effective_at))


@command
def refuse(footage: FootageRequestId, reason: str) -> Command:
    """Refuse a request for footage.

    拒绝调取申请。
    """
    return change(FootageRequest, footage, lambda it, act: it.refuse(act.by, reason, act.effective_at))


@command
def retrieve(
    footage: FootageRequestId, sha256: str, byte_size: int, since: datetime | None = None, until: datetime | None = None
) -> Command:
    """Record that footage was taken, with its digest and its size; the span is all that was asked for unless less is named.

    登记已调取的视频资料及其摘要与字节数；未注明时段即为申请的全部时段。
    """
    retrieved = change(
        FootageRequest,
        footage,
        lambda it, act: it.retrieve(act.by, act.effective_at, sha256, byte_size, act.retention, since, until),
    )
    return retrieved._replace(scopes=(LimitScope.RETENTION,))


@command
def seal(footage: FootageRequestId, seal: str) -> Command:
    """Seal footage that was taken; `seal` is the number of the seal.

    封存已调取的视频资料；seal 为封存编号。
    """
    return change(FootageRequest, footage, lambda it, _: it.put_seal(seal))


@command
def transfer(footage: FootageRequestId, to: OfficerId, destination: str, reason: str) -> Command:
    """Hand sealed footage over to another officer: to whom, where to and why.

    移交已封存的视频资料：注明接收人、去向与事由。
    """
    return change(FootageRequest, footage, lambda it, act: it.transfer(act.by, to, destination, reason))


@command
def place_hold(footage: FootageRequestId, reason: str) -> Command:
    """Place a hold on footage: nothing of it goes, whatever the limits say.

    对视频资料采取保全：不论保存期限，不得归还或销毁。
    """
    return change(FootageRequest, footage, lambda it, _: it.place_hold(reason))


@command
def lift_hold(footage: FootageRequestId, reason: str) -> Command:
    """Lift the hold on footage.

    解除视频资料的保全。
    """
    return change(FootageRequest, footage, lambda it, _: it.lift_hold(reason))


@command
def give_back(footage: FootageRequestId, destination: str, reason: str) -> Command:
    """Give footage back for good, by who holds it.

    归还视频资料，由现保管人办理。
    """
    return change(FootageRequest, footage, lambda it, act: it.give_back(act.by, destination, reason))


@command
def destroy(footage: FootageRequestId, reason: str) -> Command:
    """Record that footage was destroyed; its retention has expired and no hold is on it.

    登记视频资料已销毁；须保存期限届满且未处于保全状态。
    """
    return change(FootageRequest, footage, lambda it, _: it.destroy(reason))


@internal
def access(footage: FootageRequestId, purpose: str) -> Command:
    """Read the entry: what was taken, its digest, its size and its seal."""
    return change(FootageRequest, footage, lambda it, _: it.access(purpose))


@internal
def expire(footage: FootageRequestId, version: int) -> Command:  # noqa: ARG001 - what it was decided by
    """Nobody took the footage until it was needed."""
    return change(FootageRequest, footage, lambda it, act: it.expire(act.now))


@internal
def expire_retention(footage: FootageRequestId, version: int) -> Command:  # noqa: ARG001 - what it was decided by
    """The limit is over, and no hold is on it."""
    return change(FootageRequest, footage, lambda it, act: it.expire_retention(act.now))
