"""Closing a listening socket without cutting off who is waiting to be let in."""

from __future__ import annotations

import ctypes
import socket
import struct
import sys
import time
from collections.abc import Iterator
from contextlib import suppress

_ATTACH_FILTER = 26
_NO_SYN = b"".join(struct.pack("HBBI", *line) for line in ((0x30, 0, 0, 13), (0x45, 0, 1, 0x02), (0x06, 0, 0, 0), (0x06, 0, 0, 0xFFFFFFFF)))
"""A program of the packet filter: load the flags of TCP; whoever begins is not heard, whoever has begun comes to the end of it."""
_LINES = len(_NO_SYN) // 8
SETTLING = 0.02
"""Seconds for those who have begun to arrive."""


def emptied(door: socket.socket) -> list[socket.socket]:
    """The connections that waited; the door is closed behind them, and nobody comes in between: who knocks then is refused."""
    with door:
        _bar(door)
        door.setblocking(False)
        waiting = list(_let_in(door))
        time.sleep(SETTLING)
        return [*waiting, *_let_in(door)]


def _let_in(door: socket.socket) -> Iterator[socket.socket]:
    with suppress(BlockingIOError):
        while True:
            near, _ = door.accept()
            near.setblocking(False)
            yield near


def _bar(door: socket.socket) -> None:
    """Only Linux can; elsewhere who comes in the last instant is reset."""
    if sys.platform == "linux":
        program = ctypes.create_string_buffer(_NO_SYN)
        door.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, struct.pack("HL", _LINES, ctypes.addressof(program)))
