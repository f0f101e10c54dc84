"""Runs devices.feature; what only it says stands here."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_bdd import given, scenarios, then, when

from application.commands import Command
from application.dispatching import alarms
from application.dispatching.views import AlarmView
from application.identity import Principal, Role
from application.surveillance import devices
from application.surveillance.signals import Received, Signal
from domain.dispatching.events import AlarmResult
from domain.ids import AlarmId, ApiKeyId, DeviceId, DivisionCode, OfficerId, OrganisationId
from domain.jurisdiction.events import KeyAction
from domain.surveillance.events import DeviceKind
from features.city import STATION, City
from features.conftest import Rows
from features.surveillance.conftest import PLACE, beside
from features.wording import step

scenarios("devices.feature")
LAST = "the last one"
CENTRE = Principal(OfficerId("key:centre"), STATION, Role.INTEGRATION, None, ApiKeyId(uuid4()), (STATION,), frozenset([KeyAction.SIGNAL]))


@pytest.fixture
def answers() -> dict[str, Received]:
    """The first one to each message, and the last of all."""
    return {}


def device(city: City, name: str) -> DeviceId:
    return DeviceId(city.id("device", name))


def registered(id: DeviceId, name: str, station: OrganisationId = STATION) -> Command:
    return devices.register(id, name, DeviceKind.INTRUSION, "bank", DivisionCode("500103"), station, PLACE)


def told(city: City, answers: dict[str, Received], name: str, zone: int, *messages: str) -> None:
    async def tell(message: str) -> None:
        signal = Signal(number=name, zone=zone, external_id=message)
        answers[LAST] = await city.tocsin.receiver.receive(CENTRE, signal)
        answers.setdefault(message, answers[LAST])

    async def all_at_once() -> None:
        await asyncio.gather(*map(tell, messages))

    city.does(all_at_once())


@given(step('technical alarm device "{name}" was registered'))
def was_registered(city: City, name: str) -> None:
    city.happened(registered(device(city, name), name))


@given(step('technical alarm device "{name}" was registered at station "{station}"'))
def was_registered_at(city: City, name: str, station: str) -> None:
    city.happened(registered(device(city, name), name, OrganisationId(station)))


@given(step('zone {zone:d} of "{name}" was set as "{title}", {metres:d} metres {direction}'))
def zone_set(city: City, zone: int, name: str, title: str, metres: int, direction: str) -> None:
    city.happened(devices.set_zone(device(city, name), zone, title, beside(metres, direction)))


@given(step('"{name}" is tested for {hours:d} hours'))
def is_tested(city: City, name: str, hours: int) -> None:
    city.happened(devices.start_test(device(city, name), city.clock.now() + timedelta(hours=hours), "yearly test"))


@given(step('the test of "{name}" was ended'))
def was_ended(city: City, name: str) -> None:
    city.happened(devices.end_test(device(city, name)))


@given(step('"{name}" was suspended'))
def suspended(city: City, name: str) -> None:
    city.happened(devices.suspend(device(city, name), "building works"))


@given(step('"{name}" told of zone {zone:d} in message "{message}"'))
@when(step('"{name}" tells of zone {zone:d} in message "{message}"'))
def tells(city: City, answers: dict[str, Received], name: str, zone: int, message: str) -> None:
    told(city, answers, name, zone, message)


@when(step('"{name}" tells of zone {zone:d} in messages "{first}" and "{second}" at once'))
def tells_at_once(city: City, answers: dict[str, Received], name: str, zone: int, first: str, second: str) -> None:
    told(city, answers, name, zone, first, second)


@given(step('the alarm of "{message}" was found {result:Code} and closed'))
def closed(city: City, answers: dict[str, Received], message: str, result: str) -> None:
    city.happened(alarms.record_result(answers[message].alarm, AlarmResult(result)))
    city.happened(alarms.close(answers[message].alarm))


@given(step('the alarm of "{message}" was merged into the alarm of "{other}"'))
def merged(city: City, answers: dict[str, Received], message: str, other: str) -> None:
    city.happened(alarms.merge(answers[message].alarm, answers[other].alarm, "one burglar"))


@when(step('"{name}" is to be tested for {hours:d} hours'))
def to_be_tested(city: City, name: str, hours: int) -> None:
    city.act(devices.start_test(device(city, name), city.clock.now() + timedelta(hours=hours), "forgotten"))


@when(step('another device "{name}" is registered'))
def another(city: City, name: str) -> None:
    city.act(registered(DeviceId(uuid4()), name))


@then(step("{minutes:d} minutes pass"))
def minutes_pass(city: City, minutes: int) -> None:
    city.clock.passes(timedelta(minutes=minutes))


@then(step('the board shows the alarm of "{message}" with'))
def board_shows(city: City, answers: dict[str, Received], message: str, datatable: Rows) -> None:
    row = alarm(city, answers[message].alarm)
    assert [[column, str(getattr(row, column))] for column, _ in datatable] == datatable


@then(step('the alarm of "{message}" is {metres:d} metres {direction}'))
def alarm_lies(city: City, answers: dict[str, Received], message: str, metres: int, direction: str) -> None:
    assert alarm(city, answers[message].alarm).place == beside(metres, direction)


@then(step('it was answered with the alarm of "{message}"'))
def answered_with(answers: dict[str, Received], message: str) -> None:
    assert answers[LAST].alarm == answers[message].alarm


@then("it was answered that the device is unknown")
def unknown(answers: dict[str, Received]) -> None:
    assert not answers[LAST].known


def alarm(city: City, id: AlarmId) -> AlarmView:
    return city.view(AlarmView, id)
