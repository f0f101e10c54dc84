"""Runs relations.feature; what only it says stands here."""

from __future__ import annotations

from pytest_bdd import given, parsers, scenarios, then, when

from application.casework import cases
from domain.casework.events import CaseMerged, Offence, WithdrawalReason
from domain.ids import DivisionCode, OrganisationId
from features.casework.office import Office
from features.city import City

scenarios("relations.feature")


@given(parsers.parse('case "{case}" was withdrawn'))
def was_withdrawn(office: Office, case: str) -> None:
    office.approve_at_once(office.withdrawal(case, WithdrawalReason.NO_CRIME))


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


@when(parsers.parse('case "{case}" is linked to series "{series}"'))
def link(city: City, office: Office, case: str, series: str) -> None:
    city.act(cases.link(office.case(case), office.series(series)))


@when(parsers.parse('case "{case}" is put under supervision of level "{level}"'))
def supervise(city: City, office: Office, case: str, level: str) -> None:
    city.act(cases.supervise(office.case(case), level, "Grave."))


@when(parsers.parse('the supervision of "{case}" is lifted'))
def lift_supervision(city: City, office: Office, case: str) -> None:
    city.act(cases.lift_supervision(office.case(case), "Solved."))
