"""Queries that can be exported: one list, whose nodes become lines; and the same query for one page of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from graphql import (
    ArgumentNode,
    DocumentNode,
    FieldNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLSchema,
    NameNode,
    OperationDefinitionNode,
    OperationType,
    SelectionNode,
    SelectionSetNode,
    VariableDefinitionNode,
    get_named_type,
    get_operation_ast,
    parse,
    parse_value,
    print_ast,
)
from graphql.utilities import separate_operations

from api.exports.rules import ExportIsNoQuery, ExportNeedsNodes, ExportNeedsOneList, ExportOperationUnknown, ExportPagesItself
from api.schema.connections import LARGEST

OURS = frozenset({"first", "after", "orderBy", "atLeast"})
"""Arguments that an export gives itself."""
AFTER, AT_LEAST = "tocsinAfter", "tocsinAtLeast"
LIST, NODES, PLACE = "list", "nodes", "tocsinPlace"
"""Names in the query for a page: of the list, its nodes, and where a record of the log stands."""
FEED = "EventFeed"
"""The list of all that was recorded, which goes on by positions."""
ROWS, COUNT = "pageInfo { hasNextPage endCursor }", "totalCount totalCountCapped"
RECORDS = "position more"


@dataclass(frozen=True, slots=True)
class Exportable:
    """The list's name, and the query alone, without other operations and comments."""

    list: str
    query: str


def exportable(schema: GraphQLSchema, document: DocumentNode, operation: str | None) -> Exportable:
    """The query for an export in a document that is good; what else it may be is refused by name."""
    chosen = get_operation_ast(document, operation)
    if chosen is None:
        raise ExportOperationUnknown
    if chosen.operation is not OperationType.QUERY:
        raise ExportIsNoQuery
    root = _only(chosen.selection_set)
    if root is None or chosen.directives or _list(schema, root) is None:
        raise ExportNeedsOneList
    if OURS & {argument.name.value for argument in root.arguments or ()}:
        raise ExportPagesItself
    nodes = _only(root.selection_set)
    if nodes is None or nodes.name.value != NODES:
        raise ExportNeedsNodes
    alone = separate_operations(document)[chosen.name.value if chosen.name else ""]
    return Exportable(root.name.value, print_ast(alone))


@lru_cache(200)
def paged(schema: GraphQLSchema, query: str, rows: int = LARGEST, *, counted: bool = False) -> str:
    """The query for one page of an export. It is validated as any other, so that a name of ours which the query has too does no harm."""
    document = parse(query)
    return print_ast(replace(document, definitions=tuple(_paged(schema, each, rows, counted=counted) for each in document.definitions)))


def _paged(schema: GraphQLSchema, definition: Any, rows: int, *, counted: bool) -> Any:
    if not isinstance(definition, OperationDefinitionNode):
        return definition
    (root,) = definition.selection_set.selections
    assert isinstance(root, FieldNode)  # noqa: S101 - as it was looked at
    field = _list(schema, root)
    assert field is not None  # noqa: S101 - as it was looked at
    variables = (*(definition.variable_definitions or ()), *_variables(field))
    return replace(definition, variable_definitions=variables, selection_set=_braces(_page(root, field, rows, counted=counted)))


def _page(root: FieldNode, field: GraphQLField, rows: int, *, counted: bool) -> FieldNode:
    (nodes,) = root.selection_set.selections if root.selection_set else ()
    assert isinstance(nodes, FieldNode)  # noqa: S101 - as it was looked at
    recorded = _is_feed(field)
    inner = nodes.selection_set.selections if nodes.selection_set else ()
    told = replace(nodes, alias=None, selection_set=_braces(*inner, *(_selections(f"{PLACE}: position") if recorded else ())))
    further = _selections(RECORDS if recorded else f"{ROWS} {COUNT}" if counted else ROWS)
    ours = (_argument("first", str(rows)), _argument("after", f"${AFTER}"), _argument("atLeast", f"${AT_LEAST}"))
    return replace(root, alias=NameNode(value=LIST), arguments=(*(root.arguments or ()), *ours), selection_set=_braces(told, *further))


def _variables(field: GraphQLField) -> Sequence[VariableDefinitionNode]:
    kinds = {AFTER: "Position! = 0" if _is_feed(field) else "Cursor", AT_LEAST: "Position"}
    text = ", ".join(f"${name}: {kind}" for name, kind in kinds.items())
    (definition,) = parse(f"query ({text}) {{ __typename }}").definitions
    assert isinstance(definition, OperationDefinitionNode)  # noqa: S101 - written here
    return definition.variable_definitions or ()


def _list(schema: GraphQLSchema, root: FieldNode) -> GraphQLField | None:
    """The field, where it is a list that is read page by page, whose rows can be counted: what is true for a moment is none."""
    query = schema.query_type
    field = query.fields.get(root.name.value) if query is not None else None
    if field is None or not {"first", "after"} <= field.args.keys():
        return None
    kind = get_named_type(field.type)
    whole = isinstance(kind, GraphQLObjectType) and NODES in kind.fields and ("totalCount" in kind.fields or _is_feed(field))
    return field if whole else None


def _is_feed(field: GraphQLField) -> bool:
    return get_named_type(field.type).name == FEED


def _only(selections: SelectionSetNode | None) -> FieldNode | None:
    """The one field in these braces, where there is nothing else and nothing hangs on it."""
    found = selections.selections if selections is not None else ()
    return found[0] if len(found) == 1 and isinstance(found[0], FieldNode) and not found[0].directives else None


def _braces(*selections: SelectionNode) -> SelectionSetNode:
    return SelectionSetNode(selections=selections)


def _selections(text: str) -> Sequence[SelectionNode]:
    (definition,) = parse(f"{{ {text} }}").definitions
    assert isinstance(definition, OperationDefinitionNode)  # noqa: S101 - written here
    return definition.selection_set.selections


def _argument(name: str, value: str) -> ArgumentNode:
    return ArgumentNode(name=NameNode(value=name), value=parse_value(value))
