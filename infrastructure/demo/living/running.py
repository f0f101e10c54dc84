"""The city as a process: it goes on until it is stopped, and waits where the server does not answer."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from infrastructure.demo.living.client import Away
from infrastructure.demo.living.life import City
from infrastructure.demo.living.pace import Pace

SOON, LATE = 1.0, 30.0
"""Seconds before the server is tried again: at first, and at most."""
_log = logging.getLogger(__name__)


async def live(city: City, pace: Pace, now: Callable[[], datetime], stop: asyncio.Event) -> None:
    """Nothing is made up for while the server is away: who would have called then has not called."""
    begun, pause = False, SOON
    while not stop.is_set():
        try:
            if not begun:
                await city.begin()
            begun = True
            await city.go_on(now())
            pause, waits = SOON, _until_next(pace, now())
        except Away as away:
            _log.info("the server does not answer, and is asked again in %.0f seconds: %s", pause, away)
            waits, pause = pause, min(pause * 2, LATE)
        await _wait(stop, waits)


def _until_next(pace: Pace, now: datetime) -> float:
    """Until the next look; one that took too long is not made up for either."""
    return pace.every - (now - pace.slot(now, pace.every)).total_seconds()


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
