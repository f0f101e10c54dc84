"""The story of a filed case: cleared or not, withdrawn, revoked, reclassified, transferred, merged, concluded, reopened."""

from __future__ import annotations

from datetime import datetime

from application.casework import cases
from domain.casework.events import (
    ClearanceKind,
    Contribution,
    ContributionChannel,
    ContributionRole,
    ExceptionalGrounds,
    ExceptionalReason,
    Offence,
    WithdrawalReason,
)
from domain.ids import PersonId, RequestId, SeriesId
from infrastructure.demo.matter import DAY, HOUR, SYNTHETIC, Matter
from infrastructure.demo.world import Story, StoryOf, World

SOLVED = {
    "THEFT": (0.27, 16),
    "PICKPOCKETING": (0.18, 14),
    "BURGLARY": (0.30, 24),
    "VEHICLE_THEFT": (0.26, 28),
    "SNATCHING": (0.45, 12),
    "ROBBERY": (0.70, 8),
    "TELECOM_FRAUD": (0.16, 45),
    "FRAUD": (0.34, 40),
    "ASSAULT": (0.78, 5),
    "CRIMINAL_DAMAGE": (0.36, 14),
    "DRUGS": (0.88, 3),
    "GAMBLING": (0.90, 3),
}
"""The share that is solved in the end, and the days it takes in the middle."""
GRAVER = {"THEFT": "BURGLARY", "SNATCHING": "ROBBERY", "FRAUD": "TELECOM_FRAUD", "CRIMINAL_DAMAGE": "ASSAULT"}
WITHDRAWN, REVOKED, RECLASSIFIED, TRANSFERRED, MERGED, UNMERGED = 0.03, 0.02, 0.02, 0.012, 0.006, 0.2
LINKED, SUPERVISED, SUSPENDED, REOPENED, CONCLUDED, PROSECUTED = 0.03, 0.004, 0.3, 0.03, 0.7, 0.7
BY_ARREST, EXCEPTIONAL, BY_VIDEO, PART = 0.72, 0.1, 0.35, 0.3
WITHDRAWALS = (
    WithdrawalReason.NO_CRIME,
    WithdrawalReason.NO_CRIME,
    WithdrawalReason.PLAINLY_MINOR,
    WithdrawalReason.OTHER,
    WithdrawalReason.SUSPECT_DIED,
)
GROUNDS = {
    "OFFENDER_DIED": ExceptionalReason.DEATH_OF_OFFENDER,
    "PROSECUTION_DECLINED": ExceptionalReason.PROSECUTION_DECLINED,
    "VICTIM_REFUSED": ExceptionalReason.VICTIM_REFUSED,
}
OTHERWISE = ("ADMINISTRATIVE_PENALTY", "CAUTION_ADULT", "COMMUNITY_RESOLUTION")


def investigation(world: World, matter: Matter, filed: datetime) -> Story:
    at = world.after(filed, HOUR, DAY)
    if world.chance(MERGED):
        merged_for_good = yield from _merged(world, matter, at)
        if merged_for_good:
            return
        at = world.after(at, 8 * DAY, 9 * DAY)
    world.note_mergeable(matter.station, matter.id)
    if world.chance(SUPERVISED):
        yield matter.act(world, at, cases.supervise(case=matter.id, level="CITY", reason=f"{SYNTHETIC}: public concern"))
    if world.chance(LINKED):
        yield matter.act(world, at, cases.link(case=matter.id, series=SeriesId(world.series(matter.district, matter.offences[0].type))))
    if world.chance(TRANSFERRED) and len(matter.district.stations) > 1:
        yield from _moved(world, matter, at)
    if world.chance(RECLASSIFIED):
        matter, at = yield from _reclassified(world, matter, at)
    yield from _ended(world, matter, filed, at)


def _ended(world: World, matter: Matter, filed: datetime, at: datetime) -> Story:
    share, days = SOLVED.get(matter.offences[0].type, (0.3, 20))
    if world.chance(WITHDRAWN):
        yield from _withdrawn(world, matter, world.about(at, 12 * DAY, 0.8))
    elif world.chance(share):
        yield from _solved(world, matter, max(at, world.about(filed, days * DAY, 1.1)))
    elif world.chance(SUSPENDED):
        yield from _suspended(world, matter, world.after(at, 60 * DAY, 120 * DAY))


def _solved(world: World, matter: Matter, at: datetime) -> Story:
    suspect, arrested = PersonId(world.id()), world.chance(BY_ARREST)
    identified = cases.identify_suspect(case=matter.id, person=suspect)
    known = identified & cases.record_arrest(case=matter.id, person=suspect) if arrested else identified
    yield matter.act(world, at, known)
    outcome, cleared = yield from _cleared(world, matter, at, arrested=arrested)
    if not cleared:
        return
    if world.chance(REVOKED):
        at = world.after(at, 10 * DAY, 50 * DAY)
        yield matter.act(world, at, cases.revoke_clearance(case=matter.id, reason=f"{SYNTHETIC}: the suspect was the wrong one"))
    elif world.chance(CONCLUDED):
        yield from _concluded(world, matter, outcome, world.after(at, 6 * DAY, 45 * DAY))


