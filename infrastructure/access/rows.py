"""How the rows of each view, and the rows that figures add up, answer what policies ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from application.casework.views import ApprovalView, CaseView, CorrectionView, PersonView
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
from domain.casework.events import SubjectKind
from infrastructure.access.conditions import Condition, Rows, Truth
from infrastructure.projections.casework.approvals import APPROVALS
from infrastructure.projections.casework.cases import CASES
from infrastructure.projections.casework.corrections import CORRECTIONS
from infrastructure.projections.dispatching.alarms import ALARMS, REPORTS
from infrastructure.projections.dispatching.deployment import DEPLOYMENT_PLANS
from infrastructure.projections.dispatching.duties import unit_duties
from infrastructure.projections.dispatching.linkage import DUPLICATES, LINKED_CAMERAS, VERIFICATIONS
from infrastructure.projections.dispatching.orders import ORDERS
from infrastructure.projections.dispatching.plans import PLAN_ACTIVATIONS, PLAN_STEPS
from infrastructure.projections.dispatching.recommendations import RECOMMENDATIONS
from infrastructure.projections.dispatching.units import UNITS
from infrastructure.projections.jurisdiction.grants import GRANTS
from infrastructure.projections.jurisdiction.organisations import ORGANISATIONS
from infrastructure.projections.oversight.assessments import ASSESSMENTS, SCORES
from infrastructure.projections.oversight.build_plans import BUILD_PLANS
from infrastructure.projections.oversight.directives import DIRECTIVES, RECEIPTS
from infrastructure.projections.oversight.exports import EXPORTS
from infrastructure.projections.surveillance.cameras import CAMERAS
from infrastructure.projections.surveillance.devices import DEVICE_ZONES, DEVICES
from infrastructure.projections.surveillance.facts import camera_facts
from infrastructure.projections.surveillance.footage import FOOTAGE_REQUESTS, FOOTAGE_STEPS
from infrastructure.projections.surveillance.inspections import FINDINGS, INSPECTIONS
from infrastructure.projections.surveillance.patrols import OBSERVATIONS, PATROLS
from infrastructure.projections.surveillance.posts import MONITORING_POSTS
from infrastructure.projections.surveillance.priority import PRIORITY_PLACES
from infrastructure.projections.surveillance.rosters import DUTY_ROSTERS, SHIFTS
from infrastructure.projections.surveillance.service import service_facts

ASKING = "asking"
"""The parameter that holds who asks, so that a condition on one's own things is the same for all who stand alike."""
ASSETS = frozenset(
    table.name
    for table in (
        camera_facts,
        service_facts,
        unit_duties,
        ORGANISATIONS,
        MONITORING_POSTS,
        PRIORITY_PLACES,
        PATROLS,
        OBSERVATIONS,
        SHIFTS,
    )
)
"""What the city has to watch and to send with: nothing in it tells of a case."""
Within = Callable[[frozenset[str]], Truth]


@dataclass(frozen=True, slots=True)
class City:
    """What conditions depend on beside the policies: what stands below what, and whether anything is sealed at all."""

    closure: Callable[[frozenset[str]], frozenset[str]]
    anything_sealed: bool


def rows_of(view: type[View], city: City) -> Rows:
    return _MADE[view](city)


def facts_of(table: sa.Table, city: City) -> Rows:
    """Rows that are counted: they stand in the station written in them, organisations in themselves."""
    where = table.c.station if "station" in table.c else table.c.id
    within: dict[str, Within] = {"Organisation": lambda ids: where.in_(sorted(city.closure(ids)))}
    if table.name in ASSETS:
        return Rows(kind="AssetFact", within=within)
    case = table.c.case_id if "case_id" in table.c else table.c.id if table.name == "case_facts" else None
    if case is not None:
        within["Case"] = lambda ids: _among(case, ids)
    return Rows(kind="Fact", within=within, attributes={"sealed": _sealed(case, city)})


