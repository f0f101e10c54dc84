"""Steps on monitoring posts and who watches there. Hours are those of the day, in the city's zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pytest_bdd import given, scenarios, then, when

from application.commands import Command
from application.identity import OWNER
from application.oversight.statistics import AsOf, Period
from application.surveillance import posts, rosters
from application.surveillance.staffing import Staffing
from application.surveillance.views import MonitoringPostView, ShiftView
from domain.ids import CameraId, DivisionCode, OfficerId, OrganisationId, PostId, RosterId, shift_id
from domain.surveillance.events import PostLevel, Shift, ShiftMissed
from features.city import City
from features.conftest import Rows
from features.wording import step
from infrastructure.settings import Settings

scenarios("rosters.feature")

TODAY = date(2026, 3, 2)
ZONE = Settings().zone


def hour(text: str) -> datetime:
    hours, _, minutes = text.partition(":")
    return datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=ZONE) + timedelta(hours=int(hours), minutes=int(minutes))


def post(city: City, name: str) -> PostId:
    return PostId(city.id("post", name))


def roster(city: City, name: str) -> RosterId:
    return RosterId(city.id("roster", name))


def shifts(rows: Rows) -> tuple[Shift, ...]:
    return tuple(Shift(officer=OfficerId(officer), starts_at=hour(start), ends_at=hour(end)) for officer, start, end in rows)


def published(city: City, name: str, where: str, rows: Rows) -> Command:
    return rosters.publish(roster(city, name), post(city, where), hour("00:00"), hour("24:00"), shifts(rows))


def staffing(city: City) -> Staffing:
    city.catch_up()
    return city.tocsin.staffing.seen_by(OWNER)


@given(step('monitoring post "{name}" of station "{station}" has worked since "{day}"'))
def post_works(city: City, name: str, station: str, day: str) -> None:
    since, where = date.fromisoformat(day), OrganisationId(station)
    city.happened(posts.establish(post(city, name), name, name, name, PostLevel.STATION, where, DivisionCode("500103"), since))


@given(step('camera "{camera}" was connected to post "{name}"'))
def camera_connected(city: City, camera: str, name: str) -> None:
    city.happened(posts.connect(post(city, name), (CameraId(camera),)), at=hour("00:00") - timedelta(days=1))


@when(step('the roster "{name}" of post "{where}" is published'))
def publish(city: City, name: str, where: str, datatable: Rows) -> None:
    city.act(published(city, name, where, datatable))


@given(step('the roster "{name}" of post "{where}" was published'))
def was_published(city: City, name: str, where: str, datatable: Rows) -> None:
    city.clock.time = hour("00:00")
    city.happened(published(city, name, where, datatable))


@given(step('it was "{time}"'))
def it_was(city: City, time: str) -> None:
    city.clock.time = hour(time)


@given(step('officer "{officer}" signed on to shift {number:d} of roster "{name}"'))
def signed_on(city: City, officer: str, number: int, name: str) -> None:
    city.happened(rosters.sign_on(roster(city, name), number), by=officer)


@given(step('officer "{officer}" signed off from shift {number:d} of roster "{name}"'))
def signed_off(city: City, officer: str, number: int, name: str) -> None:
    city.happened(rosters.sign_off(roster(city, name), number), by=officer)


@when(step('officer "{officer}" signs on to shift {number:d} of roster "{name}"'))
def sign_on(city: City, officer: str, number: int, name: str) -> None:
    city.act(rosters.sign_on(roster(city, name), number), by=officer)


@when(step('officer "{officer}" hands shift {number:d} of roster "{name}" over to shift {to:d}'))
def hand_over(city: City, officer: str, number: int, name: str, to: int) -> None:
    city.act(rosters.hand_over(roster(city, name), number, to), by=officer)


@when(step('shifts {first:d} and {second:d} of roster "{name}" are swapped because of "{reason}"'))
def swap(city: City, first: int, second: int, name: str, reason: str) -> None:
    city.act(rosters.swap(roster(city, name), first, second, reason))


@when("the duties are swept")
def swept(city: City) -> None:
    city.duties_are_swept()


@then(step("nothing of shift {number:d} is recorded"))
def nothing_of(city: City, number: int) -> None:
    assert not [each for each in city.recorded() if isinstance(each.event, ShiftMissed) and each.event.shift == number]


@then(step('shift {number:d} of roster "{name}" is missed'))
def missed(city: City, number: int, name: str) -> None:
    found = [each for each in city.recorded() if isinstance(each.event, ShiftMissed) and each.event.shift == number]
    assert [each.originator_id for each in found] == [roster(city, name)]


@then(step('the shifts of roster "{name}" are'))
def shifts_are(city: City, name: str, datatable: Rows) -> None:
    rows = [city.view(ShiftView, shift_id(roster(city, name), number)) for number in range(len(datatable))]
    assert [[row.officer, row.state.name] for row in rows] == datatable


@then("nobody is on duty at")
def nobody_on_duty(city: City, datatable: Rows) -> None:
    ids = city.answered(staffing(city).unstaffed(city.clock.now(), None, 100, None))
    assert sorted(city.view(MonitoringPostView, id).number for id in ids) == [row[0] for row in datatable]


@then(step('camera "{camera}" was watched at "{time}" by "{officer}"'))
def watched(city: City, camera: str, time: str, officer: str) -> None:
    ids = city.answered(staffing(city).watching(CameraId(camera), hour(time)))
    assert [city.view(ShiftView, id).officer for id in ids] == [officer]


@then(step('camera "{camera}" was watched at "{time}" by nobody'))
def watched_by_nobody(city: City, camera: str, time: str) -> None:
    assert city.answered(staffing(city).watching(CameraId(camera), hour(time))) == []


@then(step("posts were staffed for {staffed:d} of {required:d} minutes today"))
def staffed_minutes(city: City, staffed: int, required: int) -> None:
    found = city.answered(staffing(city).fill_rate(Period(TODAY, TODAY), None, AsOf()))
    assert (found.staffed_minutes, found.required_minutes) == (staffed, required)
