"""Fan-out: what telling one event to 300 sockets costs the server, for each message."""

from __future__ import annotations

import asyncio
import base64
import json
import os
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from benchmarks.fanning.serving import EVENTS, SOCKETS
from benchmarks.table import Row, best

ROUNDS = 3
TARGET = 45
QUERY = "subscription { events { position type thing version effectiveAt recordedAt by organisation } }"
TOLD = b'"PriorityChanged"'


def rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        found = best(
            ROUNDS, {"live": lambda: measured("live", tempfile.mkdtemp(dir=folder)), "floor": lambda: measured("floor")}, lowest=True
        )
    yield Row(
        what=f"fan-out to {SOCKETS} sockets, CPU of a message",
        database="sqlite",
        measured=f"{found['live']:.1f} us",
        floor=f"Starlette send_text {found['floor']:.1f} us",
        ratio=found["live"],
        target=f"<= {TARGET}",
    )


def measured(*what: str) -> float:
    """The serving process measures itself; this one listens, and counts."""
    command = [sys.executable, "-m", "benchmarks.fanning.serving", *what]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - ours
        assert process.stdout is not None
        port, _, token = process.stdout.readline().strip().partition(" ")
        return asyncio.run(_listened(process, int(port), token))


async def _listened(process: subprocess.Popen[str], port: int, token: str) -> float:
    assert process.stdin is not None
    assert process.stdout is not None
    listeners = [await _connected(port, token) for _ in range(SOCKETS)]
    counting = [asyncio.create_task(_count(reader)) for reader, _ in listeners]
    process.stdin.write("go\n")
    process.stdin.flush()
    cost = float(await asyncio.to_thread(process.stdout.readline))
    counts = await asyncio.gather(*counting)
    for _, writer in listeners:
        writer.close()
    assert set(counts) == {EVENTS + 1}, "every socket is told everything, once"
    return cost


async def _connected(port: int, token: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """The least that a WebSocket client has to say."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    key = base64.b64encode(os.urandom(16)).decode()
    writer.write(
        f"GET /graphql HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: {key}\r\n"
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n".encode()
    )
    await reader.readuntil(b"\r\n\r\n")
    if token:
        writer.write(_frame({"type": "connection_init", "payload": {"authorization": f"Bearer {token}"}}))
        await reader.readuntil(b"connection_ack")
        writer.write(_frame({"id": "1", "type": "subscribe", "payload": {"query": QUERY}}))
    return reader, writer


def _frame(message: object) -> bytes:
    """Masked by nothing, as a client's frame has to be masked."""
    data = json.dumps(message).encode()
    length = bytes([0x80 | len(data)]) if len(data) < 126 else bytes([0x80 | 126]) + struct.pack("!H", len(data))
    return b"\x81" + length + bytes(4) + data


async def _count(reader: asyncio.StreamReader) -> int:
    found, rest = 0, b""
    while chunk := await reader.read(65_536):
        rest += chunk
        found += rest.count(TOLD)
        rest = rest[-len(TOLD) + 1 :] if TOLD not in rest[-len(TOLD) :] else b""
    return found
