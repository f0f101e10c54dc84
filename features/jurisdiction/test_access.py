"""Runs access.feature; what only it says stands here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from pytest_bdd import given, scenarios, then, when

from application.casework import cases
from application.commands import Command
from application.identity import Principal
from application.jurisdiction import organisations
from domain.dispatching.events import IntakeKind, ReportSource
from domain.ids import CaseId, DivisionCode, OrganisationId
from domain.jurisdiction.events import OrganisationKind
from features.asking import Window, officer
from features.city import City
from features.dispatching.names import Names
from features.wording import step

scenarios("access.feature")

DIVISION = DivisionCode("500100")
SINCE = date(1990, 1, 1)
ALARMS = "{ alarms { nodes { id } } }"
CASE = "query ($id: CaseId!) { case(id: $id) { number } }"
COUNT = '{ alarmCounts(period: {from: "2026-03-01", to: "2026-03-31"}) { alarms suppressed } }'
GRANTS = "{ grants { nodes { kind officer } } }"
WHO = "{ responsibilities { mutation roles } }"


@pytest.fixture
def window(city: City) -> Window:
    return Window(city)


@pytest.fixture
def names(city: City) -> Names:
    return Names(city)


@pytest.fixture
def answer() -> dict[str, Any]:
    """What the last mutation was answered with."""
    return {}


@given(step('station "{one}" and station "{other}" stand under sub-bureau "{bureau}", and that under city bureau "{top}"'))
def tree(city: City, one: str, other: str, bureau: str, top: str) -> None:
    levels = [(top, OrganisationKind.CITY_BUREAU, None), (bureau, OrganisationKind.SUB_BUREAU, top)]
    levels += [(station, OrganisationKind.STATION, bureau) for station in (one, other)]
    for code, kind, parent in levels:
        above = None if parent is None else OrganisationId(parent)
        city.happened(organisations.establish(OrganisationId(code), kind, code, code, DIVISION, SINCE, above))


@given(step('alarm "{one}" came in at station "{here}", and alarm "{other}" at station "{there}"'))
def alarms_came(city: City, names: Names, one: str, here: str, other: str, there: str) -> None:
    for alarm, station in ((one, here), (other, there)):
        told(city, Window(city), names, alarm, station)


def told(city: City, window: Window, names: Names, alarm: str, station: str) -> None:
    given = {"source": ReportSource.CALL_110.value, "kind": IntakeKind.ALARM.value, "division": DIVISION, "station": station}
    id, report = str(names.alarm(alarm)), str(city.id("report", alarm))
    done = window.do(officer("D-1", "DISPATCHER", station), "openAlarm", alarm=id, report=report, **given)
    assert done["__typename"] == "OpenAlarmPayload", done


@given(step('case "{case}" of station "{station}" was sealed'))
def sealed(city: City, names: Names, case: str, station: str) -> None:
    id = names.case(case)
    registered: Command = cases.register(id, case, DIVISION, OrganisationId(station))
    city.happened(registered)
    city.happened(cases.seal(id, "informant"))


def investigator(station: str) -> Principal:
    return officer("I-1", "INVESTIGATOR", station)


@when(step('a {role:Code} of "{organisation}" triages alarm "{alarm}"'))
@when(step('an {role:Code} of "{organisation}" triages alarm "{alarm}"'))
def triage(window: Window, names: Names, answer: dict[str, Any], role: str, organisation: str, alarm: str) -> None:
    who = officer("X-1", role, organisation)
    answer |= window.do(who, "triageAlarm", alarm=str(names.alarm(alarm)), alarmType="THEFT", priority="1")


@when(step('a CITY_HEAD of "{organisation}" opens case "{case}" to that investigator'))
def opened(city: City, window: Window, names: Names, organisation: str, case: str) -> None:
    until = (city.clock.now() + timedelta(days=1)).isoformat()
    asked = {"grant": str(uuid4()), "officer": "I-1", "case": str(names.case(case)), "until": until, "purpose": "inquiry"}
    done = window.do(officer("H-1", "CITY_HEAD", organisation), "grantAccess", **asked)
    assert done["__typename"] == "GrantAccessPayload", done


@when(step('an INVESTIGATOR of "{station}" breaks the glass of case "{case}"'))
def broken(window: Window, names: Names, station: str, case: str) -> None:
    done = window.do(investigator(station), "breakGlass", grant=str(uuid4()), case=str(names.case(case)), purpose="danger to life")
    assert done["__typename"] == "BreakGlassPayload", done


@then(step("the answer is {refusal:Code}"))
def refused(answer: dict[str, Any], refusal: str) -> None:
    assert answer["code"] == refusal


@then(step('a {role:Code} of "{organisation}" sees the alarms "{alarms}"'))
def sees(window: Window, names: Names, role: str, organisation: str, alarms: str) -> None:
    found = window.data(officer("X-1", role, organisation), ALARMS)["alarms"]["nodes"]
    expected = set() if alarms == "none" else {f"alarm_{names.alarm(each).hex}" for each in alarms.split(", ")}
    assert {each["id"] for each in found} == expected


@when("the month is over")
def month_over(city: City) -> None:
    city.clock.passes(timedelta(days=31))


@then(step('a {role:Code} of "{organisation}" is told that there were alarms, and no count below five'))
def suppressed(window: Window, role: str, organisation: str) -> None:
    found = window.data(officer("X-1", role, organisation), COUNT)["alarmCounts"]
    assert found == {"alarms": None, "suppressed": True}


@then(step('a {role:Code} of "{organisation}" is told that there was {alarms:d} alarm'))
def counted(window: Window, role: str, organisation: str, alarms: int) -> None:
    assert window.data(officer("X-1", role, organisation), COUNT)["alarmCounts"]["alarms"] == alarms


@then(step('an INVESTIGATOR of "{station}" finds case "{case}"'))
def finds(window: Window, names: Names, station: str, case: str) -> None:
    assert _case(window, names.case(case), station) == {"number": case}


@then(step('an INVESTIGATOR of "{station}" does not find case "{case}"'))
def does_not_find(window: Window, names: Names, station: str, case: str) -> None:
    assert _case(window, names.case(case), station) is None


def _case(window: Window, id: CaseId, station: str) -> Any:
    return window.data(investigator(station), CASE, id=str(id))["case"]


@then(step('the STATION_HEAD of "{station}" finds in the list of grants that it was broken'))
def listed(window: Window, station: str) -> None:
    (grant,) = window.data(officer("H-2", "STATION_HEAD", station), GRANTS)["grants"]["nodes"]
    assert grant == {"kind": "BREAK_GLASS", "officer": "I-1"}


@then(step('"{mutation}" is answered for by "{roles}"'))
def answered_for(window: Window, mutation: str, roles: str) -> None:
    found = window.data(officer("X-1", "INTAKE", "S-1"), WHO)["responsibilities"]
    assert {each["mutation"]: each["roles"] for each in found}[mutation] == roles.split(", ")
