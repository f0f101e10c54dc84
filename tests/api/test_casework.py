"""A case from report to clearance over HTTP, with the second person it needs, and every figure that then counts it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.api.serving import Client, Served, new_id, served, told

PERIOD = 'period: {from: "2024-05-01", to: "2024-05-31"}'
THEFTS = [{"type": "THEFT", "count": 2}]


@dataclass(frozen=True)
class Solved:
    """A case that was cleared, the request that led there, and where the log then stood."""

    case: str
    request: str
    position: int


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("casework")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        yield running


@pytest.fixture(scope="module")
def li(city: Served) -> Client:
    return city.client("li")


@pytest.fixture(scope="module")
def solved(city: Served, li: Client) -> Solved:
    wang, case, request = city.client("wang"), new_id(), new_id()
    registered = {"number": "A-1", "division": "500103", "station": "CQ-YZ-01", "offences": THEFTS}
    assert li.do("registerCase", case=case, **registered, effectiveAt="2024-05-01T10:00:00+08:00")["__typename"] == "RegisterCasePayload"
    assert li.do("acceptCase", case=case, effectiveAt="2024-05-01T11:00:00+08:00")["__typename"] == "AcceptCasePayload"
    filed = li.do("fileCase", "case { state version }", case=case, effectiveAt="2024-05-02T10:00:00+08:00")
    assert filed["case"]["state"] == "FILED"
    asked = {
        "case": case,
        "request": request,
        "kind": "OTHER",
        "outcome": "COMMUNITY_RESOLUTION",
        "effectiveAt": "2024-05-10T10:00:00+08:00",
    }
    shown = "case { state } request { state kind requestedBy effectiveAt case { number } }"
    waiting = li.do("clearCase", shown, contributions=[{"channel": "VIDEO", "role": "IDENTIFIED"}], **asked)
    assert waiting["case"]["state"] == "FILED", "it waits"
    wanted = {
        "state": "PENDING",
        "kind": "CLEARANCE",
        "requestedBy": "li",
        "effectiveAt": "2024-05-10T02:00:00Z",
        "case": {"number": "A-1"},
    }
    assert waiting["request"] == wanted
    own = li.do("approveCaseChange", case=case, request=request)
    assert own["__typename"] == "NeedsSecondApprover"
    done = wang.do("approveCaseChange", "case { state outcome approvals { state decidedBy } }", case=case, request=request)
    assert done["case"] == {
        "state": "CLEARED",
        "outcome": "COMMUNITY_RESOLUTION",
        "approvals": [{"state": "APPROVED", "decidedBy": "wang"}],
    }
    return Solved(case, request, done["position"])


def figures(li: Client, solved: Solved, text: str) -> Any:
    """One figure, true for the clearance."""
    name, _, rest = text.partition("(")
    return li.ask(f"query ($p: Position) {{ {name}({PERIOD}, atLeast: $p, {rest} }}", p=solved.position)[name]


def test_the_case_counts_as_solved_under_every_definition(li: Client, solved: Solved) -> None:
    text = """solvingRate(showSmall: true, definitions: [PERIOD, COHORT, WINDOW_30D], area: {organisation: "CQ-YZ-01"}, types: ["THEFT"])
        { definition numerator denominator value position above: cases { nodes { id number case { state } } pageInfo { hasNextPage } }
          below: cases(side: DENOMINATOR) { nodes { id } } }"""
    for rate in figures(li, solved, text):
        assert (rate["numerator"], rate["denominator"], rate["value"]) == (1, 1, 1.0)
        assert rate["above"]["nodes"] == [{"id": told("case", solved.case), "number": "A-1", "case": {"state": "CLEARED"}}]
        assert rate["above"]["pageInfo"] == {"hasNextPage": False}
        assert rate["below"]["nodes"] == [{"id": told("case", solved.case)}]
        assert rate["position"] == solved.position


def test_as_of_a_position_before_the_clearance_it_does_not(li: Client, solved: Solved) -> None:
    as_of = f"asOf: {{position: {solved.position - 1}}}"
    text = f"solvingRate(showSmall: true, definitions: [COHORT], {as_of}) {{ numerator denominator position }}"
    assert figures(li, solved, text) == [{"numerator": 0, "denominator": 1, "position": solved.position - 1}]


def test_offences_are_counted_where_they_are_asked_for(li: Client, solved: Solved) -> None:
    text = "solvingRate(showSmall: true, definitions: [COHORT], unit: OFFENCE) { numerator denominator unit }"
    assert figures(li, solved, text) == [{"numerator": 2, "denominator": 2, "unit": "OFFENCE"}]


def test_every_other_figure_lists_what_stands_behind_it(li: Client, solved: Solved) -> None:
    cases = [{"id": told("case", solved.case), "number": "A-1"}]
    counts = figures(li, solved, "caseCounts(unit: CASE) { knownBooked clearancesBooked cases(measure: CLEARED) { nodes { id number } } }")
    assert counts == {"knownBooked": 1, "clearancesBooked": 1, "cases": {"nodes": cases}}
    (may,) = figures(li, solved, "trend(measure: CLEARED, granularity: MONTH) { start amount cases { nodes { id number } } }")
    assert may == {"start": "2024-05-01", "amount": 1, "cases": {"nodes": cases}}
    outcomes = figures(li, solved, "outcomeMix(scheme: INTERNAL) { code n total cases { nodes { id number } } }")
    assert {"code": "COMMUNITY_RESOLUTION", "n": 1, "total": 1, "cases": {"nodes": cases}} in outcomes
    steps = figures(li, solved, "bridge(from: PERIOD, to: COHORT) { item side amount cases(first: 50) { nodes { id number } } }")
    assert steps
    assert all(step["amount"] == 0 and step["cases"]["nodes"] == [] for step in steps)


def test_a_bridge_to_elsewhere_and_an_endless_trend_are_refused(li: Client) -> None:
    assert li.error(f"{{ bridge({PERIOD}, from: COHORT, to: PERIOD) {{ amount }} }}")["extensions"]["code"] == "BRIDGE_UNKNOWN"
    forever = '{ trend(period: {from: "0002-01-01", to: "9998-12-31"}, measure: FILED, granularity: DAY) { amount } }'
    assert li.error(forever)["extensions"]["code"] == "TOO_MANY_POINTS"
    nowhere = f'{{ caseCounts({PERIOD}, area: {{division: "500103", organisation: "CQ"}}) {{ filed }} }}'
    assert li.error(nowhere)["extensions"]["code"] == "AREA_UNCLEAR"


def test_as_of_the_beginning_nothing_is_known(li: Client, solved: Solved) -> None:
    then = f"{PERIOD}, asOf: {{position: 0}}"
    told = li.ask(f"""{{
        solvingRate({then}, definitions: [PERIOD, COHORT]) {{ denominator position }} caseCounts({then}) {{ knownBooked position }}
        bridge({then}, from: PERIOD, to: COHORT) {{ amount }} outcomeMix({then}, scheme: INTERNAL) {{ n }}
        all: trend({then}, measure: FILED) {{ amount }} trend({then}, measure: FILED, byType: true) {{ amount type }} }}""")
    assert told["solvingRate"] == [{"denominator": 0, "position": 0}] * 2
    assert told["caseCounts"] == {"knownBooked": 0, "position": 0}
    assert {each["amount"] for each in told["bridge"]} == {0}
    assert all(each["n"] == 0 for each in told["outcomeMix"])
    assert {each["amount"] for each in told["all"]} == {0}
    assert told["trend"] == []


def test_a_wrong_time_is_corrected_by_two_people_and_both_stay_visible(city: Served, li: Client, solved: Solved) -> None:
    correction, text = new_id(), "{ case(id: $c) { history { nodes { position type } } } }"
    history = li.ask(f"query ($c: CaseId!) {text}", c=solved.case)["case"]["history"]["nodes"]
    filed = next(node["position"] for node in history if node["type"] == "CaseFiled")
    given = {
        "subject": "CASE",
        "case": solved.case,
        "fact": "FILED_AT",
        "corrects": filed,
        "reason": "typed wrongly",
        "instant": "2024-05-03T10:00:00+08:00",
    }
    asked = li.do("askForCorrection", "correction { state corrects instant } case { number }", correction=correction, **given)
    assert asked["correction"] == {"state": "ASKED", "corrects": filed, "instant": "2024-05-03T02:00:00Z"}
    assert li.do("approveCorrection", correction=correction)["__typename"] == "NeedsSecondApprover"
    wang = city.client("wang-2")
    assert wang.do("approveCorrection", "correction { state }", correction=correction)["__typename"] == "ApproveCorrectionPayload"
