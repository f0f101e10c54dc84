"""Whatever fails and whatever arrives, of one thing there is one out at a time, in the order of the log, and nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infrastructure.webhooks.lines import Lines, Waiting
from infrastructure.webhooks.pacing import Pace, asked_to_wait

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
THINGS = [UUID(int=number) for number in range(4)]


def waiting(position: int, thing: UUID, **other: object) -> Waiting:
    return Waiting(**{"position": position, "thing": thing, "due_at": NOW, **other})  # type: ignore[arg-type]


@given(st.lists(st.sampled_from(THINGS), max_size=40), st.randoms(use_true_random=False), st.integers(1, 6))
def test_each_thing_in_order_one_at_a_time_and_nothing_lost(things, dice, most) -> None:
    everything = [waiting(position, thing) for position, thing in enumerate(things, 1)]
    lines, now, arrived, out = Lines(everything), NOW, list[Waiting](), list[Waiting]()
    while len(lines):
        taken = lines.take(now, most)
        assert taken or out, "something can always go"
        out += taken
        assert len(out) <= most
        assert len({each.thing for each in out}) == len(out)
        each = out.pop(dice.randrange(len(out)))
        if dice.random() < 0.5:
            lines.done(each)
            arrived.append(each)
        else:
            lines.again(waiting(each.position, each.thing, attempts=each.attempts + 1, due_at=now + timedelta(seconds=dice.random())))
        if not out:
            now = max(now, lines.next_due() or now)
    assert sorted(each.position for each in arrived) == [each.position for each in everything]
    for thing in THINGS:
        own = [each.position for each in arrived if each.thing == thing]
        assert own == sorted(own)


def test_one_that_is_not_due_holds_up_its_thing_alone() -> None:
    later = NOW + timedelta(minutes=1)
    lines = Lines([waiting(1, THINGS[0], due_at=later), waiting(2, THINGS[0]), waiting(3, THINGS[1])])
    assert [each.position for each in lines.take(NOW, 8)] == [3]
    assert lines.next_due() == later
    lines.hurry(NOW)
    assert [each.position for each in lines.take(NOW, 8)] == [1]


@given(st.integers(1, 10_000))
def test_a_pause_doubles_up_to_a_bound_and_is_never_the_same_for_all(failures: int) -> None:
    pace = Pace()
    whole = min(pace.longest, pace.first * 2 ** min(failures - 1, 30))
    pauses = {pace.pause(failures) for _ in range(20)}
    assert all(whole / 2 <= each <= whole for each in pauses)
    assert len(pauses) > 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        ("Mon, 02 Mar 2026 08:02:00 GMT", 120),
        ("Mon, 02 Mar 2026 07:00:00 GMT", 0),
        ("9" * 400, 999_999_999),
        ("-5", 0),
        ("١٢", 0),
        ("soon", 0),
        ("", 0),
        (None, 0),
    ],
)
def test_what_a_receiver_asks_for(header: str | None, seconds: int) -> None:
    assert asked_to_wait(header, NOW) == timedelta(seconds=seconds)
