"""Waking whoever waits for new events."""

from __future__ import annotations

import threading


class Bell:
    """Rung after every commit that recorded something."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rung = 0

    def ring(self) -> None:
        with self._condition:
            self._rung += 1
            self._condition.notify_all()
