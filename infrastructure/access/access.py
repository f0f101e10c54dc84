"""The application's access, by the policies."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from application.access import NotYours, Responsible
from application.casework.views import CorrectionView
from application.commands import Command, Look, NamedCamera
from application.desk import Desk
from application.dispatching.views import OrderView
from application.feed import Feed
from application.identity import Principal, Role
from application.naming import CameraNotRegistered
from application.surveillance.views import CameraView
from application.views import View
from domain.aggregates import Aggregate
from domain.casework.case import Case
from domain.casework.correction import CorrectionRequest
from domain.dispatching.alarm import Alarm
from domain.dispatching.deployment_plan import DeploymentPlan
from domain.dispatching.order import DispatchOrder
from domain.dispatching.plan_activation import PlanActivation
from domain.dispatching.unit import Unit
from domain.ids import OrganisationId
from domain.jurisdiction.grant import Grant
from domain.oversight.assessment import Assessment
from domain.oversight.build_plan import BuildPlan
from domain.oversight.directive import Directive
from domain.oversight.export import Export
from domain.rules import NotFound
from domain.surveillance.camera import Camera
from domain.surveillance.duty_inspection import DutyInspection
from domain.surveillance.duty_roster import DutyRoster
from domain.surveillance.footage_request import FootageRequest
from domain.surveillance.monitoring_post import MonitoringPost
from domain.surveillance.patrol_task import PatrolTask
from domain.surveillance.priority_place import PriorityPlace
from domain.surveillance.tech_alarm_device import TechAlarmDevice
from infrastructure.access.policy import decisions
from infrastructure.access.records import Record, Records
from infrastructure.access.responsibilities import responsibilities
from infrastructure.access.rows import ASKING
from infrastructure.access.seen import Seen, Sight, sql
from infrastructure.access.things import CITY, Asked, Known, Name, known
from infrastructure.database import Database
from infrastructure.projections.projection import Projection

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
        self._records = Records(seen, self._tables)

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
            return self._records.shown(connection, self._seen.sight(connection, principal), records)


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
