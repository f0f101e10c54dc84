"""Which alarms may be one happening: a score of at most 100 points, each of which has its ground.

| ground       | points | when                                                                     |
|--------------|--------|--------------------------------------------------------------------------|
| SAME_ADDRESS | 40     | both have the same address, but for spaces and capitals                  |
| NEAR         | 0..40  | 40 at the same place, falling evenly to 0 at the radius                  |
| SOON         | 0..30  | 30 at the same time, falling evenly to 0 at the end of the window        |
| SAME_ZONE    | 30     | the same zone of the same device                                         |
| SAME_DEVICE  | 25     | the same device, another zone                                            |
| SAME_TYPE    | 20     | the same type                                                            |
| TYPE_UNKNOWN | 10     | nobody has said yet what one of them is: no ground for it and none against |

Of the address and the distance the better one counts, of the last four the first that holds. Two alarms are compared only within the
window of time, and only where they are within the radius, have the same address or come from the same device.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.dispatching.events import DuplicateGround, DuplicateSuggested, Weighed
from domain.ids import AlarmId, DeviceId
from domain.places import Point, distance

PLACE, TIME = 40, 30
KIND = {
    DuplicateGround.SAME_ZONE: 30,
    DuplicateGround.SAME_DEVICE: 25,
    DuplicateGround.SAME_TYPE: 20,
    DuplicateGround.TYPE_UNKNOWN: 10,
}


@dataclass(frozen=True, slots=True)
class Likeness:
    """Within so many metres and seconds; whoever has fewer than `least` points is not suggested, and no more than `most` are."""

    radius: float
    window: float
    least: int
    most: int = 3


@dataclass(frozen=True, slots=True)
class Happening:
    """An alarm as it is compared."""

    alarm: AlarmId
    received_at: datetime
    place: Point | None = None
    address: str = ""
    alarm_type: str | None = None
    device: DeviceId | None = None
    zone: int | None = None


@dataclass(frozen=True, slots=True)
class Suspicion:
    """That another alarm is the same happening."""

    other: AlarmId
    seconds: float
    distance: float | None
    grounds: tuple[Weighed, ...]
    limits: Likeness

    @property
    def score(self) -> int:
        return sum(each.points for each in self.grounds)

    def suggested(self) -> DuplicateSuggested:
        return DuplicateSuggested(
            other=self.other,
            score=self.score,
            seconds=self.seconds,
            grounds=self.grounds,
            radius=self.limits.radius,
            window=self.limits.window,
            least=self.limits.least,
            distance=self.distance,
        )


def suspicions(own: Happening, others: Iterable[Happening], limits: Likeness) -> tuple[Suspicion, ...]:
    """Those that have enough points, the likeliest first; equal ones in the order of their ids."""
    compared = [each for other in others if (each := _compared(own, other, limits)) is not None]
    likely = [each for each in compared if each.score >= limits.least]
    return tuple(sorted(likely, key=lambda each: (-each.score, each.other)))[: limits.most]


def _compared(own: Happening, other: Happening, limits: Likeness) -> Suspicion | None:
    seconds = abs((own.received_at - other.received_at).total_seconds())
    metres = None if own.place is None or other.place is None else distance(own.place, other.place)
    place, kind = _place(own, other, metres, limits.radius), _kind(own, other)
    by_device = kind is not None and kind.ground in {DuplicateGround.SAME_ZONE, DuplicateGround.SAME_DEVICE}
    if seconds > limits.window or (place is None and not by_device):
        return None
    grounds = [place, Weighed(DuplicateGround.SOON, _share(TIME, seconds, limits.window)), kind]
    return Suspicion(other.alarm, seconds, metres, tuple(each for each in grounds if each is not None), limits)


def _place(own: Happening, other: Happening, metres: float | None, radius: float) -> Weighed | None:
    if _plain(own.address) and _plain(own.address) == _plain(other.address):
        return Weighed(DuplicateGround.SAME_ADDRESS, PLACE)
    return None if metres is None or metres > radius else Weighed(DuplicateGround.NEAR, _share(PLACE, metres, radius))


def _kind(own: Happening, other: Happening) -> Weighed | None:
    if own.device is not None and own.device == other.device:
        same_zone = own.zone is not None and own.zone == other.zone
        ground = DuplicateGround.SAME_ZONE if same_zone else DuplicateGround.SAME_DEVICE
    elif own.alarm_type is None or other.alarm_type is None:
        ground = DuplicateGround.TYPE_UNKNOWN
    elif own.alarm_type == other.alarm_type:
        ground = DuplicateGround.SAME_TYPE
    else:
        return None
    return Weighed(ground, KIND[ground])


def _share(points: int, amount: float, limit: float) -> int:
    return round(points * (1 - amount / limit))


def _plain(address: str) -> str:
    return "".join(address.split()).casefold()
