"""Views as GraphQL types: a field for each column, the things it names as objects, its parts and its history."""

from __future__ import annotations

from typing import Any, get_type_hints
from uuid import UUID

import strawberry
from graphql import GraphQLSchema

from api.context import GraphInfo, columns_of, context_of
from api.schema.connections import USUAL, connection
from api.schema.dispatching.labels import custom_status_label
from api.schema.ids import teller
from api.schema.jurisdiction.area_groups import members
from api.schema.jurisdiction.deliveries import deliveries
from api.schema.oversight.progress import export_fields
from api.schema.records import EventConnection, history
from api.schema.scalars import Cursor
from api.schema.shapes import bare, described, finished, many, reads, told
from application.casework.views import ApprovalView, CaseView, CorrectionView
from application.dispatching.deployment import DeploymentPlanView
from application.dispatching.linked import DuplicateView, LinkedCameraView, VerificationView
from application.dispatching.plan_views import ActivatedStepView, PlanActivationView, ResponsePlanView
from application.dispatching.views import AlarmView, OrderView, RecommendationView, ReportView, UnitStateView, UnitView
from application.jurisdiction.bounded import BoundaryView
from application.jurisdiction.code_views import CodeListView
from application.jurisdiction.populated import PopulationView
from application.jurisdiction.views import (
    ApiKeyView,
    AreaGroupView,
    DivisionView,
    GrantView,
    LegalBasisView,
    LimitSetView,
    OrganisationView,
    ServiceLevelView,
    WebhookView,
)
from application.oversight.views import AssessmentView, BuildPlanView, DirectiveView, ExportView, ReceiptView, SafetySurveyView, ScoreView
from application.surveillance.footage_views import FootageRequestView, FootageStepView
from application.surveillance.patrol_views import DutyInspectionView, InspectionFindingView, PatrolObservationView, PatrolTaskView
from application.surveillance.views import (
    CameraView,
    DeviceZoneView,
    DutyRosterView,
    MonitoringPostView,
    PriorityPlaceView,
    ShiftView,
    TechAlarmDeviceView,
)
from application.views import View
from domain.ids import (
    AlarmId,
    ApiKeyId,
    AreaGroupId,
    AssessmentId,
    BoundaryId,
    BuildPlanId,
    CaseId,
    CodeListId,
    CorrectionId,
    DeploymentPlanId,
    DeviceId,
    DirectiveId,
    DivisionId,
    DuplicateId,
    ExportId,
    FindingId,
    FootageRequestId,
    FootageStepId,
    GrantId,
    InspectionId,
    LegalBasisId,
    LimitSetId,
    LinkId,
    ObservationId,
    OrderId,
    OrganisationId,
    PatrolId,
    PlanActivationId,
    PopulationId,
    PostId,
    PriorityPlaceId,
    ReceiptId,
    RecommendationId,
    RegisteredCameraId,
    ReportId,
    RequestId,
    ResponsePlanId,
    RosterId,
    ScoreId,
    ServiceLevelId,
    ShiftId,
    StepId,
    SurveyId,
    UnitId,
    UnitStateId,
    VerificationId,
    WebhookId,
    ZoneId,
    organisation_stream,
)

VIEWS: dict[Any, type[View]] = {
    AlarmId: AlarmView,
    ReportId: ReportView,
    RecommendationId: RecommendationView,
    LinkId: LinkedCameraView,
    VerificationId: VerificationView,
    DuplicateId: DuplicateView,
    OrderId: OrderView,
    UnitId: UnitView,
    UnitStateId: UnitStateView,
    ResponsePlanId: ResponsePlanView,
    DeploymentPlanId: DeploymentPlanView,
    PlanActivationId: PlanActivationView,
    StepId: ActivatedStepView,
    CaseId: CaseView,
    RequestId: ApprovalView,
    CorrectionId: CorrectionView,
    DivisionId: DivisionView,
    OrganisationId: OrganisationView,
    AreaGroupId: AreaGroupView,
    BoundaryId: BoundaryView,
    PopulationId: PopulationView,
    LegalBasisId: LegalBasisView,
    ServiceLevelId: ServiceLevelView,
    LimitSetId: LimitSetView,
    CodeListId: CodeListView,
    ApiKeyId: ApiKeyView,
    WebhookId: WebhookView,
    GrantId: GrantView,
    ExportId: ExportView,
    RegisteredCameraId: CameraView,
    DeviceId: TechAlarmDeviceView,
    ZoneId: DeviceZoneView,
    PostId: MonitoringPostView,
    PriorityPlaceId: PriorityPlaceView,
    PatrolId: PatrolTaskView,
    ObservationId: PatrolObservationView,
    InspectionId: DutyInspectionView,
    FindingId: InspectionFindingView,
    RosterId: DutyRosterView,
    ShiftId: ShiftView,
    FootageRequestId: FootageRequestView,
    FootageStepId: FootageStepView,
    DirectiveId: DirectiveView,
    ReceiptId: ReceiptView,
    BuildPlanId: BuildPlanView,
    AssessmentId: AssessmentView,
    ScoreId: ScoreView,
    SurveyId: SafetySurveyView,
}
"""Which view shows the thing that an id names."""

