"""Carries out documents: a query by its plan, and by graphql-core whatever has none or gave it up."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode, OperationType, execute, get_operation_ast
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api.context import Context
from api.plan.leaves import Bail
from api.plan.operation import Plan
from api.plan.selection import Unplanned


class Planned:
    """A document with the plans of its operations, each made when it is first asked for."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self.node = document
        self._schema = schema
        self._operations: dict[str | None, tuple[OperationDefinitionNode | None, Plan | None]] = {}

    def kind(self, name: str | None) -> OperationType | None:
        """What the operation does; None where there is none of this name."""
        operation, _ = self._operation(name)
        return None if operation is None else operation.operation

    async def carried_out(self, name: str | None, variables: dict[str, Any] | None, context: Context) -> ExecutionResult:
        _, plan = self._operation(name)
        if plan is not None:
            try:
                return await plan.run(context, variables)
            except Bail:
                pass  # it was a query: asking again changes nothing, and what was looked up is remembered
        return await stock(self._schema, self.node, name, variables, context)

    def _operation(self, name: str | None) -> tuple[OperationDefinitionNode | None, Plan | None]:
        known = self._operations.get(name)
        if known is None:
            operation = get_operation_ast(self.node, name)
            known = operation, _plan(self._schema, self.node, operation)
            if operation is not None:  # or callers could fill the memory with names
                self._operations[name] = known
        return known


async def stock(
    schema: GraphQLSchema, document: DocumentNode, name: str | None, variables: dict[str, Any] | None, context: Context
) -> ExecutionResult:
    """By graphql-core, as Strawberry does it."""
    result = execute(
        schema,
        document,
        context_value=context,
        variable_values=variables,
        operation_name=name,
        executor_class=StrawberryGraphQLCoreExecutionContext,
        hide_suggestions=True,
        operation_extensions=None,
    )
    return await result if isinstance(result, Awaitable) else result


def _plan(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode | None) -> Plan | None:
    try:
        return None if operation is None else Plan(schema, document, operation)
    except Unplanned:
        return None
