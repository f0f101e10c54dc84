"""What a directive decides, and what holds after any sequence of decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import OrganisationId
from domain.oversight.directive import (
    Directive,
    DirectiveDueTooEarly,
    DirectiveIsAcknowledged,
    DirectiveIsFulfilled,
    DirectiveIsWithdrawn,
    DirectiveNeedsAddressees,
    DirectiveNotAcknowledged,
    DirectiveOfAnotherIssuer,
    NotAddressed,
)
from domain.oversight.events import DirectiveAcknowledged, DirectiveFulfilled, DirectiveIssued, DirectiveWithdrawn
from domain.rules import Rejected, TextMissing

CITY, NORTH, SOUTH, WEST = (OrganisationId(each) for each in ("CQ", "N", "S", "W"))
TODAY = date(2026, 3, 2)
WANTED = DirectiveIssued(number="293", title_en="Opinion", title_zh="意见", issuer=CITY, addressees=(NORTH, SOUTH, NORTH), due=TODAY)


def issued() -> Directive:
    return Directive.begin(Directive.issue(WANTED, TODAY))


def test_a_directive_is_addressed_once_to_each():
    assert Directive.issue(WANTED, TODAY).addressees == (NORTH, SOUTH)
    with pytest.raises(DirectiveNeedsAddressees):
        Directive.issue(replace(WANTED, addressees=()), TODAY)


@pytest.mark.parametrize("field", ["number", "title_en", "title_zh"])
def test_a_directive_has_a_number_and_titles(field):
    with pytest.raises(TextMissing):
        Directive.issue(replace(WANTED, **{field: " "}), TODAY)


def test_a_directive_is_due_on_the_day_of_its_issue_at_the_earliest():
    with pytest.raises(DirectiveDueTooEarly):
        Directive.issue(replace(WANTED, due=date(2026, 3, 1)), TODAY)


def test_each_addressee_answers_for_itself_and_in_order():
    state = issued().apply(DirectiveAcknowledged(addressee=NORTH))
    assert state.fulfil(NORTH, "done") == DirectiveFulfilled(addressee=NORTH, report="done")
    assert state.acknowledge(SOUTH) == DirectiveAcknowledged(addressee=SOUTH)
    with pytest.raises(DirectiveIsAcknowledged):
        state.acknowledge(NORTH)
    with pytest.raises(DirectiveNotAcknowledged):
        state.fulfil(SOUTH, "done")
    with pytest.raises(DirectiveIsFulfilled):
        state.apply(DirectiveFulfilled(addressee=NORTH, report="done")).fulfil(NORTH, "again")
    with pytest.raises(NotAddressed):
        state.acknowledge(WEST)


def test_only_the_issuer_withdraws_and_once():
    assert issued().withdraw(CITY, "superseded") == DirectiveWithdrawn(reason="superseded")
    with pytest.raises(DirectiveOfAnotherIssuer):
        issued().withdraw(NORTH, "no")
    with pytest.raises(DirectiveIsWithdrawn):
        issued().apply(DirectiveWithdrawn(reason="r")).withdraw(CITY, "again")


acts = st.lists(st.tuples(st.sampled_from(["acknowledge", "fulfil", "withdraw"]), st.sampled_from([CITY, NORTH, SOUTH, WEST])), max_size=20)


@given(acts)
def test_whatever_is_tried_only_addressees_answer_once_and_nobody_after_a_withdrawal(tried):
    state, recorded = issued(), []
    for act, own in tried:
        try:
            event = getattr(state, act)(own, *([] if act == "acknowledge" else ["words"]))
        except Rejected:
            continue
        assert not state.withdrawn
        state = state.apply(event)
        recorded.append((type(event), getattr(event, "addressee", CITY)))
    assert len(recorded) == len(set(recorded))
    assert state.fulfilled <= state.acknowledged <= {NORTH, SOUTH}
