"""Runs lifecycle.feature; what only it says stands here."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from pytest_bdd import given, parsers, scenarios, then, when

from application.casework import cases
from application.dispatching import alarms
from domain.casework.events import RefusalReason
from domain.dispatching.events import CaseOpenedFromAlarm, IntakeKind, ReportSource
from domain.ids import ReportId
from features.casework.office import DIVISION, STATION, Office
from features.city import City

scenarios("lifecycle.feature")


@when(parsers.parse('a theft of 3 bicycles is reported as case "{case}"'))
def report_theft(city: City, office: Office, case: str) -> None:
    city.act(office.registration(case))


@given(parsers.parse('case "{case}" was reported'))
def was_reported(city: City, office: Office, case: str) -> None:
    city.happened(office.registration(case))


@given(parsers.parse('case "{case}" that occurred {hours:d} hours ago was reported'))
def was_reported_after(city: City, office: Office, case: str, hours: int) -> None:
    city.happened(office.registration(case, hours_ago=hours))


@given(parsers.parse('case "{case}" was reported on the alarm about "{matter}"'))
def was_reported_on_alarm(city: City, office: Office, case: str, matter: str) -> None:
    city.happened(office.registration(case, alarm=matter))


@given(parsers.parse('an alarm about "{matter}" was received'))
def alarm_was_received(city: City, office: Office, matter: str) -> None:
    report = ReportId(uuid4())
    city.happened(alarms.open(office.alarm(matter), report, ReportSource.CALL_110, IntakeKind.ALARM, DIVISION, STATION))


@then(parsers.parse('the alarm about "{matter}" knows case "{case}"'))
def alarm_knows_case(city: City, office: Office, matter: str, case: str) -> None:
    of_alarm = [record.event for record in city.records(0) if record.originator_id == office.alarm(matter)]
    assert CaseOpenedFromAlarm(case=office.case(case)) in of_alarm


@when(parsers.parse('another report is registered under the number of "{number}"'))
def register_again(city: City, office: Office, number: str) -> None:
    city.act(office.registration("another", under=number))


@given(parsers.parse('case "{case}" was accepted for {days:d} days of review'))
def was_accepted(city: City, office: Office, case: str, days: int) -> None:
    city.happened(cases.accept(office.case(case), city.clock.now() + timedelta(days=days)))


@when(parsers.parse('case "{case}" is accepted as of {hours:d} hours ago'))
def accept_as_of(city: City, office: Office, case: str, hours: int) -> None:
    city.act(cases.accept(office.case(case)), at=city.clock.now() - timedelta(hours=hours))


@given(parsers.parse('the review of "{case}" was extended to {days:d} days'))
def review_was_extended(city: City, office: Office, case: str, days: int) -> None:
    city.happened(cases.extend_review(office.case(case), city.clock.now() + timedelta(days=days), "Complex."))


@when(parsers.parse('the review of "{case}" is extended to {days:d} days'))
def extend_review(city: City, office: Office, case: str, days: int) -> None:
    city.act(cases.extend_review(office.case(case), city.clock.now() + timedelta(days=days), "Complex."))


@when(parsers.parse('case "{case}" is filed'))
def file(city: City, office: Office, case: str) -> None:
    city.act(cases.file(office.case(case)))


@given(parsers.parse('filing of "{case}" was refused'))
def filing_was_refused(city: City, office: Office, case: str) -> None:
    city.happened(cases.refuse_filing(office.case(case), RefusalReason.NO_FACTS))


@when(parsers.parse('case "{case}" is filed late because "{reason}"'))
def file_late(city: City, office: Office, case: str, reason: str) -> None:
    city.act(cases.retro_file(office.case(case), reason))


@given(parsers.parse('case "{case}" was concluded as {outcome}'))
def was_concluded(city: City, office: Office, case: str, outcome: str) -> None:
    city.happened(cases.conclude(office.case(case), outcome))


@when(parsers.parse('case "{case}" is transferred for prosecution'))
def transfer_for_prosecution(city: City, office: Office, case: str) -> None:
    city.act(cases.transfer_for_prosecution(office.case(case)))


@given(parsers.parse('case "{case}" was suspended'))
def was_suspended(city: City, office: Office, case: str) -> None:
    city.happened(cases.suspend(office.case(case), "No leads."))


@when(parsers.parse('case "{case}" is reopened because "{reason}"'))
def reopen(city: City, office: Office, case: str, reason: str) -> None:
    city.act(cases.reopen(office.case(case), reason))
