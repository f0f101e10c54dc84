"""Outside nobody learns a small count: not as it is, not from a total and the others, not from questions that differ by little."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from application.identity import Role
from application.oversight.disclosure import coarse, month_of
from tests.api.serving import STATIONS, Client, Served, new_id, served

COUNTS = {"THEFT": 12, "ROBBERY": 7, "FRAUD": 3}
LAST = month_of(datetime.now(UTC).date()) - timedelta(1)
FIRST = month_of(LAST)
MONTH = f'period: {{from: "{FIRST}", to: "{LAST}"}}'
COUNTED = "filed knownBooked knownRestated cleared withdrawn currentClearances suppressed cases { nodes { number } }"


class NextMonth:
    """When all that the test records has been known since the month began."""

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(32)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("outside")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        running.tocsin.statistics._clock = NextMonth()
        filed = datetime.combine(FIRST + timedelta(10), time(4), UTC).isoformat()
        owner = running.client("owner")
        for type, count in COUNTS.items():
            for number in range(count):
                case, offences = new_id(), [{"type": type, "count": 1}]
                named = {"number": f"{type}-{number}", "division": "500103", "station": STATIONS[0]}
                owner.do("registerCase", case=case, offences=offences, effectiveAt=filed, **named)
                owner.do("acceptCase", case=case, effectiveAt=filed)
                position = owner.do("fileCase", case=case, effectiveAt=filed)["position"]
        owner.ask("query ($position: Position) { caseCounts(atLeast: $position, " + MONTH + ") { filed } }", position=position)
        yield running


def filed(client: Client, *types: str) -> int | None:
    text = f"query ($types: [String!]!) {{ caseCounts({MONTH}, types: $types) {{ filed }} }}"
    found: int | None = client.ask(text, types=types)["caseCounts"]["filed"]
    return found


def test_inside_counts_go_to_the_last_case_and_outside_small_ones_are_not_told(city: Served) -> None:
    auditor, office = city.client("a", Role.AUDITOR), city.client("g", Role.GOVERNANCE_OFFICE)
    assert {type: filed(auditor, type) for type in COUNTS} == COUNTS
    assert {type: filed(office, type) for type in COUNTS} == {"THEFT": 10, "ROBBERY": 10, "FRAUD": None}
    assert filed(office) == 20
    told = office.ask(f'{{ caseCounts({MONTH}, types: ["FRAUD"]) {{ {COUNTED} }} }}')["caseCounts"]
    assert told["suppressed"]
    assert told["cases"]["nodes"] == []


def test_a_total_less_the_others_leaves_every_small_count_possible(city: Served) -> None:
    office = city.client("g", Role.GOVERNANCE_OFFICE)
    total, *others = (filed(office, *types) for types in ((), ("THEFT",), ("ROBBERY",)))
    assert possible(total, *others) == {1, 2, 3, 4}


def possible(total: int | None, *others: int | None) -> set[int]:
    """The small counts that what is told of the total and of all the others allows."""
    ranges = [[n for n in range(told - 10, told + 11) if coarse(n) == told] for told in (total, *others) if told is not None]
    return {whole - sum(parts) for whole, *parts in product(*ranges)} & {1, 2, 3, 4}


@pytest.mark.parametrize("others", range(1, 50))
def test_no_total_leaves_a_single_value_whatever_the_others_are(others: int) -> None:
    for difference in range(-10 * others - 10, 10 * others + 20, 10):
        least, most = difference - 5 - 4 * others, difference + 4 + 5 * others
        assert len({1, 2, 3, 4} & set(range(least, most + 1))) != 1


def test_what_is_told_is_at_most_five_above_the_count_and_four_below() -> None:
    assert {coarse(n) - n for n in range(5, 1_000)} == set(range(-4, 6))


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (f'period: {{from: "{FIRST + timedelta(1)}", to: "{LAST}"}}', "WHOLE_MONTHS"),
        (f'period: {{from: "{FIRST}", to: "{LAST - timedelta(1)}"}}', "WHOLE_MONTHS"),
        (f'period: {{from: "{FIRST}", to: "{LAST + timedelta(120)}"}}', "WHOLE_MONTHS"),
        (f'{MONTH}, types: ["THEFT", "FRAUD"]', "ONE_TYPE_OR_ALL"),
        (f"{MONTH}, asOf: {{position: 9}}", "AS_PUBLISHED"),
        (f'{MONTH}, asOf: {{recordedAt: "{datetime.now(UTC).isoformat()}"}}', "AS_PUBLISHED"),
    ],
)
def test_questions_that_differ_by_little_are_refused_outside(city: Served, arguments: str, code: str) -> None:
    text = f"{{ caseCounts({arguments}) {{ filed }} }}"
    assert city.client("g", Role.GOVERNANCE_OFFICE).error(text)["extensions"]["code"] == code
    city.client("a", Role.AUDITOR).ask(text)


def test_no_figure_says_more_than_steps_of_ten(city: Served) -> None:
    office = city.client("g", Role.GOVERNANCE_OFFICE)
    told = office.ask(f"""{{
        solvingRate({MONTH}, showSmall: true) {{ numerator denominator pending currentClearances backlogClearances excluded {{ n }}
            cases {{ nodes {{ number }} }} }}
        caseCounts({MONTH}) {{ {COUNTED} clearancesBooked revoked backlogClearances excluded {{ n }} }}
        bridge({MONTH}, from: PERIOD, to: COHORT) {{ amount cases {{ nodes {{ number }} }} }}
        alarmCounts({MONTH}) {{ alarms reports unfounded merged excluded {{ n }} counted {{ nodes {{ id }} }} }}
        responseTimes({MONTH}) {{ n p50 p90 excluded {{ n }} }}
        outcomeMix({MONTH}) {{ n total cases {{ nodes {{ number }} }} }}
        trend({MONTH}, measure: FILED, byType: true) {{ type amount suppressed cases {{ nodes {{ number }} }} }}
    }}""")
    assert {point["type"]: point["amount"] for point in told["trend"]} == {"THEFT": 10, "ROBBERY": 10, "FRAUD": None}
    assert {number % 10 for number in numbers(told)} == {0}
    by_day = f"{{ trend({MONTH}, measure: FILED, granularity: DAY) {{ amount }} }}"
    assert office.error(by_day)["extensions"]["code"] == "NOT_BY_DAY"


def numbers(told: Any) -> Iterator[int]:
    if isinstance(told, dict | list):
        for each in told.values() if isinstance(told, dict) else told:
            yield from numbers(each)
    elif isinstance(told, int) and not isinstance(told, bool):
        yield told
