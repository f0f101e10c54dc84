"""Runs service_levels.feature, with the steps that it alone says."""

from __future__ import annotations

from pytest_bdd import given, scenarios, then, when

from application.commands import Command
from application.jurisdiction import service_levels
from application.jurisdiction.views import ServiceLevelState, ServiceLevelView
from application.views import Order, Wanted
from domain.dispatching.events import OrderEscalated
from domain.ids import ServiceLevelId
from domain.jurisdiction.events import ResponseLimit
from features.city import City
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
