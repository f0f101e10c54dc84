"""The offences of a case: what a list of them must be, and sums, differences and gravity of such lists."""

from __future__ import annotations

from collections import Counter

from domain.casework.events import Offence
from domain.casework.offence_types import OFFENCE_TYPES, at_least_as_grave, offence_code
from domain.rules import InvalidValue

MOST_OF_ONE_TYPE = 9_999
MOST_TYPES = 50

Offences = tuple[Offence, ...]


class OffencesMissing(InvalidValue):
    """At least one offence is required.

    至少需要一项案由。
    """

    on = "offences"


class OffenceTwice(InvalidValue):
    """An offence type stands twice; give it once with its count.

    同一案由重复出现，请合并为一项并注明起数。
    """

    on = "offences"


class TooManyOffenceTypes(InvalidValue):
    """A case has at most 50 types of offences.

    一案最多 50 种案由。
    """

    on = "offences"


class OffenceCountOutOfRange(InvalidValue):
    """Offences of one type number 1 to 9,999.

    每种案由的起数须在 1 至 9999 之间。
    """

    on = "offences"


class NothingRemains(InvalidValue):
    """Only offences of this case can leave it, and at least one must remain.

    只能拆出本案的案由，且至少保留一起。
    """

    on = "offences"


class FewerOffencesThanCleared(InvalidValue):
    """The case would have fewer offences than are cleared; revoke the clearance first.

    案由起数少于已破起数，请先撤销破案。
    """

    on = "offences"


def checked(offences: Offences) -> Offences:
    """The offences, each type once, well-formed and counted at least once."""
    if len(offences) > MOST_TYPES:
        raise TooManyOffenceTypes
    if len({offence_code(each.type) for each in offences}) < len(offences):
        raise OffenceTwice
    if any(not 1 <= each.count <= MOST_OF_ONE_TYPE for each in offences):
        raise OffenceCountOutOfRange
    return offences


def required(offences: Offences) -> Offences:
    if not offences:
        raise OffencesMissing
    return checked(offences)


def total(offences: Offences) -> int:
    return sum(each.count for each in offences)


def same(a: Offences, b: Offences) -> bool:
    return _counted(a) == _counted(b)


def without(offences: Offences, leaving: Offences) -> Offences:
    """What stays when some leave; refused where more would leave than there are, or all."""
    have, go = _counted(offences), _counted(leaving)
    if not go <= have or go == have:
        raise NothingRemains
    return tuple(Offence(type, count) for type, count in (have - go).items())


def retyped(offences: Offences, old: str, new: str) -> Offences:
    """The offences of one type become offences of another."""
    counts: Counter[str] = Counter()
    for each in offences:
        counts[new if each.type == old else each.type] += each.count
    return tuple(Offence(type, count) for type, count in counts.items())


def no_lesser(after: Offences, before: Offences) -> bool:
    """Whether every offence that goes is replaced by one known to be at least as grave."""
    gone = _gravest_first(_counted(before) - _counted(after))
    come = _gravest_first(_counted(after) - _counted(before))
    return len(come) >= len(gone) and all(map(at_least_as_grave, come, gone))


def _counted(offences: Offences) -> Counter[str]:
    return Counter({each.type: each.count for each in offences})


def _gravest_first(counts: Counter[str]) -> list[str]:
    return sorted(counts.elements(), key=_rank)


def _rank(code: str) -> int:
    known = OFFENCE_TYPES.get(code)
    return known.rank if known else 0
