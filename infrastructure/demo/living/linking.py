"""What follows a technical alarm: a neighbour calls, the post on duty looks, the desk says whether two alarms are one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from application.identity import Role
from domain.dispatching.events import IntakeKind, ReportSource, VideoFinding
from domain.ids import OfficerId, OrganisationId
from infrastructure.demo.city import District, Station
from infrastructure.demo.living.acts import Act, Who
from infrastructure.demo.living.board import OpenAlarm, moment, nodes
from infrastructure.demo.living.calls import dispatcher
from infrastructure.demo.living.client import Client
from infrastructure.demo.living.pace import Pace, about
from infrastructure.demo.living.signals import is_genuine
from infrastructure.demo.matter import SYNTHETIC

CALLED = 0.3
"""The share of technical alarms about which somebody calls, too."""
LATER, LOOKS = 300, 4
"""Seconds, or looks at the board, after which nobody calls any more."""
NEXT_DOOR = 0.0002
MERGED = 0.85
"""The share of those calls that the desk recognizes; of the others it says that they are something else."""
ANSWERED, LOOKING = 0.9, 20
"""The share of requests that a post answers, and the seconds it needs."""
UNSEEN, UNFOUNDED = 0.2, 0.05
"""The shares of looks that tell nothing, and of calls for which there is nothing to be seen at the place."""
DEMO = "DEMO-"
WAITING = """query ($first: Int!, $after: Cursor, $atLeast: Position) { page: verifications(first: $first, after: $after,
  atLeast: $atLeast, filter: {state: [WAITING]}, orderBy: REQUESTED_AT_ASC) {
  nodes { alarmId postId stationId cameras requestedAt } pageInfo { hasNextPage endCursor } } }"""
ON_DUTY = """query ($first: Int!, $after: Cursor, $posts: [PostId!]) { page: shifts(first: $first, after: $after,
  filter: {post: $posts, state: [ON_DUTY]}) { nodes { postId officer } pageInfo { hasNextPage endCursor } } }"""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Who hears the bell and calls 110; that it is the same happening, the desk has to find out."""

    pace: Pace
    now: datetime
    stations: Mapping[str, tuple[District, Station]]

    def calls(self, alarms: Sequence[OpenAlarm]) -> Iterator[Act]:
        for alarm in alarms:
            drawn = self.pace.drawn("neighbour", alarm.id)
            if alarm.told_by_device and drawn.random() < CALLED and self._rings(alarm, drawn.uniform(40, 100)):
                yield from self._call(alarm, drawn)

    def _rings(self, alarm: OpenAlarm, seconds: float) -> bool:
        begins = self.pace.after(alarm.received_at, seconds)
        ends = max(self.pace.after(begins, LATER), begins + timedelta(seconds=LOOKS * self.pace.every))
        return begins <= self.now < ends

    def _call(self, alarm: OpenAlarm, drawn: Random) -> Iterator[Act]:
        found = self.stations.get(alarm.station)
        if found is None or alarm.place is None:
            return
        place = [each + drawn.uniform(-NEXT_DOOR, NEXT_DOOR) for each in (alarm.place.longitude, alarm.place.latitude)]
        id = call_about(self.pace, alarm)
        given = {
            "alarm": id,
            "report": str(self.pace.id(alarm.received_at, "report", alarm.id)),
            "source": ReportSource.CALL_110,
            "kind": IntakeKind.ALARM,
            "division": found[0].code,
            "station": alarm.station,
            "alarmType": "BURGLARY" if drawn.random() < MERGED else "NOISE",
            "place": {"longitude": round(place[0], 5), "latitude": round(place[1], 5)},
            "summary": f"{SYNTHETIC}: An alarm bell rings next door",
        }
        yield Act("openAlarm", given, dispatcher(alarm.station), id)


def call_about(pace: Pace, alarm: OpenAlarm) -> str:
    return str(pace.id(alarm.received_at, "neighbour", alarm.id))


