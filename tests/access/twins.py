"""Two cities that differ in what somebody must not know of: to them they have to look the same."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from api.documents import Documents
from api.http import GraphQL
from api.live.telling import Telling
from api.main import Tocsin, assemble
from api.requests import Asked
from api.schema.build import schema
from application.casework import cases, corrections
from application.commands import Command, Step
from application.dispatching import alarms, deployment_plans, linkage, orders, plan_activations, response_plans, unit_states, units
from application.dispatching.recommending import surveyed
from application.identity import OWNER, Principal
from application.jurisdiction import (
    api_keys,
    area_groups,
    boundaries,
    code_lists,
    grants,
    legal_bases,
    limit_sets,
    organisations,
    populations,
    service_levels,
    webhooks,
)
from application.oversight import assessments, build_plans, directives, exports, surveys
from application.requests import Request
from application.surveillance import cameras, devices, footage, inspections, patrols, posts, priority_places, rosters
from domain.areas import Area
from domain.casework.events import (
    ClearanceKind,
    Contribution,
    ContributionChannel,
    ContributionRole,
    Offence,
    PersonRole,
    SubjectKind,
    WithdrawalReason,
)
from domain.dispatching.alarm import Alarm
from domain.dispatching.duplicates import Likeness, Suspicion
from domain.dispatching.events import (
    AlarmOutcome,
    AlarmResult,
    DeploymentGrounds,
    DeploymentSlot,
    DuplicateGround,
    IntakeKind,
    LinkedCamera,
    LinkReason,
    PlanStep,
    PlanTrigger,
    PostChoice,
    ReportSource,
    UnitStatus,
    VideoFinding,
    Weighed,
)
from domain.dispatching.positions import Fix, FixOutcome
from domain.dispatching.recommending import Candidate, Needs, Survey
from domain.ids import (
    CameraId,
    CommandId,
    DivisionCode,
    OfficerId,
    OrganisationId,
    duplicate_of,
    finding_of,
    footage_step,
    link_of,
    observation_of,
    receipt_of,
    score_of,
    shift_id,
    step_of,
    verification_of,
    zone_of,
)
from domain.jurisdiction.events import (
    CodeEntry,
    CodeScope,
    KeyAction,
    LegalBasisKind,
    LimitScope,
    OrganisationKind,
    PopulationKind,
    ResponseLimit,
    TimeLimit,
)
from domain.jurisdiction.limit_set import MATTERS
from domain.oversight.events import BuildKind, BuildStage, EvidenceStatistic, Indicator, Milestone, SurveyMethod
from domain.places import Point
from domain.surveillance.events import (
    Builder,
    CameraHealth,
    DeviceKind,
    OwnerSector,
    PatrolMode,
    PostLevel,
    PriorityKind,
    RouteStop,
    SecurityTask,
    Shift,
)
from infrastructure.settings import Settings
from tests.registering import division

NAMES = UUID("00000000-0000-4000-8000-00000000cafe")
NOW = datetime(2026, 3, 20, 4, tzinfo=UTC)
FIRST = datetime(2026, 3, 2, 8, tzinfo=UTC)
DISTRICT = DivisionCode("500103")
NEAR, FAR = OrganisationId("N-1"), OrganisationId("S-1")
TREE = {"CQ": (OrganisationKind.CITY_BUREAU, None), "N": (OrganisationKind.SUB_BUREAU, "CQ"), "S": (OrganisationKind.SUB_BUREAU, "CQ")} | {
    station: (OrganisationKind.STATION, parent) for station, parent in ((NEAR, "N"), (FAR, "S"))
}
BEFORE_SEALED = 6
"""So many acts near the station and its three alarms are there, of which one leads to a case that is sealed."""
BY_VIDEO = (Contribution(ContributionChannel.VIDEO, ContributionRole.DETECTED),)
BUREAU = OrganisationId("CQ")
BY, SECOND = OfficerId("first"), OfficerId("second")


DOCUMENTS = Documents(schema()._schema, size=10_000)
"""All cities are asked the same, by one after another: each document is planned once."""


class Stopped:
    def now(self) -> datetime:
        return NOW


@dataclass(frozen=True)
class Act:
    """One command of the story; `of` says whose it is, and so from whom it is to be kept."""

    of: str
    command: Callable[[City], Command]
    by: OfficerId = BY
    at: OrganisationId = BUREAU


def named(of: str, what: str) -> Any:
    return uuid5(NAMES, f"{of}/{what}")


def founding() -> Iterator[Act]:
    yield Act("everybody", lambda _: division("500100"))
    yield Act("everybody", lambda _: division(DISTRICT))
    for code, (kind, parent) in TREE.items():
        above = None if parent is None else OrganisationId(parent)
        since = datetime(2020, 1, 1, tzinfo=UTC).date()
        told = organisations.establish(OrganisationId(code), kind, code, code, DISTRICT, since, above)
        yield Act("everybody", lambda _, told=told: told)  # type: ignore[misc]  # bound here


def publishing() -> Iterator[Act]:
    """What everybody may see; it comes last, so that it moves the hour of nothing else."""
    since = datetime(2020, 1, 1, tzinfo=UTC).date()
    group = area_groups.establish(named("everybody", "group"), "MAIN", "Main city", "主城", since, (NEAR, FAR), (DISTRICT,))
    yield Act("everybody", lambda _: group)
    corners = (106.0, 29.0), (107.0, 29.0), (107.0, 30.0), (106.0, 30.0), (106.0, 29.0)
    yield Act("everybody", lambda _: boundaries.draw_division(DISTRICT, Area(((corners,),)), since))
    yield Act("everybody", lambda _: populations.record(DISTRICT, 2024, PopulationKind.RESIDENT, 630_000, "yearbook"))
    order = named("everybody", "order 230"), "ORDER-230", LegalBasisKind.DECREE, "Order 230", "市长令第230号", since
    yield Act("everybody", lambda _: legal_bases.enact(*order))
    kept = tuple(TimeLimit(matter, 30) for matter in MATTERS[LimitScope.RETENTION])
    yield Act("everybody", lambda _: limit_sets.draft(named("everybody", "limit set"), "kept-1", LimitScope.RETENTION, kept))
    types = (CodeEntry("THEFT", "Theft", "盗窃"),)
    yield Act("everybody", lambda _: code_lists.draft(named("everybody", "code list"), "types-1", CodeScope.ALARM_TYPE, types))
    limits = (ResponseLimit(priority="1", acknowledgement=60),)
    yield Act("everybody", lambda _: service_levels.draft(named("everybody", "service level"), "2026-1", limits))


def dispatching(of: str, station: OrganisationId) -> Iterator[Act]:
    unit, alarm, other, order, waiting = (named(of, each) for each in ("unit", "alarm", "other alarm", "order", "waiting alarm"))
    place = Point(106.55, 29.56)

    def opened(id: Any) -> Command:
        call, kind = named(of, f"report of {id}"), IntakeKind.ALARM
        return alarms.open(id, call, ReportSource.CALL_110, kind, DISTRICT, station, "BURGLARY", place, f"{of} street", f"{of} summary")

    for command in (
        units.register(unit, f"{of}-12", "PATROL", station, ("ARMED",)),
        units.sign_on(unit, (OfficerId(f"crew of {of}"),)),
        units.sample_position(unit, place, FIRST),
        opened(alarm),
        opened(other),
        opened(waiting),
        alarms.add_report(alarm, named(of, "second report"), ReportSource.SMS, summary=f"{of} again"),
        alarms.triage(alarm, "BURGLARY", "1"),
        recommended(alarm, named(of, "recommendation"), unit, station),
        alarms.merge(other, alarm, "the same"),
        orders.send(order, alarm, unit, override_reason="nearest"),
        orders.acknowledge(order),
        orders.en_route(order),
        orders.arrive(order, alarm),
        alarms.record_feedback(alarm, f"{of} feedback", order),
        orders.clear(order, unit, "done"),
        alarms.record_result(alarm, AlarmResult.HANDLED, f"{of} disposition", AlarmOutcome.DISPUTE, BY_VIDEO),
        alarms.close(alarm),
    ):
        yield Act(of, lambda _, command=command: command)  # type: ignore[misc]  # bound here


def recommended(alarm: Any, recommendation: Any, unit: Any, station: OrganisationId) -> Command:
    """Of the unit there, and of another that is not known any more."""
    place, needs = Point(106.55, 29.56), Needs(2, ("ARMED",))
    units = [Candidate(unit, UnitStatus.AVAILABLE, station, ("ARMED",), place, FIRST)]
    units.append(Candidate(named("nobody", "unit"), UnitStatus.OFF_DUTY, station))
    command = alarms.recommend(alarm, recommendation, needs.wanted, needs.capabilities)
    return surveyed(command, recommendation, needs, Survey(place, units, {unit: 30.0}, 1e9))


def casework(of: str, station: OrganisationId, alarm: Any = None) -> Iterator[Act]:
    case, second, person, request = (named(of, each) for each in ("case", "second case", "person", "request"))
    theft = (Offence("THEFT", 2), Offence("FRAUD", 1))
    for command, by in (
        (cases.register(case, f"{of}-1", DISTRICT, station, theft, alarm, FIRST, FIRST, address=f"{of} lane", summary=f"{of} theft"), BY),
        (cases.register(second, f"{of}-2", DISTRICT, station, theft[:1]), BY),
        (cases.accept(case), BY),
        (cases.accept(second), BY),
        (cases.file(case), BY),
        (cases.file(second), BY),
        (cases.involve(case, person, PersonRole.WITNESS), BY),
        (cases.identify_suspect(case, person), BY),
        (cases.record_arrest(case, person), BY),
        (cases.clear(case, request, ClearanceKind.ARREST, "CHARGED", contributions=BY_VIDEO), BY),
        (cases.approve(case, request), SECOND),
        (cases.withdraw(second, named(of, "second request"), WithdrawalReason.NO_CRIME, f"{of} note"), BY),
        (cases.link(case, named(of, "series")), BY),
        (cases.link(second, named(of, "series")), BY),
        (cases.supervise(second, "CITY", f"{of} reason"), BY),
    ):
        yield Act(of, lambda _, command=command: command, by)  # type: ignore[misc]  # bound here
    yield Act(of, lambda city: _corrected(city, of, case))


def governing(of: str, station: OrganisationId) -> Iterator[Act]:
    directive, due = named(of, "directive"), NOW.date()
    issued = directives.issue(directive, f"{of} number", f"{of} title", f"{of} 标题", (station,), due - timedelta(5), "CQ-196")
    yield Act(of, lambda _: issued)
    yield Act(of, lambda _: directives.acknowledge(directive), at=station)
    plan, milestones = named(of, "plan"), (Milestone(BuildStage.PLANNED, 40, due), Milestone(BuildStage.BUILT, 20, due - timedelta(3)))
    for command in (build_plans.set(plan, station, BuildKind.CAMERA, milestones), build_plans.record_progress(plan, BuildStage.BUILT, 7)):
        yield Act(of, lambda _, command=command: command)  # type: ignore[misc]  # bound here

    assessment = named(of, "assessment")
    indicator = Indicator("BUILT", f"{of} building", "建设", 100, 10.0, EvidenceStatistic.BUILD_PROGRESS)
    scored = assessments.score(assessment, station, "BUILT", 1, value=7.0)
    for command, by, at in (
        (assessments.open(assessment, f"{of} year", "年终考评", due - timedelta(99), due, (station,), (indicator,)), BY, BUREAU),
        (scored, BY, BUREAU),
        (assessments.appeal(assessment, station, "BUILT", f"{of} appeal"), BY, station),
        (assessments.dismiss_appeal(assessment, station, "BUILT", f"{of} decision"), SECOND, BUREAU),
        (assessments.seal(assessment), BY, BUREAU),
    ):
        yield Act(of, lambda _, command=command: command, by, at)  # type: ignore[misc]  # bound here


def _corrected(city: City, of: str, case: Any) -> Command:
    wrong = city.position_of(case)
    return corrections.ask(named(of, "correction"), SubjectKind.CASE, "FILED_AT", wrong, f"{of} clock", case=case, instant=FIRST)


def camera_of(station: OrganisationId) -> CameraId:
    return CameraId(f"5001030000132{station == FAR:07}")


def surveillance(of: str, station: OrganisationId) -> Iterator[Act]:
    camera, number = named(of, "camera"), camera_of(station)
    place = Point(106.55, 29.56)
    registered = cameras.register(
        camera, number, OwnerSector.BANK, f"{of} bank", Builder.SOCIAL, DISTRICT, station, place, 80, 90.0, 60.0, True, f"{of} gate"
    )
    post, roster = named(of, "post"), named(of, "roster")
    duty = (
        Shift(officer=BY, starts_at=FIRST, ends_at=NOW + timedelta(1)),
        Shift(officer=SECOND, starts_at=NOW, ends_at=NOW + timedelta(1)),
    )
    for command in (
        registered,
        posts.establish(post, f"{of}-M", f"{of} room", f"{of}室", PostLevel.STATION, station, DISTRICT, FIRST.date()),
        posts.establish(named(of, "empty post"), f"{of}-E", f"{of} empty", f"{of}空", PostLevel.STATION, station, DISTRICT, FIRST.date()),
        posts.connect(post, (number,)),
        rosters.publish(roster, post, FIRST, NOW + timedelta(1), duty, grace_minutes=60 * 24 * 30),
        rosters.sign_on(roster, 0),
        cameras.accept(camera, f"{of} standard", "2006"),
        cameras.change_health(camera, CameraHealth.ONLINE),
        cameras.report_fault(camera, f"{of} fault"),
    ):
        yield Act(of, lambda _, command=command: command)  # type: ignore[misc]  # bound here


def alarmed(of: str, station: OrganisationId) -> Iterator[Act]:
    """It comes last, so that it moves the hour of nothing else."""
    device, place = named(of, "device"), Point(106.55, 29.56)
    for command in (
        devices.register(device, f"{of}-D", DeviceKind.INTRUSION, f"{of} bank", DISTRICT, station, place, f"{of} vault"),
        devices.set_zone(device, 3, f"{of} door", place),
        devices.suspend(device, f"{of} works"),
        *linked(of, station),
        alarms.open_by_device(named(of, "signalled"), named(of, "signal"), f"{of}-D", DISTRICT, station, f"{of} signal", device, 3, place),
        alarms.link_camera(named(of, "signalled"), camera_of(station)),
        alarms.record_result(named(of, "signalled"), AlarmResult.UNFOUNDED),
    ):
        yield Act(of, lambda _, command=command: command)  # type: ignore[misc]  # bound here


def linked(of: str, station: OrganisationId) -> Iterator[Command]:
    """As the policies would have it; then the post answers, and the dispatcher."""
    alarm, other, post, camera = named(of, "waiting alarm"), named(of, "alarm"), named(of, "post"), camera_of(station)
    place = Point(106.55, 29.56)
    found = (LinkedCamera(camera, LinkReason.IN_SECTOR, True, 20.0),)
    for decide in (
        lambda it: it.link_cameras(place, found, 1),
        lambda it: it.ask_for_verification(post, station, PostChoice.STATION, (camera,)),
    ):
        yield linkage.link(alarm)._replace(steps=(Step(Alarm, alarm, lambda it, _, decide=decide: decide(it)),))  # type: ignore[misc]
    yield suspected(alarm, other)
    yield linkage.verify(alarm, post, VideoFinding.FALSE, camera, f"{of} note")
    yield linkage.dismiss_duplicate(alarm, other, f"{of} other street")


def suspected(alarm: Any, other: Any) -> Command:
    grounds = Weighed(DuplicateGround.NEAR, 38), Weighed(DuplicateGround.SOON, 28)
    likely = Suspicion(other, 60.0, 12.5, grounds, Likeness(300, 900, 60))
    return linkage.link(alarm)._replace(steps=(Step(Alarm, alarm, lambda it, _: it.suggest_duplicate(likely)),))


def across() -> Iterator[Act]:
    """An alarm here may be one that is elsewhere: whoever sees only this one is not told."""
    here, there = named("near", "waiting alarm"), named("far", "waiting alarm")
    yield Act("far", lambda _: suspected(here, there))
    yield Act("far", lambda _: linkage.dismiss_duplicate(here, there, "another street"))


def watching() -> Iterator[Act]:
    key, until = named("far", "key"), NOW + timedelta(30)
    yield Act("far", lambda _: api_keys.issue(key, "a" * 12, "0" * 64, "far key", (FAR,), (KeyAction.READ,), until))
    told = "subscription { events { type } }"
    yield Act("far", lambda _: webhooks.register(named("far", "webhook"), key, "far webhook", "https://far.example/", told))
    query = "{ cases { nodes { id } } }"
    yield Act("far", lambda _: exports.request(named("far", "export"), "cases", query, "{}", "0" * 64, "far purpose", "INVESTIGATOR", None))
    yield Act("far", lambda _: grants.grant(named("far", "grant"), OfficerId("somebody"), named("far", "case"), until, "far purpose"))


def surveying() -> Iterator[Act]:
    """Of the whole city, whoever asked whom."""
    since = NOW.date() - timedelta(9)
    found = surveys.take_in(named("everybody", "survey"), DISTRICT, "2026-1", since, NOW.date(), SurveyMethod.PHONE, 400, 371, "statistics")
    yield Act("everybody", lambda _: found)


def responding(of: str, alarm: str) -> Iterator[Act]:
    """By the plan that everybody knows."""
    activation = named(of, "activation")
    yield Act(of, lambda _: plan_activations.activate(activation, named(of, alarm), named("everybody", "response plan")))
    yield Act(of, lambda _: plan_activations.skip_step(activation, "CORDON", f"{of} reason"))


def planning() -> Iterator[Act]:
    plan, steps = named("everybody", "response plan"), (PlanStep("CORDON", "Cordon", "警戒", 60), PlanStep("SEARCH", "Search", "搜索", 60))
    drafted = response_plans.draft(plan, "BURGLARY", "2026-1", "Burglary", "入室盗窃", steps, trigger=PlanTrigger(("BURGLARY",)))
    yield Act("everybody", lambda _: drafted)
    yield Act("everybody", lambda _: response_plans.adopt(plan))
    yield Act("everybody", lambda _: unit_states.define("MEAL", "At meal", "用餐", UnitStatus.DELAYED))


def deploying(of: str, station: OrganisationId) -> Iterator[Act]:
    """A plan that is published, and one that is not yet."""
    first, until = FIRST.date(), NOW.date() + timedelta(30)
    slots = tuple(DeploymentSlot(day, 0, 24, 1 + (station == FAR)) for day in range(1, 8))
    grounds = DeploymentGrounds("demand", first, first, 7)
    plan, next_one = named(of, "deployment"), named(of, "next deployment")
    for command in (
        deployment_plans.draft(plan, station, first, until, slots, grounds),
        deployment_plans.publish(plan),
        deployment_plans.draft(next_one, station, NOW.date(), until, slots[:1], grounds),
    ):
        yield Act(of, lambda _, command=command: command)  # type: ignore[misc]  # bound here


def caring(of: str, station: OrganisationId) -> Iterator[Act]:
    """A priority place, a camera that is out of order for a while, and a violation."""
    camera, at, since = named(of, "traffic camera"), Point(106.56, 29.57), FIRST.date()
    number = CameraId(f"5001030000132{station == FAR:05}99")
    registered = cameras.register(
        camera, number, OwnerSector.TRAFFIC, f"{of} traffic police", Builder.POLICE, DISTRICT, station, at, 80, 90.0, 60.0, True
    )
    for command in (
        registered,
        priority_places.designate(named(of, "priority"), f"{of} square", f"{of}广场", PriorityKind.KEY_SITE, at, DISTRICT, station, since),
        cameras.change_health(camera, CameraHealth.ONLINE),
        cameras.record_violation(camera, "1039"),
        cameras.report_fault(camera, f"{of} lens"),
        cameras.repair_fault(camera, f"{of} done"),
    ):
        yield Act(of, lambda _, command=command: command)  # type: ignore[misc]  # bound here


def patrolling(of: str, station: OrganisationId) -> Iterator[Act]:
    """A patrol that finds something, and an inspection of the post."""
    patrol, inspection, post = named(of, "patrol"), named(of, "inspection"), named(of, "post")
    route = (RouteStop(camera=named(of, "camera")),)
    begins, task = NOW - timedelta(1), SecurityTask.PREVENT
    for command in (
        patrols.plan(patrol, PatrolMode.VIDEO, task, station, route, begins, NOW, (BY,), post=post),
        patrols.start(patrol),
        patrols.observe(patrol, f"{of} crowd", camera=named(of, "camera")),
        inspections.open(inspection, post),
        inspections.raise_finding(inspection, f"{of} finding", NOW.date()),
    ):
        yield Act(of, lambda _, command=command: command)  # type: ignore[misc]  # bound here


def fetching(of: str, camera: Any, basis: Any, *, case: Any = None, alarm: Any = None) -> Iterator[Act]:
    """Footage of a camera, asked for, taken and handed over."""
    request, ended = named(of, "footage"), FIRST + timedelta(hours=1)
    asked = footage.request(request, camera, (BY, SECOND), f"{of} footage", FIRST, ended, NOW + timedelta(1), basis, case, alarm)
    for command, by in (
        (asked, BY),
        (footage.approve(request, f"{of} paper"), OfficerId("head")),
        (footage.retrieve(request, "0" * 64, 2**40), BY),
        (footage.seal(request, f"{of} seal"), BY),
        (footage.transfer(request, SECOND, f"{of} court", f"{of} trial"), BY),
        (footage.place_hold(request, f"{of} appeal"), BY),
        (footage.access(request, f"{of} trial"), SECOND),
    ):
        yield Act(of, lambda _, command=command: command, by)  # type: ignore[misc]  # bound here


def story() -> list[Act]:
    """What is near, far away and sealed, in turns, so that what is hidden stands between what is not."""
    near = [
        *dispatching("near", NEAR),
        *casework("near", NEAR, named("near", "alarm")),
        *surveillance("near", NEAR),
        *governing("near", NEAR),
    ]
    far = [*dispatching("far", FAR), *casework("far", FAR, named("far", "alarm")), *surveillance("far", FAR)]
    far += [*governing("far", FAR), *watching()]
    sealed = [*casework("sealed", NEAR, named("near", "waiting alarm"))]
    sealed += [
        Act("sealed", lambda _, case=case: cases.seal(case, "informant"), SECOND)  # type: ignore[misc]  # bound here
        for case in (named("sealed", "case"), named("sealed", "second case"))
    ]
    near, later = near[:BEFORE_SEALED], near[BEFORE_SEALED:]
    turns = [act for acts in zip_longest(far, later, sealed) for act in acts if act is not None]
    alarming = [act for acts in zip(alarmed("far", FAR), alarmed("near", NEAR), strict=True) for act in acts]
    responses = [act for of in ("near", "far") for act in responding(of, "waiting alarm")]
    basis, at_hand = named("everybody", "order 230"), named("near", "camera")
    taken = [
        *caring("far", FAR),
        *caring("near", NEAR),
        *patrolling("far", FAR),
        *patrolling("near", NEAR),
        *fetching("near", at_hand, basis, case=named("near", "case")),
        *fetching("far", named("far", "camera"), basis, case=named("far", "case")),
    ]
    taken += [*deploying("far", FAR), *deploying("near", NEAR)]
    taken += fetching("sealed", at_hand, basis, case=named("sealed", "case"))
    return [*founding(), *near, *turns, *publishing(), *surveying(), *alarming, *across(), *planning(), *responses, *taken]


class City:
    """All that happened there, except what is hidden."""

    def __init__(self, folder: Path, hidden: Iterable[str]) -> None:
        self._loop = asyncio.Runner()
        settings = Settings(database=f"sqlite:///{folder}/{'-'.join(hidden) or 'whole'}.sqlite")
        self.tocsin: Tocsin = assemble(settings, Stopped(), working=False)
        services = self.tocsin.services()
        self.services = replace(services, settings=replace(services.settings, patience=5.0))
        self.graphql = GraphQL(self.services)
        self.graphql.documents = DOCUMENTS
        self.telling = Telling(self.services, schema()._schema)
        for number, act in enumerate(story()):
            if act.of not in hidden:
                self._happen(act, number)
        self._locate(hidden)
        self.tocsin.projector.catch_up()

    def answer(self, text: str, who: Principal, **variables: Any) -> dict[str, Any]:
        return self._loop.run(self.graphql.answer(Asked(text, variables, None), who))

    def run(self, work: Any) -> Any:
        return self._loop.run(work)

    def position_of(self, thing: UUID) -> int:
        """Where the filing of a case stands in this city's log."""
        records = self._loop.run(self.tocsin.feed.history(thing, 0, 100)).records
        return next(record.position for record in records if type(record.event).__name__ == "CaseFiled")

    def close(self) -> None:
        self.tocsin.log.close()
        self.tocsin.database.close()
        self._loop.close()

    def _locate(self, hidden: Iterable[str]) -> None:
        """Positions stand beside the log, and so beside the story."""
        owners = [(of, minute) for of in ("near", "far") if of not in hidden for minute in (1, 2)]
        fixes = [Fix(named(of, "unit"), Point(106.5, 29.5), NOW - timedelta(minutes=minute), accuracy=5.0) for of, minute in owners]
        assert all(isinstance(each, FixOutcome) for each in self._loop.run(self.tocsin.positions.report(OWNER, fixes)))

    def _happen(self, act: Act, number: int) -> None:
        id = CommandId(uuid5(NAMES, str(number)))
        at = min(FIRST + timedelta(hours=2 * number), NOW)
        request = Request(command=act.command(self), command_id=id, by=act.by, organisation=act.at, effective_at=at)
        self._loop.run(self.tocsin.desk.carry_out(request))


