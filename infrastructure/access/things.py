"""Single things as Cedar takes them, with everything they stand in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from domain.casework.correction import CorrectionRequest
from domain.dispatching.order import DispatchOrder
from infrastructure.access.policy import Entity, named
from infrastructure.access.tree import Tree
from infrastructure.projections.casework.cases import CASES
from infrastructure.projections.dispatching.alarms import ALARMS
from infrastructure.projections.dispatching.deployment import DEPLOYMENT_PLANS
from infrastructure.projections.dispatching.linkage import VERIFICATIONS
from infrastructure.projections.dispatching.orders import ORDERS
from infrastructure.projections.dispatching.plans import PLAN_ACTIVATIONS
from infrastructure.projections.dispatching.units import UNITS
from infrastructure.projections.jurisdiction.grants import GRANTS
from infrastructure.projections.oversight.assessments import ASSESSMENTS, SCORES
from infrastructure.projections.oversight.build_plans import BUILD_PLANS
from infrastructure.projections.oversight.directives import DIRECTIVES, RECEIPTS
from infrastructure.projections.oversight.exports import EXPORTS
from infrastructure.projections.surveillance.cameras import CAMERAS
from infrastructure.projections.surveillance.devices import DEVICES
from infrastructure.projections.surveillance.footage import FOOTAGE_REQUESTS
from infrastructure.projections.surveillance.inspections import INSPECTIONS
from infrastructure.projections.surveillance.patrols import PATROLS
from infrastructure.projections.surveillance.posts import MONITORING_POSTS
from infrastructure.projections.surveillance.priority import PRIORITY_PLACES
from infrastructure.projections.surveillance.rosters import DUTY_ROSTERS

Name = tuple[str, str]
"""A kind of thing, and its id."""
CITY: Name = ("City", "city")
KINDS = (
    "Alarm",
    "Unit",
    "Case",
    "Grant",
    "Export",
    "Camera",
    "Device",
    "Post",
    "Roster",
    "FootageRequest",
    "PriorityPlace",
    "Patrol",
    "Inspection",
    "Directive",
    "BuildPlan",
    "Assessment",
    "Activation",
    "DeploymentPlan",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Things by kind; orders and corrections are known from the log already, for their views follow behind it."""

    ids: Mapping[str, Collection[UUID]]
    orders: Mapping[UUID, DispatchOrder]
    corrections: Mapping[UUID, CorrectionRequest]

    def of(self, kind: str) -> set[UUID]:
        return {*self.ids.get(kind, ()), *self._named(kind)}

    def _named(self, kind: str) -> Iterator[UUID]:
        """What orders and corrections stand in."""
        for order in self.orders.values():
            yield from [order.alarm] if kind == "Alarm" else [order.unit] if kind == "Unit" else []
        for correction in self.corrections.values():
            subject = {"Alarm": correction.asked.alarm, "Case": correction.asked.case}.get(kind)
            if subject is not None:
                yield subject


class Known:
    """Entities by their names; what is not in here does not exist."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._entities: dict[Name, Entity] = {}
        self.add(CITY)

    def __contains__(self, name: Name) -> bool:
        return name in self._entities

    def add(self, name: Name, parents: Iterable[Name] = (), **attributes: Any) -> None:
        above = list(parents)
        for kind, id in above:
            if kind == "Organisation":
                self._add_organisation(id)
        self._entities[name] = {"uid": named(*name), "attrs": attributes, "parents": [named(*each) for each in above if each in self]}

    def add_organisation(self, id: str) -> Name:
        self._add_organisation(id)
        return "Organisation", id

    def add_begun(self, names: Iterable[Name], home: str) -> None:
        """What a batch began just before is the officer's own; what was there already is what it was."""
        station: dict[str, Any] = {"station": {"__entity": named("Organisation", home)}, "flat": True}
        for name in names:
            if name not in self and name[0] != "Correction":
                self._add_organisation(home)
                attributes = station if name[0] == "Unit" else {"sealed": False} if name[0] == "Case" else {}
                self._entities[name] = {"uid": named(*name), "attrs": attributes, "parents": [named("Organisation", home)]}

    def entities(self) -> list[Entity]:
        return list(self._entities.values())

    def value(self, name: Name, attribute: str) -> Any:
        return self._entities[name]["attrs"][attribute]

    def _add_organisation(self, organisation: str) -> None:
        for id, parent in self._tree.upwards(organisation):
            above = [] if parent is None else [named("Organisation", parent)]
            self._entities["Organisation", id] = {"uid": named("Organisation", id), "attrs": {}, "parents": above}


