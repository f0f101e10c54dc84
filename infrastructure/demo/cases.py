"""The story of one case up to its filing: registered, accepted, reviewed, filed or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from application.casework import cases
from application.commands import Command
from domain.casework.events import Offence, RefusalReason
from domain.ids import AlarmId, CaseId, OfficerId
from domain.places import Point
from infrastructure.demo.city import District, Station
from infrastructure.demo.corrections import correction
from infrastructure.demo.investigations import investigation
from infrastructure.demo.matter import DAY, HOUR, SYNTHETIC, Matter
from infrastructure.demo.world import Story, World

REFUSED, EXTENDED, SEVERAL, CORRECTED, AT_ONCE, DETECTIVES = 0.08, 0.03, 0.1, 0.005, 0.7, 4


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a case comes from: an alarm, or somebody at the counter."""

    offence: str
    district: District
    station: Station
    place: Point
    alarm: AlarmId | None = None


def case(world: World, at: datetime, origin: Origin) -> Story:
    detective = OfficerId(f"{origin.station.code}-detective-{world.random.randint(1, DETECTIVES)}")
    offences = (Offence(origin.offence, 1 + (world.random.randint(1, 3) if world.chance(SEVERAL) else 0)),)
    matter = Matter(CaseId(world.id()), origin.district, origin.station, detective, offences)
    accepted = at if world.chance(AT_ONCE) else world.about(at, 1.5 * HOUR, 0.8)
    accept = cases.accept(case=matter.id, review_until=accepted + timedelta(days=3))
    registered = _registered(world, matter, origin, at)
    if accepted == at:
        yield world.beat(at, registered & accept, origin.station.officer, origin.station)
    else:
        yield world.beat(at, registered, origin.station.officer, origin.station)
        yield matter.act(world, accepted, accept)
    decided = min(world.about(accepted, 14 * HOUR, 0.9), accepted + timedelta(days=3))
    if world.chance(REFUSED):
        reason = world.random.choice([RefusalReason.NO_FACTS, RefusalReason.PLAINLY_MINOR, RefusalReason.NO_JURISDICTION])
        refuse = cases.refuse_filing(case=matter.id, reason=reason, note=f"{SYNTHETIC}: nothing to file")
        yield matter.act(world, decided, refuse)
        return
    if world.chance(EXTENDED):
        extend = cases.extend_review(case=matter.id, until=decided + timedelta(days=7), reason=f"{SYNTHETIC}: more to check")
        yield matter.act(world, decided, extend)
        decided = world.after(decided, DAY, 6 * DAY)
    filed = matter.act(world, decided, cases.file(case=matter.id))
    if world.chance(CORRECTED):
        world.start(correction(world, matter, world.watch(filed)))
    yield filed
    yield from investigation(world, matter, decided)


def _registered(world: World, matter: Matter, origin: Origin, at: datetime) -> Command:
    begun = at - timedelta(seconds=round(world.random.lognormvariate(0, 1.2) * 2 * HOUR))
    return cases.register(
        case=matter.id,
        number=f"DEMO-{world.number():06}",
        division=origin.district.code,
        station=origin.station.code,
        offences=matter.offences,
        alarm=origin.alarm,
        occurred_from=begun,
        occurred_to=at,
        place=origin.place,
        summary=f"{SYNTHETIC}: {origin.offence.replace('_', ' ').lower()}",
    )
