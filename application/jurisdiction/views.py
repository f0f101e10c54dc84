"""What can be read of jurisdiction."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from application.views import View
from domain.ids import (
    ApiKeyId,
    AreaGroupId,
    CaseId,
    DivisionCode,
    DivisionId,
    GrantId,
    LegalBasisId,
    LimitSetId,
    OfficerId,
    OrganisationId,
    ServiceLevelId,
    WebhookId,
)
from domain.jurisdiction.events import (
    AreaGroupMembers,
    DivisionLevel,
    KeyAction,
    LegalBasisKind,
    LimitScope,
    OrganisationKind,
    PauseReason,
    ResponseLimit,
    TimeLimit,
)


class DivisionView(View):
    """A division from `valid_from` until before `valid_to`; a code alone does not name one, for codes are reused.

    行政区划及其有效期；代码可能被重新使用。
    """

    filters = ("code", "parent", "level")
    orders = ("code",)

    id: DivisionId
    version: int
    code: DivisionCode
    name_en: str
    name_zh: str
    level: DivisionLevel
    parent: DivisionCode | None
    valid_from: date
    valid_to: date | None
    successors: tuple[DivisionId, ...]


class OrganisationView(View):
    """A police organisation; organisations are not divisions (42 sub-bureaus, 40 counties).

    公安机构；机构不等于行政区划。
    """

    filters = ("kind", "parent", "division")
    orders = ("id",)

    id: OrganisationId
    version: int
    kind: OrganisationKind
    name_en: str
    name_zh: str
    parent: OrganisationId | None
    division: DivisionCode
    valid_from: date
    valid_to: date | None
    successors: tuple[OrganisationId, ...]
    direct_orders: bool


class AreaGroupView(View):
    """Several organisations and divisions under one name, with the members of each time.

    片区：若干机构与行政区划的合称，及其各时期的组成。
    """

    filters = ("code",)
    orders = ("code",)

    id: AreaGroupId
    version: int
    code: str
    name_en: str
    name_zh: str
    valid_from: date
    valid_to: date | None
    periods: tuple[AreaGroupMembers, ...]


class LegalBasisView(View):
    """A decree, decision, plan, opinion, notice or standard, and when it is in force; others cite it by its code.

    依据（政府令、决定、方案、意见、通知、标准）及其有效期；以代码引用。
    """

    filters = ("code", "kind", "valid_from", "superseded_by")
    orders = ("valid_from", "code")

    id: LegalBasisId
    version: int
    code: str
    kind: LegalBasisKind
    title_en: str
    title_zh: str
    number: str
    edition: str
    valid_from: date
    valid_to: date | None
    superseded_by: LegalBasisId | None


class ServiceLevelState(StrEnum):
    """Whether limits are a draft, count or counted, or are known to end.

    服务等级状态：草案、启用、被取代。
    """

    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    SUPERSEDED = "SUPERSEDED"


class ServiceLevelView(View):
    """A version of the limits of response, and the stretch of time in which orders are measured by it.

    一版响应时限及其适用时段。
    """

    filters = ("code", "state")
    orders = ("drafted_at",)

    id: ServiceLevelId
    version: int
    code: str
    state: ServiceLevelState
    limits: tuple[ResponseLimit, ...]
    active_from: datetime | None
    active_to: datetime | None
    superseded_by: ServiceLevelId | None
    drafted_by: OfficerId
    drafted_at: datetime


class LimitSetState(StrEnum):
    """Whether limits are a draft, count or counted, or are known to end.

    期限版本状态：草案、启用、被取代。
    """

    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    SUPERSEDED = "SUPERSEDED"


class LimitSetView(View):
    """A version of the days that a review may take or that material is kept, and the stretch of time that is measured by it.

    一版期限（受案立案审查、资料保存）及其适用时段。
    """

    filters = ("code", "scope", "state")
    orders = ("drafted_at",)

    id: LimitSetId
    version: int
    code: str
    scope: LimitScope
    state: LimitSetState
    limits: tuple[TimeLimit, ...]
    active_from: datetime | None
    active_to: datetime | None
    superseded_by: LimitSetId | None
    drafted_by: OfficerId
    drafted_at: datetime


class ApiKeyView(View):
    """A key of an integration, without its secret.

    接口密钥（不含密钥本身）。
    """

    filters = ("prefix", "revoked")
    orders = ("issued_at",)

    id: ApiKeyId
    version: int
    prefix: str
    digest: str
    label: str
    organisations: tuple[OrganisationId, ...]
    actions: tuple[KeyAction, ...]
    issued_by: OfficerId
    issued_at: datetime
    expires_at: datetime
    revoked: bool
    revoked_at: datetime | None
    reason: str


class WebhookState(StrEnum):
    """Whether a webhook delivers.

    推送状态：推送中、已暂停、已移除。
    """

    DELIVERING = "DELIVERING"
    PAUSED = "PAUSED"
    REMOVED = "REMOVED"


class WebhookView(View):
    """What an integration is told of without asking, and where. Its deliveries stand in `delivery`.

    向外部系统推送的内容与去处；推送进度见 delivery。
    """

    filters = ("api_key", "state")
    orders = ("registered_at",)

    id: WebhookId
    version: int
    api_key: ApiKeyId
    label: str
    url: str
    document: str
    variables: str
    state: WebhookState
    paused_because: PauseReason | None
    paused_at: datetime | None
    registered_by: OfficerId
    registered_at: datetime


class GrantKind(StrEnum):
    """Whether access was given by somebody, or taken in need.

    授权方式：他人授予或紧急访问。
    """

    GRANTED = "GRANTED"
    BREAK_GLASS = "BREAK_GLASS"


class GrantView(View):
    """Access of one officer to one case for a time. Emergency access waits here for its review.

    民警对案件的限时访问权；紧急访问在此待复核。
    """

    filters = ("officer", "kind", "ended", "reviewed", "organisation")
    orders = ("given_at",)

    id: GrantId
    version: int
    kind: GrantKind
    officer: OfficerId
    case: CaseId
    purpose: str
    organisation: OrganisationId
    given_by: OfficerId
    given_at: datetime
    until: datetime
    ended: bool
    reviewed: bool
    reviewed_by: OfficerId | None
    justified: bool | None
    finding: str
