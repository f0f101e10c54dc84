"""Reads an export page by page, by the very query that anybody could ask, as the one who asked for it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import orjson
from graphql import GraphQLError, GraphQLSchema

from api.context import Context
from api.documents import DocumentRefused, Documents, Known
from api.errors import internal
from api.exports.documents import AFTER, AT_LEAST, LIST, NODES, PLACE, paged
from api.exports.noting import Noted, NotedAccess, NotedRows
from api.schema.connections import LARGEST, USUAL
from api.services import Services
from application.feed import StaleRead
from application.identity import Principal
from application.oversight.exports import NotYet, Reading, ReadingFailed, ReadingRefused, ReadPage
from domain.rules import Rejected

LINE = orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE
"""As the API tells its answers."""
ROWS = (LARGEST, USUAL, 5)
"""Rows of a page: as many as their cost allows."""


def fitting(documents: Documents, schema: GraphQLSchema, query: str, *, counted: bool = False) -> Known:
    """The query for a page as large as may be."""
    for rows in ROWS[:-1]:
        with suppress(DocumentRefused):
            return documents.get(paged(schema, query, rows, counted=counted))
    return documents.get(paged(schema, query, ROWS[-1], counted=counted))


class ReadPages:
    def __init__(self, services: Services, schema: GraphQLSchema) -> None:
        self._services = services
        self._schema = schema
        self._documents = Documents(schema)

    async def read(self, reading: Reading, principal: Principal) -> ReadPage:
        noted = Noted()
        try:
            found = await self._page(reading, principal, noted)
        except DocumentRefused:  # the schema has changed since
            raise ReadingRefused from None
        except TimeoutError:
            raise ReadingFailed from None
        except GraphQLError as error:
            raise _meaning(error) from None
        return _read(found, reading, noted)

    async def _page(self, reading: Reading, principal: Principal, noted: Noted) -> Mapping[str, Any]:
        known = fitting(self._documents, self._schema, reading.query, counted=reading.after is None)
        place = {AFTER: _place(reading.after)} if reading.after is not None else {}
        variables = {**orjson.loads(reading.variables), **place, AT_LEAST: reading.began}
        return await self.answer(known, variables, principal, noted)

    async def answer(self, known: Known, variables: dict[str, Any], principal: Principal, noted: Noted) -> Mapping[str, Any]:
        """The list; the first of the errors, where there are any: of a page with a hole in it nothing is kept."""
        rows, access = NotedRows(self._services.read_models, noted), NotedAccess(self._services.access, noted)
        context = Context(replace(self._services, read_models=rows, access=access), principal, by_key=True)
        async with asyncio.timeout(self._services.settings.deadline):
            result = await known.planned.carried_out(None, variables, context)
        if result.errors:
            raise result.errors[0]
        found: Mapping[str, Any] = (result.data or {})[LIST]
        return found


def _meaning(error: GraphQLError) -> Exception:
    """Whether it is worth asking again."""
    original = error.original_error
    if isinstance(original, StaleRead):
        return NotYet()
    if isinstance(original, Rejected) or error.path is None:
        return ReadingRefused()
    internal(original or error, "export")
    return ReadingFailed()


def _read(found: Mapping[str, Any], reading: Reading, noted: Noted) -> ReadPage:
    if "pageInfo" in found:
        page, total = found["pageInfo"], found.get("totalCount") if not found.get("totalCountCapped") else None
        return _told(found[NODES], page["endCursor"] if page["hasNextPage"] else None, total, noted)
    nodes = [node for node in found[NODES] if node[PLACE] <= reading.began]
    after = found["position"] if found["more"] and found["position"] < reading.began else None
    for node in nodes:
        del node[PLACE]
    return _told(nodes, None if after is None else str(after), None, noted)


def _told(nodes: Sequence[Any], after: str | None, total: int | None, noted: Noted) -> ReadPage:
    return ReadPage(lines=[orjson.dumps(node, option=LINE) for node in nodes], after=after, total=total, secrets=frozenset(noted.ids))


def _place(after: str) -> str | int:
    """A position or a cursor."""
    return int(after) if after.isdecimal() else after