def known(connection: sa.Connection, tree: Tree, asked: Asked, officer: str) -> Known:
    """All that was asked for and exists, with all that it stands in; `officer` asks."""
    found = Known(tree)
    activations = _activations(connection, asked.of("Activation"))
    _alarms(connection, found, asked.of("Alarm") | set(activations.values()))
    for id, alarm in activations.items():
        found.add(("Activation", str(id)), [("Alarm", str(alarm))])
    _units(connection, found, tree, asked.of("Unit"))
    _cases(connection, found, asked.of("Case"))
    _placed(connection, found, "Grant", GRANTS.c.organisation, asked)
    _exports(connection, found, asked.of("Export"), officer)
    _placed(connection, found, "Camera", CAMERAS.c.station, asked)
    _placed(connection, found, "Device", DEVICES.c.station, asked)
    _placed(connection, found, "Post", MONITORING_POSTS.c.station, asked)
    _placed(connection, found, "Roster", DUTY_ROSTERS.c.station, asked)
    _placed(connection, found, "Patrol", PATROLS.c.station, asked)
    _placed(connection, found, "Inspection", INSPECTIONS.c.station, asked)
    _placed(connection, found, "PriorityPlace", PRIORITY_PLACES.c.station, asked)
    _footage(connection, found, asked.of("FootageRequest"))
    _directives(connection, found, asked.of("Directive"))
    _placed(connection, found, "BuildPlan", BUILD_PLANS.c.organisation, asked)
    _placed(connection, found, "DeploymentPlan", DEPLOYMENT_PLANS.c.organisation, asked)
    _assessments(connection, found, asked.of("Assessment"))
    for id, order in asked.orders.items():
        unit = ("Unit", str(order.unit))
        found.add(("Order", str(id)), [("Alarm", str(order.alarm)), *([_station(found, unit)] if unit in found else [])])
    for id, correction in asked.corrections.items():
        _correction(found, id, correction)
    return found


def _station(found: Known, unit: Name) -> Name:
    return "Organisation", found.value(unit, "station")["__entity"]["id"]


