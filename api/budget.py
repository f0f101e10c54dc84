"""How much each principal may ask for: a bucket of points that fills up again, emptied by what documents cost."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Any

MOST_PRINCIPALS = 10_000
REFILL = 10
"""An empty bucket is full again after so many seconds."""
LEAST = 10
"""What any request costs, however little it asks for."""
REFUSED = 1_000
"""What a document costs that is refused: it had to be looked at."""


class Overdrawn(Exception):  # noqa: N818 - an answer to the caller
    """There are not enough points; `seconds` from now there will be."""

    def __init__(self, seconds: int) -> None:
        super().__init__("overdrawn")
        self.seconds = seconds


@dataclass(slots=True)
class _Bucket:
    points: float
    at: float


class Budget:
    """Of one process. What was used last is remembered; a forgotten bucket was full again anyway, or nearly."""

    def __init__(self, points: int, now: Callable[[], float] = monotonic) -> None:
        self._most = points
        self._rate = points / REFILL
        self._now = now
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def insist(self, who: str) -> None:
        """Nothing is looked at for somebody who has nothing left."""
        self._check(self._filled(who), LEAST)

    def spend(self, who: str, cost: int) -> None:
        """Take a document's cost; nothing is dearer than a full bucket."""
        bucket, cost = self._filled(who), min(max(cost, LEAST), self._most)
        self._check(bucket, cost)
        bucket.points -= cost

    def told(self, who: str, cost: int) -> dict[str, Any]:
        """What a request cost and what is left, in the words that clients of other services know."""
        bucket = self._filled(who)
        left = {"maximumAvailable": self._most, "currentlyAvailable": int(bucket.points), "restoreRate": int(self._rate)}
        return {"requestedQueryCost": max(cost, LEAST), "throttleStatus": left}

    def _filled(self, who: str) -> _Bucket:
        now = self._now()
        bucket = self._buckets.get(who)
        if bucket is None:
            bucket = self._buckets[who] = _Bucket(self._most, now)
            if len(self._buckets) > MOST_PRINCIPALS:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(who)
        bucket.points = min(self._most, bucket.points + (now - bucket.at) * self._rate)
        bucket.at = now
        return bucket

    def _check(self, bucket: _Bucket, cost: int) -> None:
        if bucket.points < cost:
            raise Overdrawn(math.ceil((cost - bucket.points) / self._rate))
