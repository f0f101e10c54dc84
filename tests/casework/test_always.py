"""What must hold after any sequence of decisions, taken or refused, by several officers on several cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product
from random import Random
from typing import Any, get_args
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from application.casework import cases
from application.commands import Command
from domain.casework.case import Case
from domain.casework.events import (
    ApprovalRequested,
    CaseChange,
    CaseCleared,
    CaseFactCorrected,
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
PERSONS = [PersonId(named(f"person {n}")) for n in range(2)]
SERIES = [SeriesId(named(f"series {n}")) for n in range(2)]
GROUNDS = [
    ExceptionalGrounds(offender_identified=a, evidence_sufficient=b, location_known=c, reason=reason)
    for a, b, c in product((True, False), repeat=3)
    for reason in (ExceptionalReason.DEATH_OF_OFFENDER, ExceptionalReason.VICTIM_REFUSED)
]
WHOLE = GROUNDS[0]
REASON = "For a reason."
Acts = list[tuple[Command, OfficerId]]


class Chance:
    """A history drawn from a seed. Most of it could happen; some of it is what nobody should do."""

    def __init__(self, seed: int) -> None:
        self._any = Random(seed).choice  # noqa: S311 - a history, not a secret
        self._asked = 0

    def history(self) -> Acts:
        begun = [act for case in IDS[:2] for act in self.begun(case)]
        return begun + [act for _ in range(60) for act in self._any(self.kinds())()]

    def kinds(self) -> list[Callable[[], Acts]]:
        return [self.one_act] * 8 + [self.decided] * 4 + [self.merged]

    def begun(self, case: CaseId) -> Acts:
        commands = [
            cases.register(case, str(case), DIVISION, STATION, (Offence("THEFT", 3),)),
            cases.accept(case),
            cases.identify_suspect(case, PERSONS[0]),
            cases.file(case),
            cases.record_arrest(case, PERSONS[0]),
        ]
        return [(command, LI) for command in commands[: self._any([1, 2, 4, 4, 5, 5])]]

    def case(self) -> CaseId:
        return self._any(IDS)

    def part(self) -> CaseId:
        return self._any([self.case(), CaseId(named(f"part {self._any(range(9))}"))])

    def person(self) -> PersonId:
        return self._any(PERSONS)

    def offences(self) -> tuple[Offence, ...]:
        types = self._any([["THEFT"], ["ROBBERY"], ["FRAUD", "THEFT"], ["THEFT", "X-1"], ["THEFT", "THEFT"]])
        return tuple(Offence(type, self._any([1, 1, 2, 3])) for type in types)

    def merged(self) -> Acts:
        source, target = self.case(), self.case()
        merge, unmerge = cases.merge(source, target, REASON), cases.unmerge(source, target, REASON)
        return [(merge, LI), (unmerge, WANG)][: self._any([1, 2, 2, 2])]

    def decided(self) -> Acts:
        """A proposal with somebody's decision on it, now and then the proposer's own, or none."""
        self._asked += 1
        case, request = self.case(), RequestId(named(f"request {self._asked}"))
        decision = self._any([cases.approve(case, request), cases.approve(case, request), cases.reject(case, request, REASON)])
        return [(self.proposal(case, request), LI), (decision, self._any([LI, WANG, WANG]))][: self._any([1, 2, 2, 2])]

    def proposal(self, case: CaseId, request: RequestId) -> Command:
        kind, outcome, grounds = self._any(
            [
                (ClearanceKind.ARREST, "CHARGED", None),
                (ClearanceKind.EXCEPTIONAL, "OFFENDER_DIED", WHOLE),
                (ClearanceKind.EXCEPTIONAL, "OFFENDER_DIED", self._any([None, *GROUNDS])),
                (ClearanceKind.OTHER, "CLOSED_BY_SOURCE", None),
                (self._any(list(ClearanceKind)), self._any(["CHARGED", "VICTIM_REFUSED", "NO_SUSPECT"]), self._any([None, *GROUNDS])),
            ]
        )
        clear = cases.clear(case, request, kind, outcome, self._any([None, 0, 1, 2, 4]), grounds=grounds)
        withdraw = cases.withdraw(case, request, self._any(list(WithdrawalReason)))
        return self._any([clear, clear, clear, withdraw, cases.reclassify(case, request, self.offences(), REASON)])

    def one_act(self) -> Acts:
        case, part, person, series = self.case(), self.part(), self.person(), self._any(SERIES)
        command = self._any(
            [
                lambda: cases.register(case, str(case), DIVISION, STATION, self.offences()),
                lambda: cases.accept(case, self._any([None, NOON + timedelta(days=3)])),
                lambda: cases.extend_review(case, NOON + timedelta(days=7), REASON),
                lambda: cases.file(case, self._any([(), self.offences()])),
                lambda: cases.retro_file(case, REASON),
                lambda: cases.refuse_filing(case, RefusalReason.NO_FACTS),
                lambda: cases.involve(case, person, PersonRole.VICTIM),
                lambda: cases.identify_suspect(case, person, warrant=self._any([True, False])),
                lambda: cases.record_arrest(case, person),
                lambda: cases.revoke_clearance(case, REASON),
                lambda: cases.conclude(case, self._any(["NO_SUSPECT", "CHARGED"])),
                lambda: cases.transfer_for_prosecution(case),
                lambda: cases.suspend(case, REASON),
                lambda: cases.reopen(case, REASON),
                lambda: cases.reopen(case, REASON),
                lambda: cases.link(case, series),
                lambda: cases.unlink(case, series, REASON),
                lambda: cases.split(case, part, str(part), self.offences(), REASON),
                lambda: cases.refile(case, part, str(part), REASON),
                lambda: cases.transfer(case, self._any([STATION, OTHER_STATION]), OTHER_DIVISION, REASON),
                lambda: cases.supervise(case, "CITY", REASON),
                lambda: cases.lift_supervision(case, REASON),
                lambda: cases.seal(case, REASON),
                lambda: cases.unseal(case, REASON),
            ]
        )()
        return [(command, self._any([LI, WANG]))]


histories = st.integers(0, 2**32).map(lambda seed: Chance(seed).history())
case_ids = st.sampled_from(IDS)
leaving = st.sampled_from([(Offence("THEFT"),), (Offence("THEFT", 2),), (Offence("FRAUD"),)])
often = settings(max_examples=100, deadline=None)


def test_the_histories_reach_every_event_but_corrections():
    seen = {type(event) for seed in range(100) for event, *_ in Watched().run(Chance(seed).history())}
    assert {event for event in get_args(CaseChange) if event not in seen} == {CaseFactCorrected}


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
@given(histories, case_ids, leaving)
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
            assert steps <= len(office.states)


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
    return replace(before, requests=after.requests)
