"""A new event is not forgotten: just one aggregate begins with it or applies it, the log keeps it, and some view shows it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from domain.casework import events as casework
from domain.casework.case import Case
from domain.casework.correction import CorrectionRequest
from domain.dispatching import events as dispatching
from domain.dispatching.alarm import Alarm
from domain.dispatching.order import DispatchOrder
from domain.dispatching.unit import Unit
from domain.events import Event
from domain.jurisdiction import events as jurisdiction
from domain.jurisdiction.api_key import ApiKey
from domain.jurisdiction.division import Division
from domain.jurisdiction.grant import Grant
from domain.jurisdiction.organisation import Organisation
from infrastructure.log.codec import CODEC
from tests.projections.contents import ALL

ROOT = Path(__file__).parents[1]
APPLIED = {
    Alarm: dispatching.AlarmChange,
    DispatchOrder: dispatching.OrderChange,
    Unit: dispatching.UnitChange,
    Case: casework.CaseChange,
    CorrectionRequest: casework.CorrectionChange,
    Division: jurisdiction.DivisionChange,
    Organisation: jurisdiction.OrganisationChange,
    ApiKey: jurisdiction.ApiKeyRevoked,
    Grant: jurisdiction.GrantChange,
}
EVENTS = [
    member
    for page in (dispatching, casework, jurisdiction)
    for member in vars(page).values()
    if isinstance(member, type) and issubclass(member, Event) and member.__module__ == page.__name__
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_just_one_aggregate_begins_with_the_event_or_applies_it(event):
    owners = [kind for kind, changes in APPLIED.items() if event in (*kind.begins, *(get_args(changes) or (changes,)))]
    assert len(owners) == 1


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_the_log_keeps_the_event_as_json(event):
    assert event in CODEC.types()


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.__name__)
def test_some_view_shows_what_the_event_says(event):
    assert [each.name for each in ALL if event in each.handled]


def test_some_command_records_every_event():
    assert {event.__name__ for event in EVENTS} <= set(_called())


def _called() -> Iterator[str]:
    """The names of what decisions and commands make; a pattern that an event is matched with makes none."""
    for path in [*(ROOT / "domain").rglob("*.py"), *(ROOT / "application").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                yield node.func.id


def test_every_page_of_events_is_looked_at():
    assert {event.__module__ for event in EVENTS} == {kind.begins[0].__module__ for kind in APPLIED}
