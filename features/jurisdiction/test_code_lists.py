"""Runs code_lists.feature, with the steps that it alone says."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from pytest_bdd import given, parsers, scenarios, then, when

from application.casework import corrections
from application.commands import Command
from application.dispatching import alarms
from application.jurisdiction import code_lists
from domain.casework.events import SubjectKind
from domain.dispatching.events import AlarmFact, AlarmTriaged
from domain.ids import CodeListId, CorrectionId
from domain.jurisdiction.events import CodeEntry, CodeScope
from features.asking import Window, officer
from features.city import STATION, City
from features.dispatching.names import Names, received
from features.wording import step

scenarios("code_lists.feature")

WHO = officer("D-1", "DISPATCHER", STATION)
TYPES = """query ($at: DateTime!) {
    codeLists(filter: {scope: [ALARM_TYPE], activeOn: $at}) { nodes { code entries { code nameEn nameZh } } } }"""


@pytest.fixture
def names(city: City) -> Names:
    return Names(city)


def list_of(city: City, code: str) -> CodeListId:
    return CodeListId(city.id("code list", code))


def entries(told: str) -> tuple[CodeEntry, ...]:
    return tuple(CodeEntry(code, f"Code {code}", f"代码{code}") for code in told.split(", "))


def drafted(city: City, code: str, scope: str, told: tuple[CodeEntry, ...]) -> Command:
    return code_lists.draft(list_of(city, code), code, CodeScope(scope), told)


def activated(city: City, code: str, before: str | None = None, at: datetime | None = None) -> Command:
    return code_lists.activate(list_of(city, code), at or city.clock.now(), list_of(city, before) if before else None)


@given(step('an alarm "{alarm}" was received in "{division}"'))
def alarm_received(city: City, names: Names, alarm: str, division: str) -> None:
    city.happened(received(names, alarm, division))


@given(step('code list "{code}" of {scope:Code} is drafted with "{told}"'))
def list_drafted(city: City, code: str, scope: str, told: str) -> None:
    city.happened(drafted(city, code, scope, entries(told)))


@when(step('code list "{code}" of {scope:Code} is drafted with "{told}"'))
def draft(city: City, code: str, scope: str, told: str) -> None:
    city.act(drafted(city, code, scope, entries(told)))


@when(step('code list "{code}" of {scope:Code} is drafted with nothing'))
def draft_nothing(city: City, code: str, scope: str) -> None:
    city.act(drafted(city, code, scope, ()))


@given(step('code list "{code}" was activated'))
def was_activated(city: City, code: str) -> None:
    city.happened(activated(city, code))


@given(step('code list "{code}" was activated in place of "{before}"'))
def was_activated_instead(city: City, code: str, before: str) -> None:
    city.happened(activated(city, code, before))


@given(step('code list "{code}" was activated from {hours:d} hours ahead'))
def was_activated_ahead(city: City, code: str, hours: int) -> None:
    city.happened(activated(city, code, at=city.clock.now() + timedelta(hours=hours)))


@when(step('code list "{code}" is activated'))
def activate(city: City, code: str) -> None:
    city.act(activated(city, code))


@when(step('code list "{code}" is activated in place of "{before}"'))
def activate_instead(city: City, code: str, before: str) -> None:
    city.act(activated(city, code, before))


@when(step('code list "{code}" is activated from {hours:d} hours ago'))
def activate_backwards(city: City, code: str, hours: int) -> None:
    city.act(activated(city, code, at=city.clock.now() - timedelta(hours=hours)))


@when(step('code list "{code}" is revised to "{told}"'))
def revise(city: City, code: str, told: str) -> None:
    city.act(code_lists.revise(list_of(city, code), entries(told)))


@given(parsers.parse("{hours:d} hours passed"))
def hours_passed(city: City, hours: int) -> None:
    city.clock.passes(timedelta(hours=hours))


@given(step('alarm "{alarm}" was triaged as "{alarm_type}" with priority "{priority}"'))
def alarm_triaged(city: City, names: Names, alarm: str, alarm_type: str, priority: str) -> None:
    city.happened(alarms.triage(names.alarm(alarm), alarm_type, priority))


@when(step('alarm "{alarm}" is opened in "{division}" as "{alarm_type}"'))
def open_alarm(city: City, names: Names, alarm: str, division: str, alarm_type: str) -> None:
    city.act(received(names, alarm, division, alarm_type=alarm_type))


@when(step('alarm "{alarm}" is opened in "{division}" without a type'))
def open_alarm_in_haste(city: City, names: Names, alarm: str, division: str) -> None:
    city.act(received(names, alarm, division))


@when(step('alarm "{alarm}" is triaged as "{alarm_type}" with priority "{priority}"'))
def triage(city: City, names: Names, alarm: str, alarm_type: str, priority: str) -> None:
    city.act(alarms.triage(names.alarm(alarm), alarm_type, priority))


@when(step('alarm "{alarm}" is triaged as "{alarm_type}" as of {hours:d} hours ago'))
def triage_late(city: City, names: Names, alarm: str, alarm_type: str, hours: int) -> None:
    city.act(alarms.triage(names.alarm(alarm), alarm_type, "1"), at=city.clock.now() - timedelta(hours=hours))


@when(step('the priority of alarm "{alarm}" becomes "{priority}" because "{reason}"'))
def change_priority(city: City, names: Names, alarm: str, priority: str, reason: str) -> None:
    city.act(alarms.change_priority(names.alarm(alarm), priority, reason))


@when(step('it is asked to correct the type of alarm "{alarm}" to "{alarm_type}"'))
def ask_to_correct(city: City, names: Names, alarm: str, alarm_type: str) -> None:
    id, correction = names.alarm(alarm), CorrectionId(city.id("correction", alarm))
    (wrong,) = (each.position for each in city.records(0) if each.originator_id == id and isinstance(each.event, AlarmTriaged))
    city.act(corrections.ask(correction, SubjectKind.ALARM, AlarmFact.ALARM_TYPE, wrong, "Misheard.", alarm=id, code=alarm_type))


@then(step('a dispatcher reads that the types of {hours:d} hours ago are "{told}"'))
def types_are(city: City, hours: int, told: str) -> None:
    at = (city.clock.now() - timedelta(hours=hours)).isoformat()
    (found,) = Window(city).data(WHO, TYPES, at=at)["codeLists"]["nodes"]
    assert found["entries"] == [{"code": each.code, "nameEn": each.name_en, "nameZh": each.name_zh} for each in entries(told)]


@then("a dispatcher may not draft a code list")
def may_not_draft(city: City) -> None:
    first = [{"code": "1", "nameEn": "First", "nameZh": "一级"}]
    refused = Window(city).do(WHO, "draftCodeList", codeList=str(list_of(city, "own")), code="own", scope="PRIORITY", entries=first)
    assert refused["code"] == "NOT_YOURS"
