"""Runs exports.feature."""

from __future__ import annotations

from hashlib import sha256

import pytest
import sqlalchemy as sa
from pytest_bdd import given, parsers, scenarios, then, when

from application.commands import Command
from application.dispatching import alarms
from application.identity import Role
from application.oversight import exports
from application.oversight.views import ExportView
from domain.dispatching.events import IntakeKind, ReportSource
from domain.ids import AlarmId, DivisionCode, ExportId, ReportId
from domain.oversight.events import ExportFailure
from domain.oversight.export import ExportState
from features.city import STATION, City
from features.wording import step
from infrastructure.exports.exporter import Exporter
from infrastructure.exports.tables import EXPORT_JOBS

scenarios("exports.feature")

QUERY = "{\n  alarms {\n    nodes {\n      id\n    }\n  }\n}"


@pytest.fixture
def exporter(city: City) -> Exporter:
    return city.tocsin.exporter()


def export_id(city: City) -> ExportId:
    return ExportId(city.id("export", "alarms"))


def asking(city: City, purpose: str = "audit") -> Command:
    return exports.request(export_id(city), "alarms", QUERY, "{}", sha256(QUERY.encode()).hexdigest(), purpose, Role.OWNER.value, None)


def read(city: City, exporter: Exporter) -> None:
    city.does(exporter.catch_up())


@given(parsers.parse("{many:d} alarms were received"))
def alarms_received(city: City, many: int) -> None:
    city.all_happened([received(city, str(number)) for number in range(many)])


def received(city: City, number: str) -> Command:
    alarm, report = AlarmId(city.id("alarm", number)), ReportId(city.id("report", number))
    return alarms.open(alarm, report, ReportSource.CALL_110, IntakeKind.ALARM, DivisionCode("500112"), STATION)


@given("an export of the alarms was asked for")
def was_asked_for(city: City) -> None:
    city.happened(asking(city))


@given("an export of the alarms was completed")
def was_completed(city: City, exporter: Exporter) -> None:
    city.happened(asking(city))
    read(city, exporter)


@when(step('an export of the alarms is asked for, for "{purpose}"'))
@when(step('an export of the alarms is asked for, for ""'))
def is_asked_for(city: City, purpose: str = "") -> None:
    city.act(asking(city, purpose))


@when("the exports are read")
def are_read(city: City, exporter: Exporter) -> None:
    read(city, exporter)


@when("it is taken away")
def is_taken(city: City) -> None:
    city.act(exports.download(export_id(city)))


@when("it is cancelled")
def is_cancelled(city: City) -> None:
    city.act(exports.cancel(export_id(city)))


@when("what is due is done")
def duties(city: City, exporter: Exporter) -> None:
    city.duties_are_swept()
    city.goes_on(exporter.catch_up())


@then(step("the export is {state:Code}"))
def stands(city: City, state: str) -> None:
    assert city.view(ExportView, export_id(city)).state is ExportState(state)


@then(parsers.parse("the export is COMPLETED with {rows:d} rows"))
def completed(city: City, rows: int) -> None:
    found = city.view(ExportView, export_id(city))
    assert (found.state, found.rows) == (ExportState.COMPLETED, rows)


@then(step("the export is FAILED because {reason:Code}"))
def failed(city: City, reason: str) -> None:
    found = city.view(ExportView, export_id(city))
    assert (found.state, found.reason) == (ExportState.FAILED, ExportFailure(reason))


@then(parsers.parse("{many:d} exports are kept"))
def are_kept(city: City, many: int) -> None:
    with city.database.reading() as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(EXPORT_JOBS)).scalar_one() == many
