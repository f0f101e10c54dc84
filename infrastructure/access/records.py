"""Which records of the log a principal may learn of: those of what is there to see, as far as they name nothing that is not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, get_args, get_type_hints
from uuid import UUID

import sqlalchemy as sa

from application.casework.views import CaseView, CorrectionView, PersonView
from application.dispatching.deployment import DeploymentPlanView
from application.dispatching.plan_views import PlanActivationView, ResponsePlanView
from application.dispatching.views import AlarmView, OrderView, UnitStateView, UnitView
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
from application.oversight.views import AssessmentView, BuildPlanView, DirectiveView, ExportView, SafetySurveyView
from application.surveillance.footage_views import FootageRequestView
from application.surveillance.patrol_views import DutyInspectionView, PatrolTaskView
from application.surveillance.views import CameraView, DutyRosterView, MonitoringPostView, PriorityPlaceView, TechAlarmDeviceView
from application.views import View
from domain.casework import events as casework
from domain.casework.case import Case
from domain.casework.correction import CorrectionRequest
from domain.casework.person import Person
from domain.casework.search import PersonSearch
from domain.dispatching import events as dispatching
from domain.dispatching.alarm import Alarm
from domain.dispatching.deployment_plan import DeploymentPlan
from domain.dispatching.order import DispatchOrder
from domain.dispatching.plan_activation import PlanActivation
from domain.dispatching.response_plan import ResponsePlan
from domain.dispatching.unit import Unit
from domain.dispatching.unit_state import UnitState
from domain.events import Event, Recorded
from domain.ids import CaseId
from domain.jurisdiction import events as jurisdiction
from domain.jurisdiction.api_key import ApiKey
from domain.jurisdiction.area_group import AreaGroup
from domain.jurisdiction.boundary_map import BoundaryMap
from domain.jurisdiction.code_list import CodeList
from domain.jurisdiction.division import Division
from domain.jurisdiction.grant import Grant
from domain.jurisdiction.legal_basis import LegalBasis
from domain.jurisdiction.limit_set import LimitSet
from domain.jurisdiction.organisation import Organisation
from domain.jurisdiction.population import Population
from domain.jurisdiction.service_level import ServiceLevel
from domain.jurisdiction.webhook import Webhook
from domain.oversight import events as oversight
from domain.oversight.assessment import Assessment
from domain.oversight.build_plan import BuildPlan
from domain.oversight.directive import Directive
from domain.oversight.export import Export
from domain.oversight.survey import SafetySurvey
from domain.surveillance import events as surveillance
from domain.surveillance.camera import Camera
from domain.surveillance.duty_inspection import DutyInspection
from domain.surveillance.duty_roster import DutyRoster
from domain.surveillance.footage_request import FootageRequest
from domain.surveillance.monitoring_post import MonitoringPost
from domain.surveillance.patrol_task import PatrolTask
from domain.surveillance.priority_place import PriorityPlace
from domain.surveillance.tech_alarm_device import TechAlarmDevice
from infrastructure.access.rows import ASKING
from infrastructure.access.seen import Seen, Sight

Record = Recorded[Event]
_OF: dict[type[View], tuple[Any, ...]] = {
    AlarmView: (*Alarm.begins, *get_args(dispatching.AlarmChange)),
    OrderView: (*DispatchOrder.begins, *get_args(dispatching.OrderChange)),
    UnitView: (*Unit.begins, *get_args(dispatching.UnitChange)),
    ResponsePlanView: (*ResponsePlan.begins, *get_args(dispatching.ResponsePlanChange)),
    PlanActivationView: (*PlanActivation.begins, *get_args(dispatching.PlanActivationChange)),
    DeploymentPlanView: (*DeploymentPlan.begins, *get_args(dispatching.DeploymentPlanChange)),
    UnitStateView: (*UnitState.begins, *get_args(dispatching.UnitStateChange)),
    CaseView: (*Case.begins, *get_args(casework.CaseChange)),
    CorrectionView: (*CorrectionRequest.begins, *get_args(casework.CorrectionChange)),
    PersonView: (*Person.begins, *get_args(casework.PersonChange), *PersonSearch.begins),
    DivisionView: (*Division.begins, *get_args(jurisdiction.DivisionChange)),
    OrganisationView: (*Organisation.begins, *get_args(jurisdiction.OrganisationChange)),
    BoundaryView: (*BoundaryMap.begins, jurisdiction.BoundaryEnded),
    PopulationView: Population.begins,
    AreaGroupView: (*AreaGroup.begins, *get_args(jurisdiction.AreaGroupChange)),
    LegalBasisView: (*LegalBasis.begins, jurisdiction.LegalBasisRepealed),
    ServiceLevelView: (*ServiceLevel.begins, *get_args(jurisdiction.ServiceLevelChange)),
    LimitSetView: (*LimitSet.begins, *get_args(jurisdiction.LimitSetChange)),
    CodeListView: (*CodeList.begins, *get_args(jurisdiction.CodeListChange)),
    ApiKeyView: (*ApiKey.begins, jurisdiction.ApiKeyRevoked),
    WebhookView: (*Webhook.begins, *get_args(jurisdiction.WebhookChange)),
    GrantView: (*Grant.begins, *get_args(jurisdiction.GrantChange)),
    ExportView: (*Export.begins, *get_args(oversight.ExportChange)),
    CameraView: (*Camera.begins, *get_args(surveillance.CameraChange)),
    TechAlarmDeviceView: (*TechAlarmDevice.begins, *get_args(surveillance.TechAlarmDeviceChange)),
    MonitoringPostView: (*MonitoringPost.begins, *get_args(surveillance.MonitoringPostChange)),
    DutyRosterView: (*DutyRoster.begins, *get_args(surveillance.DutyRosterChange)),
    PatrolTaskView: (*PatrolTask.begins, *get_args(surveillance.PatrolChange)),
    DutyInspectionView: (*DutyInspection.begins, *get_args(surveillance.InspectionChange)),
    PriorityPlaceView: (*PriorityPlace.begins, surveillance.PriorityPlaceEnded),
    FootageRequestView: (*FootageRequest.begins, *get_args(surveillance.FootageChange)),
    DirectiveView: (*Directive.begins, *get_args(oversight.DirectiveChange)),
    BuildPlanView: (*BuildPlan.begins, *get_args(oversight.BuildPlanChange)),
    AssessmentView: (*Assessment.begins, *get_args(oversight.AssessmentChange)),
    SafetySurveyView: (*SafetySurvey.begins, oversight.SurveyRetracted),
}
VIEW_OF: dict[type[Event], type[View]] = {event: view for view, events in _OF.items() for event in events}
"""An event that is not here is nobody's to see."""
Suspicion = dispatching.DuplicateSuggested | dispatching.DuplicateDismissed
"""Only who sees both alarms learns that they may be one. A merge is told to who sees either, for it says what became of the alarm."""


