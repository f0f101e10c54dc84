"""Runs limit_sets.feature, with the steps that it alone says."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, parsers, scenarios, then, when

from application.casework import cases
from application.casework.views import CaseView
from application.commands import Command
from application.jurisdiction import limit_sets
from domain.casework.events import CaseAccepted, Offence
from domain.ids import CaseId, DivisionCode, LimitSetId
from domain.jurisdiction.events import LimitScope, TimeLimit
from domain.jurisdiction.limit_set import MATTERS
from features.city import STATION, City
from features.wording import step

scenarios("limit_sets.feature")


def set_of(city: City, code: str) -> LimitSetId:
    return LimitSetId(city.id("limit set", code))


def case(city: City, number: str) -> CaseId:
    return CaseId(city.id("case", number))


def days(scope: str, *told: int) -> tuple[TimeLimit, ...]:
    return tuple(TimeLimit(matter, each) for matter, each in zip(MATTERS[LimitScope(scope)], told, strict=True))


def drafted(city: City, code: str, scope: str, *told: int) -> Command:
    return limit_sets.draft(set_of(city, code), code, LimitScope(scope), days(scope, *told))


def activated(city: City, code: str, before: str | None = None) -> Command:
    return limit_sets.activate(set_of(city, code), city.clock.now(), set_of(city, before) if before else None)


@given(step('limit set "{code}" of {scope:Code} is drafted with {one:d}, {two:d} and {three:d} days'))
def limit_set_drafted(city: City, code: str, scope: str, one: int, two: int, three: int) -> None:
    city.happened(drafted(city, code, scope, one, two, three))


@when(step('limit set "{code}" of {scope:Code} is drafted with {one:d}, {two:d} and {three:d} days'))
def draft(city: City, code: str, scope: str, one: int, two: int, three: int) -> None:
    city.act(drafted(city, code, scope, one, two, three))


@given(step('limit set "{code}" was activated'))
def was_activated(city: City, code: str) -> None:
    city.happened(activated(city, code))


@given(step('limit set "{code}" was activated in place of "{before}"'))
def was_activated_instead(city: City, code: str, before: str) -> None:
    city.happened(activated(city, code, before))


@when(step('limit set "{code}" is activated'))
def activate(city: City, code: str) -> None:
    city.act(activated(city, code))


@when(step('limit set "{code}" is activated in place of "{before}"'))
def activate_instead(city: City, code: str, before: str) -> None:
    city.act(activated(city, code, before))


@when(step('limit set "{code}" is revised to {one:d}, {two:d} and {three:d} days'))
def revise(city: City, code: str, one: int, two: int, three: int) -> None:
    city.act(limit_sets.revise(set_of(city, code), days("FILING", one, two, three)))


@given(step('case "{number}" was reported'))
def case_reported(city: City, number: str) -> None:
    city.happened(cases.register(case(city, number), number, DivisionCode("500103"), STATION, (Offence("THEFT", 1),)))


@given(parsers.parse("{hours:d} hours passed"))
def hours_passed(city: City, hours: int) -> None:
    city.clock.passes(timedelta(hours=hours))


@when(step('case "{number}" is accepted'))
def accept(city: City, number: str) -> None:
    city.act(cases.accept(case(city, number)))


@when(step('case "{number}" is accepted as of {hours:d} hours ago'))
def accept_late(city: City, number: str, hours: int) -> None:
    city.act(cases.accept(case(city, number)), at=city.clock.now() - timedelta(hours=hours))


@when(step('case "{number}" is accepted with a review of {days:d} days'))
def accept_for(city: City, number: str, days: int) -> None:
    city.act(cases.accept(case(city, number), city.clock.now() + timedelta(days=days)))


@when(step('the review of "{number}" is extended to {days:d} days'))
def extend(city: City, number: str, days: int) -> None:
    city.act(cases.extend_review(case(city, number), city.clock.now() + timedelta(days=days), "complex"))


@then(step('the review of "{number}" ends after {days:d} days by limits "{code}"'))
def review_ends(city: City, number: str, days: int, code: str) -> None:
    ends(city, number, days, code)


@then(step('the review of "{number}" ends after {days:d} days by limits ""'))
def review_ends_by_nothing(city: City, number: str, days: int) -> None:
    ends(city, number, days, "")


def ends(city: City, number: str, days: int, code: str) -> None:
    (record,) = (each for each in city.recorded() if isinstance(each.event, CaseAccepted))
    shown = city.view(CaseView, case(city, number))
    assert (shown.review_until, record.event.limits) == (record.effective_at + timedelta(days=days), code)


@then(step('positions are kept for {days:d} days by limits "{code}"'))
def positions_kept(city: City, days: int, code: str) -> None:
    city.catch_up()
    kept = city.tocsin.retention.at(city.clock.now())
    assert (kept.positions, kept.limit) == (days, code)
