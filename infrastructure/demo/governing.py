"""What the city's heads do beside the year: limits of response, the main city, directives, build plans, surveys, an assessment."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from application.commands import Command
from application.jurisdiction import area_groups, service_levels
from application.oversight import assessments, build_plans, directives, surveys
from domain.dispatching.events import AreaClass
from domain.ids import (
    AreaGroupId,
    AssessmentId,
    BuildPlanId,
    DirectiveId,
    DivisionCode,
    OfficerId,
    OrganisationId,
    ServiceLevelId,
    SurveyId,
)
from domain.jurisdiction.events import ResponseLimit
from domain.oversight.events import BuildKind, BuildStage, EvidenceStatistic, Indicator, Milestone, Polarity, SurveyMethod
from infrastructure.demo.city import BUREAU, CITY, SYNTHETIC_EN, SYNTHETIC_ZH, District
from infrastructure.demo.founding import SINCE
from infrastructure.demo.world import Story, World

MAIN_CITY = "main-city"
MAIN = frozenset({"500103", "500104", "500105", "500106", "500107", "500108", "500109", "500112", "500113"})
"""The nine districts of the main city."""
ADMINISTRATOR, GOVERNANCE, VIDEO = (OfficerId(f"DEMO-{each}") for each in ("administrator", "governance-office", "video-office"))
URBAN, SUBURBAN, RURAL = AreaClass
LIMITS = (
    ResponseLimit(acknowledgement=90, arrival=1_800, first_feedback=1_800),
    ResponseLimit(area_class=URBAN, priority="1", acknowledgement=60, arrival=600, first_feedback=900),
    ResponseLimit(area_class=SUBURBAN, priority="1", acknowledgement=60, arrival=900, first_feedback=1_200),
    ResponseLimit(area_class=RURAL, priority="1", acknowledgement=60, arrival=1_800, first_feedback=1_800),
)
DIRECTIVES = (
    (300, "Check the monitoring rooms of all stations", "检查各派出所监控室"),
    (210, "Name an officer for every technical alarm user", "为技防用户指定责任民警"),
    (120, "Review the rosters of monitoring rooms", "核查监控室值班安排"),
    (60, "Report cameras that cannot be networked", "报告无法联网的监控镜头"),
    (20, "Prepare the winter patrols", "部署冬季巡防"),
)
"""Days ago, and what it is about; the last one is not due yet."""
DUE, NEVER, LATE = 40, 0.06, 0.1
"""Days that there are; the shares of addressees that do it late, and that have not done it at all."""
PROGRESS = ((240, 0.3, 0.2, 0.0), (120, 0.6, 0.5, 0.3), (30, 0.85, 0.75, 0.6))
"""Days ago, and the shares of a plan built, networked and accepted by then."""
WAVES = ((200, "first wave"), (20, "second wave"))


def governing(world: World, begins: datetime, end: datetime) -> None:
    """Start all of it; what is drawn for it leaves the year's own draws, and its ids, as they are."""
    world.start(_limits(world, end))
    world.start(_main_city(world, begins))
    for days, title_en, title_zh in DIRECTIVES:
        world.start(_directive(world, end - timedelta(days=days), title_en, title_zh))
    for district in world.districts:
        world.start(_plan(world, district, begins, end))
    for days, wave in WAVES:
        world.start(_surveyed(world, end - timedelta(days=days), wave))
    world.start(_assessment(world, end))


def _limits(world: World, end: datetime) -> Story:
    """In force from the day on which the city is looked at: what the year told was measured by none."""
    id = ServiceLevelId(world.named("service level"))
    yield world.deed(end, service_levels.draft(id, "DEMO-1", LIMITS), ADMINISTRATOR, BUREAU, "limits drafted")
    yield world.deed(end, service_levels.activate(id, end), ADMINISTRATOR, BUREAU, "limits activated")


def _main_city(world: World, at: datetime) -> Story:
    id, divisions = AreaGroupId(world.named(MAIN_CITY)), tuple(DivisionCode(each) for each in sorted(MAIN))
    grouped = area_groups.establish(id, MAIN_CITY, "Main city, 9 districts", "主城9区", SINCE, divisions=divisions)
    yield world.deed(at, grouped, ADMINISTRATOR, BUREAU, MAIN_CITY)


def _directive(world: World, at: datetime, title_en: str, title_zh: str) -> Story:
    id, due = DirectiveId(world.named("directive", title_en)), at.date() + timedelta(DUE)
    addressees = tuple(each.sub_bureau for each in world.districts)
    issued = directives.issue(id, f"DEMO-{at:%Y-%m%d}", f"{SYNTHETIC_EN}: {title_en}", f"{SYNTHETIC_ZH}：{title_zh}", addressees, due)
    yield world.deed(at, issued, VIDEO, BUREAU, "issued", title_en)
    for addressee in addressees:
        world.start(_answered(world, id, addressee, at))


