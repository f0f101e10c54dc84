"""docs/webhooks.md: its receivers, registered as it says, know what is genuine and count everything once."""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from api.documents import Documents
from api.schema.build import schema
from tests.api.serving import STATIONS, Client, Served
from tests.live.test_subscriptions import raise_alarm
from tests.reliability.serving import free_port
from tests.webhooks.receiving import SECONDS
from tests.webhooks.registering import issued

PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```\w+ (\S+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
SCRIPTS = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
Rows = list[tuple[int, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "receiver"
    made.mkdir()
    for name, text in FILES.items():
        (made / name).write_text(text, encoding="utf-8")
    return made


@contextmanager
def running(command: list[str], folder: Path, port: int, secret: str) -> Iterator[None]:
    environment = os.environ | {"PORT": str(port), "WEBHOOK_SECRET": secret}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - our own page
    try:
        yield
    finally:
        process.terminate()
        process.wait(SECONDS)


def by_python(folder: Path) -> Rows:
    if not (folder / "received.sqlite").exists():
        return []
    database = sqlite3.connect(folder / "received.sqlite")
    try:
        return list(database.execute("SELECT position, alarm FROM alarms ORDER BY rowid"))
    except sqlite3.OperationalError:
        return []
    finally:
        database.close()


def by_node(folder: Path) -> Rows:
    file = folder / "received.ndjson"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    return [(line["position"], line["alarm"]) for line in map(json.loads, lines)]


def register(folder: Path, port: int, client: Client) -> dict[str, object]:
    (script,) = SCRIPTS
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    found = {"TOCSIN_URL": f"{client.address}/graphql", "TOCSIN_TOKEN": client.token, "PORT": str(port), "PATH": path}
    bash = [str(shutil.which("bash")), "-euo", "pipefail", "-c", script]
    done = subprocess.run(bash, cwd=folder, env=os.environ | found, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603 - our own page
    assert done.returncode == 0, done.stdout + done.stderr
    registered: dict[str, object] = json.loads((folder / "registered.json").read_text())
    return registered


@pytest.mark.parametrize(("program", "file", "rows"), [(sys.executable, "receiver.py", by_python), ("node", "receiver.mjs", by_node)])
def test_a_receiver_as_it_is_shown(
    city: Served, owner: Client, folder: Path, program: str, file: str, rows: Callable[[Path], Rows]
) -> None:
    if shutil.which(program) is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{program} is missing")
        pytest.skip(f"NO {program.upper()}: a receiver of docs/webhooks.md goes untested")
    issued(owner)
    port = free_port()
    registered = register(folder, port, owner)
    secret, id = str(registered["secret"]), str(registered["webhook"]["id"])  # type: ignore[index]
    command = [str(shutil.which(program)), file]
    with running(command, folder, port, secret):
        alarms = [raise_alarm(owner) for _ in range(3)]
        raise_alarm(owner, STATIONS[1])
        first = until(folder, rows, 6)
        assert {alarm for _, alarm in first} == {f"alarm_{each.replace('-', '')}" for each in alarms}
        answer = httpx.post(f"http://127.0.0.1:{port}/alarms", json={}, headers=forged())
        assert answer.status_code == 401, "who does not know the secret is not believed"
    with running(command, folder, port, secret):
        owner.do("testWebhook", webhook=id)
        owner.do("replayWebhook", webhook=id, position=0)
        last = raise_alarm(owner)
        told = until(folder, rows, 8)
    assert told[:6] == first, "what was replayed is known already"
    assert {alarm for _, alarm in told[6:]} == {f"alarm_{last.replace('-', '')}"}


def until(folder: Path, rows: Callable[[Path], Rows], count: int) -> Rows:
    end = time.monotonic() + SECONDS
    while len(found := rows(folder)) < count:
        assert time.monotonic() < end, found
        time.sleep(0.05)
    return found


def forged() -> dict[str, str]:
    return {"webhook-id": "webhook_1_1", "webhook-timestamp": str(int(time.time())), "webhook-signature": "v1,AAAA v1," + "A" * 44}


def test_the_query_that_is_shown_is_valid() -> None:
    (query,) = re.findall(r"^```graphql\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    Documents(schema()._schema).get(query)


def test_every_block_of_the_page_is_tried() -> None:
    assert set(FILES) == {"register.py", "receiver.py", "receiver.mjs"}
    assert len(re.findall(r"^```\w", PAGE, re.MULTILINE)) == len(FILES) + len(SCRIPTS) + 1
