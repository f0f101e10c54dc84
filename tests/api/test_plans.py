"""Planned queries answer as graphql-core does, for any document and any values."""

from __future__ import annotations

import asyncio
import os
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


TIMES = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))])).filter(lambda at: 1 < at.year < LAST_YEAR)
GOOD: dict[str, st.SearchStrategy[Any]] = {
    "text": st.text(max_size=5),
    "name": st.none() | st.text(max_size=5),
    "number": st.integers(-(2**31), 2**31 - 1),
    "count": st.none() | st.integers(0, 9),
    "ratio": st.floats(allow_nan=False, allow_infinity=False) | st.integers(0, 9),
    "fine": st.booleans(),
    "at": TIMES,
    "ended": st.none() | TIMES,
    "day": st.dates(),
    "key": st.uuids(),
    "case": st.uuids(),
    "division": st.none() | st.just("500103"),
    "position": st.integers(0, 2**63 - 1),
    "cursor": st.text("abc", max_size=4),
    "data": st.dictionaries(st.text("ab", max_size=2), st.integers() | st.none(), max_size=2).filter(
        lambda each: all(value is None or abs(value) < 2**53 for value in each.values())
    ),
    "colour": st.sampled_from(Colour),
    "state": st.none() | st.sampled_from(State),
    "matrix": st.lists(st.lists(st.none() | st.integers(0, 5), max_size=2), max_size=2),
    "words": st.lists(st.text(max_size=2), max_size=2),
    "note": st.none() | st.text(max_size=3),
}
ODD = st.one_of(st.none(), st.integers(), st.text(max_size=3), st.just(float("nan")), st.builds(ValueError), st.booleans(), st.just([None]))


@st.composite
def rows(draw: st.DrawFn, kind: str, *, odd: bool) -> Row:
    values: dict[str, Any] = {}
    for name, inner in KINDS[kind].items():
        if name in {"shout", "times", "later"}:
            continue
        if odd and draw(st.integers(0, 40)) == 0:
            values[name] = draw(ODD)
        elif inner is None:
            values[name] = draw(GOOD[name])
        else:
            leaf = rows(inner, odd=odd)
            many = {"leaves": st.lists(leaf, max_size=2), "gaps": st.none() | st.lists(st.none() | leaf, max_size=2)}
            values[name] = draw(many.get(name, leaf if name == "leaf" else st.none() | leaf))
    return Row(values)


@st.composite
def selections(draw: st.DrawFn, kind: str) -> str:
    parts = []
    for name in draw(st.lists(st.sampled_from([*KINDS[kind], "__typename"]), min_size=1, max_size=6)):
        inner = KINDS[kind].get(name)
        alias, asked = draw(st.sampled_from(ARGUMENTS.get(name, [("", "")])))
        part = f"{alias or draw(st.sampled_from(['', f'other_{name}: ']))}{name}{asked}{draw(selections(inner)) if inner else ''}"
        parts.append(draw(st.sampled_from([part, part, part, f"... on {kind} {{ {part} }}", f"... {{ {part} }}"])))
    return f" {{ {' '.join(parts)} }}"


@st.composite
def documents(draw: st.DrawFn) -> str:
    body = draw(selections("Query"))
    shared = draw(selections("Thing"))
    if draw(st.booleans()):
        return f"query($n: Int! = 2) {{ thing {{ ...Shared }} again: things(first: $n) {shared} }} fragment Shared on Thing {shared}"
    return f"query($n: Int! = 2) {body}"


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


@FEW
@given(
    documents(), st.lists(rows("Thing", odd=True), min_size=1, max_size=2), st.integers(0, 3), st.sampled_from([{}, {"n": 1}, {"n": "x"}])
)
def test_a_plan_answers_as_stock_execution_or_leaves_it_to_it(text, things, stumble, variables):
    event(f"answered: {_compared(text, {'things': things, 'stumble': stumble}, variables)}")


@FEW
@given(documents(), st.lists(rows("Thing", odd=False), min_size=1, max_size=2))
def test_values_as_they_should_be_are_always_told_by_the_plan(text, things):
    assert _compared(text, {"things": things, "stumble": -1}, {}) is not False


@pytest.mark.parametrize(
    "text", ["{ thing { perhaps { __typename } } }", "{ thing { leaves { __typename } } }", "{ things { __typename } }"]
)
@pytest.mark.parametrize("odd", [3, "text", ValueError(), [None]], ids=repr)
def test_of_an_object_of_which_nothing_is_read_it_is_seen_that_it_is_none(text: str, odd: Any) -> None:
    """A value that is an error is one to stock execution, too."""
    thing = odd if text.startswith("{ things") else Row({"perhaps": odd, "leaves": [odd]})
    _compared(text, {"things": [thing], "stumble": -1}, {})


def test_what_plans_do_not_cover_is_left_to_stock_execution():
    for text in ("{ __schema { types { name } } }", "query($b: Boolean!) { thing { text @skip(if: $b) } }"):
        node = parse(text)
        assert Planned(SCHEMA, node)._operation(None)[1] is None
        assert get_operation_ast(node) is not None
