"""Runs service_levels.feature, with the steps that it alone says."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, scenarios, then, when

from application.commands import Command
from application.dispatching import orders
from application.dispatching.views import OrderView
from application.jurisdiction import service_levels
from application.jurisdiction.views import ServiceLevelState, ServiceLevelView
from application.views import Order, Wanted
from domain.dispatching.events import OrderEscalated
from domain.ids import ServiceLevelId
from domain.jurisdiction.events import ResponseLimit
from features.city import City
from features.dispatching.names import Names
from features.wording import step

scenarios("service_levels.feature")


def level(city: City, code: str) -> ServiceLevelId:
    return ServiceLevelId(city.id("service level", code))


def activated(city: City, code: str, before: str | None = None) -> Command:
    return service_levels.activate(level(city, code), city.clock.now(), level(city, before) if before else None)


@given(step('service level "{code}" allows priority "{priority}" {acknowledgement:d} seconds to acknowledge and {arrival:d} to arrive'))
def drafted(city: City, code: str, priority: str, acknowledgement: int, arrival: int) -> None:
    limits = (ResponseLimit(priority=priority, acknowledgement=acknowledgement, arrival=arrival),)
    city.happened(service_levels.draft(level(city, code), code, limits))


@given(step('service level "{code}" was activated'))
def was_activated(city: City, code: str) -> None:
    city.happened(activated(city, code))


@given(step('service level "{code}" was activated in place of "{before}"'))
def was_activated_in_place(city: City, code: str, before: str) -> None:
    city.happened(activated(city, code, before))


@given(step('service level "{code}" was activated in place of "{before}" for in {minutes:d} minutes'))
def was_activated_for_later(city: City, code: str, before: str, minutes: int) -> None:
    then = city.clock.now() + timedelta(minutes=minutes)
    city.happened(service_levels.activate(level(city, code), then, level(city, before)))


@given(step('service level "{code}" allows crews on scene {seconds:d} seconds between check-ins'))
def drafted_check_in(city: City, code: str, seconds: int) -> None:
    city.happened(service_levels.draft(level(city, code), code, (ResponseLimit(check_in=seconds),)))


def sent_without_limit(names: Names, unit: str, alarm: str) -> Command:
    return orders.send(names.order(unit, alarm), names.alarm(alarm), names.unit(unit))


@when(step('unit "{unit}" is sent to "{alarm}" without a limit'))
def send_without_limit(city: City, names: Names, unit: str, alarm: str) -> None:
    city.act(sent_without_limit(names, unit, alarm))


@when(step('service level "{code}" is activated and unit "{unit}" sent to "{alarm}" without a limit in one commit'))
def activate_and_send(city: City, names: Names, code: str, unit: str, alarm: str) -> None:
    city.in_one_commit(*map(city.request, (activated(city, code), sent_without_limit(names, unit, alarm))))


@then(step('the order is to be acknowledged within {seconds:d} seconds by service level "{code}"'))
def limit_by(city: City, seconds: int, code: str) -> None:
    assert limit_of_last_order(city) == (seconds, code)


@then(step("the order is to be acknowledged within {seconds:d} seconds by no service level"))
def limit_by_nobody(city: City, seconds: int) -> None:
    assert limit_of_last_order(city) == (seconds, None)


def limit_of_last_order(city: City) -> tuple[int, str | None]:
    """In seconds, 0 where there is none."""
    city.catch_up()
    order = city.listed(OrderView, Wanted(), Order(by="ordered_at"))[0]
    assert order.ordered_at is not None
    return int((order.acknowledge_by - order.ordered_at).total_seconds()) if order.acknowledge_by else 0, order.service_level


@when(step('unit "{unit}" checks in at "{alarm}"'))
def check_in(city: City, names: Names, unit: str, alarm: str) -> None:
    city.act(orders.check_in(names.order(unit, alarm)))


@then(step('the order of unit "{unit}" to "{alarm}" shows {heard:d} check-ins and {missed:d} missed since'))
def shows_check_ins(city: City, names: Names, unit: str, alarm: str, heard: int, missed: int) -> None:
    order = city.view(OrderView, names.order(unit, alarm))
    assert (order.check_ins, order.missed_check_ins) == (heard, missed)


@when(step('service level "{code}" is activated'))
def activate(city: City, code: str) -> None:
    city.act(activated(city, code))


@when(step('service level "{code}" is revised'))
def revise(city: City, code: str) -> None:
    city.act(service_levels.revise(level(city, code), (ResponseLimit(arrival=1),)))


@then(step('the order was escalated by service level "{code}" for its "{timer}"'))
def was_escalated(city: City, code: str, timer: str) -> None:
    escalated = [record.event for record in city.recorded() if isinstance(record.event, OrderEscalated)]
    assert [(each.service_level, each.timer) for each in escalated] == [(code, timer)]


@then(step('now service level "{code}" is active'))
def is_active(city: City, code: str) -> None:
    wanted = Wanted(holding={("active_from", "active_to"): city.clock.now()})
    shown = city.listed(ServiceLevelView, wanted, Order(by="drafted_at"))
    assert [(each.code, each.state) for each in shown] == [(code, ServiceLevelState.ACTIVE)]
