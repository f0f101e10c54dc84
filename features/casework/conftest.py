"""What several features of casework say; what only one says stands beside its scenarios."""

from __future__ import annotations

import pytest
from pytest_bdd import given, parsers, then, when

from application.casework import cases
from application.casework.views import CaseState
from domain.casework.events import Offence
from features.casework.office import Office
from features.city import City


@pytest.fixture
def office(city: City) -> Office:
    return Office(city)


@given(parsers.parse('case "{case}" was filed'))
def was_filed(office: Office, case: str) -> None:
    office.file(case)


@given(parsers.parse('the suspect of "{case}" was arrested'))
def suspect_was_arrested(city: City, office: Office, case: str) -> None:
    city.happened(cases.identify_suspect(office.case(case), office.suspect(case)))
    city.happened(cases.record_arrest(office.case(case), office.suspect(case)))


@given(parsers.parse('case "{case}" was cleared by arrest'))
def was_cleared(office: Office, case: str) -> None:
    office.approve_at_once(office.by_arrest(case))


@then(parsers.parse('case "{case}" stands as {state}'))
def stands_as(office: Office, case: str, state: str) -> None:
    assert office.listed(case).state is CaseState(state)


@then(parsers.parse('case "{case}" counts {count:d} offences of "{type}"'))
def counts(office: Office, case: str, count: int, type: str) -> None:
    assert office.listed(case).offences == (Offence(type, count),)


@when(parsers.parse('case "{case}" is concluded as {outcome}'))
def conclude(city: City, office: Office, case: str, outcome: str) -> None:
    city.act(cases.conclude(office.case(case), outcome))


@given(parsers.parse('case "{case}" was linked to series "{series}"'))
def was_linked(city: City, office: Office, case: str, series: str) -> None:
    city.happened(cases.link(office.case(case), office.series(series)))
