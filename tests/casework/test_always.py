"""What must hold after any sequence of decisions, taken or refused, by several officers on several cases."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from application.casework import cases
from application.commands import Command
from domain.casework.case import Case
from domain.casework.events import (
    ApprovalRequested,
    CaseCleared,
    CaseReclassified,
    CaseWithdrawn,
    ClearanceKind,
    ExceptionalGrounds,
    ExceptionalReason,
    Offence,
    PersonRole,
    RefusalReason,
    WithdrawalReason,
)
from domain.casework.offences import no_lesser, total
from domain.casework.stages import Stage
from domain.ids import CaseId, OfficerId, OrganisationId, PersonId, RequestId, SeriesId
from domain.rules import Rejected
from tests.casework.stories import DIVISION, LI, NOON, OTHER_DIVISION, OTHER_STATION, STATION, WANG, Office, named, replayed

IDS = [CaseId(named(f"case {n}")) for n in range(3)]
REQUESTS = [RequestId(named(f"request {n}")) for n in range(4)]
PERSONS = [PersonId(named(f"person {n}")) for n in range(2)]
SERIES = [SeriesId(named(f"series {n}")) for n in range(2)]
TYPES = ["HOMICIDE", "THEFT", "FRAUD", "X-1"]

case_ids, requests, persons, series = map(st.sampled_from, (IDS, REQUESTS, PERSONS, SERIES))
reasons = st.just("For a reason.")
offences = st.lists(st.builds(Offence, st.sampled_from(TYPES), st.integers(1, 3)), min_size=1, max_size=3).map(tuple)
grounds = st.none() | st.builds(ExceptionalGrounds, st.booleans(), st.booleans(), st.booleans(), st.sampled_from(ExceptionalReason))
whole = ExceptionalGrounds(
    offender_identified=True, evidence_sufficient=True, location_known=True, reason=ExceptionalReason.DEATH_OF_OFFENDER
)
clearances = st.one_of(
    st.tuples(st.just(ClearanceKind.ARREST), st.just("CHARGED"), st.none()),
    st.tuples(st.just(ClearanceKind.EXCEPTIONAL), st.just("OFFENDER_DIED"), st.just(whole) | grounds),
    st.tuples(st.just(ClearanceKind.OTHER), st.just("CLOSED_BY_SOURCE"), st.none()),
    st.tuples(st.sampled_from(ClearanceKind), st.sampled_from(["CHARGED", "VICTIM_REFUSED", "NO_SUSPECT"]), grounds),
)

plain = st.one_of(
    st.builds(cases.register, case_ids, st.just("A1"), st.just(DIVISION), st.just(STATION), offences),
    st.builds(cases.accept, case_ids, st.none() | st.just(NOON + timedelta(days=3))),
    st.builds(cases.extend_review, case_ids, st.just(NOON + timedelta(days=7)), reasons),
    st.builds(cases.file, case_ids, st.just(()) | offences),
    st.builds(cases.retro_file, case_ids, reasons, st.just(()) | offences),
    st.builds(cases.refuse_filing, case_ids, st.sampled_from(RefusalReason)),
    st.builds(cases.reclassify, case_ids, requests, offences, reasons),
    st.builds(cases.involve, case_ids, persons, st.sampled_from(PersonRole)),
    st.builds(cases.identify_suspect, case_ids, persons, st.booleans()),
    st.builds(cases.record_arrest, case_ids, persons),
    st.builds(cases.revoke_clearance, case_ids, reasons),
    st.builds(cases.withdraw, case_ids, requests, st.sampled_from(WithdrawalReason)),
    st.builds(cases.reject, case_ids, requests, reasons),
    st.builds(cases.conclude, case_ids, st.sampled_from(["NO_SUSPECT", "CHARGED"])),
    st.builds(cases.transfer_for_prosecution, case_ids),
    st.builds(cases.suspend, case_ids, reasons),
    st.builds(cases.reopen, case_ids, reasons),
    st.builds(cases.link, case_ids, series),
    st.builds(cases.unlink, case_ids, series, reasons),
    st.builds(cases.merge, case_ids, case_ids, reasons),
    st.builds(cases.unmerge, case_ids, case_ids, reasons),
    st.builds(cases.split, case_ids, case_ids, st.just("A2"), offences, reasons),
    st.builds(cases.refile, case_ids, case_ids, st.just("A3"), reasons),
    st.builds(cases.transfer, case_ids, st.sampled_from([STATION, OTHER_STATION]), st.just(OTHER_DIVISION), reasons),
    st.builds(cases.supervise, case_ids, st.just("CITY"), reasons),
    st.builds(cases.lift_supervision, case_ids, reasons),
)
clears = st.builds(
    lambda case, request, how, count: cases.clear(case, request, how[0], how[1], count, grounds=how[2]),
    case_ids,
    requests,
    clearances,
    st.none() | st.integers(0, 4),
)
approvals = st.builds(cases.approve, case_ids, requests)
acts = st.tuples(st.one_of(plain, clears, approvals, approvals), st.sampled_from([LI, WANG]))

FILED_THREE = [
    (command, LI)
    for case in IDS[:2]
    for command in (
        cases.register(case, "A0", DIVISION, STATION, (Offence("THEFT", 3),)),
        cases.accept(case),
        cases.file(case),
        cases.identify_suspect(case, PERSONS[0]),
    )
]
histories = st.lists(acts, max_size=40).map(lambda more: [*FILED_THREE, *more]) | st.lists(acts, max_size=40)
often = settings(max_examples=100, deadline=None)


class Watched(Office):
    """An office that remembers, for every event, who acted and how things stood before and after."""

    def run(self, history: Sequence[tuple[Command, OfficerId]]) -> list[tuple[Any, OfficerId, dict[UUID, Any], dict[UUID, Any]]]:
        seen = []
        for command, by in history:
            before = dict(self.states)
            try:
                done = self.carry_out(command, by)
            except (Rejected, KeyError):  # a rule, or a case that does not exist
                assert self.states == before
                continue
            seen.extend((event, by, before, dict(self.states)) for event in done)
        return seen

    def carry_out(self, command: Command, by: OfficerId = LI, at: Any = None) -> list[Any]:
        if any(step.new and step.id in self.states for step in command.steps):
            raise KeyError
        return super().carry_out(command, by, at)


@often
@given(histories)
def test_the_events_alone_give_the_state(history):
    office = Watched()
    office.run(history)
    assert {id: replayed(events, Case) for id, events in office.events.items()} == office.states


@often
@given(histories)
def test_nobody_ever_approves_what_they_asked_for(history):
    for event, by, _, _ in Watched().run(history):
        if isinstance(event, CaseCleared | CaseWithdrawn | CaseReclassified) and event.request is not None:
            assert event.requested_by not in {None, by}


@often
@given(histories)
def test_what_needs_a_second_person_never_happens_without_a_request(history):
    asked: set[RequestId] = set()
    for event, _, _, _ in Watched().run(history):
        if isinstance(event, ApprovalRequested):
            asked.add(event.request)
        if isinstance(event, CaseCleared | CaseWithdrawn):
            assert event.request in asked
        if isinstance(event, CaseReclassified):
            assert event.request in asked or no_lesser(event.after, event.before)


@often
@given(histories)
def test_an_exceptional_clearance_has_its_four_facts_and_no_arrest(history):
    office = Watched()
    for event, _, _, _ in office.run(history):
        if isinstance(event, CaseCleared) and event.kind is ClearanceKind.EXCEPTIONAL:
            grounds = event.grounds
            assert grounds is not None
            assert grounds.offender_identified
            assert grounds.evidence_sufficient
            assert grounds.location_known
    for state in office.states.values():
        exceptional = state.clearance is not None and state.clearance.kind is ClearanceKind.EXCEPTIONAL
        assert not (exceptional and state.arrested)


@often
@given(histories)
def test_no_more_is_cleared_than_there_is_and_only_what_was_filed(history):
    office = Watched()
    office.run(history)
    for state in office.states.values():
        if state.clearance is not None:
            assert 1 <= state.clearance.offences <= total(state.offences)
            assert state.stage in {Stage.FILED, Stage.CONCLUDED, Stage.TRANSFERRED}


@often
@given(histories, case_ids, offences)
def test_a_split_conserves_offences(history, case, leaving):
    office = Watched()
    office.run(history)
    new = CaseId(named("new"))
    before = office.states.get(case)
    if office.run([(cases.split(case, new, "A9", leaving, "Two matters."), LI)]):
        assert total(office.states[case].offences) + total(office.states[new].offences) == total(before.offences)
        assert total(office.states[case].offences) > 0


@often
@given(histories, case_ids)
def test_clear_then_revoke_leaves_the_case_as_it_was(history, case):
    office = Watched()
    office.run(history)
    request = RequestId(named("new"))
    clear = cases.clear(case, request, ClearanceKind.OTHER, "CLOSED_BY_SOURCE")
    before = office.states.get(case)
    done = office.run([(clear, LI), (cases.approve(case, request), WANG)])
    if done:
        office.run([(cases.revoke_clearance(case, "Wrong."), WANG)])
        assert office.states[case] == _but_for_requests(before, office.states[case])


@often
@given(histories, case_ids, case_ids)
def test_merge_then_unmerge_leaves_both_as_they_were(history, case, into):
    office = Watched()
    office.run(history)
    before = dict(office.states)
    if office.run([(cases.merge(case, into, "The same."), LI)]):
        assert case != into
        assert office.states[into].merged_into is None
        office.run([(cases.unmerge(case, into, "Two."), WANG)])
        assert office.states == before


@often
@given(histories)
def test_a_merged_case_is_in_one_that_is_not_itself(history):
    office = Watched()
    office.run(history)
    for id, state in office.states.items():
        assert state.merged_into != id
        steps = 0
        while (into := state.merged_into) is not None:
            state = office.states[into]  # noqa: PLW2901 - up the chain
            steps += 1
            assert steps <= len(IDS)


@often
@given(histories, case_ids, st.sampled_from([OTHER_STATION, OrganisationId("500107001000")]))
def test_transfer_there_and_back_leaves_the_case_as_it_was(history, case, station):
    office = Watched()
    office.run(history)
    before = office.states.get(case)
    if office.run([(cases.transfer(case, station, OTHER_DIVISION, "Theirs."), LI)]):
        office.run([(cases.transfer(case, before.station, before.division, "Ours."), WANG)])
        assert office.states[case] == before


def _but_for_requests(before: Any, after: Any) -> Any:
    return type(before)(**{name: getattr(before, name) for name in before.__slots__} | {"requests": after.requests})
