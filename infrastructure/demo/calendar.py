"""When things happen: more in summer than in winter, on Friday than on Monday, in the evening than before dawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import accumulate
from math import cos, pi
from random import Random
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
HOURS = (30, 22, 16, 12, 10, 12, 20, 34, 48, 56, 60, 60, 58, 54, 56, 60, 62, 66, 70, 78, 82, 78, 64, 46)
WEEKDAYS = (0.96, 0.95, 0.97, 0.99, 1.08, 1.10, 0.98)
WARMEST = 200
"""Day of the year around which most happens."""
DAYS = 365


def moments(random: Random, count: int, end: datetime) -> Iterator[datetime]:
    """So many moments in the year before `end`, in order."""
    days = [end.astimezone(ZONE).date() - timedelta(days=back) for back in range(DAYS, 0, -1)]
    weights = [_season(day.timetuple().tm_yday) * WEEKDAYS[day.weekday()] for day in days]
    hours = list(accumulate(HOURS))
    for day, on_it in zip(days, _shares(weights, count), strict=True):
        begin = datetime.combine(day, time(), ZONE)
        drawn = random.choices(range(24), cum_weights=hours, k=on_it)
        yield from (begin + timedelta(seconds=second) for second in sorted(hour * 3600 + random.randrange(3600) for hour in drawn))


def _season(day: int) -> float:
    return 1 + 0.18 * cos(2 * pi * (day - WARMEST) / DAYS)


def _shares(weights: list[float], count: int) -> list[int]:
    """Whole numbers in proportion to the weights that add up to `count`."""
    edges = [round(count * part / sum(weights)) for part in accumulate(weights)]
    return [after - before for before, after in zip([0, *edges], edges, strict=False)]
