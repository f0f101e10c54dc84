"""Code lists: sound entries, one version after the other, and what is refused by them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.dispatching.coding import NO_LISTS, on_list
from domain.dispatching.rules import CodeNotOnList
from domain.ids import CodeListId
from domain.jurisdiction.code_list import (
    MOST,
    CodeList,
    CodeListCodeMalformed,
    CodeListIsNoDraft,
    CodeListNotActive,
    CodeListSizeOutOfRange,
    CodeListTooEarly,
    EntryCodeMalformed,
    EntryCodeTwice,
)
from domain.jurisdiction.codes import CodesInForce
from domain.jurisdiction.events import CodeEntry, CodeListActivated, CodeListRevised, CodeListSuperseded, CodeScope
from domain.rules import Rejected, TextHoldsPersonalData, TextMissing
from features.city import MORNING

TYPES, PRIORITIES = CodeScope.ALARM_TYPE, CodeScope.PRIORITY
LATER = MORNING + timedelta(days=1)
OTHER = CodeListId(UUID(int=1))


def entries(*codes: str) -> tuple[CodeEntry, ...]:
    return tuple(CodeEntry(code, f"Code {code}", f"代码{code}") for code in codes)


def types(*events: CodeListActivated | CodeListSuperseded) -> CodeList:
    state = CodeList.begin(CodeList.draft("types-1", TYPES, entries("THEFT", "ROBBERY")))
    for event in events:
        state = state.apply(event)
    return state


ACTIVE = CodeListActivated(scope=TYPES, active_from=MORNING)


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ((), CodeListSizeOutOfRange),
        (entries(*map(str, range(MOST + 1))), CodeListSizeOutOfRange),
        (entries("1", "2", "1"), EntryCodeTwice),
        (entries(""), EntryCodeMalformed),
        (entries("very urgent"), EntryCodeMalformed),
        (entries("1\n"), EntryCodeMalformed),
        (entries("X" * 33), EntryCodeMalformed),
        ((CodeEntry("1", " ", "一级"),), TextMissing),
        ((CodeEntry("1", "First", ""),), TextMissing),
        ((CodeEntry("1", "Call 13812345678", "一级"),), TextHoldsPersonalData),
    ],
)
def test_entries_are_sound(told: tuple[CodeEntry, ...], rule: type[Rejected]):
    with pytest.raises(rule) as refusal:
        CodeList.draft("p-1", PRIORITIES, told)
    assert refusal.value.field == "entries"
    with pytest.raises(rule):
        types().revise(told)


def test_a_draft_has_a_code_and_the_same_entries_are_nothing_new():
    with pytest.raises(CodeListCodeMalformed):
        CodeList.draft("of 2026", TYPES, entries("THEFT"))
    assert types().revise(entries("THEFT", "ROBBERY")) is None
    assert types().revise(entries("ROBBERY", "THEFT")) == CodeListRevised(entries=entries("ROBBERY", "THEFT"))
    with pytest.raises(CodeListIsNoDraft):
        types(ACTIVE).revise(entries("FRAUD"))


def test_a_list_is_active_once_and_gives_way_once():
    assert types().activate(MORNING, MORNING, OTHER) == CodeListActivated(scope=TYPES, active_from=MORNING, supersedes=OTHER)
    with pytest.raises(CodeListTooEarly):
        types().activate(MORNING - timedelta(seconds=1), MORNING, None)
    with pytest.raises(CodeListIsNoDraft):
        types(ACTIVE).activate(LATER, MORNING, None)
    with pytest.raises(CodeListNotActive):
        types().supersede(OTHER, TYPES, LATER)
    with pytest.raises(CodeListNotActive):
        types(ACTIVE).supersede(OTHER, PRIORITIES, LATER)
    with pytest.raises(CodeListTooEarly):
        types(ACTIVE).supersede(OTHER, TYPES, MORNING)
    gone = types(ACTIVE).supersede(OTHER, TYPES, LATER)
    with pytest.raises(CodeListNotActive):
        types(ACTIVE, gone).supersede(OTHER, TYPES, LATER)


@given(st.integers(-48, 48))
def test_a_list_holds_in_its_own_stretch_of_time(hours: int):
    version = types(ACTIVE, CodeListSuperseded(active_to=LATER, superseded_by=OTHER))
    moment = MORNING + timedelta(hours=hours)
    assert version.holds(moment) is (MORNING <= moment < LATER)
    assert not types().holds(moment)


CODES = st.text("ABC123", min_size=1, max_size=3)


@given(CODES, st.sets(CODES, min_size=1))
def test_a_code_is_refused_just_where_a_list_of_its_scope_lacks_it(code: str, known: set[str]):
    lists = {PRIORITIES: CodesInForce("p-1", frozenset(known))}
    assert on_list(code, PRIORITIES, NO_LISTS) == on_list(code, TYPES, lists) == code
    if code in known:
        assert on_list(f" {code} ", PRIORITIES, lists) == code
    else:
        with pytest.raises(CodeNotOnList):
            on_list(code, PRIORITIES, lists)


def test_the_refusal_names_the_list_in_both_languages():
    with pytest.raises(CodeNotOnList) as refusal:
        on_list("FRAUD", TYPES, {TYPES: types(ACTIVE).in_force})
    assert refusal.value.field == "alarmType"
    assert refusal.value.message.endswith("The list is types-1.")
    assert refusal.value.message_zh.endswith("代码表：types-1。")
