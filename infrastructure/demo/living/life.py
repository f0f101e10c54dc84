"""The city goes on: look at the board, do what is due, drive on; again and again, until somebody says that it is enough."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from application.dispatching.views import OrderState
from application.identity import Role
from domain.dispatching.events import AreaClass, UnitStatus
from domain.ids import OfficerId, OrganisationId
from domain.places import Point
from infrastructure.demo.city import BUREAU, districts
from infrastructure.demo.living import watching
from infrastructure.demo.living.acts import Act, Who
from infrastructure.demo.living.board import READER, Board, board, nodes, point
from infrastructure.demo.living.calls import calls, stations
from infrastructure.demo.living.client import Client, NotServed
from infrastructure.demo.living.crews import Crews
from infrastructure.demo.living.desks import Desk
from infrastructure.demo.living.driving import Car, Roads, base
from infrastructure.demo.living.linking import Neighbours, Pairs, answers
from infrastructure.demo.living.pace import Pace
from infrastructure.demo.living.signals import Centre, signals

LOCATOR = Who(OfficerId(f"{BUREAU}-locator"), BUREAU, Role.UNIT_OFFICER)
"""The system that knows where units are."""
MOST_FIXES, MOST_POSITIONS = 300, 2_000
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
REMEMBERED = 20_000
RESTS = timedelta(minutes=1)
"""Before what was refused is tried again."""
HOUSE = "query ($id: OrganisationId!) { organisation(id: $id) { id } }"
UNITS = """query ($first: Int!, $after: Cursor) { page: units(first: $first, after: $after) {
  nodes { id status stationId } pageInfo { hasNextPage endCursor } } }"""
POSITIONS = "query ($first: Int!) { positions: unitPositions(first: $first) { unitId place { longitude latitude } } }"
REPORT = """mutation ($input: ReportPositionsInput!) { answer: reportPositions(input: $input) {
  ... on ReportPositionsPayload { answers { outcome } } ... on Refusal { code message } } }"""
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """What was done, what was refused, and by which rules."""

    done: dict[str, int] = field(default_factory=dict)
    refused: list[tuple[str, str]] = field(default_factory=list)

    def __str__(self) -> str:
        return ", ".join(f"{name} {count:,}" for name, count in sorted(self.done.items())) or "nothing"


class City:
    """What it remembers is read anew by a city that is started again, or does no harm to do twice."""

    def __init__(self, client: Client, pace: Pace) -> None:
        self._client = client
        self._pace = pace
        self._districts = districts(Random(pace.seed))  # noqa: S311 - a story, not a secret
        self._stations = stations(self._districts)
        self._roads = Roads(pace)
        self._centre = Centre(client, pace)
        self._cars: list[Car] = []
        self._homes: dict[str, OrganisationId] = {}
        self._cameras: list[str] = []
        self._done: dict[UUID, datetime | None] = {}
        self._at: int | None = None
        self._slot = self._minute = self._hour = datetime.min.replace(tzinfo=UTC)
        self.tally = Tally()

    async def begin(self) -> None:
        """Where is everybody? Refused where there is no demo city: nothing invented may come among what happened."""
        if (await self._client.ask(READER, HOUSE, {"id": BUREAU}))["organisation"] is None:
            raise NotServed("there is no demo city here, and nothing invented may come among what happened")
        found = await self._client.ask(READER, POSITIONS, {"first": MOST_POSITIONS})
        known = {each["unitId"]: point(each["place"]) for each in found["positions"]}
        self._roads.places.update({unit: place for unit, place in known.items() if place is not None})

    async def go_on(self, now: datetime) -> None:
        """One look, and what is due."""
        self._seen_from(await self._centre.prepare(now))
        await self._look_around(now)
        seen = await board(self._client, self._at)
        await self._report(self._roads.drive(self._cars, _bound(seen), now))
        told = {each.id: each for each in seen.alarms if each.told_by_device}
        await self._carry_out(await answers(self._client, self._pace, told, now, self._at), now)
        room = self._pace.most_open - len(seen.alarms)
        await self._carry_out(self._due(seen, now, room - await self._tell(now, room)), now)

    async def end(self) -> None:
        """What was needed for this life only is given back."""
        await self._centre.end()

    async def _tell(self, now: datetime, room: int) -> int:
        """How many signals were taken."""
        slot = self._pace.slot(now, self._pace.every)
        if slot == self._slot:
            return 0
        taken = await self._centre.tell(signals(self._pace, self._districts, slot, room), now)
        for each in taken:
            self._seen_from(each["position"])
        self.tally.done["signal"] = self.tally.done.get("signal", 0) + len(taken)
        return len(taken)

    def _seen_from(self, position: int | None) -> None:
        """What is read next has this in it."""
        if position is not None:
            self._at = max(self._at or 0, position)

    async def _look_around(self, now: datetime) -> None:
        """What changes slowly is looked at now and then."""
        hour, minute = self._pace.slot(now, HOUR.total_seconds()), self._pace.slot(now, MINUTE.total_seconds())
        if hour != self._hour:
            self._cameras = await watching.known_cameras(self._client)
            self._hour = hour
        if minute != self._minute:
            units = await nodes(self._client, UNITS, {})
            self._cars = list(self._on_duty(units))
            self._homes = {each["id"]: _station(each) for each in units}
            await self._carry_out(await watching.rosters(self._client, self._pace, now), now)
            await self._carry_out(await watching.shifts(self._client, self._pace, now), now)
            await self._carry_out(await watching.cameras(self._client, self._pace, self._cameras, minute), now)
            self._minute = minute

    def _on_duty(self, units: Iterable[dict[str, Any]]) -> Iterator[Car]:
        places = {code: station.place for code, (_, station) in self._stations.items()}
        for each in units:
            place = base(self._pace, each["id"], places, _station(each))
            if place is not None and each["status"] != UnitStatus.OFF_DUTY:
                yield Car(each["id"], UnitStatus(each["status"]), place)

    def _due(self, seen: Board, now: datetime, room: int) -> Iterator[Act]:
        slot = self._pace.slot(now, self._pace.every)
        if slot != self._slot:
            yield from calls(self._pace, self._districts, slot, room)
            self._slot = slot
        crews = Crews(self._pace, now, self._roads.places)
        for order in seen.orders:
            yield from crews.next(order)
        yield from Neighbours(self._pace, now, self._stations).calls(seen.alarms)
        pairs, taken = Pairs(self._pace, seen.alarms), {each.unit for each in seen.orders}
        yield from pairs.judged(now)
        for alarm in (each for each in seen.alarms if each.id not in pairs.held):
            for act in Desk(self._pace, now, taken, self._homes).next(alarm, self._area(alarm.station)):
                taken.add(str(act.given.get("unit")))
                yield act

    def _area(self, station: OrganisationId) -> AreaClass:
        found = self._stations.get(station)
        return found[0].area if found else AreaClass.URBAN

    async def _carry_out(self, acts: Iterable[Act], now: datetime) -> None:
        for act in acts:
            rests = self._done.get(act.command_id, now)
            if rests is not None and rests <= now:
                await self._do(act, now)

    async def _do(self, act: Act, now: datetime) -> None:
        answer = await self._client.do(act)
        while len(self._done) >= REMEMBERED:
            del self._done[next(iter(self._done))]
        if "position" in answer:
            self._seen_from(answer["position"])
            self._done[act.command_id] = None
            self.tally.done[act.mutation] = self.tally.done.get(act.mutation, 0) + 1
            return
        self._done[act.command_id] = now + RESTS
        self.tally.refused.append((act.mutation, answer["code"]))
        _log.info("%s was refused: %s", act.mutation, answer["code"])

    async def _report(self, fixes: Sequence[dict[str, Any]]) -> None:
        for start in range(0, len(fixes), MOST_FIXES):
            given = {"input": {"fixes": fixes[start : start + MOST_FIXES]}}
            answer = (await self._client.ask(LOCATOR, REPORT, given))["answer"]
            taken = sum(each["outcome"] == "TAKEN" for each in answer.get("answers", []))
            self.tally.done["positions"] = self.tally.done.get("positions", 0) + taken


def _station(unit: dict[str, Any]) -> OrganisationId:
    return OrganisationId(unit["stationId"].removeprefix("organisation_"))


def _bound(seen: Board) -> dict[str, Point | None]:
    """Where units under way have to go; whoever has an order and is not under way stays where it is."""
    return {each.unit: each.place if each.state is OrderState.EN_ROUTE else None for each in seen.orders}