class Records:
    """Conditions on rows decide, for each record has a view."""

    def __init__(self, seen: Seen, tables: Mapping[type[View], sa.Table]) -> None:
        self._seen = seen
        self._tables = tables

    def shown(self, connection: sa.Connection, sight: Sight, records: Sequence[Record]) -> list[Record]:
        there = {view: self._there(connection, sight, view, ids) for view, ids in _by_view(records).items()}
        hidden = self._hidden(connection, sight, records)
        others = {record.event.other for record in records if isinstance(record.event, Suspicion)}
        known = self._there(connection, sight, AlarmView, others) if others else True
        return [
            record
            for record in records
            if _among(record.originator_id, there[VIEW_OF[type(record.event)]])
            and not hidden & _cases_named(record)
            and (not isinstance(record.event, Suspicion) or _among(record.event.other, known))
        ]

    def _there(self, connection: sa.Connection, sight: Sight, view: type[View], ids: Collection[UUID]) -> set[UUID] | bool:
        """Which things of a kind are there to see; all or none where no row needs to be looked at."""
        truth = self._seen.rows(sight, view)
        if isinstance(truth, bool):
            return truth
        key = self._tables[view].c[view.key]
        return set(connection.execute(sa.select(key).where(key.in_(ids), truth), {ASKING: sight.officer}).scalars())

    def _hidden(self, connection: sa.Connection, sight: Sight, records: Sequence[Record]) -> set[UUID]:
        """Sealed cases that records name."""
        ids = {case for record in records for case in _cases_named(record)} if sight.anything_sealed else set()
        if not ids:
            return set()
        cases = self._tables[CaseView]
        sealed = connection.execute(sa.select(cases.c.id).where(cases.c.id.in_(ids), cases.c.sealed)).scalars()
        return {id for id in sealed if str(id) not in sight.who.grants}


def _by_view(records: Sequence[Record]) -> dict[type[View], set[UUID]]:
    """The things that are spoken of, by kind."""
    found: dict[type[View], set[UUID]] = {}
    for record in records:
        found.setdefault(VIEW_OF[type(record.event)], set()).add(record.originator_id)
    return found


def _among(id: UUID, there: set[UUID] | bool) -> bool:  # noqa: FBT001 - all or none stand for themselves
    return there if isinstance(there, bool) else id in there


def _case_fields(event: type[Event]) -> tuple[str, ...]:
    if VIEW_OF.get(event) is GrantView:
        return ()  # who watches over grants sees which case they open
    return tuple(name for name, hint in get_type_hints(event).items() if hint is CaseId or CaseId in get_args(hint))


CASE_FIELDS = {event: _case_fields(event) for event in VIEW_OF}


def _cases_named(record: Record) -> set[UUID]:
    """The cases that an event speaks of beside its own thing."""
    values = (getattr(record.event, name) for name in CASE_FIELDS[type(record.event)])
    return {case for value in values for case in (value if isinstance(value, tuple) else [value]) if case is not None}
