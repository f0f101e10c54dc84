"""Runs orders.feature; what only it says stands here."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, scenarios, then, when

from application.dispatching import orders, units
from application.dispatching.views import OrderView, UnitView
from domain.dispatching.events import UnitOrdered
from features.city import STATION, City
from features.dispatching.names import Names, reported, sent, shown
from features.wording import step

scenarios("orders.feature")


@given(step('unit "{unit}" is off duty'))
def unit_off_duty(city: City, names: Names, unit: str) -> None:
    city.happened(units.register(names.unit(unit), unit, "CAR", STATION))


@given(step('unit "{unit}" was sent to "{alarm}" after its present order'))
def unit_stacked(city: City, names: Names, unit: str, alarm: str) -> None:
    city.happened(sent(names, unit, alarm, city, stacked=True))


@given(step('unit "{unit}" was proposed for "{alarm}"'))
def unit_proposed(city: City, names: Names, unit: str, alarm: str) -> None:
    city.happened(orders.propose(names.order(unit, alarm), names.alarm(alarm), names.unit(unit), "nearest", 800.0, 20.0))


@when(step('unit "{unit}" is sent to "{alarm}"'))
def send_unit(city: City, names: Names, unit: str, alarm: str) -> None:
    city.act(sent(names, unit, alarm, city))


@when(step('unit "{unit}" is sent to "{alarm}" because "{reason}"'))
def send_with_reason(city: City, names: Names, unit: str, alarm: str, reason: str) -> None:
    city.act(sent(names, unit, alarm, city, reason=reason))


@when(step('one dispatcher sends unit "{unit}" to "{alarm}" while another sends it to "{other}"'))
def send_at_once(city: City, names: Names, unit: str, alarm: str, other: str) -> None:
    city.attempt(city.request(sent(names, unit, alarm, city)), city.request(sent(names, unit, other, city)))


@when(step('the proposal of "{proposed}" for "{alarm}" is sent'))
def send_proposal(city: City, names: Names, proposed: str, alarm: str) -> None:
    city.act(orders.send_proposed(names.order(proposed, alarm), names.alarm(alarm), names.unit(proposed)))


@when(step('unit "{unit}" is sent to "{alarm}" instead of the proposed "{proposed}"'))
def send_other(city: City, names: Names, unit: str, alarm: str, proposed: str) -> None:
    city.act(orders.send_proposed(names.order(proposed, alarm), names.alarm(alarm), names.unit(unit)))


@when(step('unit "{unit}" is sent to "{alarm}" instead of the proposed "{proposed}" because "{reason}"'))
def send_other_with_reason(city: City, names: Names, unit: str, alarm: str, proposed: str, reason: str) -> None:
    city.act(orders.send_proposed(names.order(proposed, alarm), names.alarm(alarm), names.unit(unit), reason))


@when(step('unit "{unit}" tells late that it was on scene at "{alarm}" {minutes:d} minutes ago'))
def report_late(city: City, names: Names, unit: str, alarm: str, minutes: int) -> None:
    city.act(reported(names, unit, alarm, "on scene"), at=city.clock.now() - timedelta(minutes=minutes))


@when(step('unit "{unit}" refuses "{alarm}" because "{reason}"'))
def refuse_order(city: City, names: Names, unit: str, alarm: str, reason: str) -> None:
    city.act(orders.refuse(names.order(unit, alarm), names.alarm(alarm), names.unit(unit), reason))


@when(step('the order of "{unit}" to "{alarm}" is cancelled because "{reason}"'))
def cancel_order(city: City, names: Names, unit: str, alarm: str, reason: str) -> None:
    city.act(orders.cancel(names.order(unit, alarm), names.alarm(alarm), names.unit(unit), reason))


@when(step('the order of "{unit}" to "{alarm}" is cleared for unit "{other}"'))
def clear_for_another(city: City, names: Names, unit: str, alarm: str, other: str) -> None:
    city.act(orders.clear(names.order(unit, alarm), names.unit(other)))


@when(step('unit "{unit}" is taken off "{alarm}" for "{other}" because "{reason}"'))
def divert_unit(city: City, names: Names, unit: str, alarm: str, other: str, reason: str) -> None:
    order, new_order = names.order(unit, alarm), names.order(unit, other)
    city.act(orders.divert(order, names.alarm(alarm), names.unit(unit), reason, new_order, names.alarm(other)))


@given(step('the order of "{unit}" to "{alarm}" was escalated to level {level:d}'))
def escalated(city: City, names: Names, unit: str, alarm: str, level: int) -> None:
    city.happened(orders.escalate(names.order(unit, alarm), level, "acknowledgement", city.clock.now()))


@when(step('the order of "{unit}" to "{alarm}" is escalated to level {level:d}'))
def escalate(city: City, names: Names, unit: str, alarm: str, level: int) -> None:
    city.act(orders.escalate(names.order(unit, alarm), level, "acknowledgement", city.clock.now()))


@then(step('the order carries priority "{priority}"'))
def order_priority(city: City, priority: str) -> None:
    assert [r.event.priority for r in city.recorded() if isinstance(r.event, UnitOrdered)] == [priority]


@then(step('the list shows unit "{unit}" with'))
def list_shows(city: City, names: Names, unit: str, datatable: list[list[str]]) -> None:
    shown(city.view(UnitView, names.unit(unit)), datatable, names.known)


@then(step('the list shows the order of "{unit}" to "{alarm}" with'))
def order_shows(city: City, names: Names, unit: str, alarm: str, datatable: list[list[str]]) -> None:
    shown(city.view(OrderView, names.order(unit, alarm)), datatable, names.known)
