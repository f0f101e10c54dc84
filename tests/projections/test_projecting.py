"""Events become rows: once each, in any pages, whatever stops in between."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from domain.events import Event
from infrastructure.database import Database
from infrastructure.log.waking import Bell
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.projections.inline import Inline
from infrastructure.projections.projection import Projection
from infrastructure.projections.projector import Projector
from infrastructure.projections.rebuilding import rebuild
from infrastructure.projections.status import Health, status
from infrastructure.projections.verifying import verify_views
from tests.projections.logs import Scribe, stories

ALL = catalogue(ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def installed(database: Database) -> Database:
    install(database, ALL)
    return database


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


def test_views_written_on_the_way_equal_those_of_a_rebuild(installed: Database) -> None:
    scribe = Scribe(installed, Inline(ALL))
    for portion in in_portions(log_of(40), 7):
        scribe.write(portion)
    projector(installed, page=11).catch_up()
    before = contents(installed)
    assert all(before[name] for name in ("alarms", "units", "cases", "orders", "reports", "approvals", "corrections", "case_facts"))
    assert verify_views(installed, ALL) == []
    rebuild(installed, ALL)
    assert contents(installed) == before
    assert {each.health for each in status(installed, ALL)} == {Health.CURRENT}


def test_a_difference_is_found(installed: Database) -> None:
    Scribe(installed, Inline(ALL)).write(log_of(10))
    with installed.writing() as connection:
        connection.execute(sa.text("UPDATE cases_g1 SET suspects = suspects + 1"))
        connection.execute(sa.text("DELETE FROM alarms_g1"))
    found = verify_views(installed, [each for each in ALL if each.inline])
    assert {(each.table, each.columns) for each in found} == {("cases", ("suspects",)), ("alarms", ())}
