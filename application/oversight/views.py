"""What can be read of oversight, all of it written in the events' own commit."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from application.views import View
from domain.ids import (
    ApiKeyId,
    AssessmentId,
    BuildPlanId,
    DirectiveId,
    DivisionCode,
    ExportId,
    OfficerId,
    OrganisationId,
    ReceiptId,
    ScoreId,
    SurveyId,
)
from domain.oversight.events import BuildKind, ExportFailure, Indicator, Milestone, SurveyMethod
from domain.oversight.export import ExportState


class ExportView(View):
    """An export: what was taken out of the house, by whom and for what, and what became of it.

    数据导出：由何人、为何目的导出了什么及其结果。
    """

    filters = ("state", "list", "requested_by", "organisation")
    orders = ("requested_at",)

    id: ExportId
    version: int
    state: ExportState
    list: str
    query: str
    variables: str
    document: str
    purpose: str
    requested_by: OfficerId
    organisation: OrganisationId
    role: str
    api_key: ApiKeyId | None
    requested_at: datetime
    began: int
    position: int | None
    rows: int | None
    bytes: int | None
    digest: str | None
    ended_at: datetime | None
    expires_at: datetime | None
    reason: ExportFailure | None
    downloaded_at: datetime | None


class DirectiveView(View):
    """A directive: what organisations are told to do by a day. What each answers stands in its receipts.

    通知：要求有关单位在期限内落实的事项；各单位的签收与落实见回执。
    """

    filters = ("number", "organisation", "issued_at", "due", "withdrawn_at")
    orders = ("issued_at", "due")

    id: DirectiveId
    version: int
    number: str
    title_en: str
    title_zh: str
    legal_basis: str
    organisation: OrganisationId
    addressees: tuple[OrganisationId, ...]
    issued_by: OfficerId
    issued_at: datetime
    due: date
    withdrawn_at: datetime | None
    withdrawal_reason: str


class ReceiptView(View):
    """What one addressee has answered to a directive: that it took note, and that it did what was asked.

    回执：一个接收单位对通知的签收与落实情况。
    """

    filters = ("directive", "organisation", "due", "acknowledged_at", "fulfilled_at")
    orders = ("due",)

    id: ReceiptId
    directive: DirectiveId
    organisation: OrganisationId
    due: date
    acknowledged_at: datetime | None
    acknowledged_by: OfficerId | None
    fulfilled_at: datetime | None
    fulfilled_by: OfficerId | None
    report: str


class BuildPlanView(View):
    """A build plan: how many devices of a kind an organisation is to have by when, and how many it has.

    建设方案：某单位某类设备各阶段的时间节点与完成数量。
    """

    filters = ("organisation", "division", "device_kind", "set_at", "cancelled_at")
    orders = ("set_at",)

    id: BuildPlanId
    version: int
    organisation: OrganisationId
    division: DivisionCode | None
    device_kind: BuildKind
    standard: str
    milestones: tuple[Milestone, ...]
    planned: int
    built: int
    networked: int
    accepted: int
    set_by: OfficerId
    set_at: datetime
    cancelled_at: datetime | None
    cancellation_reason: str


class AssessmentState(StrEnum):
    """Whether an assessment is still open."""

    OPEN = "OPEN"
    SEALED = "SEALED"


class AppealState(StrEnum):
    """What became of the last appeal against a score."""

    PENDING = "PENDING"
    UPHELD = "UPHELD"
    DISMISSED = "DISMISSED"


class AssessmentView(View):
    """An assessment: which organisations are assessed, over which days, by which indicators. The scores stand beside it.

    考评：被考评单位、考评期与指标方案；评分另列。
    """

    filters = ("state", "assessor", "first", "last")
    orders = ("opened_at",)

    id: AssessmentId
    version: int
    state: AssessmentState
    title_en: str
    title_zh: str
    first: date
    last: date
    legal_basis: str
    assessor: OrganisationId
    organisations: tuple[OrganisationId, ...]
    indicators: tuple[Indicator, ...]
    override: str
    opened_by: OfficerId
    opened_at: datetime
    sealed_by: OfficerId | None
    sealed_at: datetime | None


class ScoreView(View):
    """What an organisation has by one indicator of an assessment, with the evidence and what became of an appeal.

    评分：一个单位一项指标的得分、依据及申诉结果。
    """

    filters = ("assessment", "organisation", "indicator", "appeal")
    orders = ("indicator",)

    id: ScoreId
    assessment: AssessmentId
    organisation: OrganisationId
    indicator: str
    value: float | None
    numerator: int | None
    denominator: int | None
    evidence_position: int | None
    computed: bool
    points: float | None
    scored_by: OfficerId | None
    scored_at: datetime | None
    appeal: AppealState | None
    appeal_reason: str
    decided_by: OfficerId | None
    decision: str


class SafetySurveyView(View):
    """What a safety survey found in a division in one wave. `share` is that of those who felt safe; there is none on a small base.

    群众安全感调查：某行政区划一期的受访人数与感到安全的人数；基数过小时不给出比率。
    """

    filters = ("division", "wave", "first", "last", "method", "retracted_at")
    orders = ("last",)

    id: SurveyId
    version: int
    division: DivisionCode
    wave: str
    first: date
    last: date
    method: SurveyMethod
    source: str
    respondents: int
    felt_safe: int
    share: float | None
    imported_by: OfficerId
    imported_at: datetime
    retracted_at: datetime | None
    retraction_reason: str
