"""Planned queries answer as graphql-core does, for any document and any values."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum, StrEnum
from typing import Any
from uuid import UUID

import orjson
import pytest
import strawberry
from graphql import ExecutionResult, get_operation_ast, parse, validate
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st
from strawberry.schema.config import StrawberryConfig

from api.plan.executing import Planned, stock
from api.plan.leaves import Bail
from api.plan.operation import Plan
from api.schema.scalars import LAST_YEAR, SCALARS, Cursor, Json, Position
from domain.ids import CaseId, DivisionCode

EXAMPLES = int(os.environ.get("TOCSIN_EXAMPLES", "150"))
"""`make nightly` asks for many more."""
MANY = EXAMPLES > 1_000
"""Then dice are thrown by themselves: Hypothesis takes longer over them than what is tried, and a seed finds a failure again."""


@strawberry.enum
class Colour(Enum):
    RED = 1
    GREEN = 2


@strawberry.enum
class State(StrEnum):
    OPEN = "open"
    DONE = "done"


@strawberry.type
class Leaf:
    text: str
    number: int
    note: str | None
    ratio: float


@strawberry.type
class Thing:
    text: str
    name: str | None
    number: int
    count: int | None
    ratio: float
    fine: bool
    at: datetime
    ended: datetime | None
    day: date
    key: UUID
    case: CaseId
    division: DivisionCode | None
    position: Position
    cursor: Cursor
    data: Json
    colour: Colour
    state: State | None
    leaf: Leaf
    perhaps: Leaf | None
    leaves: list[Leaf]
    gaps: list[Leaf | None] | None
    matrix: list[list[int | None]]
    words: list[str]

    @strawberry.field
    def shout(root: Any) -> str:  # noqa: N805 - as Strawberry has it
        return f"{root.text}!"

    @strawberry.field
    def times(root: Any, info: strawberry.Info, number: int = 2) -> int | None:  # noqa: N805
        del info
        return len(root.text) * number

    @strawberry.field
    async def later(root: Any, info: strawberry.Info, number: int = 1) -> Leaf | None:  # noqa: N805
        await asyncio.sleep(0)
        if info.context["stumble"] == number:
            raise ValueError("stumbled")
        return root.leaves[number] if number < len(root.leaves) else None


@strawberry.type
class Query:
    @strawberry.field
    async def thing(self, info: strawberry.Info) -> Thing | None:
        return info.context["things"][0]  # type: ignore[no-any-return]

    @strawberry.field
    def things(self, info: strawberry.Info, first: int = 3) -> list[Thing]:
        if info.context["stumble"] == first:
            raise ValueError("stumbled")
        return info.context["things"][:first]  # type: ignore[no-any-return]


SCHEMA = strawberry.Schema(query=Query, config=StrawberryConfig(scalar_map=SCALARS))._schema
KINDS: dict[str, dict[str, str | None]] = {
    "Query": {"thing": "Thing", "things": "Thing"},
    "Thing": {
        **dict.fromkeys(
            [
                "text",
                "name",
                "number",
                "count",
                "ratio",
                "fine",
                "at",
                "ended",
                "day",
                "key",
                "case",
                "division",
                "position",
                "cursor",
                "data",
                "colour",
                "state",
            ]
        ),
        **dict.fromkeys(["matrix", "words", "shout", "times"]),
        **dict.fromkeys(["leaf", "perhaps", "leaves", "gaps", "later"], "Leaf"),
    },
    "Leaf": dict.fromkeys(["text", "number", "note", "ratio"]),
}
ARGUMENTS = {
    name: [("", ""), (f"{name}_one: ", f"({argument}: 1)"), (f"{name}_given: ", f"({argument}: $n)")]
    for name, argument in (("things", "first"), ("times", "number"), ("later", "number"))
}


@dataclass(frozen=True)
class Row:
    """What is shown; its attributes may be anything."""

    values: dict[str, Any]

    def __getattr__(self, name: str) -> Any:
        if name in self.values:
            return self.values[name]
        raise AttributeError(name)


Dice = random.Random
ZONES = (UTC, timezone(timedelta(hours=8)))


def text(dice: Dice, letters: str, longest: int) -> str:
    return "".join(dice.choices(letters, k=dice.randint(0, longest)))


def time(dice: Dice) -> datetime:
    day = datetime(1, 1, 2, tzinfo=dice.choice(ZONES)) + timedelta(days=dice.randint(400, 365 * (LAST_YEAR - 2)))
    return day + timedelta(microseconds=dice.choice([0, dice.randint(0, 86_399_999_999)]))


def perhaps(dice: Dice, make: Callable[[Dice], Any]) -> Any:
    return None if dice.random() < 0.3 else make(dice)


def whole(dice: Dice) -> int:
    return dice.randint(1 - 2**53, 2**53 - 1)


def several(dice: Dice, make: Callable[[Dice], Any], most: int = 2) -> list[Any]:
    return [make(dice) for _ in range(dice.randint(0, most))]


LETTERS = 'ab z"\\\n\u2028\u00e9警😀\x7f'
GOOD: dict[str, Callable[[Dice], Any]] = {
    "text": lambda dice: text(dice, LETTERS, 5),
    "name": lambda dice: perhaps(dice, GOOD["text"]),
    "number": lambda dice: dice.choice([0, 1, -1, 2**31 - 1, -(2**31), dice.randint(-(2**31), 2**31 - 1)]),
    "count": lambda dice: perhaps(dice, lambda dice: dice.randint(0, 9)),
    "ratio": lambda dice: dice.choice([0, 1.5, -0.0, 5e-324, 1e308, dice.randint(0, 9), dice.uniform(-1e6, 1e6)]),
    "fine": lambda dice: dice.random() < 0.5,
    "at": time,
    "ended": lambda dice: perhaps(dice, time),
    "day": lambda dice: date(1, 1, 1) + timedelta(days=dice.randint(0, 365 * (LAST_YEAR - 1))),
    "key": lambda dice: UUID(int=dice.getrandbits(128)),
    "case": lambda dice: UUID(int=dice.getrandbits(128)),
    "division": lambda dice: perhaps(dice, lambda _: "500103"),
    "position": lambda dice: dice.choice([0, 2**63 - 1, dice.getrandbits(62)]),
    "cursor": lambda dice: text(dice, "abc", 4),
    "data": lambda dice: {
        text(dice, "ab", 2): perhaps(dice, lambda dice: dice.randint(1 - 2**53, 2**53 - 1)) for _ in range(dice.randint(0, 2))
    },
    "colour": lambda dice: dice.choice(list(Colour)),
    "state": lambda dice: perhaps(dice, lambda dice: dice.choice(list(State))),
    "matrix": lambda dice: several(dice, lambda dice: several(dice, lambda dice: perhaps(dice, lambda dice: dice.randint(0, 5)))),
    "words": lambda dice: several(dice, lambda dice: text(dice, LETTERS, 2)),
    "note": lambda dice: perhaps(dice, GOOD["text"]),
}
ODD: list[Callable[[Dice], Any]] = [
    lambda _: None,
    lambda dice: dice.choice([0, 7, -(2**31), 2**31, 2**53, 2**63 - 1]),
    lambda dice: text(dice, LETTERS, 3),
    lambda _: float("nan"),
    lambda _: ValueError(),
    lambda dice: dice.random() < 0.5,
    lambda _: [None],
]


def row(dice: Dice, kind: str, *, odd: bool) -> Row:
    values: dict[str, Any] = {}
    for name, inner in KINDS[kind].items():
        if name in {"shout", "times", "later"}:
            continue
        if odd and dice.random() < 1 / 15:
            values[name] = dice.choice(ODD)(dice)
        elif inner is None:
            values[name] = GOOD[name](dice)
        else:
            values[name] = _inner(dice, name, lambda dice, inner=inner: row(dice, inner, odd=odd))
    return Row(values)


def _inner(dice: Dice, name: str, leaf: Callable[[Dice], Any]) -> Any:
    if name == "leaves":
        return several(dice, leaf)
    if name == "gaps":
        return perhaps(dice, lambda dice: several(dice, lambda dice: perhaps(dice, leaf)))
    return leaf(dice) if name == "leaf" else perhaps(dice, leaf)


def selection(dice: Dice, kind: str) -> str:
    parts = []
    for name in dice.choices([*KINDS[kind], "__typename"], k=dice.choice([1, 1, 2, 2, 3, 4, 6])):
        inner = KINDS[kind].get(name)
        alias, asked = dice.choice(ARGUMENTS.get(name, [("", "")]))
        part = f"{alias or dice.choice(['', f'other_{name}: '])}{name}{asked}{selection(dice, inner) if inner else ''}"
        parts.append(dice.choice([part, part, part, f"... on {kind} {{ {part} }}", f"... {{ {part} }}"]))
    return f" {{ {' '.join(parts)} }}"


def document(dice: Dice) -> str:
    if dice.random() < 0.5:
        shared = selection(dice, "Thing")
        return f"query($n: Int! = 2) {{ thing {{ ...Shared }} again: things(first: $n) {shared} }} fragment Shared on Thing {shared}"
    body = selection(dice, "Query")
    return f"query($n: Int! = 2) {body}" if "$n" in body else f"query {body}"


def _told(result: ExecutionResult) -> Any:
    errors = sorted((error.message, error.path, error.locations and [*map(str, error.locations)]) for error in result.errors or ())
    return orjson.loads(orjson.dumps(result.data, option=orjson.OPT_UTC_Z)), errors


def _compared(text: str, context: dict[str, Any], variables: dict[str, Any]) -> bool | None:
    """Whether a plan answered; None where the document is none or has no plan."""
    node = parse(text)
    if validate(SCHEMA, node):
        return None
    planned = Planned(SCHEMA, node)
    plan: Plan | None = planned._operation(None)[1]
    if plan is None:
        return None

    async def both() -> bool:
        try:
            answer = await plan.run(context, variables)  # type: ignore[arg-type]  # its own schema's context
        except Bail:
            return False
        assert _told(answer) == _told(await stock(SCHEMA, node, None, variables, context))  # type: ignore[arg-type]
        return True

    return asyncio.run(both())


FEW = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
DICE = st.randoms(use_true_random=MANY)


@FEW
@given(DICE)
def test_a_plan_answers_as_stock_execution_or_leaves_it_to_it(dice: Dice) -> None:
    things = [row(dice, "Thing", odd=True) for _ in range(dice.randint(1, 2))]
    context = {"things": things, "stumble": dice.randint(0, 3)}
    event(f"answered: {_compared(document(dice), context, dice.choice([{}, {'n': 1}, {'n': 'x'}]))}")


@FEW
@given(DICE)
def test_values_as_they_should_be_are_always_told_by_the_plan(dice: Dice) -> None:
    things = [row(dice, "Thing", odd=False) for _ in range(dice.randint(1, 2))]
    assert _compared(document(dice), {"things": things, "stumble": -1}, {}) is not False


@pytest.mark.parametrize("asked", ["thing { perhaps { __typename } }", "thing { leaves { __typename } }", "things { __typename }"])
@pytest.mark.parametrize("odd", [3, "text", ValueError(), [None]], ids=repr)
def test_an_object_of_which_nothing_is_read_may_be_an_error(asked: str, odd: Any) -> None:
    """A value that is an error is one to stock execution, too."""
    thing = odd if asked.startswith("things") else Row({"perhaps": odd, "leaves": [odd]})
    _compared(f"{{ {asked} }}", {"things": [thing], "stumble": -1}, {})


def test_what_plans_do_not_cover_is_left_to_stock_execution():
    for text in ("{ __schema { types { name } } }", "query($b: Boolean!) { thing { text @skip(if: $b) } }"):
        node = parse(text)
        assert Planned(SCHEMA, node)._operation(None)[1] is None
        assert get_operation_ast(node) is not None