def _answered(world: World, directive: DirectiveId, addressee: OrganisationId, at: datetime) -> Story:
    random, officer = world.drawn(str(directive), addressee), OfficerId(f"{addressee}-head")
    acknowledged = at + timedelta(days=random.uniform(0.5, 6))
    yield world.deed(acknowledged, directives.acknowledge(directive), officer, addressee, str(directive), addressee, "acknowledged")
    never, late = random.random() < NEVER, random.random() < LATE
    if never:
        return
    done = at + timedelta(days=random.uniform(DUE, DUE + 15) if late else random.uniform(8, DUE - 1))
    fulfilled = directives.fulfil(directive, f"{SYNTHETIC_EN}: done as asked")
    yield world.deed(done, fulfilled, officer, addressee, str(directive), addressee, "fulfilled")


def _plan(world: World, district: District, begins: datetime, end: datetime) -> Story:
    """Half of it by the summer, all of it some weeks from now; some are behind."""
    random, id = world.drawn("plan", district.code), BuildPlanId(world.named("plan", district.code))
    total, organisation = 12 * len(district.stations), district.sub_bureau
    milestones = (
        Milestone(BuildStage.PLANNED, total, _day(end, 60)),
        Milestone(BuildStage.BUILT, total // 2, _day(end, -130)),
        Milestone(BuildStage.BUILT, total, _day(end, 30)),
        Milestone(BuildStage.ACCEPTED, total // 2, _day(end, -20)),
    )
    planned = build_plans.set(id, organisation, BuildKind.CAMERA, milestones, district.code)
    officer = OfficerId(f"{organisation}-head")
    yield world.deed(begins, planned, officer, organisation, "plan", district.code)
    pace = random.uniform(0.7, 1.1)
    for days, *shares in PROGRESS:
        for stage, share in zip((BuildStage.BUILT, BuildStage.NETWORKED, BuildStage.ACCEPTED), shares, strict=True):
            recorded = build_plans.record_progress(id, stage, min(total, round(total * share * pace)))
            yield world.deed(end - timedelta(days=days), recorded, officer, organisation, "plan", district.code, stage, str(days))


def _surveyed(world: World, at: datetime, wave: str) -> Story:
    random = world.drawn("survey", wave)
    for code in (CITY, *(DivisionCode(each) for each in sorted(MAIN))):
        asked = random.randrange(300, 900)
        yield world.deed(at, _found(world, random, code, at, wave, asked), GOVERNANCE, BUREAU, "survey", wave, code)


def _found(world: World, random: Random, code: DivisionCode, at: datetime, wave: str, asked: int) -> Command:
    return surveys.take_in(
        survey=SurveyId(world.named("survey", wave, code)),
        division=code,
        wave=f"{at:%Y}, {wave}",
        first=_day(at, -14),
        last=_day(at, -7),
        method=SurveyMethod.PHONE,
        respondents=asked,
        felt_safe=round(asked * random.uniform(0.86, 0.96)),
        source=f"{SYNTHETIC_EN} survey",
    )


def _assessment(world: World, end: datetime) -> Story:
    """Opened, and to be scored from what the statistics say of three whole months."""
    last = end.date().replace(day=1) - timedelta(1)
    assessed = tuple(each.sub_bureau for each in world.districts if each.code in MAIN)
    opened = assessments.open(
        AssessmentId(world.named("assessment")),
        f"{SYNTHETIC_EN}: the last three months",
        f"{SYNTHETIC_ZH}：近三月考评",
        _months_before(last, 2),
        last,
        assessed,
        _indicators(),
    )
    yield world.deed(end - timedelta(days=4), opened, GOVERNANCE, BUREAU, "assessment")


def _indicators() -> tuple[Indicator, ...]:
    return (
        Indicator("DIRECTIVES", "Directives fulfilled", "通知落实率", 50, 1.0, EvidenceStatistic.DIRECTIVES_FULFILLED),
        Indicator("BUILDING", "Cameras built", "镜头建设", 20, 1.0, EvidenceStatistic.BUILD_PROGRESS),
        Indicator("RESPONSE", "Response time", "出警时间", 30, 600.0, EvidenceStatistic.RESPONSE_TIMES, polarity=Polarity.LOWER),
        Indicator("SOLVED", "Solving rate (shown only)", "破案率（仅供参考）", 0, 0.3, EvidenceStatistic.SOLVING_RATE),
    )


def _months_before(last: date, months: int) -> date:
    """The first of the month that is so many before."""
    years, month = divmod(last.month - 1 - months, 12)
    return date(last.year + years, month + 1, 1)


def _day(at: datetime, days: int) -> date:
    return (at + timedelta(days=days)).date()
