"""Runs repeating.feature; what only it says stands here."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from pytest_bdd import given, scenarios, then, when

from application.dispatching import alarms
from application.identity import OWNER
from domain.dispatching.events import IntakeKind, ReportSource
from domain.ids import AlarmId, DivisionCode, OrganisationId, ReportId
from features.asking import Window
from features.city import MORNING, City
from features.wording import step

scenarios("repeating.feature")

ALARM = {"source": "CALL_110", "kind": "ALARM", "division": "500103", "station": "S-1"}
ALARMS = "{ alarms { totalCount nodes { version } } }"
BATCH = """mutation ($commands: [CommandInput!]!) { carryOut(input: {commands: $commands}) { ... on CarryOutPayload { answers {
    result { __typename } } } } }"""


class Line:
    """An officer's line to the control room, and all that was answered on it."""

    def __init__(self, city: City) -> None:
        self._city = city
        self.window = Window(city)
        self.answers: list[dict[str, Any]] = []
        self.before = 0
        where = DivisionCode(ALARM["division"]), OrganisationId(ALARM["station"])
        city.places_stand(alarms.open(AlarmId(uuid4()), ReportId(uuid4()), ReportSource.CALL_110, IntakeKind.ALARM, *where))

    def id(self, kind: str, name: str) -> str:
        return str(self._city.id(kind, name))

    def opening(self, alarm: str) -> dict[str, Any]:
        return {"alarm": self.id("alarm", alarm), "report": self.id("report", alarm), **ALARM}

    def do(self, mutation: str, command: str, **given: Any) -> None:
        self.answers.append(self.window.do(OWNER, mutation, command=self.id("command", command), **given))


@pytest.fixture
def line(city: City) -> Line:
    return Line(city)


@given(step('alarm "{alarm}" is opened once by command "{command}"'))
@when(step('alarm "{alarm}" is opened once by command "{command}"'))
def opened(line: Line, alarm: str, command: str) -> None:
    line.do("openAlarm", command, **line.opening(alarm))


@when(step('alarm "{alarm}" is opened twice by command "{command}"'))
def twice(line: Line, alarm: str, command: str) -> None:
    for _ in range(2):
        opened(line, alarm, command)


@given(step('somebody adds a report to alarm "{alarm}"'))
def added(line: Line, alarm: str) -> None:
    line.do("addReport", "another", alarm=line.id("alarm", alarm), report=line.id("report", "another"), source="SMS")


@when(step('alarm "{alarm}" is triaged as it was when it was opened'))
def triaged(line: Line, alarm: str) -> None:
    line.do("triageAlarm", "triage", alarm=line.id("alarm", alarm), alarmType="THEFT", priority="1", expectedVersion=2)


@when(step('alarm "{alarm}" is opened, triaged twice and reported again, all in one batch'))
def batch(city: City, line: Line, alarm: str) -> None:
    triage = {"alarm": line.id("alarm", alarm), "alarmType": "THEFT", "priority": "1"}
    again = {"alarm": line.id("alarm", alarm), "report": line.id("report", "again"), "source": "SMS"}
    acts = [("openAlarm", line.opening(alarm)), ("triageAlarm", triage), ("triageAlarm", triage), ("addReport", again)]
    city.clock.passes(timedelta(hours=3))
    commands = [
        {name: {"commandId": line.id("command", str(n)), "effectiveAt": (MORNING + timedelta(minutes=n)).isoformat(), **given}}
        for n, (name, given) in enumerate(acts)
    ]
    line.before = city.head()
    line.answers = line.window.data(OWNER, BATCH, commands=commands)["carryOut"]["answers"]


@then("both answers say the same position, and the second that it was repeated")
def repeated(line: Line) -> None:
    first, second = line.answers
    assert (first["repeated"], second["repeated"]) == (False, True)
    assert first["position"] == second["position"]


@then(step("there is {count:d} alarm"))
def so_many(line: Line, count: int) -> None:
    assert line.window.data(OWNER, ALARMS)["alarms"]["totalCount"] == count


@then(step("it is answered {code:Code}"))
def answered(line: Line, code: str) -> None:
    assert line.answers[-1]["code"] == code


@then("it is answered VERSION_CONFLICT with the version that it has now")
def conflict(line: Line) -> None:
    (alarm,) = line.window.data(OWNER, ALARMS)["alarms"]["nodes"]
    assert line.answers[-1]["code"] == "VERSION_CONFLICT"
    assert line.answers[-1]["currentVersion"] == alarm["version"]


@then("the answers are done, done, refused and done")
def by_itself(line: Line) -> None:
    assert [each["result"]["__typename"].endswith("Payload") for each in line.answers] == [True, True, False, True]


@then("each took effect at its own time")
def at_its_time(city: City, line: Line) -> None:
    since = [record.effective_at - MORNING for record in city.records(line.before)]
    assert since == [timedelta(minutes=n) for n in (0, 0, 1, 3)]
