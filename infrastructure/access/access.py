"""The application's access, by the policies."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, get_args, get_type_hints
from uuid import UUID

import sqlalchemy as sa

from application.access import NotYours, Responsible
from application.casework.views import CaseView, CorrectionView, PersonView
from application.commands import Command, Look, NamedCamera
from application.desk import Desk
from application.dispatching.deployment import DeploymentPlanView
from application.dispatching.plan_views import PlanActivationView, ResponsePlanView
from application.dispatching.views import AlarmView, OrderView, UnitStateView, UnitView
from application.feed import Feed
from application.identity import Principal, Role
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
from application.naming import CameraNotRegistered
from application.oversight.views import AssessmentView, BuildPlanView, DirectiveView, ExportView, SafetySurveyView
from application.surveillance.footage_views import FootageRequestView
from application.surveillance.patrol_views import DutyInspectionView, PatrolTaskView
from application.surveillance.views import CameraView, DutyRosterView, MonitoringPostView, PriorityPlaceView, TechAlarmDeviceView
from application.views import View
from domain.aggregates import Aggregate
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
from domain.ids import CaseId, OrganisationId
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
from domain.rules import NotFound
from domain.surveillance import events as surveillance
from domain.surveillance.camera import Camera
from domain.surveillance.duty_inspection import DutyInspection
from domain.surveillance.duty_roster import DutyRoster
from domain.surveillance.footage_request import FootageRequest
from domain.surveillance.monitoring_post import MonitoringPost
from domain.surveillance.patrol_task import PatrolTask
from domain.surveillance.priority_place import PriorityPlace
from domain.surveillance.tech_alarm_device import TechAlarmDevice
from infrastructure.access.policy import decisions
from infrastructure.access.responsibilities import responsibilities
from infrastructure.access.rows import ASKING
from infrastructure.access.seen import Seen, Sight, sql
from infrastructure.access.things import CITY, Asked, Known, Name, known
from infrastructure.database import Database
from infrastructure.projections.projection import Projection

Record = Recorded[Event]
KINDS: dict[type[Aggregate], str] = {
    Alarm: "Alarm",
    DispatchOrder: "Order",
    Unit: "Unit",
    Case: "Case",
    CorrectionRequest: "Correction",
    Grant: "Grant",
    Export: "Export",
    Camera: "Camera",
    TechAlarmDevice: "Device",
    MonitoringPost: "Post",
    DutyRoster: "Roster",
    FootageRequest: "FootageRequest",
    PriorityPlace: "PriorityPlace",
    PatrolTask: "Patrol",
    DutyInspection: "Inspection",
    Directive: "Directive",
    BuildPlan: "BuildPlan",
    Assessment: "Assessment",
    PlanActivation: "Activation",
    DeploymentPlan: "DeploymentPlan",
}
"""Things that stand somewhere. Divisions, organisations, keys, webhooks and surveys belong to the whole city."""
_FOLLOWED: dict[str, type[Aggregate]] = {"Order": DispatchOrder, "Correction": CorrectionRequest}
"""Whose views follow behind the log, so that the log itself is asked."""
PLACED: tuple[type[Aggregate], ...] = (
    Alarm,
    Unit,
    Case,
    Camera,
    TechAlarmDevice,
    MonitoringPost,
    PriorityPlace,
    PatrolTask,
    Directive,
    BuildPlan,
    Assessment,
    DeploymentPlan,
)
"""What begins in an organisation, or in several, that the command names."""
MOVES = frozenset({"cameras.move"})
"""What is moved to another organisation of one's own, as it began in one."""
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
FOLLOW_BEHIND = (OrderView, CorrectionView)
"""Views that are not written in the events' own commit; whose they are is known once they have come that far."""
PATIENCE = 2.0
GRANTABLE = frozenset({Role.INVESTIGATOR, Role.STATION_HEAD, Role.SUB_BUREAU_HEAD, Role.CITY_HEAD, Role.AUDITOR})
"""Whom a grant may open a case to."""
OWN = GRANTABLE | {Role.INTEGRATION}
"""Who may have seen something of their own: a case by a grant, an export. All others of a role and place see the same."""


