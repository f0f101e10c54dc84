"""How soon is tried again what failed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DIGITS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """`first` is the pause after a first failure, each further one twice as long up to `longest`.

    After `lasting` failure a webhook is paused; an attempt may take `patience`; `parallel` things of one webhook go out at once.
    """

    first: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(minutes=15)
    lasting: timedelta = timedelta(hours=24)
    patience: timedelta = timedelta(seconds=10)
    parallel: int = 8

    def pause(self, failures: int) -> timedelta:
        """After so many failures in a row: up to a half less, so that those who failed together do not come back together."""
        whole: timedelta = min(self.longest, self.first * (1 << min(failures - 1, 30)))
        return whole * random.uniform(0.5, 1)  # noqa: S311 - no secret


def asked_to_wait(header: str | None, now: datetime) -> timedelta:
    """What `Retry-After` asks for, in seconds or as a date; nothing where it cannot be understood."""
    text = (header or "").strip()
    if text.isascii() and text.isdecimal():
        return timedelta(seconds=int(text[:DIGITS]))
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return timedelta(0)
    return max(timedelta(0), (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now)
