"""Any sequence of commands, refused or not, keeps what must always hold."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import reduce
from uuid import UUID, uuid4

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from application.commands import Command
from application.deciding import attempt
from application.dispatching import alarms, orders, units
from application.places import KnownPlaces
from application.ports import Submission
from application.requests import Request
from application.stage import Stage
from application.uniqueness import ENDS_ORDER
from domain.dispatching.alarm import Alarm
from domain.dispatching.events import AlarmResult, IntakeKind, ReportSource, UnitArrived, UnitCleared, UnitOrdered, UnitStatus
from domain.dispatching.order import DispatchOrder
from domain.dispatching.order import Stage as Progress
from domain.dispatching.unit import Unit
from domain.events import Event
from domain.ids import AlarmId, CaseId, CommandId, DivisionCode, OfficerId, OrderId, OrganisationId, ReportId, UnitId
from domain.places import Point
from tests.registering import Registry

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ALARMS = [AlarmId(UUID(int=n)) for n in range(1, 4)]
UNITS = [UnitId(UUID(int=n)) for n in range(11, 13)]

alarm_ids, unit_ids, numbers = st.sampled_from(ALARMS), st.sampled_from(UNITS), st.integers(0, 9)
once_in_a_while = st.integers(0, 7).map(lambda n: n == 0)
reasons = st.sampled_from(["", "because"])
STATION = OrganisationId("S-1")


def opened(alarm: AlarmId, division: str, *, test: bool = False) -> Command:
    code, report = DivisionCode(division), ReportId(uuid4())
    return alarms.open(alarm, report, ReportSource.CALL_110, IntakeKind.ALARM, code, STATION, test=test)


class Dispatching(RuleBasedStateMachine):
    """The desk's own staging, without a log."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage({}, {}, KnownPlaces({}, {}, {}, UTC))
        self.now = NOON
        self.histories: dict[UUID, list[Event]] = defaultdict(list)

    def carry_out(self, command: Command) -> bool:
        self.now += timedelta(seconds=40)
        request = Request(command=command, command_id=CommandId(uuid4()), by=OfficerId("P-1"), organisation=STATION)
        before = dict(self.stage.states())
        answer = attempt(request, self.stage, self.now)
        if not isinstance(answer, Submission):
            assert self.stage.states() == before
            return False
        for entry in answer.entries:
            self.histories[entry.originator_id].append(entry.event)
            assert entry.version == len(self.histories[entry.originator_id])
        return True

    def state(self, id: UUID):
        return self.stage.states()[id].state

    def known(self, number: int) -> tuple[OrderId, AlarmId, UnitId]:
        """One of the orders there are, and what it belongs to."""
        known = self.all(DispatchOrder)
        id = list(known)[number % len(known)]
        return OrderId(id), known[id].alarm, known[id].unit

    def all(self, kind: type):
        return {id: kept.state for id, kept in self.stage.states().items() if isinstance(kept.state, kind)}

    @initialize(divisions=st.tuples(*[st.sampled_from(["500112", "500000"])] * 2), test=st.booleans())
    def begin(self, divisions: tuple[str, ...], *, test: bool) -> None:
        for registration in Registry().missing(opened(ALARMS[0], "500112"), opened(ALARMS[0], "500000")):
            assert self.carry_out(registration)
        for alarm, division in zip(ALARMS, divisions, strict=False):
            assert self.carry_out(opened(alarm, division))
        assert self.carry_out(opened(ALARMS[-1], "500112", test=test))
        for unit in UNITS:
            assert self.carry_out(units.register(unit, "N-1", "CAR", STATION))
            assert self.carry_out(units.sign_on(unit))

    @rule(unit=unit_ids, status=st.none() | st.sampled_from(UnitStatus))
    def work(self, unit: UnitId, status: UnitStatus | None) -> None:
        """Sign on, sign off, or change the status."""
        if status is not None:
            self.carry_out(units.change_status(unit, status))
        elif not self.carry_out(units.sign_on(unit)):
            self.carry_out(units.sign_off(unit))

    @rule(unit=unit_ids, ago=st.integers(-60, 600))
    def sample_position(self, unit: UnitId, ago: int) -> None:
        self.carry_out(units.sample_position(unit, Point(106.5, 29.5), self.now - timedelta(seconds=ago)))

    @rule(alarm=alarm_ids, unit=unit_ids)
    def propose(self, alarm: AlarmId, unit: UnitId) -> None:
        self.carry_out(orders.propose(OrderId(uuid4()), alarm, unit))

    @rule(alarm=alarm_ids, unit=unit_ids, stacked=once_in_a_while, reason=reasons, limit=st.sampled_from([None, 90]))
    def send(self, alarm: AlarmId, unit: UnitId, reason: str, limit: int | None, *, stacked: bool) -> None:
        acknowledge_by = self.now + timedelta(seconds=limit) if limit else None
        self.carry_out(orders.send(OrderId(uuid4()), alarm, unit, stacked, reason, acknowledge_by))

    @precondition(lambda self: self.all(DispatchOrder))
    @rule(number=numbers, unit=st.none() | unit_ids, reason=reasons)
    def send_proposed(self, number: int, unit: UnitId | None, reason: str) -> None:
        order, alarm, proposed = self.known(number)
        self.carry_out(orders.send_proposed(order, alarm, unit or proposed, reason))

    @precondition(lambda self: self.all(DispatchOrder))
    @rule(number=numbers, astray=once_in_a_while, step=st.sampled_from(["acknowledge", "en_route", "arrive"]))
    def report(self, number: int, step: str, *, astray: bool) -> None:
        order, alarm, _ = self.known(number)
        command = {"acknowledge": orders.acknowledge, "en_route": orders.en_route}.get(step)
        self.carry_out(command(order) if command else orders.arrive(order, ALARMS[0] if astray else alarm))

    @precondition(lambda self: self.all(DispatchOrder))
    @rule(number=numbers, astray=once_in_a_while, end=st.sampled_from(["clear", "refuse", "cancel", "preempt", "time_out"]))
    def end(self, number: int, end: str, *, astray: bool) -> None:
        order, alarm, own = self.known(number)
        unit = UNITS[0] if astray else own
        command = {
            "clear": orders.clear(order, unit),
            "refuse": orders.refuse(order, alarm, unit, "far"),
            "cancel": orders.cancel(order, alarm, unit, "solved"),
            "preempt": orders.preempt(order, alarm, unit, "fire"),
            "time_out": orders.time_out(order, alarm, unit),
        }[end]
        self.carry_out(command)

    @precondition(lambda self: self.all(DispatchOrder))
    @rule(number=numbers, alarm=alarm_ids)
    def divert(self, number: int, alarm: AlarmId) -> None:
        order, own, unit = self.known(number)
        self.carry_out(orders.divert(order, own, unit, "fire", OrderId(uuid4()), alarm))

    @rule(alarm=alarm_ids, into=alarm_ids)
    def merge(self, alarm: AlarmId, into: AlarmId) -> None:
        self.carry_out(alarms.merge(alarm, into, "same"))

    @rule(alarm=alarm_ids, into=alarm_ids)
    def merge_and_think_again(self, alarm: AlarmId, into: AlarmId) -> None:
        before = self.stage.states().get(alarm), self.stage.states().get(into)
        if self.carry_out(alarms.merge(alarm, into, "same")):
            assert self.carry_out(alarms.unmerge(alarm, into, "not the same"))
            assert [self.state(alarm), self.state(into)] == [each.state for each in before if each]

    @rule(alarm=alarm_ids, out_of=alarm_ids)
    def unmerge(self, alarm: AlarmId, out_of: AlarmId) -> None:
        if self.carry_out(alarms.unmerge(alarm, out_of, "two")):
            assert self.state(alarm).merged_into is None

    @rule(alarm=alarm_ids, final=st.booleans(), what=st.sampled_from(["triage", "feedback", "result", "refer", "close", "reopen", "case"]))
    def go_on(self, alarm: AlarmId, what: str, *, final: bool) -> None:
        command = {
            "triage": alarms.triage(alarm, "THEFT", "2"),
            "feedback": alarms.record_feedback(alarm, "seen", final=final),
            "result": alarms.record_result(alarm, AlarmResult.HANDLED),
            "refer": alarms.refer(alarm, "12345", "noise"),
            "close": alarms.close(alarm),
            "reopen": alarms.reopen(alarm, "again"),
            "case": alarms.open_case(alarm, CaseId(uuid4())),
        }[what]
        self.carry_out(command)

    @invariant()
    def the_state_is_what_the_events_say(self) -> None:
        for id, kept in self.stage.states().items():
            begin, *then = self.histories[id]
            assert reduce(lambda state, event: state.apply(event), then, type(kept.state).begin(begin)) == kept.state

    @invariant()
    def a_unit_has_the_orders_that_are_its_own_and_running(self) -> None:
        running: dict[UnitId, set[OrderId]] = defaultdict(set)
        for id, order in self.all(DispatchOrder).items():
            if Progress.PROPOSED < order.stage < Progress.OVER:
                running[order.unit].add(OrderId(id))
        for id, unit in self.all(Unit).items():
            assert set(unit.orders) == running[UnitId(id)]
            assert len(unit.orders) == len(set(unit.orders))

    @invariant()
    def no_two_unstacked_orders_run_at_once(self) -> None:
        active: dict[UnitId, int] = defaultdict(int)
        for events in self.histories.values():
            sent = [event for event in events if isinstance(event, UnitOrdered) and not event.stacked]
            if sent and not isinstance(events[-1], ENDS_ORDER):
                active[sent[0].unit] += 1
        assert all(n == 1 for n in active.values())

    @invariant()
    def an_alarm_knows_the_orders_that_came_to_nothing(self) -> None:
        failed: dict[AlarmId, set[OrderId]] = defaultdict(set)
        for id, order in self.all(DispatchOrder).items():
            kinds = {type(event) for event in self.histories[id]}
            if UnitOrdered in kinds and UnitArrived not in kinds and not kinds.isdisjoint(set(ENDS_ORDER) - {UnitCleared}):
                failed[order.alarm].add(OrderId(id))
        for id, alarm in self.all(Alarm).items():
            assert alarm.failed == failed[AlarmId(id)]

    @invariant()
    def a_unit_is_committed_only_by_an_order(self) -> None:
        for unit in self.all(Unit).values():
            assert (unit.status is UnitStatus.COMMITTED) <= bool(unit.orders)
            assert (unit.status is UnitStatus.AVAILABLE) <= (not unit.orders and unit.on_duty)

    @invariant()
    def alarms_are_closed_with_a_result_and_tests_stay_tests(self) -> None:
        for alarm in self.all(Alarm).values():
            assert not alarm.closed or (alarm.recorded and (alarm.feedback or alarm.referred or not alarm.orders))
            assert not alarm.test or (not alarm.orders and alarm.case is None)

    @invariant()
    def both_sides_know_of_a_merge_and_every_merge_ends_somewhere(self) -> None:
        known = self.all(Alarm)
        for id, alarm in known.items():
            assert alarm.absorbed == {other for other, each in known.items() if each.merged_into == id}
            way = [id]
            while (onward := known[way[-1]].merged_into) is not None:
                assert onward not in way
                way.append(onward)


Dispatching.TestCase.settings = settings(max_examples=100, stateful_step_count=60, deadline=None)
TestDispatching = Dispatching.TestCase
