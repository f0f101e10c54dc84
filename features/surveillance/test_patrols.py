"""Runs patrols.feature; what only it says stands here."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, timedelta
from typing import Any

from pytest_bdd import given, parsers, scenarios, then, when

from application.commands import Command
from application.dispatching import alarms
from application.dispatching.views import AlarmView
from application.identity import OWNER
from application.oversight.statistics import Period, Question
from application.surveillance import patrols, posts
from application.surveillance.questions import CamerasAsked
from domain.dispatching.events import IntakeKind, ReportSource
from domain.ids import AlarmId, DivisionCode, OfficerId, PatrolId, PostId, ReportId
from domain.surveillance.events import PatrolMode, PostLevel, RouteStop, SecurityTask
from features.city import STATION, City
from features.conftest import Rows
from features.surveillance.conftest import PLACE, camera, registered
from features.wording import step
from infrastructure.surveillance.registry import Registry

scenarios("patrols.feature")

DIVISION = DivisionCode("500103")
TODAY = date(2026, 3, 2)


def patrol(city: City, name: str) -> PatrolId:
    return PatrolId(city.id("patrol", name))


def planned(city: City, name: str, mode: PatrolMode, route: tuple[RouteStop, ...], post: str | None = None) -> Command:
    now, at = city.clock.now(), None if post is None else PostId(city.id("post", post))
    task, officers = SecurityTask.PREVENT, (OfficerId("li"),)
    return patrols.plan(patrol(city, name), mode, task, STATION, route, now, now + timedelta(hours=2), officers, post=at)


def over(city: City, number: str) -> tuple[RouteStop, ...]:
    return (RouteStop(camera=camera(city, number)),)


def raised(city: City, name: str, summary: str, alarm: str) -> Command:
    id, report = AlarmId(city.id("alarm", alarm)), ReportId(city.id("report", alarm))
    return patrols.raise_alarm(patrol(city, name), PatrolMode.VIDEO, summary, id, report, IntakeKind.ALARM, DIVISION, STATION, place=PLACE)


@given(step('monitoring post "{name}" of station "{code}" has worked since "{day}"'))
def post_works(city: City, name: str, code: str, day: str) -> None:
    id, since = PostId(city.id("post", name)), date.fromisoformat(day)
    city.happened(posts.establish(id, name, name, name, PostLevel.STATION, type(STATION)(code), DIVISION, since))


@given(step('camera "{number}" of a {sector:Code} was registered'))
def camera_was_registered(city: City, number: str, sector: str) -> None:
    city.happened(registered(number, sector, camera(city, number)))


@given(step('video patrol "{name}" over camera "{number}" from post "{post}" was planned'))
def video_planned(city: City, name: str, number: str, post: str) -> None:
    city.happened(planned(city, name, PatrolMode.VIDEO, over(city, number), post))


@given(step('video patrol "{name}" over camera "{number}" from post "{post}" was planned and started'))
def video_started(city: City, name: str, number: str, post: str) -> None:
    video_planned(city, name, number, post)
    city.happened(patrols.start(patrol(city, name)))


@given(step('street patrol "{name}" was planned and started'))
def street_started(city: City, name: str) -> None:
    city.happened(planned(city, name, PatrolMode.STREET, (RouteStop(place=PLACE),)))
    city.happened(patrols.start(patrol(city, name)))


@given(step('on patrol "{name}" "{summary}" was seen'))
def seen(city: City, name: str, summary: str) -> None:
    city.happened(patrols.observe(patrol(city, name), summary))


@given(step('patrol "{name}" was ended'))
def ended(city: City, name: str) -> None:
    city.happened(patrols.end(patrol(city, name)))


@given(step('on video patrol "{name}" "{summary}" was seen and raised as alarm "{alarm}"'))
def was_raised(city: City, name: str, summary: str, alarm: str) -> None:
    city.happened(raised(city, name, summary, alarm))


@given(step('alarm "{name}" was called in'))
def called_in(city: City, name: str) -> None:
    id, report = AlarmId(city.id("alarm", name)), ReportId(city.id("report", name))
    city.happened(alarms.open(id, report, ReportSource.CALL_110, IntakeKind.ALARM, DIVISION, STATION))


@given(step('alarm "{name}" was called in and then seen on video'))
def called_and_seen(city: City, name: str) -> None:
    called_in(city, name)
    city.happened(
        alarms.add_report(AlarmId(city.id("alarm", name)), ReportId(city.id("report", f"{name} again")), ReportSource.VIDEO_PATROL)
    )


@when(step('on video patrol "{name}" "{summary}" is seen and raised as alarm "{alarm}"'))
def raise_it(city: City, name: str, summary: str, alarm: str) -> None:
    city.act(raised(city, name, summary, alarm))


@when(parsers.re(r"a (?P<mode>\w+) patrol over (?P<stops>\w+) is planned (?P<where>at a post|on the street)"))
def plan(city: City, mode: str, stops: str, where: str) -> None:
    routes: dict[str, Any] = {"places": (RouteStop(place=PLACE),), "cameras": over(city, "50010300001310000001"), "nothing": ()}
    city.act(planned(city, "odd", PatrolMode(mode), routes[stops], "P-1" if where == "at a post" else None))


@then(step('alarm "{name}" came from {source:Code}'))
def came_from(city: City, name: str, source: str) -> None:
    assert city.view(AlarmView, AlarmId(city.id("alarm", name))).source is ReportSource(source)


@then("today patrols found")
def patrols_found(city: City, datatable: Rows) -> None:
    city.catch_up()
    registry = Registry(city.database, UTC, city.clock)
    found = asyncio.run(registry.patrol_finds(Period(TODAY, TODAY), CamerasAsked()))
    assert [[each.mode, f"{each.finds} in {each.minutes} minutes", f"{each.per_hour} an hour"] for each in found] == datatable


@then(step("of {alarms:d} alarms today {proactive:d} was proactive"))
def was_proactive(city: City, alarms: int, proactive: int) -> None:
    city.catch_up()
    found = city.answered(city.tocsin.statistics.seen_by(OWNER).alarm_counts(Question(period=Period(TODAY, TODAY))))
    assert (found.alarms, found.proactive) == (alarms, proactive)
