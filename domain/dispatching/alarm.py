"""The alarm: what may be done with it, and the rules that forbid the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, assert_never

from domain.casework.events import Contribution
from domain.dispatching.coding import NO_LISTS, Codes, on_list
from domain.dispatching.duplicates import Suspicion
from domain.dispatching.events import (
    AlarmAbsorbed,
    AlarmAttended,
    AlarmChange,
    AlarmClosed,
    AlarmDispatched,
    AlarmFact,
    AlarmFactCorrected,
    AlarmOpened,
    AlarmOrderFailed,
    AlarmOutcome,
    AlarmReferred,
    AlarmReleased,
    AlarmReopened,
    AlarmResult,
    AlarmResultRecorded,
    AlarmsMerged,
    AlarmTriaged,
    AlarmUnmerged,
    AreaClass,
    CameraLinked,
    CamerasLinked,
    CaseOpenedFromAlarm,
    DuplicateDismissed,
    DuplicateSuggested,
    FeedbackRecorded,
    InitialMeasuresTaken,
    IntakeKind,
    LinkedCamera,
    LocationResolved,
    PostChoice,
    PriorityChanged,
    RecommendationOverridden,
    ReportReceived,
    ReportSource,
    UnitsRecommended,
    VideoFinding,
    VideoVerificationRequested,
    VideoVerified,
)
from domain.dispatching.recommending import Needs, Standing, Survey, ranked, recommended, shortfall
from domain.dispatching.rules import (
    AlarmHasCase,
    AlarmHasMoved,
    AlarmHasNoPlace,
    AlarmIsClosed,
    AlarmIsMerged,
    AlarmIsOpen,
    AlarmIsTriaged,
    AlarmNeedsFeedback,
    AlarmNeedsResult,
    AlarmNotMergedThere,
    AlarmNotTriaged,
    CameraIdMalformed,
    CameraNotLinked,
    CorrectionLacksValue,
    DuplicateNotSuggested,
    FeedbackIsFinal,
    MergeOutsideDivision,
    MergeTargetNotOpen,
    MergeWithItself,
    NoCaseFromTests,
    NoDispatchOfTests,
    NoMergeWithTests,
    NothingAchieved,
    OrderOfAnotherAlarm,
    OverrideNeedsReason,
    PostNotAsked,
)
from domain.events import Event
from domain.evolving import evolve
from domain.ids import (
    AlarmId,
    CameraId,
    CaseId,
    CorrectionId,
    DeviceId,
    DivisionCode,
    OrderId,
    OrganisationId,
    PersonId,
    PostId,
    RecommendationId,
    ReportId,
    UnitId,
)
from domain.jurisdiction.divisions import covers
from domain.jurisdiction.events import CodeScope
from domain.places import Point
from domain.rules import free_text, required_text

FRUITLESS = frozenset({AlarmResult.CANCELLED, AlarmResult.UNFOUNDED, AlarmResult.HARASSMENT, AlarmResult.DUPLICATE})
"""Results of alarms at which nothing can have been achieved."""
_CAMERA_ID = re.compile(r"\d{20}")


@dataclass(frozen=True)
class Alarm:
    """An alarm (警情). A merge sets everything else aside without touching it, so that an unmerge brings it back.

    Times are not compared: offline units and imported data bring them in any order, and the figures leave out what
    cannot be true.
    """

    begins: ClassVar[tuple[type[Event], ...]] = (AlarmOpened,)

    division: DivisionCode
    test: bool
    place: Point | None = None
    recommended: Standing | None = None
    priority: str | None = None
    area_class: AreaClass | None = None
    reports: frozenset[ReportId] = frozenset()
    cameras: frozenset[CameraId] = frozenset()
    asked: PostId | None = None
    verified: VideoVerified | None = None
    suggested: frozenset[AlarmId] = frozenset()
    dismissed: frozenset[AlarmId] = frozenset()
    orders: frozenset[OrderId] = frozenset()
    failed: frozenset[OrderId] = frozenset()
    attended: bool = False
    referred: bool = False
    feedback: bool = False
    final: bool = False
    recorded: AlarmResultRecorded | None = None
    case: CaseId | None = None
    closed: bool = False
    merged_into: AlarmId | None = None
    absorbed: frozenset[AlarmId] = frozenset()

    @staticmethod
    def open(
        kind: IntakeKind,
        division: DivisionCode,
        station: OrganisationId,
        *,
        alarm_type: str | None = None,
        place: Point | None = None,
        address: str = "",
        summary: str = "",
        test: bool = False,
        external_id: str | None = None,
        device: DeviceId | None = None,
        zone: int | None = None,
        codes: Codes = NO_LISTS,
    ) -> AlarmOpened:
        return AlarmOpened(
            kind=kind,
            division=DivisionCode(required_text(division, field="division")),
            station=OrganisationId(required_text(station, field="station")),
            alarm_type=on_list(alarm_type, CodeScope.ALARM_TYPE, codes) if alarm_type else None,
            place=place,
            address=free_text(address, field="address"),
            summary=free_text(summary, field="summary"),
            test=test,
            external_id=external_id,
            device=device,
            zone=zone,
        )

    def add_report(
        self,
        report: ReportId,
        source: ReportSource,
        *,
        caller: PersonId | None = None,
        device: str | None = None,
        summary: str = "",
        external_id: str | None = None,
        zone: int | None = None,
    ) -> ReportReceived | None:
        self._insist_on_open()
        if report in self.reports:
            return None
        summary = free_text(summary, field="summary")
        return ReportReceived(
            report=report, source=source, caller=caller, device=device, summary=summary, external_id=external_id, zone=zone
        )

    def resolve_location(self, place: Point, division: DivisionCode, station: OrganisationId, address: str = "") -> LocationResolved:
        self._insist_on_open()
        return LocationResolved(
            place=place,
            division=DivisionCode(required_text(division, field="division")),
            station=OrganisationId(required_text(station, field="station")),
            address=free_text(address, field="address"),
        )

    def triage(self, alarm_type: str, priority: str, area_class: AreaClass | None = None, codes: Codes = NO_LISTS) -> AlarmTriaged:
        """Also after a unit was sent: help does not wait for the paper."""
        self._insist_on_open()
        if self.priority is not None:
            raise AlarmIsTriaged
        return AlarmTriaged(
            alarm_type=on_list(alarm_type, CodeScope.ALARM_TYPE, codes),
            priority=on_list(priority, CodeScope.PRIORITY, codes),
            area_class=area_class,
        )

    def change_priority(self, priority: str, reason: str, codes: Codes = NO_LISTS) -> PriorityChanged | None:
        self._insist_on_open()
        if self.priority is None:
            raise AlarmNotTriaged
        priority = on_list(priority, CodeScope.PRIORITY, codes)
        reason = required_text(reason, field="reason")
        return None if priority == self.priority else PriorityChanged(priority=priority, reason=reason)

    def link_camera(self, camera: CameraId) -> CameraLinked | None:
        self._insist_on_open()
        if not _CAMERA_ID.fullmatch(camera):
            raise CameraIdMalformed
        return None if camera in self.cameras else CameraLinked(camera=camera)

    def link_cameras(self, place: Point, cameras: tuple[LinkedCamera, ...], seeing: int) -> CamerasLinked | None:
        """A test is looked at by nobody. Where no camera sees the place there is nothing to record."""
        self._insist_on_open()
        if place != self.place:
            raise AlarmHasMoved
        return None if self.test or not cameras else CamerasLinked(place=place, cameras=cameras, seeing=seeing)

    def ask_for_verification(
        self, post: PostId, station: OrganisationId, choice: PostChoice, cameras: tuple[CameraId, ...]
    ) -> VideoVerificationRequested | None:
        """One post at a time: another one is asked in its place, where the alarm has moved."""
        self._insist_on_open()
        if self.test or post == self.asked:
            return None
        return VideoVerificationRequested(post=post, station=station, choice=choice, cameras=cameras)

    def verify_by_video(self, post: PostId, finding: VideoFinding, camera: CameraId | None, note: str) -> VideoVerified | None:
        """A later look may show something else."""
        self._insist_on_open()
        if post != self.asked:
            raise PostNotAsked
        if camera is not None and camera not in self.cameras:
            raise CameraNotLinked
        verified = VideoVerified(post=post, finding=finding, camera=camera, note=free_text(note, field="note"))
        return None if verified == self.verified else verified

    def suggest_duplicate(self, suspicion: Suspicion) -> DuplicateSuggested | None:
        """Once: whoever has dismissed it is not asked again."""
        self._insist_on_open()
        known = self.suggested | self.dismissed | self.absorbed
        return None if self.test or suspicion.other in known else suspicion.suggested()

    def dismiss_duplicate(self, other: AlarmId, reason: str) -> DuplicateDismissed:
        self._insist_on_open()
        if other not in self.suggested:
            raise DuplicateNotSuggested
        return DuplicateDismissed(other=other, reason=required_text(reason, field="reason"))

    def insist_on_dispatchable(self) -> None:
        self._insist_on_open()
        if self.test:
            raise NoDispatchOfTests

    def recommend(self, recommendation: RecommendationId, needs: Needs, survey: Survey, now: datetime) -> UnitsRecommended:
        """A later recommendation stands in place of this one."""
        self.insist_on_dispatchable()
        if self.place is None:
            raise AlarmHasNoPlace
        if survey.place != self.place:
            raise AlarmHasMoved
        ranking = ranked(needs, survey, now)
        return UnitsRecommended(
            recommendation=recommendation,
            place=self.place,
            wanted=needs.wanted,
            recommended=recommended(needs, ranking),
            ranking=ranking,
            shortfall=shortfall(needs, ranking),
            capabilities=needs.capabilities,
            stations=needs.stations,
        )

    def override(self, order: OrderId, unit: UnitId, reason: str) -> RecommendationOverridden | None:
        """Where a recommendation stands, another unit than those is sent only with a reason."""
        standing = self.recommended
        if standing is None or unit in standing.units or order in self.orders:
            return None
        if not reason.strip():
            raise OverrideNeedsReason
        reason = required_text(reason, field="overrideReason")
        return RecommendationOverridden(
            recommendation=standing.recommendation, order=order, unit=unit, recommended=standing.units, reason=reason
        )

    def dispatch(self, order: OrderId, unit: UnitId) -> AlarmDispatched | None:
        self.insist_on_dispatchable()
        return None if order in self.orders else AlarmDispatched(order=order, unit=unit)

    def attend(self, order: OrderId) -> AlarmAttended | None:
        """The first arrival counts. What a unit does for a merged or closed alarm stands with its order alone."""
        if order not in self.orders:
            raise OrderOfAnotherAlarm
        if self.attended or self.closed or self.merged_into is not None:
            return None
        return AlarmAttended(order=order)

    def fail(self, order: OrderId) -> AlarmOrderFailed | None:
        """In any state, so that an alarm which is reopened or unmerged knows whether somebody is on the way."""
        return AlarmOrderFailed(order=order) if order in self.orders - self.failed else None

    def merge(self, own: AlarmId, into: AlarmId, target: Alarm, reason: str) -> AlarmsMerged:
        self._insist_on_open()
        if own == into:
            raise MergeWithItself
        if self.test != target.test:
            raise NoMergeWithTests
        if not covers(target.division, self.division):
            raise MergeOutsideDivision
        return AlarmsMerged(into=into, reason=required_text(reason, field="reason"))

    def absorb(self, source: AlarmId) -> AlarmAbsorbed:
        if self.closed or self.merged_into is not None:
            raise MergeTargetNotOpen
        return AlarmAbsorbed(source=source)

    def unmerge(self, out_of: AlarmId, reason: str) -> AlarmUnmerged:
        if self.merged_into != out_of:
            raise AlarmNotMergedThere
        return AlarmUnmerged(out_of=out_of, reason=required_text(reason, field="reason"))

    def release(self, source: AlarmId) -> AlarmReleased:
        """Whatever became of this alarm meanwhile: the other one stands on its own again."""
        if source not in self.absorbed:
            raise AlarmNotMergedThere
        return AlarmReleased(source=source)

    def refer(self, to: str, reason: str) -> AlarmReferred:
        self._insist_on_open()
        return AlarmReferred(to=required_text(to, field="to"), reason=required_text(reason, field="reason"))

    def take_initial_measures(self, measures: str) -> InitialMeasuresTaken:
        self._insist_on_open()
        return InitialMeasuresTaken(measures=required_text(measures, field="measures"))

    def record_feedback(self, summary: str, order: OrderId | None = None, *, final: bool = False) -> FeedbackRecorded:
        """First feedback and any number after it, until one is final. Units of absorbed alarms report here as well."""
        self._insist_on_open()
        if self.final:
            raise FeedbackIsFinal
        if order is not None and order not in self.orders and not self.absorbed:
            raise OrderOfAnotherAlarm
        return FeedbackRecorded(order=order, final=final, summary=free_text(summary, field="summary"))

    def record_result(
        self,
        result: AlarmResult,
        disposition: str = "",
        outcome: AlarmOutcome | None = None,
        contributions: tuple[Contribution, ...] = (),
    ) -> AlarmResultRecorded | None:
        """May be changed until the alarm is closed. Whatever is named is named anew: nothing of the result before stays."""
        self._insist_on_open()
        if (outcome is not None and result in FRUITLESS) or (outcome is None and contributions):
            raise NothingAchieved
        disposition = free_text(disposition, field="disposition")
        recorded = AlarmResultRecorded(
            result=result, disposition=disposition, outcome=outcome, contributions=tuple(dict.fromkeys(contributions))
        )
        return None if recorded == self.recorded else recorded

    def close(self) -> AlarmClosed:
        """Who sent nobody, handed the alarm over or tested the line has nobody to give feedback: the result is enough."""
        self._insist_on_open()
        if self.recorded is None:
            raise AlarmNeedsResult
        if self.orders and not self.referred and not self.feedback:
            raise AlarmNeedsFeedback
        return AlarmClosed()

    def reopen(self, reason: str) -> AlarmReopened:
        """Feedback and result stay; both may be added to again."""
        if not self.closed:
            raise AlarmIsOpen
        return AlarmReopened(reason=required_text(reason, field="reason"))

    def open_case(self, case: CaseId) -> CaseOpenedFromAlarm | None:
        if self.test:
            raise NoCaseFromTests
        if self.case not in {None, case}:
            raise AlarmHasCase
        return CaseOpenedFromAlarm(case=case) if self.case is None else None

    def correct(
        self,
        correction: CorrectionId,
        fact: AlarmFact,
        corrects: int,
        reason: str,
        *,
        instant: datetime | None = None,
        code: str | None = None,
        place: Point | None = None,
    ) -> AlarmFactCorrected:
        """In any state: a wrong fact stays wrong when the alarm is closed."""
        needed = {AlarmFact.RECEIVED_AT: instant, AlarmFact.ALARM_TYPE: code, AlarmFact.PLACE: place}
        if needed[fact] is None:
            raise CorrectionLacksValue
        reason = required_text(reason, field="reason")
        return AlarmFactCorrected(
            correction=correction, fact=fact, corrects=corrects, reason=reason, instant=instant, code=code, place=place
        )

    def _insist_on_open(self) -> None:
        if self.merged_into is not None:
            raise AlarmIsMerged
        if self.closed:
            raise AlarmIsClosed

    @classmethod
    def begin(cls, event: AlarmOpened) -> Alarm:
        return cls(division=event.division, test=event.test, place=event.place)

    def apply(self, event: AlarmChange) -> Alarm:  # noqa: C901, PLR0911, PLR0912 - one line for each event
        match event:
            case ReportReceived(report=report):
                return evolve(self, reports=self.reports | {report})
            case LocationResolved(place=place, division=division):
                return evolve(self, division=division, place=place, recommended=None)
            case AlarmTriaged(priority=priority, area_class=area_class):
                return evolve(self, priority=priority, area_class=area_class)
            case PriorityChanged(priority=priority):
                return evolve(self, priority=priority)
            case CameraLinked(camera=camera):
                return evolve(self, cameras=self.cameras | {camera})
            case CamerasLinked(cameras=linked):
                return evolve(self, cameras=self.cameras | {each.camera for each in linked})
            case VideoVerificationRequested(post=post):
                return evolve(self, asked=post, verified=None)
            case VideoVerified():
                return evolve(self, verified=event)
            case DuplicateSuggested(other=other):
                return evolve(self, suggested=self.suggested | {other})
            case DuplicateDismissed(other=other):
                return evolve(self, suggested=self.suggested - {other}, dismissed=self.dismissed | {other})
            case UnitsRecommended(recommendation=recommendation, recommended=units):
                return evolve(self, recommended=Standing(recommendation, units) if units else None)
            case AlarmDispatched(order=order, unit=unit):
                left = self.recommended and self.recommended.after(unit)
                return evolve(self, orders=self.orders | {order}, recommended=left)
            case AlarmOrderFailed(order=order):
                return evolve(self, failed=self.failed | {order})
            case AlarmAttended():
                return evolve(self, attended=True)
            case AlarmsMerged(into=into):
                return evolve(self, merged_into=into)
            case AlarmUnmerged():
                return evolve(self, merged_into=None)
            case AlarmAbsorbed(source=source):
                return evolve(self, absorbed=self.absorbed | {source})
            case AlarmReleased(source=source):
                return evolve(self, absorbed=self.absorbed - {source})
            case AlarmReferred():
                return evolve(self, referred=True)
            case FeedbackRecorded(final=final):
                return evolve(self, feedback=True, final=final)
            case AlarmResultRecorded():
                return evolve(self, recorded=event)
            case AlarmClosed():
                return evolve(self, closed=True, recommended=None)
            case AlarmReopened():
                return evolve(self, closed=False, final=False)
            case CaseOpenedFromAlarm(case=case):
                return evolve(self, case=case)
            case AlarmFactCorrected(place=place) if place is not None:
                return evolve(self, place=place, recommended=None)
            case InitialMeasuresTaken() | AlarmFactCorrected() | RecommendationOverridden():
                return self
            case _:
                assert_never(event)
