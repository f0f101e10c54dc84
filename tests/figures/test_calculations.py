"""The calculations against published or hand-worked values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.oversight.intervals import poisson_ratio, wilson
from domain.oversight.percentiles import nearest_rank
from domain.oversight.typebags import members, name


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [(0, 10, 0.0, 0.2775328), (81, 263, 0.2553, 0.3662), (10, 10, 0.7224672, 1.0)],  # Newcombe 1998, table I
)
def test_wilson(successes, trials, low, high):
    assert wilson(successes, trials) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        (0, 0.0, 3.6889),
        (1, 0.0253, 5.5716),
        (10, 4.7954, 18.3904),
        (100, 81.3640, 121.6268),
    ],  # Garwood 1936, by the quantiles of chi-square
)
def test_poisson_limits(count, low, high):
    assert poisson_ratio(count, 1) == pytest.approx((low, high), abs=1e-4)


def test_poisson_limits_hold_for_large_counts():
    low, high = poisson_ratio(300_000, 1_000_000)
    assert (low, high) == pytest.approx((0.298927, 0.301075), abs=2e-6)


def test_nearest_rank_of_the_textbook_example():
    values = [(15, 1), (20, 1), (35, 1), (40, 1), (50, 1)]
    assert [nearest_rank(values, percent) for percent in (5, 30, 40, 50, 100)] == [15, 20, 20, 35, 50]
    assert nearest_rank([], 50) is None


@given(st.lists(st.integers(0, 9), min_size=1), st.integers(1, 100))
def test_nearest_rank_is_the_smallest_value_that_so_many_do_not_exceed(values, percent):
    counted = [(value, values.count(value)) for value in sorted(set(values))]
    found = nearest_rank(counted, percent)
    enough = [value for value in sorted(values) if 100 * sum(other <= value for other in values) >= percent * len(values)]
    assert found == enough[0]


def test_a_bag_is_named_after_its_content():
    assert name(members([("B", 1), ("A", 2)])) == name(members([("A", 1), ("B", 1), ("A", 1)]))
    assert name(members([("A", 1)])) != name(members([("A", 2)]))
