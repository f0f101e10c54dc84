"""The demo city: the same seed tells the same year, nothing in it is refused, and it is believable and marked."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from statistics import median

import pytest

from application.casework.views import PersonView
from application.jurisdiction.views import ApiKeyView, GrantView, WebhookView
from application.oversight.views import ExportView
from application.requests import Request
from domain.casework.events import CaseCleared, CaseFiled, CaseMerged, CaseReopened, CaseWithdrawn, ClearanceRevoked
from domain.dispatching.events import (
    AlarmOpened,
    AlarmResultRecorded,
    AlarmsMerged,
    ReportReceived,
    ReportSource,
    StepDone,
    UnitArrived,
    UnitOrdered,
)
from domain.events import Event, Recorded
from domain.jurisdiction.events import AreaGroupEstablished, CodeListDrafted, LimitScope, LimitSetActivated, ServiceLevelActivated
from domain.oversight.events import (
    AssessmentOpened,
    BuildPlanSet,
    BuildProgressRecorded,
    DirectiveFulfilled,
    DirectiveIssued,
    SurveyImported,
)
from domain.surveillance.events import (
    CameraAccepted,
    CustodyTransferred,
    FaultRepaired,
    FindingClosed,
    FindingRaised,
    MonitoringPostEstablished,
    PatrolObserved,
    PostLevel,
    TechAlarmDeviceRegistered,
    ViolationRecorded,
)
from infrastructure.access.records import VIEW_OF
from infrastructure.database import Database
from infrastructure.demo.building import Built, StoryClock, build
from infrastructure.demo.world import World
from infrastructure.demo.year import Size, begun
from infrastructure.log.appender import Appender
from infrastructure.log.waking import Bell
from tests.importing.desks import records

END = datetime(2026, 3, 1, 8, tzinfo=UTC)
SMALL = Size(alarms=1_500, counter=200)


@cache
def told(seed: int) -> list[tuple[datetime, Request]]:
    return list(begun(seed, END, SMALL).tell(END))


def fingerprints(year: list[tuple[datetime, Request]]) -> list[object]:
    return [(at, each.command_id, each.command.name, each.command.content, each.by) for at, each in year]


def test_the_same_seed_tells_the_same_year():
    again = list(begun(1, END, SMALL).tell(END))
    assert fingerprints(again) == fingerprints(told(1))


def test_another_seed_tells_another_year():
    assert {each.command_id for _, each in told(1)}.isdisjoint(each.command_id for _, each in told(2))


def test_the_year_goes_on_in_order_and_ends_at_its_end():
    times = [at for at, _ in told(1)]
    assert all(before <= after for before, after in pairwise(times))
    assert times[-1] <= END
    assert len({request.command_id for _, request in told(1)}) == len(times)


def test_all_38_districts_have_stations():
    found = World(1).districts
    assert len(found) == 38
    assert sum(len(district.stations) for district in found) >= 170
    assert {district.code for district in found} >= {"500101", "500103", "500156", "500243"}
    assert len({station.code for district in found for station in district.stations}) == sum(len(district.stations) for district in found)


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> list[Recorded[Event]]:
    """A small year, recorded."""
    database = Database.open(f"sqlite:///{tmp_path_factory.mktemp('year') / 'city.sqlite'}")
    clock = StoryClock()
    log = Appender(database, clock, Bell())

    async def built() -> Built:
        return await build(begun(1, END, SMALL), END, log, clock, lambda _: None)

    try:
        assert asyncio.run(built()).refused == 0
        return records(database)
    finally:
        log.close()
        database.close()


def test_what_was_known_when_follows_the_story(year: list[Recorded[Event]]):
    delays = [(record.recorded_at - record.effective_at).total_seconds() for record in year]
    assert min(delays) >= 0
    assert median(delays) < 12 * 3600
    assert (year[-1].recorded_at - year[0].recorded_at).days >= 364


def test_the_year_has_everything_that_figures_must_cope_with(year: list[Recorded[Event]]):
    found = Counter(type(record.event) for record in year)
    for kind in (AlarmOpened, AlarmsMerged, UnitOrdered, UnitArrived, CaseFiled, CaseCleared, CaseWithdrawn, CaseMerged):
        assert found[kind] > 0, kind
    assert found[ClearanceRevoked] + found[CaseReopened] > 0
    assert 0.1 < found[CaseCleared] / found[CaseFiled] < 0.6


PEOPLE_S_OWN = {ApiKeyView, WebhookView, GrantView, ExportView, PersonView}
"""What nobody does in a story: keys and exports are somebody's own, and names are not in the log."""


