"""The story of a correction: a case was filed at another hour than was entered; asked, approved, applied."""

from __future__ import annotations

from datetime import timedelta

from application.casework import cases, corrections
from domain.casework.events import CaseFact, SubjectKind
from domain.ids import CorrectionId
from infrastructure.demo.matter import DAY, HOUR, SYNTHETIC, Matter
from infrastructure.demo.world import Beat, Story, World


def correction(world: World, matter: Matter, filed: Beat) -> Story:
    asked = world.after(filed.at, 2 * DAY, 12 * DAY)
    yield world.wait(asked)
    position = world.positions.get(filed.request.command_id) if filed.request else None
    if position is None:
        return
    id = CorrectionId(world.id())
    ask = corrections.ask(
        correction=id,
        subject=SubjectKind.CASE,
        fact=CaseFact.FILED_AT,
        corrects=position,
        reason=f"{SYNTHETIC}: the wrong day was entered",
        case=matter.id,
        instant=filed.at + timedelta(hours=world.random.randint(1, 36)),
    )
    yield matter.act(world, asked, ask)
    approved = world.after(asked, HOUR, 2 * DAY)
    yield world.beat(approved, corrections.approve(correction=id), matter.station.head, matter.station)
    yield world.beat(approved, cases.apply_correction(case=matter.id, correction=id), matter.station.head, matter.station)
