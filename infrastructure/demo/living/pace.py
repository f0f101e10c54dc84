"""How fast the city lives, and no faster: what is drawn, how long things take, how much there may be at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from random import Random
from uuid import UUID

from infrastructure.demo.calendar import HOURS, ZONE

VERSION_8 = 8 << 76
VARIANT = 2 << 62
TAIL = (1 << 80) - 1


@dataclass(frozen=True, slots=True)
class Pace:
    """`speed` is how many times faster than life things go; the same seed draws the same of the same things."""

    seed: int = 1
    a_day: int = 1_440
    """Alarms; more than in the year that was told, for whoever looks should see one come in."""
    speed: float = 1.0
    every: float = 5.0
    """Seconds between two looks at the board, and between two positions of a unit that moves."""
    most_open: int = 60
    """So many alarms stand open at a time; the next caller waits."""
    most_offline: int = 20
    """So many cameras are offline at a time."""

    def drawn(self, *names: object) -> Random:
        """What chance has in store for this: the same whenever it is asked."""
        return Random("/".join(map(str, (self.seed, *names))))  # noqa: S311 - a story, not a secret

    def id(self, at: datetime, *names: object) -> UUID:
        """A UUID of version 8 that follows from what it names; ids of later times sort later."""
        tail = int.from_bytes(sha256("/".join(map(str, (self.seed, *names))).encode()).digest()[:10], "big") & TAIL
        bare = int(at.timestamp() * 1000) << 80 | tail
        return UUID(int=bare & ~(0xF << 76) & ~(0x3 << 62) | VERSION_8 | VARIANT)

    def after(self, at: datetime, seconds: float) -> datetime:
        return at + timedelta(seconds=seconds / self.speed)

    def slot(self, at: datetime, seconds: float) -> datetime:
        """The beginning of the stretch of so many seconds in which a moment lies."""
        whole = int(at.timestamp() * 1_000) // round(seconds * 1_000) * round(seconds * 1_000)
        return datetime.fromtimestamp(whole / 1_000, UTC)

    def expected(self, at: datetime) -> float:
        """Alarms of one look at this hour: most in the evening, fewest before dawn."""
        return self.a_day * HOURS[at.astimezone(ZONE).hour] / sum(HOURS) / 3_600 * self.every * self.speed


def about(random: Random, median: float, spread: float) -> float:
    """Seconds: half of the times less than `median`, rarely very much more."""
    return median * random.lognormvariate(0, spread)


def count(random: Random, expected: float) -> int:
    """How many come where so many are expected."""
    found, waited = 0, random.expovariate(1)
    while waited < expected:
        found, waited = found + 1, waited + random.expovariate(1)
    return found
