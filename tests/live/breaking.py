"""A line to a server that breaks: what is heard or taken away over it must be whole all the same."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

PLACES = (60, 250, 900, 2_000)
"""After so many bytes the first listening connections break: in the handshake, and in the middle of messages."""
LISTENS = (b"upgrade: websocket", b"post /graphql/stream", b"get /exports/")
RESET = struct.pack("ii", 1, 0)
LARGEST = 65_536
SECONDS = 10


class Line(threading.Thread):
    """Takes connections until its door is closed."""

    def __init__(self, door: socket.socket, server: str) -> None:
        super().__init__(daemon=True)
        self.left = list(PLACES)
        self._door = door
        self._server = urlsplit(server)
        self._carrying: list[threading.Thread] = []

    def run(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._door.accept()
                self._carrying.append(threading.Thread(target=self._carry, args=(near,), daemon=True))
                self._carrying[-1].start()

    def close(self) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self.join(SECONDS)
        for each in self._carrying:
            each.join(SECONDS)

    def _carry(self, near: socket.socket) -> None:
        address = (str(self._server.hostname), int(self._server.port or 0))
        with near, socket.create_connection(address) as far, suppress(OSError):
            head = near.recv(LARGEST)
            listens = any(each in head.lower() for each in LISTENS)
            far.sendall(head)
            sending = threading.Thread(target=_copy, args=(near, far), daemon=True)
            sending.start()
            _copy(far, near, self.left.pop(0) if listens and self.left else None)
            for each in (near, far):
                each.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                each.shutdown(socket.SHUT_RD)
            sending.join(SECONDS)


def _copy(source: socket.socket, target: socket.socket, most: int | None = None) -> None:
    """Until the end, or until so many bytes have passed."""
    with suppress(OSError):
        while piece := source.recv(LARGEST if most is None else min(most, LARGEST)):
            target.sendall(piece)
            most = None if most is None else most - len(piece)
            if most == 0:
                return
        target.shutdown(socket.SHUT_WR)


@contextmanager
def breaking(server: str) -> Iterator[str]:
    """The address of a line to a server; in the end it has broken as often as it should."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        line = Line(door, server)
        line.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        line.close()
    assert not line.left, "it has not broken often enough"
