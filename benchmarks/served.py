"""The process that is measured: Tocsin's own application, and beside it what one would write by hand instead of GraphQL."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from asyncio import to_thread
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson
import sqlalchemy as sa
import uvicorn
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from strawberry.asgi import GraphQL

from api.app import create_app
from api.context import Context
from api.http import GraphQL as Answering
from api.http import response
from api.main import Tocsin, assemble
from api.requests import asked
from api.schema.build import schema
from application.identity import OWNER
from application.oversight.statistics import Granularity, Period, Question
from domain.oversight.measures import Measure
from infrastructure.projections.casework.cases import CASES
from infrastructure.settings import Settings
from infrastructure.statistics.figures import Figures
from infrastructure.statistics.trends import trend

FIELDS = ("id", "number", "state", "division", "station", "address", "reported_at", "filed_at", "clearance", "suspects")
COLUMNS = tuple(CASES.c[name] for name in FIELDS)
UNLIMITED = 10**12
NAMES = ("id", "number", "state", "division", "stationId", "address", "reportedAt", "filedAt", "clearance", "suspects")


class ByHand:
    """The same statements on the same driver, answered as plain JSON."""

    def __init__(self, tocsin: Tocsin) -> None:
        self._database = tocsin.database
        self._figures: Figures = tocsin.statistics.counted_by(OWNER)

    async def one(self, request: Request) -> Response:
        key = UUID(orjson.loads(await request.body())["id"])
        rows = await to_thread(self._rows, sa.select(*COLUMNS).where(CASES.c.id.in_([key])))
        return _json(rows[0])

    async def many(self, request: Request) -> Response:
        first = orjson.loads(await request.body())["first"]
        order = CASES.c.reported_at.desc(), CASES.c.id.desc()
        return _json(await to_thread(self._rows, sa.select(*COLUMNS).order_by(*order).limit(first + 1)))

    async def trend(self, request: Request) -> Response:
        asked = orjson.loads(await request.body())
        period = Period(*(_day(asked[each]) for each in ("from", "to")))
        question = Question(period=period, types=tuple(asked["types"]))
        points = await to_thread(
            self._figures.ask, question, lambda inquiry: trend(inquiry, Measure.FILED, Granularity.MONTH, by_type=True)
        )
        told = [{"start": p.start, "type": p.type, "measure": p.measure, "amount": p.amount, "position": p.position} for p in points]
        return _json(told)

    def _rows(self, statement: sa.Select[Any]) -> list[dict[str, Any]]:
        with self._database.reading() as connection:
            return [dict(zip(NAMES, row, strict=True)) for row in connection.execute(statement)]


class Stock(GraphQL[Context, None]):
    """The same schema by Strawberry's own view, as its documentation has it."""

    def __init__(self, tocsin: Tocsin) -> None:
        super().__init__(schema())
        self._services = tocsin.services()

    async def get_context(self, request: Any, response: Any) -> Context:  # noqa: ARG002 - Strawberry's own signature
        return Context(self._services, OWNER)


class Bare:
    """Tocsin's own way through a query, for a caller who needs no token, may see everything and pays nothing."""

    def __init__(self, tocsin: Tocsin) -> None:
        self._graphql = Answering(tocsin.services())

    async def respond(self, request: Request) -> Response:
        return response(await self._graphql.answer(await asked(request), OWNER), HTTPStatus.OK)


async def cpu(_request: Request) -> Response:
    """Seconds of processor time that this process has taken."""
    return _json(time.process_time())


def _json(content: Any) -> Response:
    return Response(orjson.dumps(content), media_type="application/json")


def _day(text: str) -> date:
    return date.fromisoformat(text)


async def serve(url: str, key: str, port: int) -> None:
    tocsin = assemble(Settings(database=url, development=True, development_key=Path(key), budget=UNLIMITED), working=False)
    async with tocsin:
        floor = ByHand(tocsin)
        routes = [
            Route("/bare", Bare(tocsin).respond, methods=["POST"]),
            Route("/one", floor.one, methods=["POST"]),
            Route("/many", floor.many, methods=["POST"]),
            Route("/trend", floor.trend, methods=["POST"]),
            Route("/cpu", cpu),
            Mount("/stock", Stock(tocsin)),
        ]
        app = create_app(tocsin.services())
        app.router.routes[1:1] = routes  # the application's own address is looked for first, as it is where it serves
        await uvicorn.Server(uvicorn.Config(app, port=port, log_level="warning", access_log=False, lifespan="off")).serve()


if __name__ == "__main__":
    os.sched_setaffinity(0, {0})
    asyncio.run(serve(sys.argv[1], sys.argv[2], int(sys.argv[3])))
