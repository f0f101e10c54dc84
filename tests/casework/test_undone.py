"""What is done and undone leaves every current figure as it was, whatever came before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from uuid import uuid4

import pytest

from api.main import Tocsin
from application.casework import cases
from application.casework.views import CaseView
from application.commands import Command
from application.identity import OWNER
from application.oversight.statistics import (
    Area,
    CountUnit,
    Definition,
    Granularity,
    Measure,
    OutcomeBasis,
    OutcomeScheme,
    Period,
    Question,
)
from domain.casework.events import ClearanceKind
from domain.ids import CaseId, OfficerId, OrganisationId, RequestId
from domain.rules import Rejected
from infrastructure.database import Database
from tests.casework.stories import DIVISION, LI, NOON, OTHER_DIVISION, OTHER_STATION, STATION, THEFTS, WANG, named
from tests.casework.test_always import IDS, REASON, Acts, Chance
from tests.casework.town import town, tried

TODAY = Period(NOON.date(), NOON.date())
THIRD_STATION = OrganisationId("500107001000")
SURE, OPEN = CaseId(named("sure")), CaseId(named("open"))
"""A case with which all of it can be done, whatever became of the others, and one it can be merged into."""


def merged(case: CaseView) -> Acts:
    return [(cases.merge(case.id, OPEN, REASON), LI), (cases.unmerge(case.id, OPEN, REASON), WANG)]


def cleared(case: CaseView) -> Acts:
    request = RequestId(uuid4())
    clear = cases.clear(case.id, request, ClearanceKind.OTHER, "CLOSED_BY_SOURCE")
    return [(clear, LI), (cases.approve(case.id, request), WANG), (cases.revoke_clearance(case.id, REASON), LI)]


def transferred(case: CaseView) -> Acts:
    there = cases.transfer(case.id, THIRD_STATION, OTHER_DIVISION, REASON)
    return [(there, LI), (cases.transfer(case.id, case.station, case.division, REASON), WANG)]


@pytest.mark.parametrize("undone", [merged, cleared, transferred])
@pytest.mark.parametrize("seed", range(2))
def test_done_and_undone(database: Database, seed: int, undone: Callable[[CaseView], Acts]):
    with town(database) as tocsin:
        asyncio.run(_leaves_no_trace(tocsin, seed, undone))


async def _leaves_no_trace(tocsin: Tocsin, seed: int, undone: Callable[[CaseView], Acts]) -> None:
    filed = [act for case in (SURE, OPEN) for act in (_registered(case), (cases.retro_file(case, REASON), LI))]
    await tried(tocsin, [*Chance(seed).history(), *filed])
    listed = await tocsin.read_models.several(CaseView, [*IDS, SURE])
    assert SURE in listed
    for case in listed.values():
        before = await _figures(tocsin)
        answers = await tried(tocsin, undone(case))
        refused = [isinstance(answer, Rejected) for answer in answers]
        assert all(refused) or not any(refused)
        assert not any(refused) or case.id != SURE
        assert await _figures(tocsin) == before


def _registered(case: CaseId) -> tuple[Command, OfficerId]:
    return cases.register(case, str(case), DIVISION, STATION, THEFTS), LI


async def _figures(tocsin: Tocsin) -> list[object]:
    """Every figure of cases, everywhere and by station, but for the position it is true at, and for points of nothing."""
    return [figure for station in (None, STATION, OTHER_STATION, THIRD_STATION) for figure in await _at(tocsin, station)]


async def _at(tocsin: Tocsin, station: OrganisationId | None) -> list[object]:
    told: list[object] = []
    for unit in CountUnit:
        question = Question(period=TODAY, area=Area(organisation=station), unit=unit)
        told += await tocsin.statistics.seen_by(OWNER).solving_rate(question, list(Definition), small=True)
        for measure in Measure:
            points = await tocsin.statistics.seen_by(OWNER).trend(question, measure, Granularity.DAY, by_type=True)
            told += [point for point in points if point.amount]
        for basis in OutcomeBasis:
            told += await tocsin.statistics.seen_by(OWNER).outcomes(question, OutcomeScheme.INTERNAL, basis)
    return [replace(figure, position=0) for figure in told]
