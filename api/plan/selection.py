"""What a selection asks of a type, with fragments spread and repeated fields brought together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    NamedTypeNode,
    SelectionNode,
    SelectionSetNode,
    is_abstract_type,
)

TYPENAME = "__typename"


class Unplanned(Exception):  # noqa: N818 - says that stock execution has to do it
    """The document has something that plans do not cover."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A field as it is asked for; `definition` is None for `__typename`. Nodes that name it more than once agree."""

    key: str
    definition: GraphQLField | None
    nodes: list[FieldNode] = field(default_factory=list[FieldNode])

    @property
    def selections(self) -> Sequence[SelectionSetNode]:
        return [node.selection_set for node in self.nodes if node.selection_set is not None]


@dataclass(frozen=True, slots=True)
class Selections:
    """The fragments of one document over one schema."""

    schema: GraphQLSchema
    fragments: Mapping[str, FragmentDefinitionNode]

    def of(self, kind: GraphQLObjectType, selections: Sequence[SelectionSetNode]) -> list[Chosen]:
        """The fields that these selections ask of an object of this type, in the order of the answer."""
        found: dict[str, Chosen] = {}
        for selection_set in selections:
            for node in self._fields(kind, selection_set):
                key = (node.alias or node.name).value
                if key not in found:
                    found[key] = Chosen(key, _definition(kind, node.name.value))
                found[key].nodes.append(node)
        return list(found.values())

    def _fields(self, kind: GraphQLObjectType, selection_set: SelectionSetNode) -> Iterator[FieldNode]:
        for node in selection_set.selections:
            if node.directives:
                raise Unplanned
            if isinstance(node, FieldNode):
                yield node
                continue
            condition, inner = self._fragment(node)
            if condition is None or self._holds(kind, condition):
                yield from self._fields(kind, inner)

    def _fragment(self, node: SelectionNode) -> tuple[NamedTypeNode | None, SelectionSetNode]:
        if isinstance(node, InlineFragmentNode):
            return node.type_condition, node.selection_set
        if not isinstance(node, FragmentSpreadNode):
            raise Unplanned
        fragment = self.fragments[node.name.value]
        if fragment.directives:
            raise Unplanned
        return fragment.type_condition, fragment.selection_set

    def _holds(self, kind: GraphQLObjectType, condition: NamedTypeNode) -> bool:
        named = self.schema.get_type(condition.name.value)
        return named is kind or (is_abstract_type(named) and self.schema.is_sub_type(named, kind))


def _definition(kind: GraphQLObjectType, name: str) -> GraphQLField | None:
    if name == TYPENAME:
        return None
    if name.startswith("__"):
        raise Unplanned
    field: GraphQLField = kind.fields[name]
    return field