def _cleared(world: World, matter: Matter, at: datetime, *, arrested: bool) -> StoryOf[tuple[str, bool]]:
    request = RequestId(world.id())
    outcome, kind, grounds = _how(world, arrested=arrested)
    clear = cases.clear(
        case=matter.id,
        request=request,
        kind=kind,
        outcome=outcome,
        offences=max(1, matter.count - 1) if world.chance(PART) else None,
        contributions=(Contribution(ContributionChannel.VIDEO, world.random.choice(list(ContributionRole))),)
        if world.chance(BY_VIDEO)
        else (),
        grounds=grounds,
        note=f"{SYNTHETIC}: cleared",
    )
    yield matter.act(world, at, clear)
    approved = yield from matter.decide(world, world.after(at, HOUR, 3 * DAY), request)
    return outcome, approved


def _how(world: World, *, arrested: bool) -> tuple[str, ClearanceKind, ExceptionalGrounds | None]:
    if arrested:
        return "CHARGED", ClearanceKind.ARREST, None
    if world.chance(EXCEPTIONAL / (1 - BY_ARREST)):
        outcome, reason = world.random.choice(list(GROUNDS.items()))
        facts = ExceptionalGrounds(offender_identified=True, evidence_sufficient=True, location_known=True, reason=reason)
        return outcome, ClearanceKind.EXCEPTIONAL, facts
    return world.random.choice(OTHERWISE), ClearanceKind.OTHER, None


def _concluded(world: World, matter: Matter, outcome: str, at: datetime) -> Story:
    yield matter.act(world, at, cases.conclude(case=matter.id, outcome=outcome))
    if world.chance(PROSECUTED):
        yield matter.act(world, world.after(at, DAY, 9 * DAY), cases.transfer_for_prosecution(case=matter.id))
    elif world.chance(REOPENED):
        reopen = cases.reopen(case=matter.id, reason=f"{SYNTHETIC}: new evidence")
        yield matter.act(world, world.after(at, 10 * DAY, 40 * DAY), reopen)


def _suspended(world: World, matter: Matter, at: datetime) -> Story:
    yield matter.act(world, at, cases.suspend(case=matter.id, reason=f"{SYNTHETIC}: no lead is left"))
    if world.chance(REOPENED):
        at = world.after(at, 5 * DAY, 60 * DAY)
        yield matter.act(world, at, cases.reopen(case=matter.id, reason=f"{SYNTHETIC}: a new lead"))
        yield from _solved(world, matter, world.after(at, DAY, 9 * DAY))


def _withdrawn(world: World, matter: Matter, at: datetime) -> Story:
    request = RequestId(world.id())
    world.forget_mergeable(matter.station, matter.id)
    withdraw = cases.withdraw(case=matter.id, request=request, reason=world.random.choice(WITHDRAWALS), note=f"{SYNTHETIC}: withdrawn")
    yield matter.act(world, at, withdraw)
    yield from matter.decide(world, world.after(at, HOUR, 2 * DAY), request)


def _moved(world: World, matter: Matter, at: datetime) -> Story:
    other = world.random.choice([station for station in matter.district.stations if station is not matter.station])
    reason = f"{SYNTHETIC}: it happened in the other area"
    transfer = cases.transfer(case=matter.id, to_station=other.code, to_division=matter.district.code, reason=reason)
    yield matter.act(world, at, transfer)


def _reclassified(world: World, matter: Matter, at: datetime) -> StoryOf[tuple[Matter, datetime]]:
    """To a graver type at once, to a lesser one with approval."""
    request, at = RequestId(world.id()), world.after(at, DAY, 4 * DAY)
    before = matter.offences[0]
    after = (Offence(GRAVER.get(before.type, "PUBLIC_ORDER"), before.count),)
    reason = f"{SYNTHETIC}: it turned out otherwise"
    yield matter.act(world, at, cases.reclassify(case=matter.id, request=request, offences=after, reason=reason))
    if before.type in {"THEFT", "SNATCHING"}:
        return matter.with_offences(after), at
    decided = world.after(at, HOUR, 2 * DAY)
    approved = yield from matter.decide(world, decided, request)
    return (matter.with_offences(after) if approved else matter), decided


def _merged(world: World, matter: Matter, at: datetime) -> StoryOf[bool]:
    """Counted with another case of the station, where there is one; now and then that is undone."""
    yield world.wait(at)
    into = world.mergeable(matter.station)
    if into is None:
        return False
    yield matter.act(world, at, cases.merge(case=matter.id, into=into, reason=f"{SYNTHETIC}: one offence, reported twice"))
    if not world.chance(UNMERGED):
        return True
    undone = world.after(at, DAY, 7 * DAY)
    unmerge = cases.unmerge(case=matter.id, out_of=into, reason=f"{SYNTHETIC}: two offences after all")
    yield matter.act(world, undone, unmerge)
    return False
