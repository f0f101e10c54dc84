"""GraphQL requests against what one would write by hand: processor time of one pinned process, the least of several rounds."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from socket import socket
from typing import Any

import httpx
import orjson
import sqlalchemy as sa

from application.identity import Role
from benchmarks.log import made
from benchmarks.projections import told
from benchmarks.table import Row
from domain.ids import OfficerId, OrganisationId
from domain.jurisdiction.events import OrganisationKind
from infrastructure.database import Database
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.projections.casework.cases import CASES
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.jurisdiction.organisations import ORGANISATIONS
from infrastructure.projections.rebuilding import rebuild
from infrastructure.settings import Settings
from tests.postgres_server import running

ROUNDS = 5
CONNECTIONS = 8
REQUESTS = {"one": 400, "many": 120, "trend": 120}
FIELDS = "id number state division stationId address reportedAt filedAt clearance suspects"
TYPES = ("THEFT", "BURGLARY", "ROBBERY", "FRAUD", "ASSAULT", "HOMICIDE", "DRUGS", "VEHICLE_THEFT", "ARSON", "RAPE")
DOCUMENTS = {
    "one": f"query One($id: CaseId!) {{ case(id: $id) {{ {FIELDS} }} }}",
    "many": f"query Many($first: Int!) {{ cases(first: $first) {{ nodes {{ {FIELDS} }} }} }}",
    "trend": "query Trend($from: Date!, $to: Date!, $types: [String!]!) { trend(period: {from: $from, to: $to}, measure: FILED,"
    " types: $types, byType: true) { start type measure amount position } }",
}
WHAT = {"one": "one case by id, 10 fields", "many": "100 cases x 10 fields", "trend": "trend of 12 months x 10 types"}
TARGETS = {"one": "<= 1.4", "many": "<= 1.3", "trend": "<= 1.4"}


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        yield from _rows("sqlite", f"sqlite:///{folder}/city.sqlite", Path(folder))
    with running() as server, tempfile.TemporaryDirectory() as folder:
        yield from _rows("postgresql", made(server, "city"), Path(folder))


def _rows(dialect: str, url: str, folder: Path) -> Iterator[Row]:
    bureau, variables = _city(url)
    key = folder / "key.json"
    token = DevelopmentIssuer(key).token(OfficerId("O-1"), bureau, Role.CITY_HEAD, datetime.now(UTC))
    with _server(url, key) as address:
        least = asyncio.run(_measured(address, token, variables))
    for name, what in WHAT.items():
        floor, bare, whole, stock = (least[name, kind] for kind in ("floor", "bare", "whole", "stock"))
        by_hand = f"by hand {floor * 1000:.3f}, stock {stock / floor:.1f} x"
        yield Row(
            what=what, database=dialect, measured=f"{bare * 1000:.3f} ms CPU", floor=by_hand, ratio=bare / floor, target=TARGETS[name]
        )
        yield Row(
            what=f"{what}, with identity, scope, limits, cost",
            database=dialect,
            measured=f"{whole * 1000:.3f} ms CPU",
            floor=f"without {bare * 1000:.3f}",
            ratio=whole / bare,
            target="<= 1.2",
        )


def _city(url: str) -> tuple[OrganisationId, dict[str, dict[str, Any]]]:
    """An eighth of the demo city: its bureau, and what is asked about it."""
    with closing(Database.open(url)) as database:
        told(database)
        rebuild(database, catalogue(Settings().zone))
        with database.reading() as connection:
            city = ORGANISATIONS.c.kind == OrganisationKind.CITY_BUREAU
            bureau = connection.execute(sa.select(ORGANISATIONS.c.id).where(city)).scalar_one()
            id = connection.execute(sa.select(CASES.c.id).limit(1)).scalar_one()
            last = connection.execute(sa.select(sa.func.max(CASES.c.reported_at))).scalar_one().date()
    year = {"from": last.replace(year=last.year - 1, day=1).isoformat(), "to": last.replace(day=1).isoformat()}
    return bureau, {"one": {"id": id.hex}, "many": {"first": 100}, "trend": {**year, "types": TYPES}}


@contextmanager
def _server(url: str, key: Path) -> Iterator[str]:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-m", "benchmarks.served", url, str(key), str(port)])  # noqa: S603 - our own program
    try:
        address = f"http://127.0.0.1:{port}"
        with httpx.Client(transport=httpx.HTTPTransport(retries=20)) as client:
            client.get(f"{address}/health", timeout=30)
        os.sched_setaffinity(0, {1})
        yield address
    finally:
        os.sched_setaffinity(0, {0, 1})
        process.terminate()
        process.wait()


async def _measured(address: str, token: str, variables: dict[str, dict[str, Any]]) -> dict[tuple[str, str], float]:
    """Seconds of the server's processor time a request, by question and by who answers it."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    least: dict[tuple[str, str], float] = {}
    limits = httpx.Limits(max_connections=CONNECTIONS)
    async with httpx.AsyncClient(base_url=address, headers=headers, limits=limits, timeout=30) as client:
        for name, asked in variables.items():
            await _same(client, orjson.dumps({"query": DOCUMENTS[name], "variables": asked}))
        for _ in range(ROUNDS):
            for name, asked in variables.items():
                question = orjson.dumps({"query": DOCUMENTS[name], "variables": asked})
                for kind, path, body in (
                    ("floor", f"/{name}", orjson.dumps(asked)),
                    ("bare", "/bare", question),
                    ("whole", "/graphql", question),
                    ("stock", "/stock/", question),
                ):
                    taken = await _cpu(client, path, body, REQUESTS[name] // (4 if kind == "stock" else 1))
                    least[name, kind] = min(taken, least.get((name, kind), taken))
    return least


async def _same(client: httpx.AsyncClient, question: bytes) -> None:
    """Whoever answers, the answer is one, or the comparison is of nothing."""
    answers = [(await client.post(path, content=question)).json()["data"] for path in ("/bare", "/graphql", "/stock/")]
    assert answers[0] == answers[1] == answers[2]
    assert None not in answers[0].values()


async def _cpu(client: httpx.AsyncClient, path: str, body: bytes, times: int) -> float:
    async def some(requests: Iterator[int]) -> None:
        for _ in requests:
            answer = await client.post(path, content=body)
            assert answer.status_code == httpx.codes.OK, answer.text
            assert b'"errors"' not in answer.content, answer.text

    requests = iter(range(times))
    before = float((await client.get("/cpu")).text)
    await asyncio.gather(*(some(requests) for _ in range(CONNECTIONS)))
    return (float((await client.get("/cpu")).text) - before) / times
