"""The case list, written as the events are, says of every case what its own decisions would."""

from __future__ import annotations

import asyncio

import pytest

from api.main import Tocsin
from application.casework.views import ApprovalState, ApprovalView, CaseState, CaseView
from application.views import Order, Wanted
from domain.casework.case import Case
from domain.casework.events import PersonRole, ReportRegistered
from domain.casework.stages import Stage
from infrastructure.database import Database
from infrastructure.log import reading
from tests.casework.stories import replayed
from tests.casework.test_always import Chance
from tests.casework.town import town, tried

ALL = 1_000


@pytest.mark.parametrize("seed", range(5))
def test_the_list_says_what_the_case_itself_knows(database: Database, seed: int):
    with town(database) as tocsin:
        rows, requests = asyncio.run(_told(tocsin, Chance(seed)))
    states = _states(database)
    assert {row.id for row in rows} == states.keys()
    for row in rows:
        state = states[row.id]
        assert row.state is _state(state)
        assert (row.division, row.station, row.merged_into) == (state.division, state.station, state.merged_into)
        assert set(row.offences) == set(state.offences)
        assert (row.series, row.supervision, row.review_until) == (state.series, state.supervision, state.review_until)
        assert row.clearance == (state.clearance.kind if state.clearance else None)
        assert row.offences_cleared == (state.clearance.offences if state.clearance else 0)
        assert (row.suspects, row.warrants, row.arrests) == (len(state.suspects), len(state.warrants), len(state.arrested))
        assert row.victims == sum(role is PersonRole.VICTIM for _, role in state.involved)
        assert (row.refiled_as is not None) is state.refiled
        assert (row.withdrawn_at is not None) is (state.stage is Stage.WITHDRAWN)
        pending = {each.id for each in requests if each.case == row.id and each.state is ApprovalState.PENDING}
        assert pending == {each.request for each in state.pending}


async def _told(tocsin: Tocsin, chance: Chance):
    """Every act of a history is tried; then what the lists say."""
    await tried(tocsin, chance.history())
    cases = await tocsin.read_models.page(CaseView, Wanted(), Order(by="reported_at"), ALL, None)
    approvals = await tocsin.read_models.page(ApprovalView, Wanted(), Order(by="requested_at"), ALL, None)
    return cases.rows, approvals.rows


def _states(database: Database) -> dict[object, Case]:
    with database.reading() as connection:
        records = list(reading.records(reading.read(connection, 0, ALL * 10)))
    ids = {record.originator_id for record in records if isinstance(record.event, ReportRegistered)}
    return {id: replayed([record.event for record in records if record.originator_id == id], Case) for id in ids}


def _state(case: Case) -> CaseState:
    if case.merged_into is not None:
        return CaseState.MERGED
    if case.stage is Stage.FILED and case.clearance is not None:
        return CaseState.CLEARED
    return CaseState(case.stage.value)
