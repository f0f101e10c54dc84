"""What the projections show, and logs cut into portions."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.events import Event
from infrastructure.database import Database
from infrastructure.log.waking import Bell
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.projection import Projection
from infrastructure.projections.projector import Projector
from tests.projections.logs import stories

ALL = catalogue(ZoneInfo("Asia/Shanghai"))


def log_of(things: int, seed: int = 1) -> list[tuple[UUID, Event]]:
    return list(stories(Random(seed), things))  # noqa: S311 - a test


def in_portions(events: Sequence[tuple[UUID, Event]], size: int) -> list[Sequence[tuple[UUID, Event]]]:
    return [events[start : start + size] for start in range(0, len(events), size)]


def contents(database: Database, projections: Sequence[Projection] = ALL) -> dict[str, list[tuple[Any, ...]]]:
    with database.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table.name}"')), key=repr)
            for projection in projections
            for table in projection.tables
        }


def projector(database: Database, page: int = 100) -> Projector:
    return Projector(database, ALL, Bell(), page=page)
