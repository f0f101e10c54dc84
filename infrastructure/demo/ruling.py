"""By what the city's work is measured: decrees and standards, limits, codes, people counted, plans for what may happen, units planned."""

from __future__ import annotations

from datetime import datetime, timedelta

from application.dispatching import deployment_plans, response_plans, unit_states
from application.jurisdiction import code_lists, legal_bases, limit_sets, organisations, populations
from domain.dispatching.events import DeploymentGrounds, DeploymentSlot, PlanStep, PlanTrigger, UnitStatus
from domain.ids import CodeListId, DeploymentPlanId, LegalBasisId, LimitSetId, ResponsePlanId
from domain.jurisdiction.events import CodeEntry, CodeScope, LegalBasisKind, LimitMatter, LimitScope, PopulationKind, TimeLimit
from infrastructure.demo.city import BUREAU, FLAT, SYNTHETIC_EN, SYNTHETIC_ZH, District
from infrastructure.demo.founding import SINCE
from infrastructure.demo.governing import ADMINISTRATOR, GOVERNANCE, MAIN
from infrastructure.demo.kinds import ANYTHING, KINDS, NAMES
from infrastructure.demo.world import Story, World

EDITION = str(SINCE.year)
DECREE, STANDARD, DISTURBANCE = "DEMO-DECREE", "DEMO-STANDARD", "DEMO-DISTURBANCE"
LIMITS: dict[LimitScope, tuple[TimeLimit, ...]] = {
    LimitScope.FILING: (
        TimeLimit(LimitMatter.REVIEW, 3),
        TimeLimit(LimitMatter.REVIEW_TO_VERIFY, 7),
        TimeLimit(LimitMatter.REVIEW_EXTENDED, 30),
    ),
    LimitScope.RETENTION: (
        TimeLimit(LimitMatter.FOOTAGE, 30),
        TimeLimit(LimitMatter.IMPORTANT_FOOTAGE, 730),
        TimeLimit(LimitMatter.POSITIONS, 90),
    ),
}
PRIORITIES = (("1", "At once", "紧急"), ("2", "Soon", "一般"), ("3", "In its turn", "缓办"))
STATES = (
    ("REFUELLING", "Refuelling", "加油", UnitStatus.OUT_OF_SERVICE),
    ("AT_COURT", "At court", "出庭", UnitStatus.OUT_OF_SERVICE),
    ("STAND_BY", "Standing by at a place", "驻点备勤", UnitStatus.AVAILABLE),
)
STEPS = (
    PlanStep("CORDON", "Cordon off", "设置警戒", 600),
    PlanStep("SEPARATE", "Separate the parties", "隔离双方", 900),
    PlanStep("REPORT", "Report to the head on duty", "报告值班领导", 1_800),
)
PEOPLE = 9_000
"""For each point of a district's weight; nobody was counted."""
EVENING = tuple(DeploymentSlot(weekday, 18, 23, 3) for weekday in range(1, 8))
AHEAD = 28
"""Days for which units are planned, before today and after it."""


def ruling(world: World, begins: datetime, end: datetime) -> None:
    """Start all of it; what is drawn for it leaves the year's own draws, and its ids, as they are."""
    world.start(_laws(world, begins))
    world.start(_limits(world, LimitScope.RETENTION, begins))
    world.start(_limits(world, LimitScope.FILING, end))
    types = [(kind.alarm_type, *NAMES[kind.alarm_type]) for kind in (*KINDS, ANYTHING)]
    world.start(_codes(world, CodeScope.ALARM_TYPE, types, end))
    world.start(_codes(world, CodeScope.PRIORITY, list(PRIORITIES), end))
    world.start(_states(world, begins))
    world.start(_plan(world, begins))
    world.start(_flat(world, begins))
    for district in world.districts:
        world.start(_counted(world, district, end))


def legal_basis(world: World) -> LegalBasisId:
    """The decree by which footage is asked for."""
    return LegalBasisId(world.named(DECREE))


def response_plan(world: World) -> ResponsePlanId:
    return ResponsePlanId(world.named(DISTURBANCE))


