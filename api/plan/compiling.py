"""Writes Python for a selection: one function per object type that builds its part of the answer from attributes.

What a field takes more for than an attribute or a function of its object is left to the run, which awaits such fields together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLScalarType,
    SelectionSetNode,
)

from api.plan.fields import attribute, columns, function
from api.plan.leaves import AS_IT_IS, NAMES, Bail, listed, told_by
from api.plan.selection import Chosen, Selections, Unplanned
from application.views import Columns

Complete = Callable[[Any, Any], Any]
"""From a value and the run to its part of the answer."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """A field that the run resolves, and by type which columns will be read of what it answers."""

    parent: GraphQLObjectType
    chosen: Chosen
    definition: GraphQLField
    columns: Mapping[str, Columns]


class Compiler:
    """Gathers the functions of one operation; `deferred` are the fields that the run resolves, by number."""

    def __init__(self, selections: Selections) -> None:
        self._selections = selections
        self._lines: list[str] = []
        self._known: dict[str, Any] = {**NAMES, "Bail": Bail, "listed": listed}
        self.deferred: list[Deferred] = []
        self._completions: list[str] = []
        self._columns: dict[str, Columns] = {}

    def compiled(self, root: GraphQLObjectType, selection_set: SelectionSetNode) -> tuple[Complete, list[Complete]]:
        """The function for the root, and for each deferred field the one that completes its value."""
        name = self._object(root, [selection_set], wholly=True)
        exec(compile("\n".join(self._lines), "<plan>", "exec"), self._known)  # noqa: S102 - of names and numbers that this class made
        return self._known[name], [self._known[each] for each in self._completions]

    def _object(self, kind: GraphQLObjectType, selections: Sequence[SelectionSetNode], *, wholly: bool = False) -> str:
        """The function's name. With `wholly` every field is deferred: the root's own, so that each knows who asks."""
        values, entries, later = list[str](), list[str](), list[str]()
        for place, chosen in enumerate(self._selections.of(kind, selections)):
            self._note(kind, chosen)
            value = "None" if wholly and chosen.definition is not None else self._value(kind, chosen, f"v{place}", values)
            if value == "None":
                later.append(f"    run.resolve(answer, {self._defer(kind, chosen)}, o)")
            entries.append(f"{chosen.key!r}: {value}")
        answer = f"{{{', '.join(entries)}}}"
        name = self._name("object")
        guard = [] if wholly else ["    if o is None or isinstance(o, Exception): raise Bail"]
        end = [f"    answer = {answer}", *later, "    return answer"] if later else [f"    return {answer}"]
        self._lines += [f"def {name}(o, run):", *guard, *values, *end]
        return name

    def _note(self, kind: GraphQLObjectType, chosen: Chosen) -> None:
        """Remember what is read of objects of this type by what the deferred field at hand answers."""
        noted = self._columns.get(kind.name, frozenset())
        more = columns(chosen.definition) if chosen.definition is not None else frozenset[str]()
        self._columns[kind.name] = None if noted is None or more is None else noted | more

    def _value(self, kind: GraphQLObjectType, chosen: Chosen, variable: str, lines: list[str]) -> str:
        """The expression for a field, where `lines` have read it; `None` where the run has to resolve it."""
        definition = chosen.definition
        if definition is None:
            return repr(kind.name)
        name, of = attribute(definition), function(definition)
        if name is not None and name.isidentifier():
            lines.append(f"    {variable} = o.{name}")
        elif of is not None:
            lines.append(f"    {variable} = {self._given('function', of)}(o)")
        else:
            return "None"
        return self._told(definition.type, chosen.selections, variable)

    def _defer(self, kind: GraphQLObjectType, chosen: Chosen) -> int:
        assert chosen.definition is not None  # noqa: S101 - `__typename` is never deferred
        name = self._name("completion")
        outer, self._columns = self._columns, {}
        told = self._told(chosen.definition.type, chosen.selections, "v")
        needed, self._columns = self._columns, outer
        self._lines += [f"def {name}(v, run):", f"    return {told}"]
        self._completions.append(name)
        self.deferred.append(Deferred(kind, chosen, chosen.definition, needed))
        return len(self.deferred) - 1

    def _told(self, kind: GraphQLOutputType, selections: Sequence[SelectionSetNode], v: str) -> str:
        if isinstance(kind, GraphQLNonNull):
            return self._there(kind.of_type, selections, v)
        return f"(None if {v} is None else {self._there(kind, selections, v)})"

    def _there(self, kind: GraphQLOutputType, selections: Sequence[SelectionSetNode], v: str) -> str:
        """The expression for a value that has to be there."""
        if isinstance(kind, GraphQLList):
            each = f"{v}_"
            return f"[{self._told(kind.of_type, selections, each)} for {each} in ({v} if type({v}) is list else listed({v}))]"
        if isinstance(kind, GraphQLObjectType):
            return f"{self._object(kind, selections)}({v}, run)"
        if not isinstance(kind, GraphQLScalarType | GraphQLEnumType):
            raise Unplanned
        if isinstance(kind, GraphQLEnumType):
            return f"{self._given('names', told_by(kind))}({v})"
        told = f"{self._given('told', told_by(kind))}({v})"
        usual = AS_IT_IS.get(kind.name)
        return told if usual is None else f"({v} if {usual.format(v)} else {told})"

    def _given(self, word: str, thing: Any) -> str:
        name = self._name(word)
        self._known[name] = thing
        return name

    def _name(self, word: str) -> str:
        name = f"{word}{len(self._known)}_{len(self._lines)}"
        self._known.setdefault(name, None)
        return name