def _activations(connection: sa.Connection, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The alarm of each."""
    if not ids:
        return {}
    own = PLAN_ACTIVATIONS.c
    return {row.id: row.alarm for row in connection.execute(sa.select(own.id, own.alarm).where(own.id.in_(ids)))}


def _alarms(connection: sa.Connection, found: Known, ids: Collection[UUID]) -> None:
    if not ids:
        return
    sent: dict[UUID, set[str]] = {}
    helping = sa.select(ORDERS.c.alarm, UNITS.c.station).join(UNITS, UNITS.c.id == ORDERS.c.unit).where(ORDERS.c.alarm.in_(ids))
    verifying = sa.select(VERIFICATIONS.c.alarm, VERIFICATIONS.c.station).where(VERIFICATIONS.c.alarm.in_(ids))
    for row in connection.execute(helping.union(verifying)):
        sent.setdefault(row.alarm, set()).add(row.station)
    for row in connection.execute(sa.select(ALARMS.c.id, ALARMS.c.station).where(ALARMS.c.id.in_(ids))):
        stations = {row.station, *sent.get(row.id, ())}
        found.add(("Alarm", str(row.id)), [("Organisation", each) for each in sorted(stations)])


def _units(connection: sa.Connection, found: Known, tree: Tree, ids: Collection[UUID]) -> None:
    if not ids:
        return
    for row in connection.execute(sa.select(UNITS.c.id, UNITS.c.station).where(UNITS.c.id.in_(ids))):
        above = tree.above(row.station)
        attributes: dict[str, Any] = {"station": {"__entity": named("Organisation", row.station)}, "flat": tree.is_flat(row.station)}
        if above is not None:
            attributes["above"] = {"__entity": named("Organisation", above)}
        found.add(("Unit", str(row.id)), [("Organisation", row.station)], **attributes)


def _cases(connection: sa.Connection, found: Known, ids: Collection[UUID]) -> None:
    if not ids:
        return
    for row in connection.execute(sa.select(CASES.c.id, CASES.c.station, CASES.c.sealed).where(CASES.c.id.in_(ids))):
        found.add(("Case", str(row.id)), [("Organisation", row.station)], sealed=row.sealed)


def _exports(connection: sa.Connection, found: Known, ids: Collection[UUID], officer: str) -> None:
    if not ids:
        return
    for row in connection.execute(sa.select(EXPORTS.c.id, EXPORTS.c.requested_by).where(EXPORTS.c.id.in_(ids))):
        found.add(("Export", str(row.id)), mine=row.requested_by == officer)


def _placed(connection: sa.Connection, found: Known, kind: str, organisation: sa.Column[Any], asked: Asked) -> None:
    """Things that stand in the organisation that their row names, and nowhere else."""
    ids = asked.of(kind)
    if not ids:
        return
    own = organisation.table.c.id
    for id, where in connection.execute(sa.select(own, organisation).where(own.in_(ids))):
        found.add((kind, str(id)), [("Organisation", where)])


def _footage(connection: sa.Connection, found: Known, ids: Collection[UUID]) -> None:
    """A request for footage stands where its camera does, and in the case that it is for."""
    if not ids:
        return
    own = FOOTAGE_REQUESTS.c
    rows = sa.select(own.id, own.station, own.case, CASES.c.sealed).outerjoin_from(FOOTAGE_REQUESTS, CASES, CASES.c.id == own.case)
    for row in connection.execute(rows.where(own.id.in_(ids))).all():
        if row.case is not None:
            _cases(connection, found, [row.case])
        case = [] if row.case is None else [("Case", str(row.case))]
        found.add(("FootageRequest", str(row.id)), [("Organisation", row.station), *case], sealed=bool(row.sealed))


def _directives(connection: sa.Connection, found: Known, ids: Collection[UUID]) -> None:
    """A directive stands where it was issued, and with each addressee."""
    if not ids:
        return
    issued = sa.select(DIRECTIVES.c.id, DIRECTIVES.c.organisation).where(DIRECTIVES.c.id.in_(ids))
    addressed = sa.select(RECEIPTS.c.directive, RECEIPTS.c.organisation).where(RECEIPTS.c.directive.in_(ids))
    _concerning(connection, found, "Directive", issued.union(addressed))


def _assessments(connection: sa.Connection, found: Known, ids: Collection[UUID]) -> None:
    """An assessment stands with the assessor, and with each organisation that is assessed."""
    if not ids:
        return
    opened = sa.select(ASSESSMENTS.c.id, ASSESSMENTS.c.assessor).where(ASSESSMENTS.c.id.in_(ids))
    assessed = sa.select(SCORES.c.assessment, SCORES.c.organisation).where(SCORES.c.assessment.in_(ids))
    _concerning(connection, found, "Assessment", opened.union(assessed))


def _concerning(connection: sa.Connection, found: Known, kind: str, rows: sa.CompoundSelect[Any]) -> None:
    """Things that concern several organisations, a row for each."""
    concerned: dict[UUID, set[str]] = {}
    for id, organisation in connection.execute(rows):
        concerned.setdefault(id, set()).add(organisation)
    for id, organisations in concerned.items():
        found.add((kind, str(id)), [("Organisation", each) for each in sorted(organisations)])


def _correction(found: Known, id: UUID, correction: CorrectionRequest) -> None:
    asked = correction.asked
    subjects = [("Alarm", asked.alarm), ("Order", asked.order), ("Case", asked.case)]
    parents = [(kind, str(subject)) for kind, subject in subjects if subject is not None]
    case = ("Case", str(asked.case))
    sealed = case in found and found.value(case, "sealed")
    found.add(("Correction", str(id)), parents, sealed=sealed, subject=asked.subject.value)
