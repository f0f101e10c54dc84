"""What a document may ask for: one look over its parts, each fragment once, before anything dearer happens to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    get_named_type,
)

from api.merging import MOST_PAIRS, Merging, TooManyPairs
from api.schema.connections import LARGEST, USUAL
from application.dispatching.positions import MOST_POSITIONS


@dataclass(frozen=True, slots=True)
class Measures:
    """How deep, how many aliases, directives, fields and literal arguments as written, and how many values are answered at most."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    fields: int = 0
    arguments: int = 0
    cost: int = 0


LIMITS = Measures(depth=16, aliases=50, directives=50, fields=1_000, arguments=300, cost=200_000)
"""Introspection by the usual tools needs a depth of 15."""
WIDEST = 100
"""Selections in one pair of braces: validation compares each with every other."""
MOST_VARIABLES = 100
SCHEMA = {"__schema": 120_000, "__type": 5_000}
"""What a look at the schema costs: once is enough."""
NOTHING = Measures()
SOME = 10
"""What a short list without pages is taken to hold."""
MOST = {"unitPositions": MOST_POSITIONS, "unitTrack": MOST_POSITIONS}
"""Lists that show more at a time than others do."""
PAGES = {"pageInfo", "more"}
"""Fields by which a page of a list is known: its rows are counted where the list is asked for."""
DIGITS = 6
"""No list is that long; a number of more digits is refused when it is carried out."""


class QueryTooLarge(GraphQLError):  # noqa: N818 - an answer to the caller
    """A document that asks for too much."""

    def __init__(self, measure: str, limit: int) -> None:
        super().__init__(
            f"The query is too large: {measure} may be {limit} at most. 查询过大：{measure} 上限为 {limit}。",
            extensions={"code": "QUERY_TOO_LARGE", "field": None},
        )


def usual_rows(schema: GraphQLSchema) -> dict[str, int]:
    """How many rows each list is taken to have where nothing is said, by the field's name; the larger where names meet."""
    rows: dict[str, int] = {}
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__") and not PAGES & kind.fields.keys():
            for name, field in kind.fields.items():
                rows[name] = max(rows.get(name, 1), _usual(field))
    return rows


def guard(document: DocumentNode, rows: Mapping[str, int]) -> int:
    """Refuse a document as soon as one of its measures passes its limit; the cost of its dearest operation."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    look, merging, dearest = _Look(fragments, rows), Merging(fragments), 0
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode | FragmentDefinitionNode):
            if len(definition.variable_definitions or ()) > MOST_VARIABLES:
                raise QueryTooLarge("variables", MOST_VARIABLES)
            found = _plus(look.within(definition.selection_set), NOTHING, directives=len(definition.directives or ()))
            _check(found)
            dearest = max(dearest, found.cost)
            _merge(merging, definition.selection_set)
    return dearest


def _merge(merging: Merging, selections: SelectionSetNode) -> None:
    try:
        merging.count(selections)
    except TooManyPairs:
        raise QueryTooLarge("pairs of equal fields", MOST_PAIRS) from None


class _Look:
    """Measures selections; a fragment is measured once, however often it is spread."""

    def __init__(self, fragments: Mapping[str, FragmentDefinitionNode], rows: Mapping[str, int]) -> None:
        self._fragments = fragments
        self._rows = rows
        self._known: dict[str, Measures] = {}
        self._open: set[str] = set()

    def within(self, selections: SelectionSetNode | None) -> Measures:
        if selections is None:
            return NOTHING
        if len(selections.selections) > WIDEST:
            raise QueryTooLarge("width", WIDEST)
        total = NOTHING
        for selection in selections.selections:
            total = _plus(total, self._one(selection), directives=len(selection.directives or ()))
            _check(total)
        return total

    def _one(self, selection: SelectionNode) -> Measures:
        if isinstance(selection, FieldNode):
            return self._field(selection, self.within(selection.selection_set))
        if isinstance(selection, InlineFragmentNode):
            return self.within(selection.selection_set)
        return self._spread(selection.name.value) if isinstance(selection, FragmentSpreadNode) else NOTHING

    def _spread(self, name: str) -> Measures:
        """A fragment that spreads itself, or that does not exist, is left to validation."""
        if name not in self._known:
            if name in self._open or name not in self._fragments:
                return NOTHING
            self._open.add(name)
            self._known[name] = self.within(self._fragments[name].selection_set)
            self._open.discard(name)
        return self._known[name]

    def _field(self, field: FieldNode, below: Measures) -> Measures:
        return Measures(
            depth=below.depth + 1,
            aliases=below.aliases + (field.alias is not None),
            directives=below.directives,
            fields=below.fields + 1,
            arguments=below.arguments + sum(1 + _literals(argument.value) for argument in field.arguments or ()),
            cost=SCHEMA.get(field.name.value, 1) + below.cost * self._answers(field),
        )

    def _answers(self, field: FieldNode) -> int:
        """How many rows a field may answer with; what a variable asks for may be the most there is."""
        first = next((argument.value for argument in field.arguments or () if argument.name.value == "first"), None)
        if isinstance(first, IntValueNode) and len(first.value) < DIGITS:
            return max(1, int(first.value))
        return self._rows.get(field.name.value, 1) if first is None else MOST.get(field.name.value, LARGEST)


def _literals(value: ValueNode) -> int:
    """How many values a literal holds within."""
    if isinstance(value, ListValueNode):
        return sum(1 + _literals(each) for each in value.values)
    return sum(1 + _literals(each.value) for each in value.fields) if isinstance(value, ObjectValueNode) else 0


def _usual(field: GraphQLField) -> int:
    if "first" in field.args:
        return USUAL
    kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return SOME if isinstance(kind, GraphQLList) and isinstance(get_named_type(kind), GraphQLObjectType) else 1


def _plus(one: Measures, other: Measures, *, directives: int) -> Measures:
    return Measures(
        depth=max(one.depth, other.depth),
        aliases=one.aliases + other.aliases,
        directives=one.directives + other.directives + directives,
        fields=one.fields + other.fields,
        arguments=one.arguments + other.arguments,
        cost=one.cost + other.cost,
    )


def _check(found: Measures) -> None:
    if (
        found.depth <= LIMITS.depth
        and found.aliases <= LIMITS.aliases
        and found.directives <= LIMITS.directives
        and found.fields <= LIMITS.fields
        and found.arguments <= LIMITS.arguments
        and found.cost <= LIMITS.cost
    ):
        return  # spelled out, for this is asked at every selection
    for measure in Measures.__slots__:
        limit = getattr(LIMITS, measure)
        if getattr(found, measure) > limit:
            raise QueryTooLarge(measure, limit)
