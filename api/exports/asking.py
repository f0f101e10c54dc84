"""Looks at what somebody wants to export before it is put on record: the document, its variables, and whether it can be read at all."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import orjson
from graphql import GraphQLError, GraphQLSchema, OperationDefinitionNode, parse
from graphql.execution.values import get_variable_values

from api.documents import DocumentRefused, Documents
from api.errors import UNFIT
from api.exports.documents import Exportable, exportable, paged
from api.exports.noting import Noted
from api.exports.pages import ReadPages, fitting
from api.exports.rules import (
    ExportDocumentInvalid,
    ExportDocumentNotTrusted,
    ExportDocumentUnknown,
    ExportNeedsQuery,
    ExportTooSlow,
    ExportVariablesInvalid,
)
from api.requests import Asked
from api.services import Services
from api.trusted import hash_of
from application.identity import Principal
from domain.rules import Rejected

TRUST = {"PERSISTED_QUERY_NOT_FOUND": ExportDocumentUnknown, "DOCUMENT_NOT_TRUSTED": ExportDocumentNotTrusted}


@dataclass(frozen=True, slots=True, kw_only=True)
class LookedAt:
    """What goes on record of the query."""

    list: str
    query: str
    variables: str
    document: str


class Asking:
    """Documents are taken as in any other request: the guard, validation, cost, and trusted ones alone where there are no others."""

    def __init__(self, services: Services, schema: GraphQLSchema) -> None:
        self._services = services
        self._schema = schema
        self._documents = Documents(schema, services.settings.exposure)
        self._read = Documents(schema)

    async def looked_at(self, question: Asked, principal: Principal) -> LookedAt:
        if not question.text.strip() and question.document is None:
            raise ExportNeedsQuery
        found = self._exportable(question, free=principal.key is not None)
        variables = question.variables or {}
        self._insist_on_variables(found.query, variables)
        await self._try(found.query, variables, principal)
        document = hash_of(question.document) if question.document is not None else sha256(question.text.encode()).hexdigest()
        told = orjson.dumps(variables, option=orjson.OPT_SORT_KEYS).decode()
        return LookedAt(list=found.list, query=found.query, variables=told, document=document)

    def _exportable(self, question: Asked, *, free: bool) -> Exportable:
        """Also as it will be read, page by page."""
        try:
            known = self._documents.asked(question, free=free)
            found = exportable(self._schema, known.planned.node, question.operation)
            fitting(self._read, self._schema, found.query)
        except DocumentRefused as refused:
            raise self._refusal(refused.errors[0]) from None
        return found

    def _refusal(self, error: GraphQLError) -> Rejected:
        rule = TRUST.get(str((error.extensions or {}).get("code")))
        return rule() if rule is not None else ExportDocumentInvalid(self._detail(error))

    def _insist_on_variables(self, query: str, variables: dict[str, Any]) -> None:
        (operation,) = (each for each in parse(query).definitions if isinstance(each, OperationDefinitionNode))
        values = get_variable_values(self._schema, operation.variable_definitions or (), variables, hide_suggestions=True)
        if isinstance(values, list):
            raise ExportVariablesInvalid(self._detail(values[0]))

    async def _try(self, query: str, variables: dict[str, Any], principal: Principal) -> None:
        """One row, for nobody: what a rule of reading stands against is told now, and not by a job that fails."""
        try:
            known = self._read.get(paged(self._schema, query, 1))
            await ReadPages(self._services, self._schema).answer(known, variables, principal, Noted())
        except TimeoutError:
            raise ExportTooSlow from None
        except GraphQLError as error:
            if isinstance(error.original_error, Rejected):
                raise error.original_error from None
            if error.original_error is None:
                raise ExportVariablesInvalid(self._detail(error)) from None
            raise

    def _detail(self, error: GraphQLError) -> str:
        """Where the schema is not told, neither is what would be better."""
        quiet = self._services.settings.exposure.hardened and not error.extensions
        return UNFIT if quiet else error.message
