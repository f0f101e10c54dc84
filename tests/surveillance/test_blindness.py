"""How long nobody saw a place, against a count minute by minute."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from domain.surveillance.blindness import Blindness, blindness, covered_time

DAY = 40
STRETCHES = st.lists(st.tuples(st.integers(-5, DAY + 5), st.integers(-5, DAY + 5)), max_size=8)


def minutes(stretches: list[tuple[int, int]]) -> set[int]:
    return {minute for start, end in stretches for minute in range(start, end)}


@given(STRETCHES, STRETCHES, st.integers(0, DAY), st.integers(0, DAY))
def test_every_minute_counts_once(seen, suspended, start, end):
    within = set(range(start, end))
    blind = within - minutes(seen)
    found = blindness(seen, suspended, (start, end))
    assert found == Blindness(len(within), len(blind), len(blind & minutes(suspended)))


def test_what_several_see_counts_once():
    assert covered_time([(0, 10), (5, 15), (5, 7)], (2, 12)) == 10
