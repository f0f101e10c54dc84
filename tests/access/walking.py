"""Documents that ask for everything: from each query, each type it leads to, each field of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLUnionType,
    Undefined,
    get_named_type,
)

from api.schema.build import schema

SCHEMA = schema()._schema
PLACES = frozenset({"Position", "Cursor"})
"""Scalars that tell where in the log something stands: nobody is kept from learning how long the log is."""
Pair = tuple[str, str]
"""A type and a field of it."""
ROWS = 10
FEWER: dict[Pair, int] = {("ContributionTally", "alarms"): 3, ("ContributionTally", "cases"): 3}
"""Lists that stand in each row of a figure: more of them would cost too much in one document."""


@dataclass(frozen=True)
class Asked:
    """A document, and which fields of which types it selects."""

    query: str
    text: str
    pairs: frozenset[Pair]


@dataclass
class Selection:
    """Braces as they are written, with what stands in them."""

    places: bool
    pairs: set[Pair] = field(default_factory=set)

    def leaves(self, kind: GraphQLObjectType) -> str:
        names = [name for name, each in kind.fields.items() if not composite(each.type) and (self.places or str(leaf(each)) not in PLACES)]
        self.pairs |= {(kind.name, name) for name in names}
        return " ".join(["__typename", *names])

    def deeper(self, kind: GraphQLObjectType, name: str, within: str) -> str:
        self.pairs.add((kind.name, name))
        rows = FEWER.get((kind.name, name), ROWS)
        few = f"(first: {rows})" if "first" in kind.fields[name].args else ""
        return f"{name}{few} {{ {within} }}"


def documents(arguments: dict[str, str], *, places: bool) -> Iterator[Asked]:
    """For each query with these arguments: all leaves, and beneath each field that leads further those of what follows, two steps far."""
    query = SCHEMA.query_type
    assert query is not None
    for name, given in arguments.items():
        for kind in possible(query.fields[name].type):
            for text, pairs in beneath(kind, places=places):
                on = text if kind is get_named_type(query.fields[name].type) else f"... on {kind.name} {{ {text} }}"
                yield Asked(name, f"{{ {name}{given} {{ {on} }} }}", frozenset(pairs | {("Query", name)}))


def beneath(kind: GraphQLObjectType, *, places: bool) -> Iterator[tuple[str, set[Pair]]]:
    first = Selection(places)
    yield first.leaves(kind), first.pairs
    for name in further(kind):
        for child in possible(kind.fields[name].type):
            selection = Selection(places)
            yield selection.deeper(kind, name, body(selection, child, 2 if between(child) else 1)), selection.pairs


def body(selection: Selection, kind: GraphQLObjectType, depth: int) -> str:
    """A list is gone into once, by its nodes."""
    inner = [selection.leaves(kind)]
    for name in further(kind) if depth else ():
        left = 1 if name == "edges" else depth
        children = possible(kind.fields[name].type)
        inner += [selection.deeper(kind, name, body(selection, child, left if between(child) else left - 1)) for child in children]
    return " ".join(inner)


def between(kind: GraphQLObjectType) -> bool:
    """A page of a list and its edges only lead to what they hold."""
    return kind.name.endswith(("Connection", "Edge"))


def further(kind: GraphQLObjectType) -> list[str]:
    """The fields that answer with objects and need no arguments."""
    return [name for name, each in kind.fields.items() if composite(each.type) and not needs(each)]


def reachable(arguments: Collection[str]) -> set[Pair]:
    """Every field of every type that these queries lead to."""
    query = SCHEMA.query_type
    assert query is not None
    found, waiting = {("Query", name) for name in arguments}, [kind for name in arguments for kind in possible(query.fields[name].type)]
    seen: set[str] = set()
    while waiting:
        kind = waiting.pop()
        if kind.name not in seen:
            seen.add(kind.name)
            found |= {(kind.name, name) for name in kind.fields}
            waiting += [each for name in kind.fields if composite(kind.fields[name].type) for each in possible(kind.fields[name].type)]
    return found


def possible(kind: GraphQLOutputType) -> list[GraphQLObjectType]:
    named = get_named_type(kind)
    if isinstance(named, GraphQLInterfaceType | GraphQLUnionType):
        return list(SCHEMA.get_possible_types(named))
    return [named] if isinstance(named, GraphQLObjectType) else []


def composite(kind: GraphQLOutputType) -> bool:
    return bool(possible(kind))


def leaf(each: GraphQLField) -> GraphQLOutputType:
    return get_named_type(each.type)


def needs(each: GraphQLField) -> bool:
    return any(isinstance(arg.type, GraphQLNonNull) and arg.default_value is Undefined for arg in each.args.values())
