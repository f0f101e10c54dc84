"""Rooms and cameras: rosters where there are none yet, officers who come and go, cameras that fail and come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from application.identity import Role
from domain.ids import OfficerId, OrganisationId
from domain.surveillance.events import CameraHealth
from infrastructure.demo.calendar import ZONE
from infrastructure.demo.city import BUREAU
from infrastructure.demo.living.acts import Act, Who
from infrastructure.demo.living.board import moment, nodes
from infrastructure.demo.living.client import Client
from infrastructure.demo.living.pace import Pace, count
from infrastructure.demo.watching import MISSED, SHIFT

VIDEO = Who(OfficerId(f"{BUREAU}-video"), BUREAU, Role.VIDEO_OFFICE)
MINUTE = timedelta(minutes=1)
AHEAD = timedelta(hours=6)
"""So long before a roster ends the next one is published."""
EARLY = timedelta(minutes=12)
FAILING = 0.5
"""Cameras that go offline in a minute."""
RETURNING = 0.1
"""The share of those offline that come back in a minute."""
DEMO = "DEMO-"
POSTS = """query ($first: Int!, $after: Cursor) { page: monitoringPosts(first: $first, after: $after) {
  nodes { id number stationId rosteredUntil validTo staffed24h } pageInfo { hasNextPage endCursor } } }"""
SHIFTS = """query ($first: Int!, $after: Cursor, $states: [ShiftState!], $from: DateTime, $to: DateTime) {
  page: shifts(first: $first, after: $after, filter: {state: $states, startsAt: {from: $from, to: $to}}) {
  nodes { rosterId number postId stationId officer state startsAt endsAt } pageInfo { hasNextPage endCursor } } }"""
CAMERAS = """query ($first: Int!, $after: Cursor, $health: [CameraHealth!]) {
  page: cameras(first: $first, after: $after, filter: {health: $health, state: [IN_SERVICE]}) {
  nodes { id stationId } pageInfo { hasNextPage endCursor } } }"""


async def rosters(client: Client, pace: Pace, now: datetime) -> list[Act]:
    """For posts that are without one soon: the rest of the day, or the next."""
    posts = [each for each in await nodes(client, POSTS, {}) if each["number"].startswith(DEMO) and each["validTo"] is None]
    return [act for post in posts if (act := _roster(pace, post, now)) is not None]


def _roster(pace: Pace, post: Mapping[str, Any], now: datetime) -> Act | None:
    until = moment(post["rosteredUntil"]) if post["rosteredUntil"] else now
    if until > now + AHEAD:
        return None
    starts = max(until, now.replace(second=0, microsecond=0) + MINUTE).astimezone(ZONE)
    ends = datetime.combine(starts.date() + timedelta(1), time.min, ZONE)
    shifts = [
        {
            "officer": f"{_code(post['stationId'])}-watch-{'abc'[number]}",
            "startsAt": max(start, starts).isoformat(),
            "endsAt": (start + SHIFT).isoformat(),
        }
        for number, start in enumerate(ends - SHIFT * back for back in (3, 2, 1))
        if start + SHIFT > starts
    ]
    given = {"post": post["id"], "startsAt": starts.isoformat(), "endsAt": ends.isoformat(), "shifts": shifts}
    id = pace.id(starts, "roster", post["id"], starts.isoformat())
    return Act("publishDutyRoster", {"roster": str(id), **given}, VIDEO, str(id))


async def shifts(client: Client, pace: Pace, now: datetime) -> list[Act]:
    """Who comes signs on a little early; who goes hands over to whoever is there."""
    here = await nodes(client, SHIFTS, {"states": ["ON_DUTY"], "from": _told(now - 2 * SHIFT), "to": None})
    awaited = await nodes(client, SHIFTS, {"states": ["PLANNED"], "from": _told(now - SHIFT), "to": _told(now + EARLY)})
    coming = [act for each in awaited if _is_demo(each) and (act := _coming(pace, each, now)) is not None]
    return coming + [act for each in here if _is_demo(each) and (act := _going(pace, each, here, now)) is not None]


def _coming(pace: Pace, shift: Mapping[str, Any], now: datetime) -> Act | None:
    starts, drawn = moment(shift["startsAt"]), pace.drawn("shift", shift["rosterId"], shift["number"])
    early, misses = timedelta(minutes=drawn.uniform(1, 11)), drawn.random() < MISSED
    if misses or not starts - early <= now < moment(shift["endsAt"]):
        return None
    return _shift_act("signOnShift", shift, {})


def _going(pace: Pace, shift: Mapping[str, Any], here: Sequence[Mapping[str, Any]], now: datetime) -> Act | None:
    """Some minutes after the end, when whoever comes next has come; in the next roster nobody can be handed over to."""
    drawn = pace.drawn("shift", shift["rosterId"], shift["number"], "ends")
    if now < moment(shift["endsAt"]) + timedelta(minutes=drawn.uniform(0, 5)):
        return None
    following = next((each for each in here if each["rosterId"] == shift["rosterId"] and each["number"] > shift["number"]), None)
    return _shift_act("signOffShift", shift, {}) if following is None else _shift_act("handOverShift", shift, {"to": following["number"]})


def _shift_act(mutation: str, shift: Mapping[str, Any], given: Mapping[str, Any]) -> Act:
    who = Who(OfficerId(shift["officer"]), OrganisationId(_code(shift["stationId"])), Role.UNIT_OFFICER)
    of = f"{shift['rosterId']}/{shift['number']}/{shift['officer']}"
    return Act(mutation, {"roster": shift["rosterId"], "shift": shift["number"], **given}, who, of)


async def cameras(client: Client, pace: Pace, all_cameras: Sequence[str], minute: datetime) -> list[Act]:
    """Which fail follows from the minute, and so does which come back: nobody has to remember since when one is offline."""
    offline = [each["id"] for each in await nodes(client, CAMERAS, {"health": ["OFFLINE"]}) if _is_demo(each)]
    back = [each for each in offline if pace.drawn("returns", each, minute.isoformat()).random() < RETURNING]
    drawn = pace.drawn("fails", minute.isoformat())
    room = max(0, pace.most_offline - len(offline))
    failing = drawn.sample(all_cameras, min(count(drawn, FAILING), room, len(all_cameras)))
    changed = [(each, CameraHealth.ONLINE) for each in back] + [(each, CameraHealth.OFFLINE) for each in failing if each not in offline]
    return [_health(camera, health, minute) for camera, health in changed]


def _health(camera: str, health: CameraHealth, minute: datetime) -> Act:
    return Act("changeCameraHealth", {"camera": camera, "health": health}, VIDEO, f"{camera}/{health}/{minute.isoformat()}")


async def known_cameras(client: Client) -> list[str]:
    return sorted(each["id"] for each in await nodes(client, CAMERAS, {"health": None}) if _is_demo(each))


def _is_demo(row: Mapping[str, Any]) -> bool:
    return _code(row["stationId"]).startswith(DEMO)


def _code(told: str) -> str:
    return told.removeprefix("organisation_")


def _told(at: datetime) -> str:
    return at.isoformat()