def ids(*owners: str) -> list[tuple[str, str]]:
    """The kind and the told id of everything that the story speaks of."""
    whats = {
        "unit": "unit",
        "alarm": "alarm",
        "other alarm": "alarm",
        "order": "order",
        "second report": "report",
        "recommendation": "recommendation",
        "case": "case",
        "second case": "case",
        "request": "approval",
        "second request": "approval",
        "correction": "correction",
        "key": "key",
        "grant": "grant",
        "export": "export",
        "webhook": "webhook",
        "camera": "camera",
        "post": "post",
        "roster": "roster",
        "device": "device",
        "footage": "footage",
        "priority": "priority",
        "patrol": "patrol",
        "inspection": "inspection",
        "directive": "directive",
        "plan": "plan",
        "assessment": "assessment",
        "activation": "activation",
        "deployment": "deployment",
        "next deployment": "deployment",
    }
    told = [(kind, f"{kind}_{named(of, what).hex}") for of in owners for what, kind in whats.items()]
    shifts = [("shift", f"shift_{shift_id(named(of, 'roster'), 0).hex}") for of in owners]
    shifts += [("zone", f"zone_{zone_of(named(of, 'device'), 3).hex}") for of in owners]
    cameras = {of: camera_of(FAR if of == "far" else NEAR) for of in owners}
    shifts += [("link", f"link_{link_of(named(of, 'waiting alarm'), camera).hex}") for of, camera in cameras.items()]
    shifts += [("verification", f"verification_{verification_of(named(of, 'waiting alarm')).hex}") for of in owners]
    shifts += [("duplicate", f"duplicate_{duplicate_of(named(of, 'waiting alarm'), named(of, 'alarm')).hex}") for of in owners]
    receipts = [receipt_of(named(of, "directive"), station) for of, station in (("near", NEAR), ("far", FAR)) if of in owners]
    scores = [score_of(named(of, "assessment"), station, "BUILT") for of, station in (("near", NEAR), ("far", FAR)) if of in owners]
    steps = [("step", f"step_{step_of(named(of, 'activation'), 'CORDON').hex}") for of in owners if of != "sealed"]
    parts = [*steps, *(("receipt", f"receipt_{each.hex}") for each in receipts), *(("score", f"score_{each.hex}") for each in scores)]
    parts += [("footagestep", f"footagestep_{footage_step(named(of, 'footage'), 1).hex}") for of in owners]
    parts += [("observation", f"observation_{observation_of(named(of, 'patrol'), 3).hex}") for of in owners]
    parts += [("finding", f"finding_{finding_of(named(of, 'inspection'), 1).hex}") for of in owners]
    return [*told, *shifts, *parts]
