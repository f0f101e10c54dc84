"""Server and worker are killed in the middle of an export: it goes on, no row is lost or told twice, and the digest is right."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from api.main import assemble
from application.dispatching import alarms
from application.identity import Role
from application.requests import Done, Request
from domain.dispatching.events import IntakeKind, ReportSource
from domain.ids import AlarmId, CommandId, DivisionCode, OfficerId, OrganisationId, ReportId, uuid7
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.settings import Settings
from tests.api.serving import CITY, STATIONS, Client, founded, told
from tests.exports.conftest import with_views
from tests.exports.office import begun, ended, lines, look, taken
from tests.reliability.serving import Server, Worker

ALARMS, BATCH, KILLS = 3_000, 1_000, 3
SUMMARY = "A window was broken. " * 90
"""Long, so that few alarms make more parts than there are kills."""
QUERY = "{ alarms { nodes { id summary state station { nameEn } reportsReceived { id } history(first: 2) { nodes { type } } } } }"
SECONDS = 60


class Processes:
    """`tocsin serve`, and beside it `tocsin work` where the database is a server."""

    def __init__(self, url: str, folder: Path) -> None:
        self.server = Server(url, folder / "development-key.json")
        self._worker = None if url.startswith("sqlite") else Worker(url)

    def start(self) -> None:
        """Both at once; they are there when both say so."""
        if self._worker is not None:
            self._worker.start()
        self.server.start()
        if self._worker is not None:
            self._worker.await_work()

    def kill(self) -> None:
        """Without leave."""
        self.server.kill()
        if self._worker is not None:
            self._worker.kill()


@pytest.fixture
def ids(database_url: str) -> set[str]:
    """The alarms of a city."""
    founded(with_views(database_url))
    return asyncio.run(filled(database_url))


async def filled(url: str) -> set[str]:
    made = [AlarmId(uuid7(datetime.now(UTC))) for _ in range(ALARMS)]
    async with assemble(Settings(database=url), working=False) as tocsin:
        for start in range(0, ALARMS, BATCH):
            answers = await tocsin.desk.carry_out_in_order([_request(id) for id in made[start : start + BATCH]])
            assert all(isinstance(answer, Done) for answer in answers)
        await asyncio.to_thread(tocsin.projector.catch_up)
    return {told("alarm", str(id)) for id in made}


def _request(id: AlarmId) -> Request:
    command = alarms.open(
        id, ReportId(uuid4()), ReportSource.CALL_110, IntakeKind.ALARM, DivisionCode("500103"), OrganisationId(STATIONS[0]), summary=SUMMARY
    )
    return Request(command=command, command_id=CommandId(uuid4()), by=OfficerId("zhang"), organisation=CITY)


@pytest.fixture
def processes(database_url: str, ids: set[str], tmp_path: Path) -> Iterator[Processes]:
    running = Processes(database_url, tmp_path)
    running.start()
    yield running
    running.kill()


def test_an_export_goes_on_whatever_dies(processes: Processes, ids: set[str], tmp_path: Path) -> None:
    token = DevelopmentIssuer(tmp_path / "development-key.json").token(OfficerId("zhang"), CITY, Role.OWNER, datetime.now(UTC))
    with httpx.Client(timeout=20) as http:
        zhang = Client(f"http://127.0.0.1:{processes.server.port}", token, http)
        id = begun(zhang, QUERY)
        reached = [0]
        for _ in range(KILLS):
            reached.append(further(zhang, id, reached[-1]))
            processes.kill()
            processes.start()
        assert 0 < reached[1] < reached[-1] < ALARMS, "it was killed in the middle"
        found = ended(zhang, id)
        assert (found["state"], found["rows"]) == ("COMPLETED", ALARMS)
        content = taken(zhang, id).content
        rows = [row["id"] for row in lines(content)]
        assert len(rows) == ALARMS
        assert set(rows) == ids
        assert sha256(content).hexdigest() == found["digest"]
        whole = downloaded_in_pieces(processes, zhang, id, len(content))
    assert whole == content


def further(client: Client, id: str, than: int) -> int:
    """Wait until more rows are kept."""
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        found = look(client, id)
        if found["progress"] and found["progress"]["rows"] > than:
            return int(found["progress"]["rows"])
        time.sleep(0.02)
    raise TimeoutError("the export does not go on")


def downloaded_in_pieces(processes: Processes, client: Client, id: str, size: int) -> bytes:
    """The server dies in the middle of a download, which goes on where it was."""
    headers = {"Authorization": f"Bearer {client.token}", "Accept-Encoding": "identity"}
    address, had = f"{client.address}/exports/{id}", bytearray()
    with suppress(httpx.HTTPError), client.http.stream("GET", address, headers=headers) as response:
        tag = response.headers["etag"]
        for piece in response.iter_raw(64 * 1024):
            had += piece
            if len(had) > size // 3:
                processes.kill()
                break
    assert 0 < len(had) < size
    processes.start()
    rest = client.http.get(address, headers={**headers, "Range": f"bytes={len(had)}-", "If-Range": tag})
    assert rest.status_code == httpx.codes.PARTIAL_CONTENT
    return bytes(had) + rest.content
