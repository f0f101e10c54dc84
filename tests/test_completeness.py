"""A new event is not forgotten: just one aggregate begins with it or applies it."""

from __future__ import annotations

from typing import get_args

import pytest

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
from domain.events import Event
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

APPLIED = {
    Alarm: dispatching.AlarmChange,
    DispatchOrder: dispatching.OrderChange,
    Unit: dispatching.UnitChange,
    ResponsePlan: dispatching.ResponsePlanChange,
    DeploymentPlan: dispatching.DeploymentPlanChange,
    PlanActivation: dispatching.PlanActivationChange,
    UnitState: dispatching.UnitStateChange,
    Case: casework.CaseChange,
    CorrectionRequest: casework.CorrectionChange,
    Person: casework.PersonChange,
    PersonSearch: casework.PersonsSought,
    Division: jurisdiction.DivisionChange,
    Organisation: jurisdiction.OrganisationChange,
    AreaGroup: jurisdiction.AreaGroupChange,
    BoundaryMap: jurisdiction.BoundaryEnded,
    Population: jurisdiction.PopulationRecorded,
    LegalBasis: jurisdiction.LegalBasisRepealed,
    ServiceLevel: jurisdiction.ServiceLevelChange,
    LimitSet: jurisdiction.LimitSetChange,
    CodeList: jurisdiction.CodeListChange,
    ApiKey: jurisdiction.ApiKeyRevoked,
    Webhook: jurisdiction.WebhookChange,
    Grant: jurisdiction.GrantChange,
    Export: oversight.ExportChange,
    Camera: surveillance.CameraChange,
    TechAlarmDevice: surveillance.TechAlarmDeviceChange,
    MonitoringPost: surveillance.MonitoringPostChange,
    DutyRoster: surveillance.DutyRosterChange,
    FootageRequest: surveillance.FootageChange,
    PatrolTask: surveillance.PatrolChange,
    DutyInspection: surveillance.InspectionChange,
    PriorityPlace: surveillance.PriorityPlaceEnded,
    Directive: oversight.DirectiveChange,
    BuildPlan: oversight.BuildPlanChange,
    Assessment: oversight.AssessmentChange,
    SafetySurvey: oversight.SurveyRetracted,
}
EVENTS = [
    member
    for page in (dispatching, casework, jurisdiction, oversight, surveillance)
    for member in vars(page).values()
    if isinstance(member, type) and issubclass(member, Event) and member.__module__.startswith(page.__name__)
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_just_one_aggregate_begins_with_the_event_or_applies_it(event):
    owners = [kind for kind, changes in APPLIED.items() if event in (*kind.begins, *(get_args(changes) or (changes,)))]
    assert len(owners) == 1


def test_every_page_of_events_is_looked_at():
    begun = {kind.begins[0] for kind in APPLIED}
    assert {event.__module__ for event in EVENTS} == {event.__module__ for event in begun}
