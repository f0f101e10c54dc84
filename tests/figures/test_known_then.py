"""Figures that are read from what stands now are told as they were told then, whatever was recorded since, and for whenever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from graphql import get_named_type

from api.schema.build import schema
from application.commands import Command
from application.dispatching import deployment_plans, units
from application.identity import OWNER
from application.oversight import build_plans, directives
from application.surveillance import patrols, posts, rosters
from domain.dispatching.events import DeploymentGrounds, DeploymentSlot
from domain.ids import BuildPlanId, DeploymentPlanId, DirectiveId, DivisionCode, OfficerId, PatrolId, PostId, RosterId, UnitId
from domain.oversight.events import BuildKind, BuildStage, Milestone
from domain.places import Point
from domain.surveillance.events import PatrolMode, PostLevel, RouteStop, SecurityTask, Shift
from features.asking import Window
from features.city import STATION, City, StoppedClock
from infrastructure.database import Database
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.settings import Settings

AS_OF = "AsOfInput"
SETTINGS = Settings()
DIVISION, DAY, NEXT, END = DivisionCode("500103"), date(2026, 3, 2), date(2026, 3, 3), date(2026, 4, 1)
MORNING, NOON, NIGHT = (datetime(2026, 3, 2, hour, tzinfo=SETTINGS.zone) for hour in (8, 12, 20))
SLOTS = tuple(DeploymentSlot(weekday, 8, 20, 1) for weekday in (1, 2))
STAGES = (BuildStage.PLANNED, BuildStage.BUILT)
PERIOD = f'period: {{from: "{DAY}", to: "{NEXT}"}}'
FIGURES = f"""query ($then: AsOfInput) {{
    fillRate({PERIOD}, known: $then) {{ posts staffedMinutes requiredMinutes since until position }}
    patrolFinds({PERIOD}, recordedAsOf: $then) {{ mode patrols minutes finds alarms perHour position }}
    deploymentActual(organisation: "{STATION}", {PERIOD}, asOf: $then) {{
        plannedDays wantedMinutes onDutyMinutes metMinutes outOfServiceMinutes position slots {{ days slot {{ weekday units }} }} }}
    buildProgress(on: "{NEXT}", recordedAsOf: $then) {{ planned built builtDue position }}
    overdueDirectives(on: "{NEXT}", recordedAsOf: $then) {{ due daysOverdue acknowledged position }} }}"""


@pytest.fixture
def city(database: Database, tmp_path: Path) -> Iterator[City]:
    install(database, catalogue(SETTINGS.zone))
    city = City(database, StoppedClock(), Settings(vault_key=tmp_path / "vault-key.json"))
    city.clock.time = datetime(2026, 3, 3, 4, tzinfo=UTC)
    yield city
    city.close()


def post(city: City) -> PostId:
    return PostId(city.id("post", "room"))


def roster(city: City) -> RosterId:
    return RosterId(city.id("roster", "monday"))


def patrol(city: City, name: str) -> PatrolId:
    return PatrolId(city.id("patrol", name))


def unit(city: City, name: str) -> UnitId:
    return UnitId(city.id("unit", name))


def plan(city: City, name: str) -> DeploymentPlanId:
    return DeploymentPlanId(city.id("deployment plan", name))


def build_plan(city: City, name: str) -> BuildPlanId:
    return BuildPlanId(city.id("build plan", name))


def directive(city: City, name: str) -> DirectiveId:
    return DirectiveId(city.id("directive", name))


def milestones(planned: int) -> tuple[Milestone, ...]:
    return tuple(Milestone(stage, planned, DAY) for stage in STAGES)


def planned(city: City, name: str) -> Command:
    route, officers = (RouteStop(place=Point(106.55, 29.56)),), (OfficerId("li"),)
    return patrols.plan(patrol(city, name), PatrolMode.STREET, SecurityTask.PREVENT, STATION, route, MORNING, NIGHT, officers)


def wanted(city: City, name: str, first: date) -> Command:
    return deployment_plans.draft(plan(city, name), STATION, first, END, SLOTS, DeploymentGrounds("demand", DAY, DAY, 1))


def issued(city: City, name: str) -> Command:
    return directives.issue(directive(city, name), name, name, name, (STATION,), DAY, "CQ-196")


def at_first(city: City) -> None:
    shifts = (Shift(OfficerId("P-1"), MORNING.replace(hour=0), NOON), Shift(OfficerId("P-1"), NOON, NOON + timedelta(hours=12)))
    since = MORNING - timedelta(2)
    for command, moment in (
        (posts.establish(post(city), "room", "Room", "监控室", PostLevel.STATION, STATION, DIVISION, since.date()), since),
        (rosters.publish(roster(city), post(city), MORNING.replace(hour=0), NOON + timedelta(hours=12), shifts), since),
        (rosters.sign_on(roster(city), 0), MORNING.replace(hour=0)),
        (planned(city, "long"), MORNING),
        (patrols.start(patrol(city, "long")), MORNING),
        (patrols.observe(patrol(city, "long"), "a crowd"), NOON),
        (units.register(unit(city, "one"), "N-1", "CAR", STATION), since),
        (units.sign_on(unit(city, "one")), MORNING),
        (wanted(city, "first", DAY), since),
        (deployment_plans.publish(plan(city, "first")), since),
        (build_plans.set(build_plan(city, "one"), STATION, BuildKind.CAMERA, milestones(40)), since),
        (build_plans.record_progress(build_plan(city, "one"), BuildStage.BUILT, 5), MORNING),
        (issued(city, "one"), since),
        (issued(city, "two"), since),
    ):
        city.happened(command, at=moment)


def afterwards(city: City) -> None:
    """Recorded later, and nearly all of it for before."""
    for command, moment in (
        (rosters.sign_off(roster(city), 0), MORNING),
        (rosters.sign_on(roster(city), 1), NOON),
        (posts.close(post(city), NEXT, "moved"), NIGHT),
        (patrols.observe(patrol(city, "long"), "a fight"), NOON),
        (patrols.end(patrol(city, "long")), NOON),
        (planned(city, "late"), MORNING),
        (patrols.start(patrol(city, "late")), MORNING),
        (units.sign_off(unit(city, "one")), NOON),
        (units.register(unit(city, "two"), "N-2", "CAR", STATION), MORNING),
        (units.sign_on(unit(city, "two")), MORNING),
        (wanted(city, "second", NEXT), MORNING),
        (deployment_plans.publish(plan(city, "second"), plan(city, "first")), MORNING),
        (build_plans.record_progress(build_plan(city, "one"), BuildStage.BUILT, 30), NOON),
        (build_plans.revise(build_plan(city, "one"), milestones(35), "less money"), NOON),
        (build_plans.set(build_plan(city, "two"), STATION, BuildKind.CAMERA, milestones(7)), NOON),
        (build_plans.cancel(build_plan(city, "one"), "another plan"), NIGHT),
        (directives.acknowledge(directive(city, "one")), MORNING),
        (directives.fulfil(directive(city, "one"), "done"), NOON),
        (directives.withdraw(directive(city, "two"), "a mistake"), NOON),
        (issued(city, "three"), MORNING),
    ):
        city.happened(command, at=moment)


def told(city: City, then: dict[str, Any] | None = None) -> dict[str, Any]:
    return Window(city).data(OWNER, FIGURES, then=then)


def test_what_was_told_then_is_told_again(city: City) -> None:
    at_first(city)
    head, moment, before = city.head(), city.clock.now(), told(city)
    city.clock.passes(timedelta(hours=2))
    afterwards(city)
    after = told(city)
    assert [name for name in before if without_position(before[name]) == without_position(after[name])] == []
    assert told(city, {"position": head}) == before
    assert told(city, {"recordedAt": moment.isoformat()}) == before
    assert told(city, {"position": city.head()}) == after


def without_position(figure: Any) -> Any:
    rows = figure if isinstance(figure, list) else [figure]
    return [{name: value for name, value in row.items() if name != "position"} for row in rows]


NO_FIGURES = {"events", "export", "status"}
"""What has a place in the log, but is no figure."""
OF_A_DAY = {"contributionTally"}
"""Asks by the day alone until when it was known."""


def test_every_figure_can_be_asked_as_of_an_earlier_position() -> None:
    queries = schema()._schema.query_type
    assert queries is not None
    placed = {name for name, field in queries.fields.items() if "position" in getattr(get_named_type(field.type), "fields", ())}
    taking = {name for name, field in queries.fields.items() if AS_OF in {get_named_type(each.type).name for each in field.args.values()}}
    assert placed - taking == NO_FIGURES | OF_A_DAY