def sealed_cases() -> sa.Select[UUID]:
    return sa.select(CASES.c.id).where(CASES.c.sealed)


def _alarms(city: City) -> Rows:
    return Rows(kind="Alarm", within={"Organisation": lambda ids: alarm_within(ALARMS.c, city.closure(ids))})


def _of_alarm(kind: str, alarm: sa.Column[Any]) -> Callable[[City], Rows]:
    """Things that stand where their alarm does."""
    return lambda city: Rows(kind=kind, within={"Organisation": lambda ids: _alarm_of(alarm, city.closure(ids))})


def _duplicates(city: City) -> Rows:
    """Only who sees both alarms learns that they may be one."""

    def within(ids: frozenset[str]) -> Truth:
        there = city.closure(ids)
        return sa.and_(_alarm_of(DUPLICATES.c.alarm, there), _alarm_of(DUPLICATES.c.other, there))

    return Rows(kind="Duplicate", within={"Organisation": within})


def _orders(city: City) -> Rows:
    return Rows(kind="Order", within={"Organisation": lambda ids: _order_within(ORDERS.c, city.closure(ids))})


def _cases(city: City) -> Rows:
    within: dict[str, Within] = {
        "Organisation": lambda ids: CASES.c.station.in_(sorted(city.closure(ids))),
        "Case": lambda ids: _among(CASES.c.id, ids),
    }
    return Rows(kind="Case", within=within, attributes={"sealed": lambda value: _said(CASES.c.sealed, value, city)})


def _approvals(city: City) -> Rows:
    own = APPROVALS.c.case
    within: dict[str, Within] = {
        "Organisation": lambda ids: _case_of(own, city.closure(ids)),
        "Case": lambda ids: _among(own, ids),
    }
    return Rows(kind="Approval", within=within, attributes={"sealed": _sealed(own, city)})


def _corrections(city: City) -> Rows:
    own = CORRECTIONS.c
    within: dict[str, Within] = {"Organisation": lambda ids: _subject_within(city.closure(ids)), "Case": lambda ids: _among(own.case, ids)}
    attributes: dict[str, Callable[[Any], Truth]] = {
        "sealed": _sealed(own.case, city),
        "subject": lambda value: own.subject == SubjectKind(value),
    }
    return Rows(kind="Correction", within=within, attributes=attributes)


def _zones(city: City) -> Rows:
    within: dict[str, Within] = {"Organisation": lambda ids: _device_of(DEVICE_ZONES.c.device, city.closure(ids))}
    return Rows(kind="Zone", within=within)


def _footage_requests(city: City) -> Rows:
    """Footage stands where its camera does; for a sealed case it is as hidden as the case."""
    own = FOOTAGE_REQUESTS.c
    within: dict[str, Within] = {
        "Organisation": lambda ids: own.station.in_(sorted(city.closure(ids))),
        "Case": lambda ids: _among(own.case, ids),
    }
    return Rows(kind="FootageRequest", within=within, attributes={"sealed": _sealed(own.case, city)})


def _footage_steps(city: City) -> Rows:
    """As the request that they belong to."""
    asked = FOOTAGE_REQUESTS.alias()

    def of(condition: Truth) -> Truth:
        return condition if isinstance(condition, bool) else _some(asked, asked.c.id == FOOTAGE_STEPS.c.footage, condition)

    within: dict[str, Within] = {
        "Organisation": lambda ids: of(asked.c.station.in_(sorted(city.closure(ids)))),
        "Case": lambda ids: of(_among(asked.c.case, ids)),
    }
    sealed = _sealed(asked.c.case, city)
    return Rows(kind="FootageStep", within=within, attributes={"sealed": lambda value: of(sealed(value))})


def _exports(_city: City) -> Rows:
    mine = EXPORTS.c.requested_by == sa.bindparam(ASKING)
    return Rows(kind="Export", attributes={"mine": lambda value: mine if value else sa.not_(mine)})


