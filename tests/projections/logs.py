"""Random logs: things of every kind, each with events that may follow each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from application.ports import Entry, Submission
from domain.areas import Area
from domain.casework import events as casework
from domain.casework.events import Offence
from domain.dispatching import events as dispatching
from domain.events import Event
from domain.ids import (
    AlarmId,
    CameraId,
    CaseId,
    CodeListId,
    CorrectionId,
    DeploymentPlanId,
    DivisionCode,
    DivisionId,
    LegalBasisId,
    LimitSetId,
    OfficerId,
    OrderId,
    OrganisationId,
    PersonId,
    PostId,
    RecommendationId,
    RegisteredCameraId,
    ReportId,
    RequestId,
    ResponsePlanId,
    RosterId,
    SeriesId,
    ServiceLevelId,
    UnitId,
)
from domain.jurisdiction import events as jurisdiction
from domain.places import Point
from domain.surveillance import events as surveillance
from infrastructure.database import Database
from infrastructure.log.append import Inline, append

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
NORTH, SOUTH = OrganisationId("north"), OrganisationId("south")
OFFENCES = (Offence("13A", 2), Offence("23H"))
Story = list[Event]


def fresh(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128))


def alarm(random: Random) -> Story:
    def reported() -> Event:
        return dispatching.ReportReceived(report=ReportId(fresh(random)), source=random.choice(list(dispatching.ReportSource)))

    story: Story = [
        dispatching.AlarmOpened(kind=dispatching.IntakeKind.ALARM, division=DivisionCode("500103"), station=NORTH, address="Some Road 1"),
        reported(),
    ]
    later: list[Callable[[], Event]] = [
        reported,
        lambda: dispatching.LocationResolved(place=Point(106.5, 29.5), division=DivisionCode("500105"), station=SOUTH),
        lambda: dispatching.PriorityChanged(priority=random.choice("ABC"), reason="more people"),
        lambda: dispatching.UnitsRecommended(
            recommendation=RecommendationId(fresh(random)),
            place=Point(106.5, 29.5),
            wanted=1,
            recommended=(),
            ranking=(dispatching.RankedUnit(UnitId(fresh(random)), False, (dispatching.UnfitReason.NO_POSITION,)),),
            shortfall=(dispatching.Shortfall(dispatching.UnfitReason.NO_POSITION, 1),),
        ),
        lambda: dispatching.CamerasLinked(
            place=Point(106.5, 29.5),
            cameras=(dispatching.LinkedCamera(CameraId("50010300001320000001"), dispatching.LinkReason.IN_SECTOR, True, 20.0),),
            seeing=1,
        ),
        lambda: dispatching.VideoVerificationRequested(
            post=PostId(fresh(random)), station=SOUTH, choice=dispatching.PostChoice.CITY, cameras=()
        ),
        lambda: dispatching.VideoVerified(post=PostId(fresh(random)), finding=random.choice(list(dispatching.VideoFinding))),
        lambda: dispatching.DuplicateSuggested(
            other=AlarmId(fresh(random)), score=70, seconds=60.0, grounds=(), radius=300.0, window=900.0, least=60
        ),
        lambda: dispatching.DuplicateDismissed(other=AlarmId(fresh(random)), reason="another street"),
        lambda: dispatching.AlarmDispatched(order=OrderId(fresh(random))),
        lambda: dispatching.FeedbackRecorded(summary="seen"),
        lambda: dispatching.AlarmResultRecorded(result=random.choice(list(dispatching.AlarmResult))),
        lambda: dispatching.CaseOpenedFromAlarm(case=CaseId(fresh(random))),
        lambda: dispatching.CameraLinked(camera=CameraId("50010300001320000001")),
        lambda: dispatching.AlarmReferred(to="12345", reason="not ours"),
        lambda: dispatching.AlarmFactCorrected(
            correction=CorrectionId(fresh(random)), fact=dispatching.AlarmFact.ALARM_TYPE, corrects=1, reason="typo", code="fire"
        ),
    ]
    triage = dispatching.AlarmTriaged(alarm_type="theft", priority="B", area_class=dispatching.AreaClass.URBAN)
    story += [triage, *some(random, later)]
    if random.random() < 0.3:
        into = AlarmId(fresh(random))
        story += [dispatching.AlarmsMerged(into=into, reason="same"), dispatching.AlarmUnmerged(out_of=into, reason="not the same")]
    return [*story, dispatching.AlarmClosed(), *([dispatching.AlarmReopened(reason="again")] if random.random() < 0.2 else [])]


def unit(random: Random) -> Story:
    story: Story = [dispatching.UnitRegistered(call_sign=f"N-{random.randrange(100)}", kind="car", station=NORTH, capabilities=("boat",))]
    story.append(dispatching.UnitSignedOn(crew=(OfficerId("o-1"),)))
    if random.random() < 0.5:
        story.append(dispatching.UnitStatusChanged(status=dispatching.UnitStatus.OUT_OF_SERVICE))
    for _ in range(random.randrange(3)):
        order = OrderId(fresh(random))
        story.append(dispatching.UnitCommitted(order=order))
        story.append(dispatching.PositionSampled(place=Point(106.5, 29.5), fixed_at=BEGINNING))
        story.append(dispatching.UnitReleased(order=order))
    return [*story, dispatching.CrewChanged(crew=()), dispatching.CapabilitiesChanged(capabilities=()), dispatching.UnitSignedOff()]


def order(random: Random) -> Story:
    alarm, unit = AlarmId(fresh(random)), UnitId(fresh(random))
    ordered = dispatching.UnitOrdered(alarm=alarm, unit=unit, acknowledge_by=BEGINNING + timedelta(minutes=1))
    story: Story = [dispatching.OrderProposed(alarm=alarm, unit=unit)] if random.random() < 0.3 else []
    run: Story = [dispatching.OrderAcknowledged(), dispatching.UnitEnRoute(), dispatching.UnitArrived(), dispatching.UnitCleared()]
    missed = dispatching.CheckInMissed(check_ins=0, number=1, limit=BEGINNING, service_level="2026-1")
    run[3:3] = random.choice(([], [missed, dispatching.UnitCheckedIn()]))
    ends: Story = [
        dispatching.OrderCancelled(reason="no"),
        dispatching.OrderRefused(reason="no"),
        dispatching.OrderTimedOut(limit=BEGINNING),
        dispatching.UnitPreempted(by_order=None, reason="no"),
    ]
    return [*story, ordered, *(run if random.random() < 0.7 else [random.choice(ends)])]


def case(random: Random) -> Story:
    request = RequestId(fresh(random))
    officer = OfficerId("o-1")
    cleared = casework.CaseCleared(
        kind=casework.ClearanceKind.ARREST,
        outcome="ARRESTED",
        offences=3,
        request=request,
        requested_by=officer,
        dated=random.random() < 0.8,
    )
    series, into = SeriesId(fresh(random)), CaseId(fresh(random))
    number = f"C-{random.getrandbits(64)}"
    story: Story = [casework.ReportRegistered(number=number, division=DivisionCode("500103"), station=NORTH, offences=OFFENCES)]
    story += [casework.CaseAccepted(), casework.CaseFiled(offences=OFFENCES)]
    later: list[Callable[[], Event]] = [
        lambda: casework.SuspectIdentified(person=PersonId(fresh(random)), warrant=random.random() < 0.5),
        lambda: casework.PersonInvolved(person=PersonId(fresh(random)), role=random.choice(list(casework.PersonRole))),
        lambda: casework.CaseLinked(series=series),
        lambda: casework.SupervisionSet(level="CITY", reason="public"),
        lambda: casework.CaseReclassified(before=OFFENCES, after=OFFENCES[:1], reason="one is none"),
        lambda: casework.JurisdictionTransferred(
            from_station=NORTH, from_division=DivisionCode("500103"), to_station=SOUTH, to_division=DivisionCode("500105"), reason="there"
        ),
    ]
    story += some(random, later)
    if random.random() < 0.6:
        story.append(casework.ApprovalRequested(request=request, requested_by=officer, effective_at=BEGINNING, clearance=cleared))
        story.append(cleared if random.random() < 0.8 else casework.ApprovalRejected(request=request, reason="no"))
        if isinstance(story[-1], casework.CaseCleared) and random.random() < 0.3:
            story.append(casework.ClearanceRevoked(reason="wrong one"))
    elif random.random() < 0.5:
        story += [casework.CaseSuspended(reason="nothing new"), casework.CaseReopened(reason="something new")]
    if random.random() < 0.2:
        story += [casework.CaseMerged(into=into, reason="same"), casework.CaseUnmerged(out_of=into, reason="not the same")]
    return story


def correction(random: Random) -> Story:
    asked = {"subject": casework.SubjectKind.CASE, "case": CaseId(fresh(random)), "corrects": 1, "fact": "FILED_AT", "reason": "typo"}
    story: Story = [casework.CorrectionRequested(requested_by=OfficerId("o-1"), **asked)]
    if random.random() < 0.5:
        return [*story, casework.CorrectionRejected(reason="no")]
    story.append(casework.CorrectionApproved(requested_by=OfficerId("o-1"), **asked))
    if random.random() < 0.5:
        return [*story, casework.CorrectionApplied()]
    return [*story, casework.CorrectionLapsed(rule="CASE_NOT_FILED", message="It is not filed.", message_zh="未立案。")]


def division(random: Random) -> Story:
    code = DivisionCode(f"{random.getrandbits(40)}")
    level, first = jurisdiction.DivisionLevel.COUNTY, date(2000, 1, 1)
    story: Story = [jurisdiction.DivisionEstablished(code=code, name_en="Some", name_zh="某", level=level, parent=None, valid_from=first)]
    story.append(jurisdiction.DivisionRenamed(name_en="Other", name_zh="他", valid_from=date(2010, 1, 1)))
    return [*story, jurisdiction.DivisionAbolished(valid_to=date(2020, 1, 1), successors=(DivisionId(fresh(random)),))]


def organisation(random: Random) -> Story:
    code = OrganisationId(f"s-{random.getrandbits(40)}")
    kind, first = jurisdiction.OrganisationKind.STATION, date(2000, 1, 1)
    story: Story = [
        jurisdiction.OrganisationEstablished(
            organisation=code, kind=kind, name_en="Some", name_zh="某", parent=None, division=DivisionCode("500103"), valid_from=first
        )
    ]
    story.append(jurisdiction.OrganisationRenamed(name_en="Other", name_zh="他", valid_from=date(2010, 1, 1)))
    story.append(jurisdiction.OrganisationMoved(parent=random.choice((NORTH, SOUTH)), valid_from=date(2011, 1, 1)))
    return [*story, jurisdiction.OrganisationClosed(valid_to=date(2020, 1, 1))]


def camera(random: Random) -> Story:
    story: Story = [
        surveillance.CameraRegistered(
            gb28181_id=CameraId(f"5001030000132{random.randrange(10**7):07}"),
            sector=random.choice(list(surveillance.OwnerSector)),
            owner="ICBC",
            builder=random.choice(list(surveillance.Builder)),
            division=DivisionCode("500103"),
            station=NORTH,
            place=Point(106.5, 29.5),
            range=80,
        )
    ]
    later: list[Callable[[], Event]] = [
        lambda: surveillance.CameraAccepted(standard="DB50/216", standard_version=random.choice(("2006", "2010"))),
        lambda: surveillance.CameraMoved(
            place=Point(106.6, 29.6),
            range=random.randrange(1, 500),
            bearing=90.0,
            field_of_view=60.0,
            division=DivisionCode("500105"),
            station=random.choice((NORTH, SOUTH)),
        ),
        lambda: surveillance.CameraNetworked(networked=random.random() < 0.5),
        lambda: surveillance.HealthChanged(health=random.choice(list(surveillance.CameraHealth))),
    ]
    story += [*some(random, later), surveillance.CameraSuspended(reason="works"), surveillance.CameraResumed()]
    story += [surveillance.FaultReported(fault="LENS"), surveillance.FaultRepaired(), surveillance.ViolationRecorded(code="1039")]
    return [*story, surveillance.CameraRetired(reason="broken")] if random.random() < 0.7 else story


def device(random: Random) -> Story:
    story: Story = [
        surveillance.TechAlarmDeviceRegistered(
            number=f"D-{random.getrandbits(64)}",
            kind=random.choice(list(surveillance.DeviceKind)),
            owner="ICBC",
            division=DivisionCode("500103"),
            station=random.choice((NORTH, SOUTH)),
            place=Point(106.5, 29.5),
        )
    ]
    later: list[Callable[[], Event]] = [
        lambda: surveillance.DeviceZoneSet(zone=random.randrange(1, 3), name="door", cameras=(CameraId("50010300001320000001"),)),
        lambda: surveillance.DeviceTestStarted(until=BEGINNING, reason="yearly"),
        surveillance.DeviceTestEnded,
        lambda: surveillance.DeviceSignalled(zone=None, alarm=AlarmId(fresh(random)), report=ReportId(fresh(random))),
    ]
    story += [*some(random, later), surveillance.DeviceSuspended(reason="works"), surveillance.DeviceResumed()]
    return [*story, surveillance.DeviceRetired(reason="broken")] if random.random() < 0.7 else story


def post(random: Random) -> Story:
    cameras = (CameraId("50010300001320000001"), CameraId("50010300001320000002"))
    story: Story = [
        surveillance.MonitoringPostEstablished(
            number="M-1",
            name_en="Room",
            name_zh="监控室",
            level=random.choice(list(surveillance.PostLevel)),
            station=NORTH,
            division=DivisionCode("500103"),
            staffed_24h=True,
            valid_from=date(2019, 1, 1),
        ),
        surveillance.CamerasConnected(cameras=cameras),
    ]
    rostered = surveillance.PostRostered(roster=RosterId(fresh(random)), until=BEGINNING)
    gone = surveillance.CamerasDisconnected(cameras=cameras[:1])
    return [*story, rostered, gone, surveillance.MonitoringPostClosed(valid_to=date(2020, 1, 1), reason="moved")]


def roster(random: Random) -> Story:
    first, second = OfficerId("li"), OfficerId("wang")
    shifts = tuple(
        surveillance.Shift(officer=officer, starts_at=BEGINNING + timedelta(hours=8 * n), ends_at=BEGINNING + timedelta(hours=8 * n + 8))
        for n, officer in enumerate((first, second, first))
    )
    post = PostId(fresh(random))
    published = surveillance.RosterPublished(
        post=post, station=NORTH, starts_at=BEGINNING, ends_at=BEGINNING + timedelta(1), grace=900, shifts=shifts
    )
    return [
        published,
        surveillance.ShiftsSwapped(first=0, first_officer=second, second=1, second_officer=first, reason="a wedding"),
        surveillance.ShiftMissed(shift=0),
        surveillance.ShiftReassigned(shift=0, officer=first, reason="ill"),
        surveillance.ShiftStarted(shift=0),
        surveillance.ShiftStarted(shift=1),
        surveillance.ShiftHandedOver(shift=0, to=1, remarks=""),
        surveillance.ShiftEnded(shift=1),
    ]


def response_plan(random: Random) -> Story:
    content: dict[str, Any] = {
        "name_en": "Fire",
        "name_zh": "火灾",
        "trigger": dispatching.PlanTrigger(("FIRE",)),
        "units": (dispatching.WantedUnits("LADDER", random.randrange(1, 4)),),
        "steps": (dispatching.PlanStep("CORDON", "Cordon", "警戒", 60),),
    }
    code = f"p-{random.getrandbits(40)}"
    story: Story = [dispatching.ResponsePlanDrafted(code=code, edition="2026-1", **content)]
    story.append(dispatching.ResponsePlanRevised(**content | {"name_en": "Fires"}))
    if random.random() < 0.5:
        return story
    gone = dispatching.ResponsePlanSuperseded(superseded_by=ResponsePlanId(fresh(random)))
    return [*story, dispatching.ResponsePlanAdopted(code=code), gone]


def deployment_plan(random: Random) -> Story:
    first, until = BEGINNING.date(), BEGINNING.date() + timedelta(days=90)
    content: dict[str, Any] = {
        "valid_from": first,
        "valid_to": until,
        "slots": (dispatching.DeploymentSlot(1, 8, 20, random.randrange(1, 4)), dispatching.DeploymentSlot(6, 18, 24, 2, "boat")),
        "grounds": dispatching.DeploymentGrounds("demand", first, first, 7),
    }
    story: Story = [dispatching.DeploymentPlanDrafted(organisation=NORTH, **content)]
    story.append(dispatching.DeploymentPlanRevised(**content | {"slots": content["slots"][:1]}))
    if random.random() < 0.5:
        return story
    gone = dispatching.DeploymentPlanSuperseded(superseded_by=DeploymentPlanId(fresh(random)), valid_to=first + timedelta(days=9))
    return [*story, dispatching.DeploymentPlanPublished(organisation=NORTH), gone]


def plan_activation(random: Random) -> Story:
    steps = tuple(dispatching.PlanStep(code, code, "步骤", random.randrange(1, 900)) for code in ("A", "B", "C"))
    alarm, plan = AlarmId(fresh(random)), ResponsePlanId(fresh(random))
    story: Story = [dispatching.PlanActivated(alarm=alarm, plan=plan, code="FIRE", edition="2026-1", units=(), steps=steps)]
    story += [dispatching.StepEscalated(step="A", limit=BEGINNING), dispatching.StepDone(step="A")]
    story.append(dispatching.StepSkipped(step="B", reason="no need"))
    return [*story, *([dispatching.PlanEnded(reason="over", left=("C",))] if random.random() < 0.5 else [])]


def priority_place(random: Random) -> Story:
    told = surveillance.PriorityPlaceDesignated(
        name_en="Square",
        name_zh="广场",
        kind=random.choice(list(surveillance.PriorityKind)),
        place=Point(106.5, 29.5),
        division=DivisionCode("500103"),
        station=random.choice((NORTH, SOUTH)),
        valid_from=date(2026, 1, 1),
    )
    return [told, *([surveillance.PriorityPlaceEnded(valid_to=date(2027, 1, 1), reason="rebuilt")] if random.random() < 0.5 else [])]


def patrol(random: Random) -> Story:
    mode, station = random.choice(list(surveillance.PatrolMode)), random.choice((NORTH, SOUTH))
    planned = surveillance.PatrolPlanned(
        mode=mode,
        task=random.choice(list(surveillance.SecurityTask)),
        station=station,
        route=(surveillance.RouteStop(place=Point(106.5, 29.5)),),
        starts_at=BEGINNING,
        ends_at=BEGINNING + timedelta(hours=2),
        officers=(OfficerId("li"),),
    )
    if random.random() < 0.3:
        return [planned, surveillance.PatrolCancelled(reason="rain")]
    seen = surveillance.PatrolObserved(mode=mode, station=station, summary="a crowd", place=Point(106.5, 29.5))
    return [planned, surveillance.PatrolStarted(), seen, surveillance.PatrolEnded(remarks="quiet")]


def inspection(random: Random) -> Story:
    story: Story = [surveillance.InspectionOpened(station=NORTH, post=PostId(fresh(random)))]
    story += [surveillance.FindingRaised(number=n, station=NORTH, finding="asleep", due=date(2026, 2, n)) for n in (1, 2)]
    return [*story, *([surveillance.FindingClosed(number=1, remedy="told off")] if random.random() < 0.5 else [])]


def footage(random: Random) -> Story:
    li, wang, zhao = OfficerId("li"), OfficerId("wang"), OfficerId("zhao")
    asked = surveillance.FootageRequested(
        camera=RegisteredCameraId(fresh(random)),
        station=random.choice((NORTH, SOUTH)),
        officers=(li, wang),
        requested_by=li,
        purpose="a theft",
        since=BEGINNING - timedelta(hours=2),
        until=BEGINNING - timedelta(hours=1),
        needed_by=BEGINNING + timedelta(1),
        legal_basis=LegalBasisId(fresh(random)),
        case=CaseId(fresh(random)),
    )
    if random.random() < 0.3:
        return [asked, random.choice((surveillance.FootageRefused(reason="no"), surveillance.FootageRequestExpired()))]
    taken = surveillance.FootageRetrieved(
        since=asked.since, until=asked.until, sha256="0" * 64, byte_size=1, holder=li, retain_until=BEGINNING + timedelta(30), limit="2009"
    )
    story: Story = [asked, surveillance.FootageApproved(paper=random.choice(list(surveillance.FootagePaper)), number="P-1"), taken]
    story += [surveillance.FootageSealed(seal="S-1"), surveillance.EvidenceAccessed(purpose="trial")]
    story.append(surveillance.CustodyTransferred(giver=li, taker=zhao, destination="the court", reason="trial"))
    story += [surveillance.HoldPlaced(reason="appeal"), surveillance.HoldLifted(reason="over")]
    if random.random() < 0.5:
        return [*story, surveillance.FootageReturned(destination="the bank", reason="over")]
    return [*story, surveillance.RetentionExpired(), surveillance.FootageDestroyed(reason="over")]


def unit_state(random: Random) -> Story:
    code = f"S_{random.getrandbits(40)}"
    story: Story = [dispatching.UnitStateDefined(code=code, name_en="At meal", name_zh="用餐", base=dispatching.UnitStatus.DELAYED)]
    story.append(dispatching.UnitStateRenamed(name_en="Meal", name_zh="吃饭"))
    return [*story, *([dispatching.UnitStateWithdrawn(reason="not used")] if random.random() < 0.5 else [])]


def area_group(random: Random) -> Story:
    members: dict[str, Any] = {"organisations": (NORTH,), "divisions": (DivisionCode("500103"),)}
    code, first = f"g-{random.getrandbits(40)}", date(2000, 1, 1)
    story: Story = [jurisdiction.AreaGroupEstablished(code=code, name_en="Some", name_zh="某", valid_from=first, **members)]
    story.append(jurisdiction.AreaGroupChanged(organisations=(NORTH, SOUTH), divisions=(), valid_from=date(2010, 1, 1)))
    return [*story, *([jurisdiction.AreaGroupAbolished(valid_to=date(2020, 1, 1))] if random.random() < 0.5 else [])]


def boundary(random: Random) -> Story:
    bounded: dict[str, Any] = {"level": jurisdiction.BoundaryLevel.STATION, "code": f"s-{random.getrandbits(40)}"}

    def changed() -> Event:
        day, to = random.choice((None, date(2020, 1, 1))), date(random.randrange(2000, 2010), 1, 1)
        return jurisdiction.BoundaryChanged(area=square(random.random()), valid_from=to, valid_to=day, **bounded)

    ended = jurisdiction.BoundaryEnded(valid_to=date(random.randrange(2000, 2010), 1, 1), **bounded)
    return [changed(), *some(random, [changed]), *([ended, changed()] if random.random() < 0.5 else [])]


def square(side: float) -> Area:
    return Area(((((106.0, 29.0), (106.0 + side, 29.0), (106.0 + side, 29.0 + side), (106.0, 29.0 + side), (106.0, 29.0)),),))


def population(random: Random) -> Story:
    of: dict[str, Any] = {"division": DivisionCode(f"{random.getrandbits(40)}"), "year": 2010, "kind": jurisdiction.PopulationKind.RESIDENT}
    return [jurisdiction.PopulationRecorded(people=people, source="census", **of) for people in range(1, random.randrange(2, 5))]


def legal_basis(random: Random) -> Story:
    titles, kind = {"title_en": "Some", "title_zh": "某"}, random.choice(list(jurisdiction.LegalBasisKind))
    enacted = jurisdiction.LegalBasisEnacted(
        code=f"b-{random.getrandbits(40)}", kind=kind, number="196", edition="2006", valid_from=date(2006, 9, 1), **titles
    )
    other = LegalBasisId(fresh(random)) if random.random() < 0.5 else None
    return [enacted, *([jurisdiction.LegalBasisRepealed(valid_to=date(2009, 1, 1), superseded_by=other)] if random.random() < 0.5 else [])]


def service_level(random: Random) -> Story:
    limits = (jurisdiction.ResponseLimit(dispatching.AreaClass.URBAN, "A", acknowledgement=random.randrange(1, 99)),)
    story: Story = [jurisdiction.ServiceLevelDrafted(code=f"l-{random.getrandbits(40)}", limits=limits)]
    story.append(jurisdiction.ServiceLevelRevised(limits=(*limits, jurisdiction.ResponseLimit(arrival=600))))
    if random.random() < 0.5:
        return story
    other, later = ServiceLevelId(fresh(random)), BEGINNING + timedelta(days=1)
    story.append(jurisdiction.ServiceLevelActivated(active_from=BEGINNING))
    return [*story, jurisdiction.ServiceLevelSuperseded(active_to=later, superseded_by=other)]


def limit_set(random: Random) -> Story:
    matters = jurisdiction.LimitMatter.FOOTAGE, jurisdiction.LimitMatter.IMPORTANT_FOOTAGE, jurisdiction.LimitMatter.POSITIONS
    limits = tuple(jurisdiction.TimeLimit(matter, random.randrange(1, 99)) for matter in matters)
    scope = jurisdiction.LimitScope.RETENTION
    story: Story = [jurisdiction.LimitSetDrafted(code="r-1", scope=scope, limits=limits), jurisdiction.LimitSetRevised(limits=limits)]
    if random.random() < 0.5:
        return story
    other, later = LimitSetId(fresh(random)), BEGINNING + timedelta(days=1)
    story.append(jurisdiction.LimitSetActivated(scope=scope, active_from=BEGINNING))
    return [*story, jurisdiction.LimitSetSuperseded(active_to=later, superseded_by=other)]


def code_list(random: Random) -> Story:
    entries = tuple(jurisdiction.CodeEntry(str(number), f"Priority {number}", f"{number}级") for number in range(1, random.randrange(2, 6)))
    scope = jurisdiction.CodeScope.PRIORITY
    story: Story = [jurisdiction.CodeListDrafted(code="p-1", scope=scope, entries=entries), jurisdiction.CodeListRevised(entries=entries)]
    if random.random() < 0.5:
        return story
    other, later = CodeListId(fresh(random)), BEGINNING + timedelta(days=1)
    story.append(jurisdiction.CodeListActivated(scope=scope, active_from=BEGINNING))
    return [*story, jurisdiction.CodeListSuperseded(active_to=later, superseded_by=other)]


KINDS = (
    alarm,
    alarm,
    unit,
    order,
    order,
    case,
    case,
    correction,
    division,
    organisation,
    camera,
    device,
    post,
    roster,
    priority_place,
    patrol,
    inspection,
    footage,
    area_group,
    boundary,
    population,
    legal_basis,
    service_level,
    limit_set,
    code_list,
    response_plan,
    plan_activation,
    unit_state,
    deployment_plan,
)


def some(random: Random, makers: Sequence[Callable[[], Event]]) -> list[Event]:
    return [random.choice(makers)() for _ in range(random.randrange(5))]


def stories(random: Random, things: int) -> Iterator[tuple[UUID, Event]]:
    """The stories of some things, told in turns: an alarm and a case are always among them, and of enough things some of every kind."""
    kinds = [alarm, case, *random.sample(KINDS, len(KINDS))]
    open_ones = [(fresh(random), iter(kinds[number % len(kinds)](random))) for number in range(things)]
    while open_ones:
        id, story = random.choice(open_ones)
        event = next(story, None)
        if event is None:
            open_ones = [each for each in open_ones if each[0] != id]
        else:
            yield id, event


class Scribe:
    """Writes events into a log, each as a command of its own, as many in one commit as are given at once."""

    def __init__(self, database: Database, inline: Inline | None = None) -> None:
        self._database = database
        self._inline = inline
        self._versions: dict[UUID, int] = {}
        self._now = BEGINNING

    def write(self, events: Sequence[tuple[UUID, Event]]) -> None:
        submissions = [self._submission(id, event) for id, event in events]
        with self._database.writing() as connection:
            self._append(connection, submissions)

    def _append(self, connection: sa.Connection, submissions: Sequence[Submission]) -> None:
        append(connection, submissions, self._now, self._inline)

    def _submission(self, id: UUID, event: Event) -> Submission:
        self._now += timedelta(seconds=30)
        version = self._versions[id] = self._versions.get(id, 0) + 1
        return Submission(
            command_id=uuid4(),
            name="test",
            content=b"",
            by=OfficerId("o-2"),
            organisation=NORTH,
            entries=(Entry(id, version, event, self._now),),
        )
