"""The city while its year is told: stories that go on side by side, in order of time, and what they share."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from heapq import heappop, heappush
from itertools import accumulate
from random import Random
from typing import NamedTuple, TypeVar
from uuid import UUID, uuid5

from application.commands import Command
from application.requests import Request
from domain.ids import CaseId, CommandId, OfficerId, OrganisationId
from infrastructure.demo.city import District, Station, Unit, districts

VERSION_8 = 8 << 76
VARIANT = 2 << 62


class Beat(NamedTuple):
    """A moment of a story: a request, or nothing where the story waits."""

    at: datetime
    request: Request | None


T = TypeVar("T")
StoryOf = Generator[Beat, None, T]
"""A story that tells its teller how it went."""
Story = Iterator[Beat]


class World:
    """Everything is drawn from one seed, and ids are counted, so that the same seed tells the same year."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - a story, not a secret
        self.districts = districts(self.random)
        self._salt = int.from_bytes(sha256(str(seed).encode()).digest()[:7], "big") | VERSION_8 | VARIANT
        self._ids = 0
        self._beats: list[tuple[datetime, int, Request | None, Story]] = []
        self._told = 0
        self._free = {station.code: list(station.units) for district in self.districts for station in district.stations}
        self.watched: set[CommandId] = set()
        self.positions: dict[CommandId, int] = {}
        self._cases = 0
        self._series: dict[tuple[str, str], UUID] = {}
        self._mergeable: dict[str, CaseId] = {}
        self._weights = list(accumulate(district.weight for district in self.districts))

    def id(self) -> UUID:
        """The next id: a UUID of version 8 that counts up, so that indexes grow at their end."""
        self._ids += 1
        return UUID(int=self._ids << 80 | self._salt)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def after(self, at: datetime, low: float, high: float) -> datetime:
        """So many seconds later, or somewhat more."""
        return at + timedelta(seconds=round(self.random.uniform(low, high)))

    def about(self, at: datetime, median: float, spread: float) -> datetime:
        """Some seconds later: half of the times less than `median`, rarely very much more."""
        return at + timedelta(seconds=round(self.random.lognormvariate(0, spread) * median))

    def district(self) -> District:
        return self.random.choices(self.districts, cum_weights=self._weights)[0]

    def take_unit(self, district: District, station: Station) -> Unit | None:
        """A free unit of the station, or of another one of the district."""
        for each in (station, *district.stations):
            if self._free[each.code]:
                return self._free[each.code].pop(0)
        return None

    def give_back(self, unit: Unit) -> None:
        self._free[unit.station].append(unit)

    def watch(self, beat: Beat) -> Beat:
        """Whoever carries this request out is asked for the position it got."""
        if beat.request is not None:
            self.watched.add(beat.request.command_id)
        return beat

    def hear(self, command: CommandId, position: int) -> None:
        self.positions[command] = position

    def number(self) -> int:
        """The next case number."""
        self._cases += 1
        return self._cases

    def series(self, district: District, offence: str) -> UUID:
        """The series of such offences that the district follows at present."""
        return self._series.setdefault((district.code, offence), self.id())

    def note_mergeable(self, station: Station, case: CaseId) -> None:
        self._mergeable[station.code] = case

    def forget_mergeable(self, station: Station, case: CaseId) -> None:
        if self._mergeable.get(station.code) == case:
            del self._mergeable[station.code]

    def mergeable(self, station: Station) -> CaseId | None:
        """The station's latest case that others may be merged into."""
        return self._mergeable.get(station.code)

    def wait(self, at: datetime) -> Beat:
        return Beat(at, None)

    def beat(self, at: datetime, command: Command, by: OfficerId, station: Station, *, known: datetime | None = None) -> Beat:
        """Something that happens at a time, and is entered then or, by those who were offline, later."""
        request = Request(command=command, command_id=CommandId(self.id()), by=by, organisation=station.code, effective_at=at)
        return Beat(known or at, request)

    def deed(self, at: datetime, command: Command, by: OfficerId, organisation: OrganisationId, *names: str) -> Beat:
        """What is done beside the year's stories; its id follows from its names, so that theirs stay as they are."""
        id = CommandId(self.named(*names, "deed"))
        return Beat(at, Request(command=command, command_id=id, by=by, organisation=organisation, effective_at=at))

    def named(self, *names: str) -> UUID:
        """An id that follows from names, and takes none of those that are counted."""
        return uuid5(UUID(int=self._salt), "/".join(names))

    def drawn(self, *names: str) -> Random:
        """Chance of its own for what is told beside the year's stories."""
        return Random(self.named(*names).int)  # noqa: S311 - a story, not a secret

    def start(self, story: Story) -> None:
        beat = next(story, None)
        if beat is not None:
            self._told += 1
            heappush(self._beats, (beat.at, self._told, beat.request, story))

    def tell(self, end: datetime) -> Iterator[tuple[datetime, Request]]:
        """All stories side by side, up to the end; what would come after it has not happened."""
        while self._beats:
            at, _, request, story = heappop(self._beats)
            if at > end:
                return
            if request is not None:
                yield at, request
            self.start(story)
