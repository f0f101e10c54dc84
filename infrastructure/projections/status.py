"""How every projection fares."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.projections.generations import PROJECTIONS, Pointer, State, pointers
from infrastructure.projections.projection import Projection


class Health(StrEnum):
    """STOPPED: it met an event that it cannot take. OUTDATED: another version of the program made it; it needs a rebuild."""

    CURRENT = "CURRENT"
    BEHIND = "BEHIND"
    STOPPED = "STOPPED"
    OUTDATED = "OUTDATED"
    MISSING = "MISSING"


@dataclass(frozen=True, slots=True)
class Standing:
    name: str
    version: int
    position: int
    lag: int
    health: Health
    inline: bool
    error: str | None = None
    updated_at: datetime | None = None


def status(database: Database, projections: Iterable[Projection]) -> list[Standing]:
    with database.reading() as connection:
        head = reading.head(connection)
        known = pointers(connection) if sa.inspect(connection).has_table(PROJECTIONS.name) else {}
    return [_standing(each, known.get(each.name), head) for each in projections]


def _standing(projection: Projection, pointer: Pointer | None, head: int) -> Standing:
    if pointer is None:
        return Standing(projection.name, projection.version, 0, head, Health.MISSING, projection.inline)
    return Standing(
        projection.name,
        pointer.version,
        pointer.position,
        head - pointer.position,
        _health(projection, pointer, head),
        projection.inline,
        pointer.error,
        pointer.updated_at,
    )


def _health(projection: Projection, pointer: Pointer, head: int) -> Health:
    if not pointer.fits(projection):
        return Health.OUTDATED
    if pointer.state is State.FAILED:
        return Health.STOPPED
    return Health.CURRENT if pointer.position >= head else Health.BEHIND
