"""A case as its story knows it, and how its acts are written down."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from application.casework import cases
from application.commands import Command
from domain.casework.events import Offence
from domain.ids import CaseId, OfficerId, RequestId
from infrastructure.demo.city import District, Station
from infrastructure.demo.world import Beat, StoryOf, World

SYNTHETIC = "Synthetic"
HOUR = 3_600
DAY = 24 * HOUR
REJECTED = 0.04


@dataclass(frozen=True, slots=True)
class Matter:
    id: CaseId
    district: District
    station: Station
    detective: OfficerId
    offences: tuple[Offence, ...]

    @property
    def count(self) -> int:
        return sum(offence.count for offence in self.offences)

    def act(self, world: World, at: datetime, command: Command) -> Beat:
        return world.beat(at, command, self.detective, self.station)

    def with_offences(self, offences: tuple[Offence, ...]) -> Matter:
        return replace(self, offences=offences)

    def decide(self, world: World, at: datetime, request: RequestId) -> StoryOf[bool]:
        """The head of the station decides: almost always yes."""
        if world.chance(REJECTED):
            reject = cases.reject(case=self.id, request=request, reason=f"{SYNTHETIC}: the file is not complete")
            yield world.beat(at, reject, self.station.head, self.station)
            return False
        yield world.beat(at, cases.approve(case=self.id, request=request), self.station.head, self.station)
        return True
