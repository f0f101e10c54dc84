"""The SQL of the policies, Cedar's decision on each row, and a small oracle of our own say the same, for random cities."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa

from application.casework.views import CaseView
from application.dispatching.views import AlarmView, UnitView
from application.identity import Principal, Role
from domain.ids import OfficerId, OrganisationId
from domain.jurisdiction.events import KeyAction, OrganisationKind
from infrastructure.access.policy import decisions
from infrastructure.access.seen import Seen
from infrastructure.access.things import Asked, known
from infrastructure.database import Database
from infrastructure.projections.casework.cases import CASES
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.dispatching.alarms import ALARMS
from infrastructure.projections.dispatching.orders import ORDERS
from infrastructure.projections.dispatching.units import UNITS
from infrastructure.projections.generations import install
from infrastructure.projections.jurisdiction.grants import GRANTS
from infrastructure.projections.jurisdiction.organisations import ORGANISATIONS
from infrastructure.projections.tables import physical
from infrastructure.settings import Settings
from tests.identity.provider import NOW, Watch
from tests.projections.rows import put

EXAMPLES = int(os.environ.get("TOCSIN_ACCESS_DECISIONS", "2000"))
"""Decisions that are compared; `make nightly` compares 100,000."""
PARENTS = {"city": None, "north": "city", "south": "city", "n-1": "north", "n-2": "north", "s-1": "south"}
KINDS = dict.fromkeys(("n-1", "n-2", "s-1"), OrganisationKind.STATION) | {"city": OrganisationKind.CITY_BUREAU}
STATIONS = ("n-1", "n-2", "s-1", "elsewhere")
OFFICER = OfficerId("o-1")
DISPATCHING = {
    Role.INTAKE, Role.DISPATCHER, Role.UNIT_OFFICER, Role.INVESTIGATOR, Role.STATION_HEAD, Role.SUB_BUREAU_HEAD,
    Role.CITY_HEAD, Role.VIDEO_OFFICE, Role.AUDITOR,
}  # fmt: skip
CASEWORK = {Role.INVESTIGATOR, Role.STATION_HEAD, Role.SUB_BUREAU_HEAD, Role.CITY_HEAD, Role.AUDITOR}


class Town:
    """Random things on their stations, told to the tables and remembered for the oracle."""

    def __init__(self, database: Database, dice: random.Random) -> None:
        def some(n: int) -> list[UUID]:
            return [UUID(int=dice.getrandbits(128)) for _ in range(n)]

        self.units = {id: dice.choice(STATIONS) for id in some(4)}
        self.alarms = {id: dice.choice(STATIONS) for id in some(12)}
        self.cases = {id: (dice.choice(STATIONS), dice.random() < 0.3) for id in some(12)}
        self.sent = [(dice.choice(list(self.alarms)), dice.choice(list(self.units))) for _ in range(4)]
        self.granted = {id for id in self.cases if dice.random() < 0.2}
        with database.writing() as connection:
            self._tell(connection, dice)

    def _tell(self, connection: sa.Connection, dice: random.Random) -> None:
        for table in (UNITS, ALARMS, CASES, ORDERS, GRANTS, ORGANISATIONS):
            connection.execute(sa.delete(physical(table, 1)))
        for id, parent in PARENTS.items():
            put(connection, ORGANISATIONS, id=id, parent=parent, kind=KINDS.get(id, OrganisationKind.SUB_BUREAU))
        for id, station in self.units.items():
            put(connection, UNITS, id=id, station=station)
        for id, station in self.alarms.items():
            put(connection, ALARMS, id=id, station=station)
        for id, (station, sealed) in self.cases.items():
            put(connection, CASES, id=id, station=station, sealed=sealed, number=str(id))
        for alarm, unit in self.sent:
            put(connection, ORDERS, alarm=alarm, unit=unit)
        for id in self.cases:
            ended, over = id not in self.granted and dice.random() < 0.3, dice.random() < 0.3
            if id in self.granted or ended:
                put(connection, GRANTS, officer=OFFICER, case=id, ended=ended, until=NOW + timedelta(hours=1))
            elif over:
                put(connection, GRANTS, officer=OFFICER, case=id, until=NOW)

    def sees(self, who: Principal, kind: str, id: UUID) -> bool:
        """The oracle: the same promises in other words."""
        if who.role is Role.OWNER:
            return True
        if kind == "Case":
            station, sealed = self.cases[id]
            granted = id in self.granted
            if sealed and not granted:
                return False
            return (who.role in CASEWORK and (granted or own(who, station))) or (reads(who) and own(who, station))
        stations = (
            {self.units[id]} if kind == "Unit" else {self.alarms[id], *(self.units[unit] for alarm, unit in self.sent if alarm == id)}
        )
        return (who.role in DISPATCHING or reads(who)) and any(own(who, station) for station in stations)


def reads(who: Principal) -> bool:
    return who.role is Role.INTEGRATION and KeyAction.READ in who.actions


def own(who: Principal, station: str) -> bool:
    at: str | None = station
    while at is not None:
        if at in who.reach:
            return True
        at = PARENTS.get(at)
    return "city" in who.reach


def somebody(dice: random.Random) -> Principal:
    role = dice.choice(list(Role))
    places = [OrganisationId(each) for each in (*PARENTS, "elsewhere")]
    reach = tuple(dice.sample(places, 2 if role is Role.INTEGRATION else 1))
    actions = frozenset(each for each in KeyAction if dice.random() < 0.5) if role is Role.INTEGRATION else frozenset[KeyAction]()
    return Principal(OFFICER, reach[0], role, reach=reach, actions=actions)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(f"sqlite:///{tmp_path / 'town.sqlite'}")
    install(opened, catalogue(Settings().zone))
    yield opened
    opened.close()


def test_sql_cedar_and_the_oracle_decide_alike(database: Database):
    dice, compared = random.Random(3), 0  # noqa: S311 - a replayable choice
    seen = Seen(Watch())
    while compared < EXAMPLES:
        town = Town(database, dice)
        things = {"Alarm": (AlarmView, ALARMS, town.alarms), "Unit": (UnitView, UNITS, town.units), "Case": (CaseView, CASES, town.cases)}
        for _ in range(20):
            who = somebody(dice)
            with database.reading() as connection:
                sight = seen.sight(connection, who)
                found = known(connection, sight.tree, Asked({kind: list(ids) for kind, (_, _, ids) in things.items()}, {}, {}), OFFICER)
                for kind, (view, table, ids) in things.items():
                    listed = set(connection.execute(sa.select(table.c.id).where(seen.condition(connection, who, view))).scalars())
                    asked = [("view", (kind, str(id))) for id in ids]
                    decided = {id for id, yes in zip(ids, decisions(sight.who, asked, found.entities()), strict=True) if yes}
                    assert listed == decided == {id for id in ids if town.sees(who, kind, id)}, (who, kind)
                    compared += len(ids)
