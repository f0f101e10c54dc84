"""A case as the figures see it: a story of chapters, told in the order of the log, of which a correction rewrites one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from functools import reduce
from operator import attrgetter
from typing import Any, NamedTuple

from domain.casework.events import (
    CaseCleared,
    CaseConcluded,
    CaseFact,
    CaseFactCorrected,
    CaseFiled,
    CaseMerged,
    CaseReclassified,
    CaseReopened,
    CaseSplit,
    CaseUnmerged,
    CaseWithdrawn,
    ClearanceKind,
    ClearanceRevoked,
    ContributionChannel,
    JurisdictionTransferred,
    Offence,
    ReportRegistered,
    RetroFiled,
    WithdrawalReason,
)
from domain.casework.outcomes import outcome_of_withdrawal
from domain.events import Event, Recorded
from domain.ids import CaseId, DivisionCode, OrganisationId
from domain.oversight.measures import Cause


class Chapter(NamedTuple):
    """One thing that moves figures. Where it is not `dated`, the source does not say when, and `day` is of no use."""

    position: int
    cause: Cause
    day: date
    dated: bool = True
    division: DivisionCode | None = None
    station: OrganisationId | None = None
    offences: tuple[Offence, ...] = ()
    cleared: int = 0
    clearance: ClearanceKind | None = None
    outcome: str | None = None
    withdrawal: WithdrawalReason | None = None
    merged_into: CaseId | None = None
    channels: tuple[ContributionChannel, ...] = ()


Story = tuple[Chapter, ...]


class CountedCase(NamedTuple):
    """Where a case stands after some chapters. `placed_on` is the day since when its division code is meant."""

    division: DivisionCode
    station: OrganisationId
    placed_on: date
    offences: tuple[Offence, ...]
    filed_day: date | None = None
    clearance: Chapter | None = None
    withdrawal: Chapter | None = None
    conclusion: Chapter | None = None
    merged_into: CaseId | None = None

    @property
    def died(self) -> bool:
        """Withdrawn because the suspect died: cleared under UCR, outcome 5 in England and Wales, withdrawn in China."""
        return self.withdrawal is not None and self.withdrawal.withdrawal is WithdrawalReason.SUSPECT_DIED

    @property
    def no_crime(self) -> bool:
        return self.withdrawal is not None and self.withdrawal.withdrawal is WithdrawalReason.NO_CRIME

    @property
    def cleared(self) -> bool:
        return self.clearance is not None or self.died

    @property
    def cleared_day(self) -> date | None:
        stands = self.clearance or (self.withdrawal if self.died else None)
        return stands.day if stands and stands.dated else None

    @property
    def cleared_offences(self) -> tuple[Offence, ...]:
        """Which offences are cleared: a clearance says how many, and they are taken in the order in which they stand."""
        if self.clearance is not None:
            return _first(self.offences, self.clearance.cleared)
        return self.offences if self.died else ()

    @property
    def outcome(self) -> Chapter | None:
        """The last chapter that still says what came of the case; a reopened or revoked one does not."""
        said = [chapter for chapter in (self.clearance, self.withdrawal, self.conclusion) if chapter]
        return max(said, key=attrgetter("position"), default=None)


def begin(record: Recorded[ReportRegistered], zone: tzinfo) -> Story:
    event = record.event
    return (_chapter(record, zone, Cause.REGISTERED, division=event.division, station=event.station, offences=event.offences),)


def follow(story: Story, record: Recorded[Event], zone: tzinfo) -> Story:
    """The story with this record; the same one where the record moves no figure."""
    event = record.event
    if isinstance(event, CaseFactCorrected):
        return _correct(story, event, zone)
    chapter = _next(record, zone)
    return story if chapter is None else (*story, chapter)


def _next(record: Recorded[Event], zone: tzinfo) -> Chapter | None:  # noqa: C901, PLR0911 - one line for each event
    match record.event:
        case CaseFiled(offences=offences) | RetroFiled(offences=offences):
            return _chapter(record, zone, Cause.FILED, offences=offences)
        case CaseReclassified(after=offences):
            return _chapter(record, zone, Cause.RECLASSIFIED, offences=offences)
        case CaseSplit(remaining=offences):
            return _chapter(record, zone, Cause.SPLIT, offences=offences)
        case CaseCleared() as event:
            told = {"cleared": event.offences, "clearance": event.kind, "outcome": event.outcome, "dated": event.dated}
            channels = tuple(each.channel for each in event.contributions)
            return _chapter(record, zone, Cause.CLEARED, **told, channels=channels)
        case ClearanceRevoked():
            return _chapter(record, zone, Cause.REVOKED)
        case CaseWithdrawn(reason=reason):
            return _chapter(record, zone, Cause.WITHDRAWN, withdrawal=reason, outcome=outcome_of_withdrawal(reason).code)
        case CaseConcluded(outcome=outcome):
            return _chapter(record, zone, Cause.CONCLUDED, outcome=outcome)
        case CaseReopened():
            return _chapter(record, zone, Cause.REOPENED)
        case JurisdictionTransferred() as event:
            return _chapter(record, zone, Cause.TRANSFERRED, division=event.to_division, station=event.to_station)
        case CaseMerged(into=into):
            return _chapter(record, zone, Cause.MERGED, merged_into=into)
        case CaseUnmerged():
            return _chapter(record, zone, Cause.UNMERGED)
        case _:
            return None


def tell(story: Iterable[Chapter]) -> CountedCase:
    first, *rest = story
    return reduce(turn, rest, opening(first))


def opening(chapter: Chapter) -> CountedCase:
    if chapter.division is None or chapter.station is None:
        raise ValueError("a story begins with a registered report")
    return CountedCase(division=chapter.division, station=chapter.station, placed_on=chapter.day, offences=chapter.offences)


def turn(case: CountedCase, chapter: Chapter) -> CountedCase:  # noqa: C901, PLR0911 - one line for each cause
    match chapter.cause:
        case Cause.REGISTERED:
            return opening(chapter)
        case Cause.FILED:
            return case._replace(offences=chapter.offences, filed_day=case.filed_day or chapter.day)
        case Cause.RECLASSIFIED | Cause.SPLIT:
            return case._replace(offences=chapter.offences)
        case Cause.CLEARED:
            return case._replace(clearance=chapter)
        case Cause.REVOKED:
            return case._replace(clearance=None, conclusion=None)
        case Cause.WITHDRAWN:
            return case._replace(withdrawal=chapter)
        case Cause.CONCLUDED:
            return case._replace(conclusion=chapter)
        case Cause.REOPENED:
            return case._replace(withdrawal=None, conclusion=None)
        case Cause.TRANSFERRED:
            return case._replace(
                division=chapter.division or case.division,
                station=chapter.station or case.station,
                placed_on=chapter.day,
            )
        case Cause.MERGED:
            return case._replace(merged_into=chapter.merged_into)
        case Cause.UNMERGED:
            return case._replace(merged_into=None)


def _chapter(record: Recorded[Any], zone: tzinfo, cause: Cause, **told: Any) -> Chapter:
    return Chapter(position=record.position, cause=cause, day=_day(record.effective_at, zone), **told)


def _day(instant: datetime, zone: tzinfo) -> date:
    return instant.astimezone(zone).date()


def _first(offences: tuple[Offence, ...], count: int) -> tuple[Offence, ...]:
    taken: list[Offence] = []
    for offence in offences:
        if count > 0:
            taken.append(Offence(offence.type, min(count, offence.count)))
        count -= offence.count
    return tuple(taken)


CORRECTABLE = {
    CaseFact.FILED_AT: (Cause.FILED,),
    CaseFact.CLEARED_AT: (Cause.CLEARED,),
    CaseFact.OFFENCE_TYPE: (Cause.REGISTERED, Cause.FILED, Cause.RECLASSIFIED, Cause.SPLIT),
    CaseFact.PLACE: (Cause.REGISTERED, Cause.TRANSFERRED),
}
"""Which chapters a correction can rewrite."""


def _correct(story: Story, event: CaseFactCorrected, zone: tzinfo) -> Story:
    """Rewrite the chapter that was wrong: the one named, or the last one that holds such a fact."""
    causes = CORRECTABLE.get(event.fact, ())
    candidates = [at for at, chapter in enumerate(story) if chapter.cause in causes]
    if not candidates:
        return story
    wrong = next((at for at in candidates if story[at].position == event.corrects), candidates[-1])
    if event.fact is CaseFact.OFFENCE_TYPE:
        return _retype(story, wrong, event.old_code, event.code)
    return (*story[:wrong], _rewrite(story[wrong], event, zone), *story[wrong + 1 :])


def _rewrite(chapter: Chapter, event: CaseFactCorrected, zone: tzinfo) -> Chapter:
    if event.fact is CaseFact.PLACE:
        return chapter._replace(division=event.division or chapter.division, station=event.station or chapter.station)
    return chapter._replace(day=_day(event.instant, zone), dated=True) if event.instant else chapter


def _retype(story: Story, wrong: int, old: str | None, new: str | None) -> Story:
    """The wrong type goes from here on, until a reclassification says by itself what the types are."""
    if old is None or new is None:
        return story
    later = [at for at in range(wrong + 1, len(story)) if story[at].cause is Cause.RECLASSIFIED]
    end = later[0] if later else len(story)
    return tuple(_renamed(each, old, new) if wrong <= at < end else each for at, each in enumerate(story))


def _renamed(chapter: Chapter, old: str, new: str) -> Chapter:
    """Counts of one type are added up."""
    counts: dict[str, int] = {}
    for offence in chapter.offences:
        type = new if offence.type == old else offence.type
        counts[type] = counts.get(type, 0) + offence.count
    return chapter._replace(offences=tuple(Offence(type, count) for type, count in counts.items()))
