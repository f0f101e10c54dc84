"""Runs solving.feature; what only it says stands here."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pytest_bdd import given, parsers, scenarios, then, when

from application.casework import cases
from domain.casework.events import CaseCleared, WithdrawalReason
from domain.ids import OfficerId
from features.casework.office import ALL_FACTS, Office
from features.city import City

scenarios("solving.feature")


@given(parsers.parse('the clearance of "{case}" was revoked'))
def clearance_was_revoked(city: City, office: Office, case: str) -> None:
    city.happened(cases.revoke_clearance(office.case(case), "The wrong person."))


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


@then(parsers.parse('it took effect {minutes:d} minutes ago and names officer "{officer}"'))
def took_effect(city: City, minutes: int, officer: str) -> None:
    (record,) = city.recorded()
    assert isinstance(record.event, CaseCleared)
    assert record.effective_at == city.clock.now() - timedelta(minutes=minutes)
    assert record.event.requested_by == OfficerId(officer) != record.by