PARTS: dict[type[View], dict[str, tuple[type[View], str]]] = {
    AlarmView: {
        "reports_received": (ReportView, "alarm"),
        "recommendations": (RecommendationView, "alarm"),
        "linked_cameras": (LinkedCameraView, "alarm"),
        "verifications": (VerificationView, "alarm"),
        "duplicates": (DuplicateView, "alarm"),
        "duplicate_of": (DuplicateView, "other"),
        "orders": (OrderView, "alarm"),
        "plan_activations": (PlanActivationView, "alarm"),
        "corrections": (CorrectionView, "alarm"),
    },
    OrderView: {"corrections": (CorrectionView, "order")},
    TechAlarmDeviceView: {"zones": (DeviceZoneView, "device")},
    PlanActivationView: {"steps": (ActivatedStepView, "activation")},
    DutyRosterView: {"shifts": (ShiftView, "roster")},
    PatrolTaskView: {"observed": (PatrolObservationView, "patrol")},
    DutyInspectionView: {"raised": (InspectionFindingView, "inspection")},
    FootageRequestView: {"steps": (FootageStepView, "footage")},
    AssessmentView: {"scores": (ScoreView, "assessment")},
    DirectiveView: {"receipts": (ReceiptView, "directive")},
    CaseView: {"approvals": (ApprovalView, "case"), "corrections": (CorrectionView, "case")},
}
"""Short lists of things that name another."""

BESIDE: dict[type[View], dict[str, Any]] = {
    ExportView: export_fields(),
    WebhookView: {"delivery": deliveries},
    AreaGroupView: {"members": members},
    UnitView: {"custom_status_label": custom_status_label},
}
"""What a type tells beside its columns."""

WITHIN = (
    BoundaryView,
    ReportView,
    RecommendationView,
    LinkedCameraView,
    VerificationView,
    DuplicateView,
    ActivatedStepView,
    ApprovalView,
    DeviceZoneView,
    ShiftView,
    FootageStepView,
    PatrolObservationView,
    InspectionFindingView,
    ReceiptView,
    ScoreView,
)
"""Their events stand in the history of what they are a part of: an alarm, a plan activation, a case, a device, a roster, a footage request,
a directive, an assessment; boundaries' in that of the whole map."""


@strawberry.interface(description="Whatever has an id of its own and can be found by it again. 有独立编号、可凭编号查询的对象。")
class Node:
    id: strawberry.ID

    @staticmethod
    def resolve_type(row: View, _info: object, _type: object) -> str:
        """The type is named as its view is."""
        return type(row).__name__.removesuffix("View")


TYPES: dict[type[View], Any] = {view: type(view.__name__.removesuffix("View"), (Node,), {}) for view in VIEWS.values()}


def _identity(id_type: Any) -> dict[str, Any]:
    """The id that is told, and the UUID or code that it is made of, which whoever created the thing knows it by."""
    tell, name = teller(id_type), "code" if id_type is OrganisationId else "uuid"

    def resolve(root: Any) -> Any:
        return tell(root.id)

    def bare_key(root: Any) -> Any:
        return root.id

    key_type = id_type if name == "code" else UUID
    told_id = strawberry.field(resolver=resolve, graphql_type=strawberry.ID, metadata=reads("id"))
    return {
        "id": told_id,
        name: strawberry.field(resolver=bare_key, graphql_type=key_type, metadata=reads("id")),
    }


def _link(column: str, view: type[View]) -> Any:
    async def resolve(root: Any, info: GraphInfo) -> Any:
        return await context_of(info).thing(view, getattr(root, column), columns_of(info, TYPES[view].__name__))

    return strawberry.field(resolver=resolve, graphql_type=TYPES[view] | None, name=column_name(column), metadata=reads(column))


def _part(view: type[View], field: str) -> Any:
    async def resolve(root: Any, info: GraphInfo) -> Any:
        return await context_of(info).things_of(view, field, root.id)

    return strawberry.field(resolver=resolve, graphql_type=many(TYPES[view]), metadata=reads("id"))


async def _history(root: Any, info: GraphInfo, first: int = USUAL, after: Cursor | None = None) -> Any:
    return await history(info, _stream(root), first, after)


def _stream(root: Any) -> UUID:
    """Where a thing's events stand."""
    stream: UUID = organisation_stream(root.id) if isinstance(root, OrganisationView) else root.id
    return stream


def column_name(column: str) -> str:
    """The column's name in the API's spelling."""
    first, *others = column.split("_")
    return first + "".join(word.capitalize() for word in others)


def view_columns(view: type[View]) -> dict[str, Any]:
    return {column: hint for column, hint in get_type_hints(view).items() if column not in {"key", "filters", "orders"}}


def _finish(view: type[View], id_type: Any) -> None:
    hints = {column: hint for column, hint in view_columns(view).items() if column != view.key}
    links = {column: VIEWS[bare(hint)] for column, hint in hints.items() if bare(hint) in VIEWS}
    extras = _identity(id_type)
    extras |= {column: strawberry.field(name=f"{column_name(column)}Id") for column in links}
    extras |= {f"{column}_thing": _link(column, linked) for column, linked in links.items()}
    extras |= {name: _part(*part) for name, part in PARTS.get(view, {}).items()} | BESIDE.get(view, {})
    if view not in WITHIN:
        extras["history"] = strawberry.field(
            resolver=_history, graphql_type=EventConnection, metadata=reads("id"), description="All that happened to it. 全部历史。"
        )
    finished(TYPES[view], {column: told(column, hint) for column, hint in hints.items()}, defaults=extras, description=described(view))


for _id_type, _view in VIEWS.items():
    _finish(_view, _id_type)

CONNECTIONS: dict[type[View], Any] = {view: connection(kind.__name__, kind, counted=True) for view, kind in TYPES.items()}


def by_their_rows(schema: GraphQLSchema) -> None:
    """Rows are what their field says; asking each one of a list costs a fifth of the time that the list takes."""
    for kind in TYPES.values():
        named: Any = schema.type_map[kind.__name__]
        named.is_type_of = None
