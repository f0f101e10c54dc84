"""Which things a command changes together, what the policies answer, and what is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from application.casework import cases
from application.commands import REGISTRY, Command
from application.dispatching import alarms, orders, policies, units
from application.dispatching.duties import AwaitedAcknowledgement, end_unacknowledged_orders
from application.policies import POLICIES
from domain.aggregates import Act
from domain.casework.case import Case
from domain.casework.events import CorrectionApproved, SubjectKind
from domain.dispatching import rules
from domain.dispatching.alarm import Alarm
from domain.dispatching.events import AlarmFact, OrderFact, UnitOrdered
from domain.dispatching.order import DispatchOrder
from domain.dispatching.unit import Unit
from domain.events import Event, Recorded
from domain.ids import AlarmId, CaseId, CorrectionId, DivisionCode, OfficerId, OrderId, OrganisationId, UnitId
from domain.rules import Rejected

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ALARM, INTO = AlarmId(UUID(int=1)), AlarmId(UUID(int=2))
ORDER, NEW = OrderId(UUID(int=3)), OrderId(UUID(int=4))
UNIT = UnitId(UUID(int=5))
CASE = CaseId(UUID(int=6))
CORRECTION = CorrectionId(UUID(int=7))
STATION = OrganisationId("S-1")


def changes(command: Command) -> list[tuple[type, UUID, bool]]:
    return [(step.aggregate, step.id, step.new) for step in command.steps]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (
            orders.send(ORDER, ALARM, UNIT),
            [(Alarm, ALARM, False), (Alarm, ALARM, False), (DispatchOrder, ORDER, True), (Unit, UNIT, False)],
        ),
        (
            orders.send_proposed(ORDER, ALARM, UNIT),
            [(DispatchOrder, ORDER, False), (Alarm, ALARM, False), (Alarm, ALARM, False), (Unit, UNIT, False)],
        ),
        (orders.arrive(ORDER, ALARM), [(DispatchOrder, ORDER, False), (Alarm, ALARM, False)]),
        (orders.clear(ORDER, UNIT), [(DispatchOrder, ORDER, False), (Unit, UNIT, False)]),
        (orders.time_out(ORDER, ALARM, UNIT), [(DispatchOrder, ORDER, False), (Alarm, ALARM, False), (Unit, UNIT, False)]),
        (
            orders.divert(ORDER, ALARM, UNIT, "fire", NEW, INTO),
            [
                (DispatchOrder, ORDER, False),
                (Alarm, ALARM, False),
                (Unit, UNIT, False),
                (Alarm, INTO, False),
                (Alarm, INTO, False),
                (DispatchOrder, NEW, True),
                (Unit, UNIT, False),
            ],
        ),
        (cases.register(CASE, "A1", DivisionCode("500112"), STATION, alarm=ALARM), [(Case, CASE, True), (Alarm, ALARM, False)]),
        (alarms.merge(ALARM, INTO, "same"), [(Alarm, ALARM, False), (Alarm, INTO, False)]),
        (alarms.unmerge(ALARM, INTO, "two"), [(Alarm, ALARM, False), (Alarm, INTO, False)]),
    ],
)
def test_what_belongs_together_changes_together(command: Command, expected: list[tuple[type, UUID, bool]]):
    assert changes(command) == expected


def test_an_order_is_sent_with_the_priority_its_alarm_has():
    command = orders.send(ORDER, ALARM, UNIT)
    alarm = Alarm(division=DivisionCode("500112"), test=False, priority="1")
    act = Act(by=OfficerId("P-1"), organisation=STATION, effective_at=NOON, now=NOON, seen={(Alarm, ALARM): alarm})
    assert command.steps[2].decide(None, act) == UnitOrdered(alarm=ALARM, unit=UNIT, priority="1")


def test_people_are_not_offered_what_needs_a_second_person_first():
    assert {"alarms.correct", "orders.correct", "alarms.open_case"}.isdisjoint(REGISTRY)
    assert alarms.correct(ALARM, CORRECTION, AlarmFact.ALARM_TYPE, 3, "misread", code="THEFT").name == "alarms.correct"


def test_a_command_is_known_by_its_arguments():
    assert orders.clear(ORDER, UNIT).content == orders.clear(ORDER, UNIT, disposition="").content
    assert orders.clear(ORDER, UNIT).content != orders.clear(NEW, UNIT).content
    assert orders.clear(ORDER, UNIT).content != orders.time_out(ORDER, ALARM, UNIT).content


@pytest.mark.parametrize("name", [name for name in REGISTRY if name.partition(".")[0] in {"alarms", "orders", "units"}])
def test_a_command_is_described_in_both_languages(name: str):
    english, _, chinese = (REGISTRY[name].__doc__ or "").partition("\n\n")
    assert english
    assert any("\u4e00" <= sign <= "\u9fff" for sign in chinese)


@pytest.mark.parametrize("rule", [each for each in vars(rules).values() if isinstance(each, type) and each.__module__ == rules.__name__])
def test_a_rule_is_told_in_both_languages(rule: type[Rejected]):
    assert rule().message.endswith(".")
    assert any("\u4e00" <= sign <= "\u9fff" for sign in rule().message_zh)


def record(event: Event, id: UUID) -> Recorded[Event]:
    return Recorded(
        position=9,
        originator_id=id,
        version=1,
        event=event,
        effective_at=NOON,
        device_at=None,
        recorded_at=NOON,
        by=OfficerId("P-1"),
        organisation=STATION,
        command_id=id,
        causation=None,
        correlation=id,
    )


def answers(event: Event, id: UUID) -> list[Command]:
    found = (policy.answer(record(event, id)) for policy in POLICIES.get(type(event), []) if policy.name.startswith("dispatching."))
    return [command for command in found if command is not None]


def approved(subject: SubjectKind, fact: str, **more: object) -> CorrectionApproved:
    return CorrectionApproved(requested_by=OfficerId("P-2"), subject=subject, corrects=3, fact=fact, reason="misread", **more)  # type: ignore[arg-type]


def test_an_approved_correction_is_applied_to_its_subject():
    (of_alarm,) = answers(approved(SubjectKind.ALARM, "ALARM_TYPE", alarm=ALARM, code="THEFT"), CORRECTION)
    assert of_alarm.content == alarms.correct(ALARM, CORRECTION, AlarmFact.ALARM_TYPE, 3, "misread", code="THEFT").content
    (of_order,) = answers(approved(SubjectKind.ORDER, "ARRIVED_AT", order=ORDER, instant=NOON), CORRECTION)
    assert of_order.content == orders.correct(ORDER, CORRECTION, OrderFact.ARRIVED_AT, 3, "misread", NOON).content
    assert answers(approved(SubjectKind.CASE, "PLACE", case=CASE), CORRECTION) == []


def test_policies_have_names_of_their_own():
    assert policies.correct_the_alarm.__name__ in {policy.name.rpartition(".")[2] for policy in POLICIES[CorrectionApproved]}
    names = [policy.name for policy in {id(policy): policy for each in POLICIES.values() for policy in each}.values()]
    assert len(names) == len(set(names))


def test_orders_past_their_limit_are_ended_the_longest_overdue_first():
    def awaited(n: int, seconds: int) -> AwaitedAcknowledgement:
        return AwaitedAcknowledgement(OrderId(UUID(int=n)), ALARM, UNIT, NOON + timedelta(seconds=seconds))

    commands = end_unacknowledged_orders(NOON, [awaited(1, -1), awaited(2, -60), awaited(3, 0), awaited(4, 60)])
    assert [command.subject for command in commands] == [UUID(int=2), UUID(int=1)]
    assert commands[0].content == orders.time_out(OrderId(UUID(int=2)), ALARM, UNIT).content


def test_a_unit_signs_on_with_its_crew():
    assert changes(units.sign_on(UNIT, (OfficerId("P-1"),))) == [(Unit, UNIT, False)]
