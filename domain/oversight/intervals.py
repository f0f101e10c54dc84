"""95 % intervals: Wilson's for a proportion, exact Poisson limits for a count over a given base."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log, sqrt

Z = 1.959963984540054
"""Normal quantile at 97.5 %."""

TAIL = 0.025
STEPS = 200


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Wilson's score interval of a proportion; the number of trials is above zero."""
    share = successes / trials
    shrink = 1 + Z * Z / trials
    centre = (share + Z * Z / (2 * trials)) / shrink
    half = Z * sqrt(share * (1 - share) / trials + Z * Z / (4 * trials * trials)) / shrink
    return max(0.0, centre - half), min(1.0, centre + half)


def poisson_ratio(count: int, base: int) -> tuple[float, float]:
    """Garwood's exact limits of a Poisson count, over a base that is taken as given."""
    return _lower(count) / base, _upper(count) / base


def _lower(count: int) -> float:
    """The mean under which `count` or more has a chance of 2.5 %."""
    if count == 0:
        return 0.0
    return _root(lambda mean: 1 - _at_most(count - 1, mean) < TAIL, 0.0, float(count))


def _upper(count: int) -> float:
    """The mean under which `count` or fewer has a chance of 2.5 %."""
    return _root(lambda mean: _at_most(count, mean) > TAIL, float(count), count + 10 * sqrt(count + 1) + 10)


def _root(below: Callable[[float], bool], low: float, high: float) -> float:
    """Bisection: `below` holds from `low` up to the answer."""
    for _ in range(STEPS):
        middle = (low + high) / 2
        if middle in {low, high}:
            break
        low, high = (middle, high) if below(middle) else (low, middle)
    return (low + high) / 2


def _at_most(count: int, mean: float) -> float:
    """The chance of `count` or fewer at this mean, summed from the largest term down until terms vanish."""
    if mean <= 0:
        return 1.0
    term = exp(count * log(mean) - mean - lgamma(count + 1))
    if count > mean:
        return 1 - _above(count, mean, term)
    total = 0.0
    for k in range(count, -1, -1):
        total += term
        if term <= total * 1e-17:
            break
        term *= k / mean
    return total


def _above(count: int, mean: float, term: float) -> float:
    """The chance of more than `count`, where `term` is the chance of just `count` and lies above the mean."""
    total, k = 0.0, count
    while True:
        k += 1
        term *= mean / k
        total += term
        if term <= total * 1e-17:
            return total
