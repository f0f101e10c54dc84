"""Runs corrections.feature; what only it says stands here."""

from __future__ import annotations

from pytest_bdd import given, parsers, scenarios, then, when

from application.casework import corrections
from application.casework.views import CorrectionState, CorrectionView
from domain.casework.events import CaseFact, CaseFiled, SubjectKind
from features.casework.office import Office
from features.city import City

scenarios("corrections.feature")


@given(parsers.parse('the offences of "{case}" were changed to {count:d} "{type}"'))
def offences_were_changed(city: City, office: Office, case: str, count: int, type: str) -> None:
    city.happened(office.change_of_offences(case, count, type))


@then(parsers.parse("the correction is {state:w}"))
def correction_is(office: Office, state: str) -> None:
    assert office.city.view(CorrectionView, office.correction).state is CorrectionState(state)


@then(parsers.parse('it says: "{obstacle}"'))
def correction_says(office: Office, obstacle: str) -> None:
    row = office.city.view(CorrectionView, office.correction)
    assert (row.obstacle, row.obstacle_message) == ("CORRECTION_REPLACES_NOTHING", obstacle)


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
