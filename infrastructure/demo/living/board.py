"""What stands on the board, read through the API: everything that the city does next follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from application.dispatching.views import AlarmState, OrderState
from application.identity import Role
from domain.dispatching.events import AlarmResult
from domain.ids import OfficerId, OrganisationId
from domain.places import Point
from infrastructure.demo.city import BUREAU
from infrastructure.demo.living.acts import Who
from infrastructure.demo.living.client import Client
from infrastructure.demo.matter import SYNTHETIC

READER = Who(OfficerId(f"{BUREAU}-control-room"), BUREAU, Role.INTAKE)
"""Sees the whole city, and what watches it."""
PAGE, MOST_PAGES = 100, 30
ALARMS = """query ($first: Int!, $after: Cursor, $atLeast: Position) { page: alarms(first: $first, after: $after, atLeast: $atLeast,
  orderBy: RECEIVED_AT_ASC, filter: {state: [RECEIVED, TRIAGED, DISPATCHED, ON_SCENE, FEEDBACK_GIVEN, REFERRED]}) {
  nodes { id state alarmType stationId place { longitude latitude } summary test receivedAt result ordersSent reopened
    deviceId proposedResult reportsReceived { externalId } duplicates { otherId state suggestedAt }
    recommendations { id recommendedAt recommended } orders { unitId state endedAt clearedAt } }
  pageInfo { hasNextPage endCursor } } }"""
ORDERS = """query ($first: Int!, $after: Cursor, $atLeast: Position) { page: orders(first: $first, after: $after, atLeast: $atLeast,
  orderBy: ORDERED_AT_ASC, filter: {state: [ORDERED, ACKNOWLEDGED, EN_ROUTE, ON_SCENE]}) {
  nodes { id alarmId unitId state orderedAt acknowledgedAt enRouteAt arrivedAt unit { crew stationId }
    alarm { state place { longitude latitude } } }
  pageInfo { hasNextPage endCursor } } }"""
FAILED = frozenset({OrderState.REFUSED, OrderState.PREEMPTED, OrderState.CANCELLED, OrderState.TIMED_OUT})
OPEN = frozenset(AlarmState) - {AlarmState.CLOSED, AlarmState.MERGED}


@dataclass(frozen=True, slots=True)
class Recommended:
    at: datetime
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suspected:
    """Another alarm that may be the same happening, as long as nobody has said what it is."""

    other: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenAlarm:
    """`running` says whether a unit is still at it; `cleared_at` is when the last one was done."""

    id: str
    state: AlarmState
    alarm_type: str | None
    station: OrganisationId
    place: Point | None
    synthetic: bool
    test: bool
    received_at: datetime
    has_result: bool
    sent: int
    reopened: int
    running: bool
    cleared_at: datetime | None
    recommended: tuple[Recommended, ...]
    told_by_device: bool = False
    """By a device of ours, not by one that somebody tries by hand."""
    proposed: AlarmResult | None = None
    suspected: tuple[Suspected, ...] = ()


@dataclass(frozen=True, slots=True)
class RunningOrder:
    """`open` says whether its alarm still takes feedback."""

    id: str
    alarm: str
    unit: str
    state: OrderState
    since: datetime
    """When it came into this state."""
    crew: tuple[OfficerId, ...]
    station: OrganisationId
    place: Point | None
    alarm_state: AlarmState | None


@dataclass(frozen=True, slots=True)
class Board:
    alarms: Sequence[OpenAlarm]
    orders: Sequence[RunningOrder]


async def board(client: Client, at_least: int | None) -> Board:
    alarms = await nodes(client, ALARMS, {"atLeast": at_least})
    orders = await nodes(client, ORDERS, {"atLeast": at_least})
    return Board([_alarm(each) for each in alarms], [_order(each) for each in orders if each["unit"] is not None])


async def nodes(client: Client, document: str, variables: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A list to its end, or so far that a look at it stays bounded."""
    found, after = list[dict[str, Any]](), None
    for _ in range(MOST_PAGES):
        page = (await client.ask(READER, document, {**variables, "first": PAGE, "after": after}))["page"]
        found += page["nodes"]
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = page["pageInfo"]["endCursor"]
    return found


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def point(told: Mapping[str, float] | None) -> Point | None:
    return None if told is None else Point(told["longitude"], told["latitude"])


def _alarm(row: Mapping[str, Any]) -> OpenAlarm:
    ended = [each["clearedAt"] or each["endedAt"] for each in row["orders"] if each["endedAt"] or each["clearedAt"]]
    ours = any((each["externalId"] or "").startswith(SYNTHETIC) for each in row["reportsReceived"])
    told_by_device = row["deviceId"] is not None and ours
    recommended = sorted((moment(each["recommendedAt"]), tuple(each["recommended"])) for each in row["recommendations"])
    return OpenAlarm(
        id=row["id"],
        state=AlarmState(row["state"]),
        alarm_type=row["alarmType"],
        station=OrganisationId(row["stationId"].removeprefix("organisation_")),
        place=point(row["place"]),
        synthetic=told_by_device or row["summary"].startswith(SYNTHETIC),
        test=row["test"],
        received_at=moment(row["receivedAt"]),
        has_result=row["result"] is not None,
        sent=row["ordersSent"],
        reopened=row["reopened"],
        running=len(ended) < len(row["orders"]),
        cleared_at=max(map(moment, ended), default=None),
        recommended=tuple(Recommended(at, units) for at, units in recommended),
        told_by_device=told_by_device,
        proposed=None if row["proposedResult"] is None else AlarmResult(row["proposedResult"]),
        suspected=tuple(_suspected(row)),
    )


def _suspected(row: Mapping[str, Any]) -> Iterator[Suspected]:
    for each in sorted(row["duplicates"], key=lambda each: str(each["otherId"])):
        if each["state"] == "SUGGESTED":
            yield Suspected(each["otherId"], moment(each["suggestedAt"]))


def _order(row: Mapping[str, Any]) -> RunningOrder:
    since = [row[each] for each in ("orderedAt", "acknowledgedAt", "enRouteAt", "arrivedAt") if row[each]]
    alarm = row["alarm"]
    return RunningOrder(
        id=row["id"],
        alarm=row["alarmId"],
        unit=row["unitId"],
        state=OrderState(row["state"]),
        since=moment(max(since, key=moment)),
        crew=tuple(map(OfficerId, row["unit"]["crew"])),
        station=OrganisationId(row["unit"]["stationId"].removeprefix("organisation_")),
        place=point(alarm["place"]) if alarm else None,
        alarm_state=AlarmState(alarm["state"]) if alarm else None,
    )
