"""How far is what is read: no later than the slowest of what is read, and no later than was asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from application.oversight.statistics import AsOf
from infrastructure.database import Database
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import PROJECTIONS, install
from infrastructure.statistics.moments import NEVER, Moment, moment_of_record, moment_on

ZONE, DAY = ZoneInfo("Asia/Shanghai"), date(2026, 3, 2)


@pytest.fixture
def connection(sqlite_url: str) -> Iterator[sa.Connection]:
    database = Database.open(sqlite_url)
    install(database, catalogue(ZONE))
    with database.writing() as writing:
        for name, position in (("case_list", 7), ("figures", 5)):
            writing.execute(sa.update(PROJECTIONS).where(PROJECTIONS.c.name == name).values(position=position))
    with database.reading() as reading:
        yield reading
    database.close()


@pytest.mark.parametrize(("asked", "position"), [(None, 7), (3, 3), (7, 7), (99, 7)])
def test_nothing_is_told_that_is_not_projected_yet(connection: sa.Connection, asked: int | None, position: int) -> None:
    assert moment_on(connection, ("case_list",), AsOf(position=asked), ZONE, DAY) == Moment(position, DAY, latest=position == 7)


def test_of_several_the_slowest_counts_and_none_is_read_as_it_stands(connection: sa.Connection) -> None:
    assert moment_on(connection, ("case_list", "figures"), AsOf(), ZONE, DAY) == Moment(5, DAY, latest=False)


def test_before_anything_was_recorded_it_is_never(connection: sa.Connection) -> None:
    assert moment_of_record(connection, "figures", AsOf(), ZONE) == Moment(5, NEVER, latest=True)
