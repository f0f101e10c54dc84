"""Fixes of units: what is refused, what is the latest, what a track holds, and for how long."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from api.main import Tocsin
from application.dispatching import units
from application.dispatching.positions import Nearby
from application.identity import OWNER, Principal, Role
from application.requests import Request
from domain.dispatching.positions import Fix, FixOutcome
from domain.dispatching.rules import FixOutOfRange
from domain.ids import CommandId, OfficerId, OrganisationId, UnitId
from domain.jurisdiction.events import KeyAction
from domain.places import Point
from domain.rules import Rejected
from infrastructure.database import Database
from infrastructure.positions import gathering, store
from infrastructure.positions.tables import POSITIONS, TRACKS
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.schedule import Schedule
from infrastructure.settings import Settings
from tests.databases import database, database_url, postgres_server, postgres_url, sqlite_template, sqlite_url
from tests.registering import established

__all__ = ["database", "database_url", "postgres_server", "postgres_url", "sqlite_template", "sqlite_url"]

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
SPACE = UUID("00000000-0000-4000-8000-00000000f1f1")
NEAR, FAR = OrganisationId("S-1"), OrganisationId("S-2")
HERE = Point(106.55, 29.56)
TAKEN, STALE = FixOutcome.TAKEN, FixOutcome.STALE


class Clock:
    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time


class Town:
    """Two stations with a unit each."""

    def __init__(self, database: Database) -> None:
        install(database, catalogue(Settings().zone))
        self.clock = Clock()
        self.database = database
        self.tocsin = Tocsin(Settings(), database, self.clock, working=False)
        self.positions = self.tocsin.positions
        self._loop = asyncio.Runner()
        established(self.tocsin, divisions=["500103"], organisations=[NEAR, FAR])
        for name, station in (("near", NEAR), ("far", FAR)):
            command = units.register(unit(name), name, "CAR", station)
            id = CommandId(uuid5(SPACE, f"register {name}"))
            self.run(self.tocsin.desk.carry_out(Request(command=command, command_id=id, by=OfficerId("P-1"), organisation=NEAR)))

    def run(self, work: Any) -> Any:
        return self._loop.run(work)

    def report(self, *fixes: Fix, by: Principal = OWNER) -> list[str]:
        told = self.run(self.positions.report(by, fixes))
        return [each.code if isinstance(each, Rejected) else each.value for each in told]

    def latest(self, by: Principal = OWNER, **wanted: Any) -> dict[UUID, float]:
        """Units with the age of their positions."""
        return {each.unit: each.age for each in self.run(self.positions.latest(by, Nearby(**wanted), 100))}

    def track(self, name: str = "near", by: Principal = OWNER, first: int = 100) -> list[datetime] | None:
        found = self.run(self.positions.track(by, unit(name), NOW - timedelta(40), NOW + timedelta(1), first))
        return None if found is None else [each.at for each in found]

    def close(self) -> None:
        self.tocsin.log.close()
        self._loop.close()


def unit(name: str) -> UnitId:
    return UnitId(uuid5(SPACE, name))


def fix(name: str = "near", seconds: float = 0, place: Point = HERE, **told: float) -> Fix:
    return Fix(unit(name), place, NOW + timedelta(seconds=seconds), **told)


def who(role: Role, home: OrganisationId = NEAR, *actions: KeyAction) -> Principal:
    return Principal(OfficerId("P-9"), home, role, reach=(home,), actions=frozenset(actions))


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "PAUSE", 0.0)


@pytest.fixture
def town(database: Database) -> Iterator[Town]:
    town = Town(database)
    yield town
    town.close()


@pytest.mark.parametrize(("name", "value"), [("accuracy", -1.0), ("speed", -0.1), ("heading", -1.0), ("heading", 360.5)])
def test_what_cannot_be_is_refused(name: str, value: float) -> None:
    with pytest.raises(FixOutOfRange) as refusal:
        fix(**{name: value})
    assert refusal.value.field == name


@settings(deadline=None)
@given(st.lists(st.integers(0, 20), min_size=1, max_size=30))
def test_whatever_the_order_a_fix_is_taken_only_where_it_is_newer_than_all_before(seconds: list[int]) -> None:
    outcomes = list(store._outcomes([fix(seconds=each) for each in seconds], {}))
    assert outcomes == [TAKEN if each > max(seconds[:n], default=-1) else STALE for n, each in enumerate(seconds)]


def test_each_fix_is_answered_by_itself_in_its_order(town: Town) -> None:
    unknown = Fix(UnitId(uuid5(SPACE, "nobody")), HERE, NOW)
    told = town.report(fix(), unknown, fix(seconds=61), fix(seconds=-1), fix("far", seconds=60), fix(seconds=-31 * 86_400))
    assert told == ["TAKEN", "NOT_FOUND", "FIX_FROM_THE_FUTURE", "STALE", "TAKEN", "FIX_TOO_OLD"]
    assert town.latest() == {unit("near"): 0.0, unit("far"): 0.0}
    assert town.track() == [NOW - timedelta(seconds=1), NOW]


def test_what_comes_late_stands_in_the_track_once_and_is_not_the_latest(town: Town) -> None:
    assert town.report(fix(seconds=-10)) == ["TAKEN"]
    assert town.report(fix(seconds=-100), fix(seconds=-10, place=Point(0, 0))) == ["STALE", "STALE"]
    assert town.report(fix(seconds=-100)) == ["STALE"], "sent again"
    assert town.track() == [NOW - timedelta(seconds=100), NOW - timedelta(seconds=10)]
    assert town.latest() == {unit("near"): 10.0}
    assert town.run(town.positions.latest(OWNER, Nearby(), 1))[0].place == HERE


def test_the_log_knows_nothing_of_it(town: Town) -> None:
    before = town.run(town.tocsin.feed.head())
    town.report(fix())
    assert town.run(town.tocsin.feed.head()) == before


def test_a_position_is_told_by_the_units_own_officers_and_the_system_that_locates_it(town: Town) -> None:
    both = fix(), fix("far")
    assert town.report(*both, by=who(Role.UNIT_OFFICER)) == ["TAKEN", "NOT_FOUND"]
    assert town.report(*both, by=who(Role.INTEGRATION, FAR, KeyAction.UNIT_WORK)) == ["NOT_FOUND", "TAKEN"]
    assert town.report(*both, by=who(Role.INTEGRATION, FAR, KeyAction.DISPATCH)) == ["NOT_FOUND", "NOT_FOUND"]
    assert town.report(*both, by=who(Role.DISPATCHER)) == ["NOT_YOURS", "NOT_FOUND"]


def test_positions_and_tracks_are_there_as_their_units_are(town: Town) -> None:
    town.report(fix(), fix("far"))
    assert town.latest(who(Role.DISPATCHER)) == {unit("near"): 0.0}
    assert town.track("near", who(Role.DISPATCHER)) == [NOW]
    assert town.track("far", who(Role.DISPATCHER)) is None
    assert town.latest(who(Role.SECURITY_ADMINISTRATOR)) == {}


def test_the_nearest_come_first_and_what_is_farther_than_asked_is_left_out(town: Town) -> None:
    town.report(fix(place=Point(106.56, 29.56)), fix("far", place=Point(106.58, 29.56)))
    asked = town.run(town.positions.latest(OWNER, Nearby(near=Point(106.6, 29.56)), 10))
    assert [each.unit for each in asked] == [unit("far"), unit("near")]
    assert [round(each.distance / 100) for each in asked] == [19, 39]
    assert town.latest(near=Point(106.6, 29.56), within=2_500.0).keys() == {unit("far")}
    assert town.latest(organisations=(NEAR,)).keys() == {unit("near")}


def test_a_track_is_told_from_its_oldest_fix_on(town: Town) -> None:
    seconds = [-90_000, -3_600, -60, -5, 0]
    town.report(*(fix(seconds=each) for each in reversed(seconds)))
    moments = [NOW + timedelta(seconds=each) for each in seconds]
    assert town.track() == moments
    assert town.track(first=2) == moments[:2]


def test_what_is_kept_long_enough_is_forgotten_a_little_at_a_time(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "TOGETHER", 2)
    town.report(*(fix(seconds=60 * each) for each in range(-6, 0)), fix("far"))
    town.clock.time += timedelta(days=30) - timedelta(minutes=1)
    town.run(Schedule(town.database, town.tocsin.desk, town.clock, town.positions).forget())
    with town.database.reading() as connection:
        left = connection.execute(sa.select(TRACKS.c.unit, TRACKS.c.fixed_at).order_by(TRACKS.c.fixed_at)).all()
        assert [tuple(each) for each in left] == [(unit("near"), NOW - timedelta(minutes=1)), (unit("far"), NOW)]
        assert connection.execute(sa.select(POSITIONS.c.unit).order_by(POSITIONS.c.fixed_at)).scalars().all() == [unit("near"), unit("far")]
    town.clock.time += timedelta(days=1)
    town.run(Schedule(town.database, town.tocsin.desk, town.clock, town.positions).forget())
    assert town.latest() == {}


def test_reports_that_come_together_are_written_together(town: Town) -> None:
    async def several() -> list[Any]:
        return await asyncio.gather(*(town.positions.report(OWNER, [fix(seconds=each)]) for each in (1, 3, 2)))

    written = []
    write = town.positions._gathering._write
    town.positions._gathering._write = lambda reports: written.append(len(reports)) or write(reports)
    assert town.run(several()) == [[TAKEN], [TAKEN], [STALE]]
    assert written == [3]


def test_whoever_reports_hears_of_a_fault_and_the_next_report_is_taken(town: Town) -> None:
    write = town.positions._gathering._write

    def fails(reports: Any) -> Any:
        raise OSError("no disk")

    town.positions._gathering._write = fails
    with pytest.raises(OSError, match="no disk"):
        town.report(fix())
    town.positions._gathering._write = write
    assert town.report(fix()) == ["TAKEN"]