def test_the_city_has_something_of_everything(year: list[Recorded[Event]]):
    found = {VIEW_OF[type(record.event)] for record in year}
    assert set(VIEW_OF.values()) - found == PEOPLE_S_OWN


def test_what_is_watched_is_cared_for(year: list[Recorded[Event]]):
    """Rows of the requirements from R1 to R26, each by what is recorded for it."""
    found = Counter(type(record.event) for record in year)
    for kind in (
        CameraAccepted,
        FaultRepaired,
        ViolationRecorded,
        PatrolObserved,
        FindingRaised,
        FindingClosed,
        CustodyTransferred,
        StepDone,
    ):
        assert found[kind] > 10, kind
    alarms = Counter(record.event.source for record in year if isinstance(record.event, ReportReceived))
    assert min(alarms[ReportSource.VIDEO_PATROL], alarms[ReportSource.STREET_PATROL]) > 10
    bypassed = Counter(bool(record.event.bypassed) for record in year if isinstance(record.event, UnitOrdered))
    assert 0.02 < bypassed[True] / bypassed[False] < 0.2, "one district of 38, a large one, is commanded by the centre"
    levels = Counter(record.event.level for record in year if isinstance(record.event, MonitoringPostEstablished))
    assert (levels[PostLevel.CITY], levels[PostLevel.SUB_BUREAU]) == (1, 38)
    named = [(each.name_en, each.name_zh) for record in year if isinstance(record.event, CodeListDrafted) for each in record.event.entries]
    assert all(zh and zh.isascii() is False for _, zh in named)
    (retention,) = (r.event for r in year if isinstance(r.event, LimitSetActivated) and r.event.scope is LimitScope.RETENTION)
    assert retention.active_from < END


def test_more_happens_in_the_evening_than_before_dawn(year: list[Recorded[Event]]):
    hours = Counter((record.effective_at.hour + 8) % 24 for record in year if isinstance(record.event, AlarmOpened))
    assert sum(hours[hour] for hour in (19, 20, 21)) > 3 * sum(hours[hour] for hour in (3, 4, 5))


def test_the_heads_of_the_city_have_something_to_look_at(year: list[Recorded[Event]]):
    """Directives that some owe an answer to, plans, limits, the main city, surveys, an assessment, what was achieved."""
    found = Counter(type(record.event) for record in year)
    assert found[DirectiveIssued] == 5
    owed = 5 * 38 - found[DirectiveFulfilled]
    assert 0 < owed < 60
    assert found[BuildPlanSet] == 38
    assert found[BuildProgressRecorded] > 200
    (limits,) = (record for record in year if isinstance(record.event, ServiceLevelActivated))
    assert limits.event.active_from == END
    (group,) = (record.event for record in year if isinstance(record.event, AreaGroupEstablished))
    assert len(group.divisions) == 9
    assert (found[SurveyImported], found[AssessmentOpened]) == (20, 1)
    assert found[TechAlarmDeviceRegistered] > 300
    achieved = [record.event for record in year if isinstance(record.event, AlarmResultRecorded) and record.event.outcome is not None]
    assert len(achieved) > 20
    assert 0 < sum(bool(event.contributions) for event in achieved) < len(achieved)


def test_everything_is_marked_as_synthetic(year: list[Recorded[Event]]):
    assert all(record.by.startswith("DEMO-") for record in year)
    assert all(record.organisation.startswith("DEMO-") for record in year)
    assert all("Synthetic" in record.event.summary for record in year if isinstance(record.event, AlarmOpened))