def _laws(world: World, at: datetime) -> Story:
    for code, kind, en, zh in (
        (DECREE, LegalBasisKind.DECREE, "decree on public-safety video", "社会公共安全视频信息管理办法"),
        (f"{STANDARD}-{EDITION}", LegalBasisKind.STANDARD, "technical standard of video systems", "视频图像信息系统技术规范"),
    ):
        id = LegalBasisId(world.named(code))
        edition = EDITION if kind is LegalBasisKind.STANDARD else ""
        enacted = legal_bases.enact(id, code, kind, f"{SYNTHETIC_EN} {en}", f"{SYNTHETIC_ZH}{zh}", SINCE, edition=edition)
        yield world.deed(at, enacted, GOVERNANCE, BUREAU, code)


def _limits(world: World, scope: LimitScope, at: datetime) -> Story:
    id = LimitSetId(world.named("limits", scope))
    yield world.deed(at, limit_sets.draft(id, f"DEMO-{scope}-1", scope, LIMITS[scope]), ADMINISTRATOR, BUREAU, scope, "drafted")
    yield world.deed(at, limit_sets.activate(id, at), ADMINISTRATOR, BUREAU, scope, "activated")


def _codes(world: World, scope: CodeScope, codes: list[tuple[str, str, str]], at: datetime) -> Story:
    """In force from the day on which the city is looked at, as its limits of response are."""
    id, entries = CodeListId(world.named("codes", scope)), tuple(CodeEntry(*each) for each in codes)
    yield world.deed(at, code_lists.draft(id, f"DEMO-{scope}-1".replace("_", "-"), scope, entries), ADMINISTRATOR, BUREAU, scope, "drafted")
    yield world.deed(at, code_lists.activate(id, at), ADMINISTRATOR, BUREAU, scope, "activated")


def _states(world: World, at: datetime) -> Story:
    for code, en, zh, base in STATES:
        yield world.deed(at, unit_states.define(code, en, zh, base), ADMINISTRATOR, BUREAU, "state", code)


def _plan(world: World, at: datetime) -> Story:
    id, trigger = response_plan(world), PlanTrigger(("DISPUTE", "ASSAULT"), ("1",))
    names = f"{SYNTHETIC_EN} plan for disturbances", f"{SYNTHETIC_ZH}聚众纠纷处置预案"
    yield world.deed(
        at, response_plans.draft(id, "DISTURBANCE", "1", *names, STEPS, trigger=trigger), ADMINISTRATOR, BUREAU, "plan", "drafted"
    )
    yield world.deed(at, response_plans.adopt(id), ADMINISTRATOR, BUREAU, "plan", "adopted")


def _flat(world: World, at: datetime) -> Story:
    for station in (each for district in world.districts if district.code == FLAT for each in district.stations):
        allowed = organisations.set_direct_orders(station.code, allowed=True)
        yield world.deed(at, allowed, ADMINISTRATOR, BUREAU, "direct orders", station.code)


def _counted(world: World, district: District, end: datetime) -> Story:
    """People of the last two years; and, in the main city, the units that are planned for its evenings."""
    counted = end - timedelta(days=AHEAD + 2)
    years = [counted.year - back for back in (2, 1)]
    for year in years:
        people = round(PEOPLE * district.weight * (1 + 0.01 * (year - years[0])))
        source = f"{SYNTHETIC_EN} yearbook {year}"
        recorded = populations.record(district.code, year, PopulationKind.RESIDENT, people, source)
        beat = world.watch(world.deed(counted, recorded, GOVERNANCE, BUREAU, "people", district.code, str(year)))
        yield beat
    if district.code in MAIN and beat.request is not None:
        yield world.wait(counted + timedelta(days=1))
        position = world.positions.get(beat.request.command_id)
        if position is not None:
            world.start(_deployed(world, district, end, position))


def _deployed(world: World, district: District, end: datetime, position: int) -> Story:
    """By what was known as it was planned."""
    id, at = DeploymentPlanId(world.named("deployment", district.code)), end - timedelta(days=AHEAD)
    first, last = (at + timedelta(days=days) for days in (-91, -1))
    grounds = DeploymentGrounds("demand", first.date(), last.date(), position)
    until = (end + timedelta(days=AHEAD)).date()
    drafted = deployment_plans.draft(id, district.sub_bureau, at.date(), until, EVENING, grounds)
    officer = district.stations[0].head
    yield world.deed(at, drafted, officer, district.sub_bureau, "deployment", district.code, "drafted")
    yield world.deed(at, deployment_plans.publish(id), officer, district.sub_bureau, "deployment", district.code, "published")