def _directives(city: City) -> Rows:
    return Rows(kind="Directive", within={"Organisation": lambda ids: _directive_within(sorted(city.closure(ids)))})


def _directive_within(organisations: Sequence[str]) -> Condition:
    """A directive stands where it was issued, and with each addressee."""
    receipt = RECEIPTS.alias()
    addressed = sa.select(receipt.c.directive).where(receipt.c.organisation.in_(organisations)).correlate(None)
    return sa.or_(DIRECTIVES.c.organisation.in_(organisations), DIRECTIVES.c.id.in_(addressed))


def _assessments(city: City) -> Rows:
    return Rows(kind="Assessment", within={"Organisation": lambda ids: _assessment_within(sorted(city.closure(ids)))})


def _assessment_within(organisations: Sequence[str]) -> Condition:
    """An assessment stands with the assessor, and with each organisation that is assessed."""
    score = SCORES.alias()
    assessed = sa.select(score.c.assessment).where(score.c.organisation.in_(organisations)).correlate(None)
    return sa.or_(ASSESSMENTS.c.assessor.in_(organisations), ASSESSMENTS.c.id.in_(assessed))


def _standing(kind: str, organisation: sa.Column[Any]) -> Callable[[City], Rows]:
    """Things that stand in the organisation that their row names, and nowhere else."""
    return lambda city: Rows(kind=kind, within={"Organisation": lambda ids: organisation.in_(sorted(city.closure(ids)))})


_MADE: dict[type[View], Callable[[City], Rows]] = {
    AlarmView: _alarms,
    ReportView: _of_alarm("Report", REPORTS.c.alarm),
    RecommendationView: _of_alarm("Recommendation", RECOMMENDATIONS.c.alarm),
    LinkedCameraView: _of_alarm("LinkedCamera", LINKED_CAMERAS.c.alarm),
    VerificationView: _of_alarm("Verification", VERIFICATIONS.c.alarm),
    DuplicateView: _duplicates,
    OrderView: _orders,
    ResponsePlanView: lambda _: Rows(kind="ResponsePlan"),
    PlanActivationView: _of_alarm("Activation", PLAN_ACTIVATIONS.c.alarm),
    ActivatedStepView: _of_alarm("Step", PLAN_STEPS.c.alarm),
    DeploymentPlanView: _standing("DeploymentPlan", DEPLOYMENT_PLANS.c.organisation),
    UnitStateView: lambda _: Rows(kind="UnitState"),
    UnitView: _standing("Unit", UNITS.c.station),
    CaseView: _cases,
    ApprovalView: _approvals,
    CorrectionView: _corrections,
    GrantView: _standing("Grant", GRANTS.c.organisation),
    ExportView: _exports,
    CameraView: _standing("Camera", CAMERAS.c.station),
    TechAlarmDeviceView: _standing("Device", DEVICES.c.station),
    DeviceZoneView: _zones,
    MonitoringPostView: _standing("Post", MONITORING_POSTS.c.station),
    DutyRosterView: _standing("Roster", DUTY_ROSTERS.c.station),
    PatrolTaskView: _standing("Patrol", PATROLS.c.station),
    PatrolObservationView: _standing("Observation", OBSERVATIONS.c.station),
    DutyInspectionView: _standing("Inspection", INSPECTIONS.c.station),
    InspectionFindingView: _standing("Finding", FINDINGS.c.station),
    PriorityPlaceView: _standing("PriorityPlace", PRIORITY_PLACES.c.station),
    ShiftView: _standing("Shift", SHIFTS.c.station),
    FootageRequestView: _footage_requests,
    FootageStepView: _footage_steps,
    DirectiveView: _directives,
    ReceiptView: _standing("Receipt", RECEIPTS.c.organisation),
    BuildPlanView: _standing("BuildPlan", BUILD_PLANS.c.organisation),
    AssessmentView: _assessments,
    ScoreView: _standing("Score", SCORES.c.organisation),
    DivisionView: lambda _: Rows(kind="Division"),
    OrganisationView: lambda _: Rows(kind="Organisation"),
    BoundaryView: lambda _: Rows(kind="Boundary"),
    PopulationView: lambda _: Rows(kind="Population"),
    AreaGroupView: lambda _: Rows(kind="AreaGroup"),
    LegalBasisView: lambda _: Rows(kind="LegalBasis"),
    ServiceLevelView: lambda _: Rows(kind="ServiceLevel"),
    LimitSetView: lambda _: Rows(kind="LimitSet"),
    CodeListView: lambda _: Rows(kind="CodeList"),
    ApiKeyView: lambda _: Rows(kind="ApiKey"),
    SafetySurveyView: lambda _: Rows(kind="SafetySurvey"),
    WebhookView: lambda _: Rows(kind="Webhook"),
    PersonView: lambda _: Rows(kind="Person"),
}
"""A view that is not here cannot be read by anybody."""
TABLES: dict[type[View], sa.Table] = {AlarmView: ALARMS, OrderView: ORDERS, CaseView: CASES}
"""Those whose things stand behind figures."""


