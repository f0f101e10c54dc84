"""Runs linkage.feature."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytest_bdd import given, scenarios, then, when

from application.access import SeenRows
from application.dispatching import alarms, linkage, units
from application.dispatching.linked import DuplicateView, LinkedCameraView, VerificationView
from application.dispatching.rates import LinkageFigures, LinkageRate
from application.dispatching.views import AlarmView, RecommendationView
from application.identity import OWNER, Principal, Role
from application.oversight.statistics import AsOf, Period, Question
from application.surveillance import cameras, devices
from application.views import Order, V, Wanted
from domain.dispatching.events import AlarmResult, VideoFinding
from domain.dispatching.positions import Fix
from domain.ids import CameraId, DivisionCode, OfficerId, OrganisationId, UnitId, duplicate_of
from domain.jurisdiction.events import OrganisationKind
from domain.surveillance.events import PostLevel
from features.city import City
from features.conftest import Rows
from features.dispatching.joint import WATCHER, Street, north
from features.surveillance.conftest import PLACE, beside
from features.wording import step

scenarios("linkage.feature")


@pytest.fixture
def street(city: City) -> Street:
    return Street(city)


def listed(city: City, view: type[V], order: str, **wanted: object) -> list[V]:
    return list(city.listed(view, Wanted(any_of={name: [value] for name, value in wanted.items()}), Order(by=order, descending=False)))


@given(step('sub-bureau "{above}" with the stations "{one}", "{two}" and "{three}"'))
def sub_bureau(street: Street, above: str, one: str, two: str, three: str) -> None:
    street.organisation(above, OrganisationKind.SUB_BUREAU)
    for each in (one, two, three):
        street.organisation(each, OrganisationKind.STATION, above)


@given(step('camera "{number}" of station "{station}" stands {metres:d} metres {side} and sees {range:d} metres to the {direction}'))
def camera_stands(street: Street, number: str, station: str, metres: int, side: str, range: int, direction: str) -> None:
    street.stands(number, station, beside(metres, side), range, direction)


@given(step('device "{name}" of station "{station}" was registered with zone {zone:d}'))
def device_registered(street: Street, name: str, station: str, zone: int) -> None:
    street.registered(name, station, zone)


@given(step('zone {zone:d} of "{name}" is watched by camera "{number}"'))
def zone_watched(street: Street, zone: int, name: str, number: str) -> None:
    street.city.happened(devices.set_zone(street.device(name), zone, "back door", cameras=(CameraId(number),)))


@given(step('"{name}" is tested'))
def is_tested(street: Street, name: str) -> None:
    street.city.happened(devices.start_test(street.device(name), street.city.clock.now() + timedelta(hours=1), "yearly"))


@given(step('camera "{number}" was retired'))
def camera_retired(street: Street, number: str) -> None:
    street.city.happened(cameras.retire(street.camera(number), "worn out"))


@given(step('camera "{number}" was suspended'))
def camera_suspended(street: Street, number: str) -> None:
    street.city.happened(cameras.suspend(street.camera(number), "works"))


@given(step('"{name}" told of zone {zone:d} as "{alarm}"'))
def told(street: Street, name: str, zone: int, alarm: str) -> None:
    street.told(name, zone, alarm)


@given(step('a call "{alarm}" came in for station "{station}"'))
def called(street: Street, alarm: str, station: str) -> None:
    street.called(alarm, station)


@given(step('a call "{alarm}" came in for station "{station}", {metres:d} metres north'))
def called_north(street: Street, alarm: str, station: str, metres: int) -> None:
    street.called(alarm, station, north(metres))


@given(step('a call "{alarm}" came in for station "{station}", {minutes:d} minutes late'))
def called_late(street: Street, alarm: str, station: str, minutes: int) -> None:
    street.called(alarm, station, minutes=minutes)


@given(step('a call "{alarm}" came in for station "{station}" in division "{division}"'))
def called_elsewhere(street: Street, alarm: str, station: str, division: str) -> None:
    street.called(alarm, station, division=DivisionCode(division))


@given(step('post "{name}" of station "{code}" is on duty'))
def station_on_duty(street: Street, name: str, code: str) -> None:
    street.works(name, code, PostLevel.STATION)


@given(step('post "{name}" of station "{code}" is on duty and sees camera "{number}"'))
def station_sees(street: Street, name: str, code: str, number: str) -> None:
    street.works(name, code, PostLevel.STATION, sees=number)


@given(step('post "{name}" of station "{code}" sees camera "{number}"'))
def nobody_there(street: Street, name: str, code: str, number: str) -> None:
    street.works(name, code, PostLevel.STATION, on_duty=False, sees=number)


@given(step('post "{name}" of sub-bureau "{code}" is on duty'))
def sub_bureau_on_duty(street: Street, name: str, code: str) -> None:
    street.works(name, code, PostLevel.SUB_BUREAU)


@given(step('post "{name}" of a bank at station "{code}" is on duty and sees camera "{number}"'))
def bank_sees(street: Street, name: str, code: str, number: str) -> None:
    street.works(name, code, PostLevel.SOCIAL, sees=number)


@given(step('unit "{name}" of station "{station}" stands ready'))
def unit_ready(street: Street, name: str, station: str) -> None:
    unit = UnitId(street.city.id("unit", name))
    street.city.happened(units.register(unit, name, "CAR", OrganisationId(station)))
    street.city.happened(units.sign_on(unit))
    street.city.answered(street.city.tocsin.positions.report(OWNER, [Fix(unit, PLACE, street.city.clock.now())]))


@given(step('post "{name}" found "{alarm}" {finding:Code}'))
def has_found(street: Street, name: str, alarm: str, finding: str) -> None:
    street.city.happened(linkage.verify(street.alarms[alarm], street.post(name), VideoFinding(finding)), by=WATCHER)


@given(step('"{alarm}" was found {result:Code} and closed'))
def closed(street: Street, alarm: str, result: str) -> None:
    street.city.happened(alarms.record_result(street.alarms[alarm], AlarmResult(result)))
    street.city.happened(alarms.close(street.alarms[alarm]))


@when(step('post "{name}" finds "{alarm}" {finding:Code}'))
def finds(street: Street, name: str, alarm: str, finding: str) -> None:
    street.city.act(linkage.verify(street.alarms[alarm], street.post(name), VideoFinding(finding)), by=WATCHER)


@when(step('post "{name}" finds "{alarm}" {finding:Code} by camera "{number}"'))
def finds_by(street: Street, name: str, alarm: str, finding: str, number: str) -> None:
    street.city.act(linkage.verify(street.alarms[alarm], street.post(name), VideoFinding(finding), CameraId(number)), by=WATCHER)


@when(step('"{alarm}" is merged into "{into}"'))
def merged(street: Street, alarm: str, into: str) -> None:
    street.city.act(alarms.merge(street.alarms[alarm], street.alarms[into], "one burglar"))


@when(step('the merge of "{alarm}" into "{into}" is undone'))
def unmerged(street: Street, alarm: str, into: str) -> None:
    street.city.act(alarms.unmerge(street.alarms[alarm], street.alarms[into], "two after all"))


@when(step('"{other}" is dismissed for "{alarm}" because "{reason}"'))
def dismissed(street: Street, other: str, alarm: str, reason: str) -> None:
    street.city.act(linkage.dismiss_duplicate(street.alarms[alarm], street.alarms[other], reason))


@when("all policies answer once more")
def once_more(city: City) -> None:
    city.does(forget_the_result(city.tocsin.reactor.catch_up(0)))


async def forget_the_result(work: object) -> None:
    await work  # type: ignore[misc]  # a coroutine


@then(step('these cameras are linked to "{alarm}"'))
def cameras_linked(street: Street, alarm: str, datatable: Rows) -> None:
    found = sorted(listed(street.city, LinkedCameraView, "linked_at", alarm=street.alarms[alarm]), key=lambda each: each.rank)
    assert [[each.gb28181_id, each.reason.value, f"{each.distance:.0f}"] for each in found] == datatable


@then(step('no cameras are linked to "{alarm}"'))
def no_cameras(street: Street, alarm: str) -> None:
    assert listed(street.city, LinkedCameraView, "linked_at", alarm=street.alarms[alarm]) == []


@then(step('post "{name}" was asked about "{alarm}", for {choice:Code}'))
def was_asked(street: Street, name: str, alarm: str, choice: str) -> None:
    (asked,) = listed(street.city, VerificationView, "requested_at", alarm=street.alarms[alarm])
    assert (asked.post, asked.choice.value, asked.state.value) == (street.post(name), choice, "WAITING")
    assert asked.cameras[0] == "50010500001320000002"


@then(step('nobody was asked about "{alarm}"'))
def nobody_asked(street: Street, alarm: str) -> None:
    assert listed(street.city, VerificationView, "requested_at", alarm=street.alarms[alarm]) == []


@then(step('{count:d} verification waits at post "{name}"'))
def waiting(street: Street, count: int, name: str) -> None:
    assert len(listed(street.city, VerificationView, "requested_at", post=street.post(name), state="WAITING")) == count


@then(step('station "{code}" sees alarm "{alarm}" now'))
def station_is_shown(street: Street, code: str, alarm: str) -> None:
    assert seen_at(street, code, alarm)


@then(step('station "{code}" does not see alarm "{alarm}"'))
def station_is_not_shown(street: Street, code: str, alarm: str) -> None:
    assert not seen_at(street, code, alarm)


@then(step('alarm "{alarm}" stands with'))
def alarm_stands(street: Street, alarm: str, datatable: Rows) -> None:
    row = street.city.view(AlarmView, street.alarms[alarm])
    assert [[column, str(getattr(row, column))] for column, _ in datatable] == datatable


@then(step('"{other}" is suggested for "{alarm}" with {score:d} points'))
def suggested(street: Street, other: str, alarm: str, score: int, datatable: Rows) -> None:
    (found,) = listed(street.city, DuplicateView, "suggested_at", alarm=street.alarms[alarm])
    assert (street.name(found.other), found.score) == (other, score)
    assert [[each.ground.value, str(each.points)] for each in found.grounds] == datatable


@then(step('nothing is suggested for "{alarm}"'))
def nothing_suggested(street: Street, alarm: str) -> None:
    assert listed(street.city, DuplicateView, "suggested_at", alarm=street.alarms[alarm]) == []


@then(step('the suggestion of "{other}" for "{alarm}" is {state:Code}'))
def suggestion_is(street: Street, other: str, alarm: str, state: str) -> None:
    found = street.city.view(DuplicateView, duplicate_of(street.alarms[alarm], street.alarms[other]))
    assert found.state.value == state


@then(step('"{unit}" is proposed for "{alarm}"'))
def proposed(street: Street, unit: str, alarm: str) -> None:
    (found,) = listed(street.city, RecommendationView, "recommended_at", alarm=street.alarms[alarm])
    assert found.recommended == (street.city.id("unit", unit),)


@then(step('no units are proposed for "{alarm}"'))
def none_proposed(street: Street, alarm: str) -> None:
    assert listed(street.city, RecommendationView, "recommended_at", alarm=street.alarms[alarm]) == []


def asked(street: Street, position: int | None = None) -> tuple[LinkageFigures, Question]:
    street.city.catch_up()
    today = street.city.clock.now().date()
    return street.city.tocsin.services().linkage.seen_by(OWNER), Question(period=Period(today, today), as_of=AsOf(position))


def linkage_rate(street: Street, position: int | None = None, within: float = 60.0, *, small: bool = False) -> LinkageRate:
    figures, question = asked(street, position)
    return street.city.answered(figures.linkage_rate(question, within, small=small))


@given(step('"{alarm}" was merged into "{into}"'))
def was_merged(street: Street, alarm: str, into: str) -> None:
    street.city.happened(alarms.merge(street.alarms[alarm], street.alarms[into], "one burglar"))


@given("so far it was known", target_fixture="position")
def known(city: City) -> int:
    return city.head()


@then(step("{linked:d} of {placed:d} alarms with a place had a camera within {seconds:d} seconds"))
def linked_in_time(street: Street, linked: int, placed: int, seconds: int) -> None:
    found = linkage_rate(street, within=seconds)
    assert (found.linked, found.placed, found.later) == (linked, placed, 0)


@then(step("as was known then {linked:d} of {placed:d} alarms with a place had a camera within {seconds:d} seconds"))
def linked_then(street: Street, position: int, linked: int, placed: int, seconds: int) -> None:
    found = linkage_rate(street, position, seconds)
    assert (found.linked, found.placed, found.position) == (linked, placed, position)


@then(step("{tests:d} TEST and {merged:d} MERGED were left out"))
def left_out(street: Street, tests: int, merged: int) -> None:
    assert {each.reason: each.n for each in linkage_rate(street).excluded} == {"TEST": tests, "MERGED": merged}


@then(step("the linkage rate has no percentage, and is {percent:d} percent where a small base is asked for"))
def percentage(street: Street, percent: int) -> None:
    assert linkage_rate(street).percent is None
    assert linkage_rate(street, small=True).percent == percent


@then(step("video told of {verified:d} of {linked:d} alarms with a camera, {cannot_tell:d} it could not tell"))
def video_told(street: Street, verified: int, linked: int, cannot_tell: int) -> None:
    figures, question = asked(street)
    found = street.city.answered(figures.verified_by_video(question, small=False))
    assert (found.verified, found.linked, found.cannot_tell, found.asked) == (verified, linked, cannot_tell, linked)


@then(step('{unfounded:d} of {resulted:d} alarms of "{name}" were unfounded, {pending:d} without a result'))
def cried_wolf(street: Street, unfounded: int, resulted: int, name: str, pending: int) -> None:
    figures, question = asked(street)
    (found,) = street.city.answered(figures.false_alarms(question, 10, small=False))
    assert (found.device, found.unfounded, found.resulted, found.pending) == (street.device(name), unfounded, resulted, pending)


def seen_at(street: Street, code: str, alarm: str) -> bool:
    watcher = Principal(OfficerId(WATCHER), OrganisationId(code), Role.VIDEO_OFFICE)
    models: SeenRows = street.city.tocsin.read_models
    return street.city.answered(models.seen_by(watcher).one(AlarmView, street.alarms[alarm])) is not None
