"""Names that at most one thing may hold, each with the rule that says so; the log checks them as it records."""

from __future__ import annotations

from application.ports import Key
from domain.casework.events import ApprovalRequested, ReportRegistered
from domain.casework.rules import RequestExists
from domain.dispatching.events import (
    DeploymentPlanPublished,
    DeploymentPlanSuperseded,
    OrderCancelled,
    OrderRefused,
    OrderTimedOut,
    PlanActivated,
    PlanEnded,
    ReportReceived,
    ResponsePlanAdopted,
    ResponsePlanSuperseded,
    UnitCleared,
    UnitOrdered,
    UnitPreempted,
)
from domain.dispatching.rules import UnitHasActiveOrder
from domain.events import Event
from domain.jurisdiction.events import (
    ApiKeyIssued,
    AreaGroupEstablished,
    CodeListActivated,
    CodeListSuperseded,
    DivisionEstablished,
    LegalBasisEnacted,
    LimitSetActivated,
    LimitSetSuperseded,
    ServiceLevelActivated,
    ServiceLevelSuperseded,
)
from domain.rules import AlreadyExists, Rejected
from domain.surveillance.events import CameraRegistered, TechAlarmDeviceRegistered


class ReportIsKnown(AlreadyExists):
    """A report with this id stands with another alarm.

    该编号的报警已属于另一警情。
    """

    on = "report"


class CaseNumberTaken(AlreadyExists):
    """Another case has this number.

    该案件编号已被使用。
    """

    on = "number"


class DivisionCodeTaken(AlreadyExists):
    """Another division holds this code from that day on.

    该日起此行政区划代码已被使用。
    """

    on = "code"


class AreaGroupCodeTaken(AlreadyExists):
    """Another area group has this code.

    该片区代码已被使用。
    """

    on = "code"


class LegalBasisCodeTaken(AlreadyExists):
    """Another legal basis has this code.

    该依据代码已被使用。
    """

    on = "code"


class AnotherServiceLevelIsActive(AlreadyExists):
    """Another service level is active; name it as the one that is superseded.

    另有服务等级处于启用状态；请将其注明为被取代者。
    """

    on = "supersedes"


class AnotherVersionIsActive(AlreadyExists):
    """Another version of this plan is active; name it as the one that is superseded.

    该预案另有版本处于启用状态；请将其注明为被取代者。
    """

    on = "supersedes"


class AnotherLimitSetIsActive(AlreadyExists):
    """Another limit set of this scope is active; name it as the one that is superseded.

    该类别另有期限版本处于启用状态；请将其注明为被取代者。
    """

    on = "supersedes"


class AnotherDeploymentIsPublished(AlreadyExists):
    """Another deployment plan of this organisation is published; name it as the one that is superseded.

    该机构已有发布的布警方案；请将其注明为被取代者。
    """

    on = "supersedes"


class AnotherCodeListIsActive(AlreadyExists):
    """Another code list of this scope is active; name it as the one that is superseded.

    该类别另有代码表处于启用状态；请将其注明为被取代者。
    """

    on = "supersedes"


class PlanIsUnderWay(AlreadyExists):
    """This plan is under way for the alarm already.

    该警情已启动此预案。
    """

    on = "responsePlan"


class KeyPrefixTaken(AlreadyExists):
    """Another key has this prefix.

    该密钥前缀已被使用。
    """

    on = "prefix"


class CameraNumberTaken(AlreadyExists):
    """Another camera has, or had, this number.

    该国标编号已被其他摄像机使用。
    """

    on = "gb28181Id"


class DeviceNumberTaken(AlreadyExists):
    """Another technical alarm device has, or had, this number.

    该编号已被其他技防报警设备使用。
    """

    on = "number"


DIVISION_CODE = "division-code"
CAMERA_NUMBER = "camera-number"
ACTIVE_SERVICE_LEVEL = "active-service-level"
ACTIVE_LIMIT_SET = "active-limit-set"
ACTIVE_CODE_LIST = "active-code-list"
RULES: dict[str, type[Rejected]] = {
    "active-order": UnitHasActiveOrder,
    "approval": RequestExists,
    "report": ReportIsKnown,
    "case-number": CaseNumberTaken,
    DIVISION_CODE: DivisionCodeTaken,
    "area-group-code": AreaGroupCodeTaken,
    "legal-basis-code": LegalBasisCodeTaken,
    ACTIVE_SERVICE_LEVEL: AnotherServiceLevelIsActive,
    ACTIVE_LIMIT_SET: AnotherLimitSetIsActive,
    ACTIVE_CODE_LIST: AnotherCodeListIsActive,
    "active-response-plan": AnotherVersionIsActive,
    "published-deployment-plan": AnotherDeploymentIsPublished,
    "plan-of-alarm": PlanIsUnderWay,
    "key-prefix": KeyPrefixTaken,
    CAMERA_NUMBER: CameraNumberTaken,
    "device-number": DeviceNumberTaken,
}
ENDS_ORDER = (UnitCleared, OrderRefused, OrderCancelled, UnitPreempted, OrderTimedOut)
SUPERSEDED = (ServiceLevelSuperseded, LimitSetSuperseded, CodeListSuperseded, ResponsePlanSuperseded, DeploymentPlanSuperseded)
RELEASING = (*ENDS_ORDER, *SUPERSEDED, PlanEnded)


def claims(event: Event) -> tuple[Key, ...]:  # noqa: C901, PLR0911, PLR0912 - one for each kind of key
    """The keys that the event's thing holds from now on."""
    match event:
        case UnitOrdered(unit=unit, stacked=False):
            return (Key("active-order", str(unit)),)
        case ReportReceived(report=report):
            return (Key("report", str(report)),)
        case ReportRegistered(number=number, station=station):
            return (Key("case-number", f"{station}/{number}"),)
        case ApprovalRequested(request=request):
            return (Key("approval", str(request)),)
        case DivisionEstablished(code=code, valid_from=valid_from):
            return (Key(DIVISION_CODE, f"{code}/{valid_from}"),)
        case AreaGroupEstablished(code=code):
            return (Key("area-group-code", code),)
        case LegalBasisEnacted(code=code):
            return (Key("legal-basis-code", code),)
        case ServiceLevelActivated():
            return (Key(ACTIVE_SERVICE_LEVEL, ""),)
        case LimitSetActivated(scope=scope):
            return (Key(ACTIVE_LIMIT_SET, scope),)
        case CodeListActivated(scope=scope):
            return (Key(ACTIVE_CODE_LIST, scope),)
        case ResponsePlanAdopted(code=code):
            return (Key("active-response-plan", code),)
        case DeploymentPlanPublished(organisation=organisation):
            return (Key("published-deployment-plan", organisation),)
        case PlanActivated(alarm=alarm, code=code):
            return (Key("plan-of-alarm", f"{alarm}/{code}"),)
        case ApiKeyIssued(prefix=prefix):
            return (Key("key-prefix", prefix),)
        case CameraRegistered(gb28181_id=number):
            return (Key(CAMERA_NUMBER, number),)
        case TechAlarmDeviceRegistered(number=number):
            return (Key("device-number", number),)
        case _:
            return ()


def releases(event: Event) -> bool:
    """Whether the event's thing gives up every key it holds."""
    return isinstance(event, RELEASING)
