"""A planned query, and one run of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import isawaitable, iscoroutine
from typing import Any, cast

from graphql import (
    DocumentNode,
    ExecutionResult,
    FieldNode,
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    located_error,
    print_ast,
)
from graphql.execution.values import VariableValues, get_argument_values, get_variable_values
from graphql.pyutils import Path, is_awaitable

from api.context import Context, PlannedInfo
from api.plan.compiling import Compiler, Complete, Deferred
from api.plan.leaves import Bail
from api.plan.selection import Chosen, Selections, Unplanned
from application.views import Columns

NOTHING = VariableValues({}, {})


class Failed(Exception):  # noqa: N818 - carries what a field came to
    """A field's resolver raised something."""

    def __init__(self, field: Field, error: Exception) -> None:
        super().__init__(field.chosen.key)
        self.field = field
        self.error = error


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a run resolves."""

    parent: GraphQLObjectType
    chosen: Chosen
    definition: GraphQLField
    columns: Mapping[str, Columns]
    resolve: Callable[..., Any]
    complete: Complete
    fixed: dict[str, Any] | None
    """Its arguments, where they do not depend on variables."""


class Plan:
    """One operation of a document, ready to be run any number of times."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> None:
        if operation.operation is not OperationType.QUERY or operation.directives or schema.query_type is None:
            raise Unplanned
        self.schema = schema
        self.operation = operation
        self.fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
        compiler = Compiler(Selections(schema, self.fragments))
        self.root, completions = compiler.compiled(schema.query_type, operation.selection_set)
        self.fields = [_field(deferred, complete) for deferred, complete in zip(compiler.deferred, completions, strict=True)]
        self.root_fields = [field for field in self.fields if field.parent is schema.query_type]

    async def run(self, context: Context, variables: dict[str, Any] | None) -> ExecutionResult:
        """The answer; `Bail` where stock execution has to say what is wrong. Nothing that was begun is left behind."""
        values = get_variable_values(self.schema, self.operation.variable_definitions or (), variables or {}, hide_suggestions=True)
        if isinstance(values, list):
            raise Bail
        run = Run(self, context, values)
        try:
            return await run.answer()
        except Exception as error:  # whatever a value or its telling came to
            raise Bail from error
        finally:
            run.leave()


@dataclass(frozen=True, slots=True)
class Pending:
    """A value that is on its way into its place in the answer."""

    into: dict[str, Any]
    field: Field
    value: Awaitable[Any]


class Run:
    """Resolves what needs more than an attribute, all that is known to be needed together, so that reads become one."""

    def __init__(self, plan: Plan, context: Context, variables: VariableValues) -> None:
        self._plan = plan
        self._context = context
        self._variables = variables
        self._pending: list[Pending] = []
        self._ready: dict[int, tuple[PlannedInfo, dict[str, Any]]] = {}

    async def answer(self) -> ExecutionResult:
        """A query of one field says itself why it failed; where several do, or one further down, stock execution does."""
        try:
            return ExecutionResult(await self._data(), None)
        except Failed as failure:
            if len(self._plan.root_fields) > 1 or failure.field.parent is not self._plan.schema.query_type:
                raise Bail from failure
            key, definition = failure.field.chosen.key, failure.field.definition
            error = located_error(failure.error, failure.field.chosen.nodes, [key])
            return ExecutionResult(None if isinstance(definition.type, GraphQLNonNull) else {key: None}, [error])

    async def _data(self) -> dict[str, Any]:
        data: dict[str, Any] = self._plan.root(None, self)
        while self._pending:
            pending = self._pending
            values = await _all([each.value for each in pending])
            self._pending = []
            for each, value in zip(pending, values, strict=True):
                self._take(each.into, each.field, value)
        return data

    def resolve(self, into: dict[str, Any], number: int, source: Any) -> None:
        """Called by the plan's functions for a field that they do not read themselves."""
        field = self._plan.fields[number]
        try:
            info, arguments = self._ready.get(number) or self._made_ready(number, field)
            value = field.resolve(source, info, **arguments)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the field's answer
            value = error
        if isawaitable(value):
            self._pending.append(Pending(into, field, value))
        else:
            self._take(into, field, value)

    def leave(self) -> None:
        """What was never awaited says so aloud unless it is closed."""
        for each in self._pending:
            if iscoroutine(each.value):
                each.value.close()

    def _take(self, into: dict[str, Any], field: Field, value: Any) -> None:
        if isinstance(value, Exception):
            raise Failed(field, value)
        into[field.chosen.key] = field.complete(value, self)

    def _made_ready(self, number: int, field: Field) -> tuple[PlannedInfo, dict[str, Any]]:
        arguments = field.fixed
        if arguments is None:
            arguments = get_argument_values(field.definition, field.chosen.nodes[0], self._variables, hide_suggestions=True)
        self._ready[number] = self._info(field), arguments
        return self._ready[number]

    def _info(self, field: Field) -> PlannedInfo:
        """What Strawberry's resolvers are told. The path is the field's own: nobody asks where in a list an object stands."""
        plan, chosen = self._plan, field.chosen
        info = PlannedInfo(
            field_name=chosen.nodes[0].name.value,
            field_nodes=chosen.nodes,
            return_type=field.definition.type,
            parent_type=field.parent,
            path=Path(None, chosen.key, field.parent.name),
            schema=plan.schema,
            fragments=plan.fragments,
            root_value=None,
            operation=plan.operation,
            variable_values=self._variables.coerced,  # type: ignore[arg-type]  # Strawberry's own way
            context=self._context,
            is_awaitable=is_awaitable,
            abort_signal=None,
            async_helpers=cast("Any", None),
        )
        info.columns = field.columns
        return info


async def _all(values: Sequence[Awaitable[Any]]) -> Sequence[Any]:
    """The values, or what was raised in their place. One alone is spared a task of its own."""
    if len(values) > 1:
        return await asyncio.gather(*values, return_exceptions=True)
    try:
        return [await values[0]]
    except Exception as error:  # noqa: BLE001 - as gather does it
        return [error]


def _field(what: Deferred, complete: Complete) -> Field:
    if what.definition.resolve is None:
        raise Unplanned
    fixed = _fixed(what.definition, what.chosen.nodes[0])
    return Field(what.parent, what.chosen, what.definition, what.columns, what.definition.resolve, complete, fixed)


def _fixed(definition: GraphQLField, node: FieldNode) -> dict[str, Any] | None:
    if any("$" in print_ast(argument) for argument in node.arguments or ()):
        return None  # perhaps of a text; then it is worked out anew for each run
    return get_argument_values(definition, node, NOTHING, hide_suggestions=True)