class PolicyAccess:
    def __init__(self, database: Database, seen: Seen, desk: Desk, feed: Feed, projections: Iterable[Projection]) -> None:
        self._database = database
        self._seen = seen
        self._desk = desk
        self._feed = feed
        tables = [table for projection in projections for table in projection.tables if "view" in table.info]
        self._tables: dict[type[View], sa.Table] = {table.info["view"]: table for table in tables}

    def scope(self, principal: Principal) -> Hashable:
        own = principal.officer if principal.role in OWN else None
        return principal.role, principal.organisation, principal.reach, principal.actions, own

    def responsibilities(self) -> Mapping[str, Responsible]:
        return responsibilities()

    async def sees(self, principal: Principal, record: Record) -> bool:
        return bool(await self.shown(principal, [record]))

    async def shown(self, principal: Principal, records: Sequence[Record]) -> list[Record]:
        if not records or principal.role is Role.OWNER:
            return list(records)
        last = max(record.position for record in records)
        for view in FOLLOW_BEHIND:
            await self._feed.reached(last, view, PATIENCE)
        return await to_thread(self._shown, principal, records)

    async def insist(
        self, principal: Principal, command: Command, organisations: Collection[OrganisationId], begun: Collection[Look] = ()
    ) -> None:
        if principal.role is Role.OWNER:
            return
        new = {step.id for step in command.steps if step.new}
        there = {(KINDS[step.aggregate], step.id) for step in command.steps if step.id not in new and step.aggregate in KINDS}
        looked = {(KINDS[kind], id) for kind, id in command.looks if id not in new and kind in KINDS} - there
        states = await self._desk.states([(_FOLLOWED[kind], id) for kind, id in there | looked if kind in _FOLLOWED])
        asked = _asked(there | looked, states)
        begins = command.name in MOVES or any(step.new and step.aggregate in PLACED for step in command.steps)
        await to_thread(self._insist, principal, command, asked, there, looked, organisations if begins else (), begun)

    def _insist(
        self,
        principal: Principal,
        command: Command,
        asked: Asked,
        there: Collection[tuple[str, UUID]],
        looked: Collection[tuple[str, UUID]],
        organisations: Collection[OrganisationId],
        begun: Collection[Look],
    ) -> None:
        """First whether all that must be there is there to see, then whether it may be done to it, then with what."""
        with self._database.reading() as connection:
            sight = self._seen.sight(connection, principal)
            found = known(connection, sight.tree, asked, principal.officer)
            unseen = self._unseen_camera(connection, sight, command, begun)
        named = [(kind, str(id)) for kind, id in (*there, *looked)]
        begun_before = {id for _, id in begun}
        found.add_begun([(kind, str(id)) for kind, id in (*there, *looked) if id in begun_before], sight.who.home)
        if not all(each in found for each in named) or not _all(sight, [("view", each) for each in named], found):
            raise NotFound
        changed: list[Name] = [(kind, str(id)) for kind, id in there]
        changed += [found.add_organisation(each) for each in organisations]
        about = changed or [(kind, str(id)) for kind, id in looked] or [CITY]
        if not _all(sight, [(command.name, each) for each in about], found):
            raise NotYours
        if unseen is not None:
            raise CameraNotRegistered(field=unseen.field)

    def _unseen_camera(self, connection: sa.Connection, sight: Sight, command: Command, begun: Collection[Look]) -> NamedCamera | None:
        """A camera that is named by its number and is not there to see; the desk must not tell whether it is elsewhere."""
        named = [each for each in command.names if isinstance(each, NamedCamera)]
        if not named:
            return None
        table, numbers = self._tables[CameraView], [each.code for each in named]
        rows = sa.select(table.c.gb28181_id).where(table.c.gb28181_id.in_(numbers))
        seen = set(connection.execute(rows.where(sql(self._seen.rows(sight, CameraView))), {ASKING: sight.officer}).scalars())
        if any(kind is Camera for kind, _ in begun):  # its number is in the batch alone, where the desk will find it
            seen |= set(numbers) - set(connection.execute(rows).scalars())
        return next((each for each in named if each.code not in seen), None)

    def _shown(self, principal: Principal, records: Sequence[Record]) -> list[Record]:
        with self._database.reading() as connection:
            sight = self._seen.sight(connection, principal)
            there = {view: self._there(connection, sight, view, records) for view in {VIEW_OF[type(r.event)] for r in records}}
            hidden = self._hidden(connection, sight, records)
        return [
            record
            for record in records
            if _among(record.originator_id, there[VIEW_OF[type(record.event)]]) and not hidden & _cases_named(record)
        ]

    def _there(self, connection: sa.Connection, sight: Sight, view: type[View], records: Sequence[Record]) -> set[UUID] | bool:
        """Which things of a kind are there to see; all or none where no row needs to be looked at."""
        truth = self._seen.rows(sight, view)
        if isinstance(truth, bool):
            return truth
        ids = {record.originator_id for record in records if VIEW_OF[type(record.event)] is view}
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


def _all(sight: Sight, asked: Sequence[tuple[str, Name]], found: Known) -> bool:
    return all(decisions(sight.who, asked, found.entities()))


def _asked(named: Collection[tuple[str, UUID]], states: Mapping[UUID, Any]) -> Asked:
    ids: dict[str, set[UUID]] = {}
    for kind, id in named:
        ids.setdefault(kind, set()).add(id)
    return Asked(
        ids,
        {id: state for id, state in states.items() if isinstance(state, DispatchOrder)},
        {id: state for id, state in states.items() if isinstance(state, CorrectionRequest)},
    )


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
