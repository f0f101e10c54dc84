"""Steps of casework."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_bdd import given, parsers, then, when

from application.casework import cases, corrections
from application.casework.views import CaseState, CorrectionState, CorrectionView
from application.dispatching import alarms
from domain.casework.events import CaseCleared, CaseFact, CaseFiled, CaseMerged, Offence, RefusalReason, SubjectKind, WithdrawalReason
from domain.dispatching.events import CaseOpenedFromAlarm, IntakeKind, ReportSource
from domain.ids import DivisionCode, OfficerId, OrganisationId, ReportId
from features.casework.office import ALL_FACTS, DIVISION, STATION, Office
from features.city import City


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


# --- From the report to the filing -----------------------------------------------------------------------------------


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


@given(parsers.parse('case "{case}" was filed'))
def was_filed(office: Office, case: str) -> None:
    office.file(case)


@given(parsers.parse('filing of "{case}" was refused'))
def filing_was_refused(city: City, office: Office, case: str) -> None:
    city.happened(cases.refuse_filing(office.case(case), RefusalReason.NO_FACTS))


@when(parsers.parse('case "{case}" is filed late because "{reason}"'))
def file_late(city: City, office: Office, case: str, reason: str) -> None:
    city.act(cases.retro_file(office.case(case), reason))


# --- Solving ---------------------------------------------------------------------------------------------------------


@given(parsers.parse('the suspect of "{case}" was arrested'))
def suspect_was_arrested(city: City, office: Office, case: str) -> None:
    city.happened(cases.identify_suspect(office.case(case), office.suspect(case)))
    city.happened(cases.record_arrest(office.case(case), office.suspect(case)))


@given(parsers.parse('case "{case}" was cleared by arrest'))
def was_cleared(office: Office, case: str) -> None:
    office.approve_at_once(office.by_arrest(case))


@given(parsers.parse('the clearance of "{case}" was revoked'))
def clearance_was_revoked(city: City, office: Office, case: str) -> None:
    city.happened(cases.revoke_clearance(office.case(case), "The wrong person."))


@given(parsers.parse('case "{case}" was withdrawn'))
def was_withdrawn(office: Office, case: str) -> None:
    office.approve_at_once(office.withdrawal(case, WithdrawalReason.NO_CRIME))


@given(parsers.parse('officer "{officer}" asked to clear "{case}" by arrest'))
def asked_to_clear(city: City, office: Office, officer: str, case: str) -> None:
    city.happened(office.by_arrest(case), by=officer)


@when(parsers.parse('officer "{officer}" asks to clear "{case}" by arrest'))
def ask_to_clear(city: City, office: Office, officer: str, case: str) -> None:
    city.act(office.by_arrest(case), by=officer)


@when(parsers.parse('officer "{officer}" asks to clear "{case}" because the suspect died'))
def ask_to_clear_by_death(city: City, office: Office, officer: str, case: str) -> None:
    city.act(office.by_death(case), by=officer)


@when(parsers.parse('officer "{officer}" asks to clear "{case}" because the suspect died, but {fact} is missing'))
def ask_without_fact(city: City, office: Office, officer: str, case: str, fact: str) -> None:
    city.act(office.by_death(case, replace(ALL_FACTS, **{fact: False})), by=officer)


@when(parsers.parse('officer "{officer}" asks to withdraw "{case}" as {reason}'))
def ask_to_withdraw(city: City, office: Office, officer: str, case: str, reason: str) -> None:
    city.act(office.withdrawal(case, WithdrawalReason(reason)), by=officer)


@when(parsers.parse('officer "{officer}" changes the offences of "{case}" to {count:d} "{type}"'))
def change_offences(city: City, office: Office, officer: str, case: str, count: int, type: str) -> None:
    city.act(office.change_of_offences(case, count, type), by=officer)


@given(parsers.parse('the offences of "{case}" were changed to {count:d} "{type}"'))
def offences_were_changed(city: City, office: Office, case: str, count: int, type: str) -> None:
    city.happened(office.change_of_offences(case, count, type))


@when(parsers.parse('officer "{officer}" approves'))
def approve(city: City, office: Office, officer: str) -> None:
    city.act(office.approval(), by=officer)


@when(parsers.parse('officer "{officer}" rejects'))
def reject(city: City, office: Office, officer: str) -> None:
    city.act(office.rejection(), by=officer)


@given(parsers.parse('officer "{officer}" rejected it'))
def was_rejected(city: City, office: Office, officer: str) -> None:
    city.happened(office.rejection(), by=officer)


@when(parsers.parse('officers "{one}" and "{other}" approve at the same moment'))
def approve_both(city: City, office: Office, one: str, other: str) -> None:
    city.attempt(*(city.request(office.approval(), by=officer) for officer in (one, other)))
    assert city.refusal is not None
    city.refusal = None


@then(parsers.parse('case "{case}" stands as {state}'))
def stands_as(office: Office, case: str, state: str) -> None:
    assert office.listed(case).state is CaseState(state)


@then(parsers.parse('the request is {state:w}, by "{officer}": {proposal}'))
def request_says(office: Office, state: str, officer: str, proposal: str) -> None:
    row = office.waiting()
    assert (row.state, row.requested_by) == (state, officer)
    told = (
        row.kind,
        row.clearance,
        row.outcome,
        row.offences_cleared,
        row.withdrawal,
        *(f"{each.count} {each.type}" for each in row.after),
    )
    assert " ".join(str(each) for each in told if each is not None) == proposal


@then(parsers.parse("the correction is {state:w}"))
def correction_is(office: Office, state: str) -> None:
    assert office.city.view(CorrectionView, office.correction).state is CorrectionState(state)


@then(parsers.parse('it says: "{obstacle}"'))
def correction_says(office: Office, obstacle: str) -> None:
    row = office.city.view(CorrectionView, office.correction)
    assert (row.obstacle, row.obstacle_message) == ("CORRECTION_REPLACES_NOTHING", obstacle)


@then(parsers.parse('it took effect {minutes:d} minutes ago and names officer "{officer}"'))
def took_effect(city: City, minutes: int, officer: str) -> None:
    (record,) = city.recorded()
    assert isinstance(record.event, CaseCleared)
    assert record.effective_at == city.clock.now() - timedelta(minutes=minutes)
    assert record.event.requested_by == OfficerId(officer) != record.by


@then(parsers.parse('case "{case}" counts {count:d} offences of "{type}"'))
def counts(office: Office, case: str, count: int, type: str) -> None:
    assert office.listed(case).offences == (Offence(type, count),)


# --- Conclusion ------------------------------------------------------------------------------------------------------


@given(parsers.parse('case "{case}" was concluded as {outcome}'))
def was_concluded(city: City, office: Office, case: str, outcome: str) -> None:
    city.happened(cases.conclude(office.case(case), outcome))


@when(parsers.parse('case "{case}" is concluded as {outcome}'))
def conclude(city: City, office: Office, case: str, outcome: str) -> None:
    city.act(cases.conclude(office.case(case), outcome))


@when(parsers.parse('case "{case}" is transferred for prosecution'))
def transfer_for_prosecution(city: City, office: Office, case: str) -> None:
    city.act(cases.transfer_for_prosecution(office.case(case)))


@given(parsers.parse('case "{case}" was suspended'))
def was_suspended(city: City, office: Office, case: str) -> None:
    city.happened(cases.suspend(office.case(case), "No leads."))


@when(parsers.parse('case "{case}" is reopened because "{reason}"'))
def reopen(city: City, office: Office, case: str, reason: str) -> None:
    city.act(cases.reopen(office.case(case), reason))


# --- With other cases and stations -----------------------------------------------------------------------------------


@given(parsers.parse('case "{case}" was merged into "{into}"'))
def was_merged(city: City, office: Office, case: str, into: str) -> None:
    city.happened(cases.merge(office.case(case), office.case(into), "The same theft."))


@when(parsers.parse('case "{case}" is merged into "{into}"'))
def merge(city: City, office: Office, case: str, into: str) -> None:
    city.act(cases.merge(office.case(case), office.case(into), "The same theft."))


@when(parsers.parse('"{one}" and "{other}" are merged into each other at the same moment'))
def merge_both(city: City, office: Office, one: str, other: str) -> None:
    first, second = office.case(one), office.case(other)
    both = cases.merge(first, second, "The same theft."), cases.merge(second, first, "The same theft.")
    city.attempt(*map(city.request, both))


@then("just one of the two merges is on record")
def one_merge(city: City) -> None:
    assert city.refusal is not None
    assert [isinstance(record.event, CaseMerged) for record in city.recorded()] == [True, False]


@when(parsers.parse('case "{case}" is taken out of "{out_of}"'))
def unmerge(city: City, office: Office, case: str, out_of: str) -> None:
    city.act(cases.unmerge(office.case(case), office.case(out_of), "Two thefts."))


@when(parsers.parse('{count:d} "{type}" of "{case}" is split off as case "{new}"'))
def split(city: City, office: Office, count: int, type: str, case: str, new: str) -> None:
    city.act(cases.split(office.case(case), office.case(new), new, (Offence(type, count),), "Two matters."))


@when(parsers.parse('one theft of "{case}" is split off as case "{new}" under the number of "{taken}"'))
def split_under(city: City, office: Office, case: str, new: str, taken: str) -> None:
    city.act(cases.split(office.case(case), office.case(new), taken, (Offence("THEFT"),), "Two matters."))


@when(parsers.parse('case "{case}" is filed anew as "{new}"'))
def refile(city: City, office: Office, case: str, new: str) -> None:
    city.act(cases.refile(office.case(case), office.case(new), new, "A witness came forward."))


@when(parsers.parse('case "{case}" is transferred to station "{station}" in division "{division}"'))
def transfer(city: City, office: Office, case: str, station: str, division: str) -> None:
    city.act(cases.transfer(office.case(case), OrganisationId(station), DivisionCode(division), "It happened there."))


@given(parsers.parse('case "{case}" was linked to series "{series}"'))
def was_linked(city: City, office: Office, case: str, series: str) -> None:
    city.happened(cases.link(office.case(case), office.series(series)))


@when(parsers.parse('case "{case}" is linked to series "{series}"'))
def link(city: City, office: Office, case: str, series: str) -> None:
    city.act(cases.link(office.case(case), office.series(series)))


@when(parsers.parse('case "{case}" is put under supervision of level "{level}"'))
def supervise(city: City, office: Office, case: str, level: str) -> None:
    city.act(cases.supervise(office.case(case), level, "Grave."))


@when(parsers.parse('the supervision of "{case}" is lifted'))
def lift_supervision(city: City, office: Office, case: str) -> None:
    city.act(cases.lift_supervision(office.case(case), "Solved."))


# --- Corrections -----------------------------------------------------------------------------------------------------


@given(parsers.parse('officer "{officer}" asked to correct "{old}" on "{case}" to "{new}"'))
def asked_to_correct(city: City, office: Office, officer: str, old: str, case: str, new: str) -> None:
    city.happened(_correction(office, case, CaseFact.OFFENCE_TYPE, old, new), by=officer)


@when(parsers.parse('officer "{officer}" asks to correct "{old}" on "{case}" to "{new}"'))
def ask_to_correct(city: City, office: Office, officer: str, old: str, case: str, new: str) -> None:
    city.act(_correction(office, case, CaseFact.OFFENCE_TYPE, old, new), by=officer)


@when(parsers.parse('officer "{officer}" asks to correct the filing of "{case}" without a time'))
def ask_without_time(city: City, office: Office, officer: str, case: str) -> None:
    city.act(_correction(office, case, CaseFact.FILED_AT), by=officer)


@when(parsers.parse('officer "{officer}" asks to correct the filing of "{case}" where that of "{other}" stands'))
def ask_about_another(city: City, office: Office, officer: str, case: str, other: str) -> None:
    now, id, wrong = city.clock.now(), office.case(case), office.position(other, CaseFiled)
    city.act(corrections.ask(office.correction, SubjectKind.CASE, CaseFact.FILED_AT, wrong, "No.", case=id, instant=now), by=officer)


@when(parsers.parse('officer "{officer}" approves the correction'))
def approve_correction(city: City, office: Office, officer: str) -> None:
    city.act(corrections.approve(office.correction), by=officer)


@when(parsers.parse('officer "{officer}" rejects the correction'))
def reject_correction(city: City, office: Office, officer: str) -> None:
    city.act(corrections.reject(office.correction, "It is as recorded."), by=officer)


def _correction(office: Office, case: str, fact: CaseFact, old: str | None = None, new: str | None = None):
    wrong, id = office.position(case, CaseFiled), office.case(case)
    return corrections.ask(office.correction, SubjectKind.CASE, fact, wrong, "Typed wrongly.", case=id, old_code=old, code=new)