def alarm_within(alarm: Any, organisations: Iterable[str]) -> Condition:
    """An alarm concerns its station, the stations of the units sent to it (R27), and that of the post that is asked about it (R32)."""
    own, order, unit, asked = sorted(organisations), ORDERS.alias(), UNITS.alias(), VERIFICATIONS.alias()
    sent = sa.select(order.c.alarm).join(unit, unit.c.id == order.c.unit).where(unit.c.station.in_(own)).correlate(None)
    verifying = sa.select(asked.c.alarm).where(asked.c.station.in_(own)).correlate(None)
    return sa.or_(alarm.station.in_(own), alarm.id.in_(sent), alarm.id.in_(verifying))


def _some(rows: sa.FromClause, *conditions: Condition) -> Condition:
    """There is such a row; whatever else the conditions name stands around it."""
    return sa.select(sa.literal(1)).select_from(rows).where(*conditions).correlate_except(rows).exists()


def _alarm_of(column: Any, organisations: frozenset[str]) -> Condition:
    alarm = ALARMS.alias()
    return _some(alarm, alarm.c.id == column, alarm_within(alarm.c, organisations))


def _order_within(order: Any, organisations: frozenset[str]) -> Condition:
    unit = UNITS.alias()
    own = _some(unit, unit.c.id == order.unit, unit.c.station.in_(sorted(organisations)))
    return sa.or_(_alarm_of(order.alarm, organisations), own)


def _case_of(column: Any, organisations: frozenset[str]) -> Condition:
    case = CASES.alias()
    return _some(case, case.c.id == column, case.c.station.in_(sorted(organisations)))


def _device_of(column: Any, organisations: frozenset[str]) -> Condition:
    device = DEVICES.alias()
    return _some(device, device.c.id == column, device.c.station.in_(sorted(organisations)))


def _subject_within(organisations: frozenset[str]) -> Condition:
    own, order = CORRECTIONS.c, ORDERS.alias()
    through_order = _some(order, order.c.id == own.order, _order_within(order.c, organisations))
    return sa.or_(_alarm_of(own.alarm, organisations), through_order, _case_of(own.case, organisations))


def _among(column: Any, ids: frozenset[str]) -> Truth:
    return sa.and_(column.is_not(None), column.in_([UUID(each) for each in sorted(ids)]))


def _sealed(column: Any, city: City) -> Callable[[Any], Truth]:
    """Whether the case that a column names is sealed."""
    if column is None or not city.anything_sealed:
        return lambda value: not value
    sealed = sa.and_(column.is_not(None), column.in_(sealed_cases()))
    return lambda value: sealed if value else sa.not_(sealed)


def _said(column: sa.Column[bool], value: Any, city: City) -> Truth:
    if not city.anything_sealed:
        return not value
    return column.is_(bool(value))