class Pairs:
    """Alarms that may be one. Until the desk has said what they are, nobody is sent to the later one."""

    def __init__(self, pace: Pace, alarms: Sequence[OpenAlarm]) -> None:
        self._pace = pace
        self._there = {each.id: each for each in alarms if each.synthetic}
        self.held = {each.id: others for each in alarms if (others := self._standing(each))}

    def _standing(self, alarm: OpenAlarm) -> list[tuple[OpenAlarm, datetime]]:
        """What others tried by hand, and what a unit was sent to, is left as it is."""
        if not alarm.synthetic or alarm.sent or alarm.has_result:
            return []
        return [(self._there[each.other], each.at) for each in alarm.suspected if each.other in self._there]

    def judged(self, now: datetime) -> Iterator[Act]:
        for id, others in self.held.items():
            for other, at in others:
                drawn = self._pace.drawn("one", id, other.id)
                if other.id in self.held or now < self._pace.after(at, drawn.uniform(20, 60)):
                    continue
                if self._is_about(id, other) and drawn.random() < MERGED:
                    yield self._act("mergeAlarm", id, {"into": other.id, "reason": f"{SYNTHETIC}: the same happening"}, other)
                    break
                yield self._act("dismissDuplicate", id, {"other": other.id, "reason": f"{SYNTHETIC}: something else"}, other)

    def _is_about(self, id: str, other: OpenAlarm) -> bool:
        return other.told_by_device and id.removeprefix("alarm_") == call_about(self._pace, other).replace("-", "")

    def _act(self, mutation: str, id: str, given: dict[str, Any], other: OpenAlarm) -> Act:
        return Act(mutation, {"alarm": id, **given}, dispatcher(self._there[id].station), f"{id}/{other.id}/{other.reopened}")


async def answers(client: Client, pace: Pace, signals: Mapping[str, OpenAlarm], now: datetime, at_least: int | None) -> list[Act]:
    """Of the posts that were asked, whoever's alarm it is: by an officer who is on duty there."""
    waiting = [each for each in await nodes(client, WAITING, {"atLeast": at_least}) if _looks(pace, each, now)]
    if not waiting:
        return []
    shifts = await nodes(client, ON_DUTY, {"posts": sorted({each["postId"] for each in waiting})})
    officers = {each["postId"]: OfficerId(each["officer"]) for each in sorted(shifts, key=lambda each: str(each["officer"]))}
    return [_answer(pace, each, signals, officers[each["postId"]]) for each in waiting if each["postId"] in officers]


def _looks(pace: Pace, request: Mapping[str, Any], now: datetime) -> bool:
    """Somebody who answers, and has looked long enough."""
    drawn = pace.drawn("looks", request["alarmId"], request["postId"])
    answers, seconds = drawn.random() < ANSWERED, about(drawn, LOOKING, 0.4)
    return answers and _station(request).startswith(DEMO) and now >= pace.after(moment(request["requestedAt"]), seconds)


def _answer(pace: Pace, request: Mapping[str, Any], signals: Mapping[str, OpenAlarm], officer: OfficerId) -> Act:
    alarm, post = request["alarmId"], request["postId"]
    drawn = pace.drawn("sees", alarm, post)
    finding = _finding(pace, alarm, drawn, of_device=alarm in signals)
    seen = {} if finding is VideoFinding.CANNOT_TELL else {"camera": request["cameras"][0]}
    given = {"alarm": alarm, "post": post, "finding": finding, "note": f"{SYNTHETIC}: looked at by video", **seen}
    return Act("verifyByVideo", given, Who(officer, OrganisationId(_station(request)), Role.UNIT_OFFICER), f"{alarm}/{post}")


def _finding(pace: Pace, alarm: str, drawn: Random, *, of_device: bool) -> VideoFinding:
    if drawn.random() < UNSEEN:
        return VideoFinding.CANNOT_TELL
    genuine = is_genuine(pace, alarm) if of_device else drawn.random() >= UNFOUNDED
    return VideoFinding.GENUINE if genuine else VideoFinding.FALSE


def _station(request: Mapping[str, Any]) -> str:
    return str(request["stationId"]).removeprefix("organisation_")
