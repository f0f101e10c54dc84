"""Where every projection stands: its generation of tables behind SQL views, its position, its health."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from infrastructure.database import Database, Instant
from infrastructure.projections.columns import Coded
from infrastructure.projections.projection import Projection
from infrastructure.projections.tables import physical

ORDER_LOCK = "SELECT pg_advisory_xact_lock(hashtext('tocsin.projections'))"


class State(StrEnum):
    """LIVE follows the log; FAILED met an event that it cannot take."""

    LIVE = "LIVE"
    FAILED = "FAILED"


PROJECTIONS = sa.Table(
    "projections",
    sa.MetaData(),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("generation", sa.BigInteger, nullable=False),
    sa.Column("successor", sa.BigInteger),
    sa.Column("position", sa.BigInteger, nullable=False),
    sa.Column("state", Coded(State), nullable=False),
    sa.Column("error", sa.Text),
    sa.Column("updated_at", Instant, nullable=False),
    sa.Column("digest", sa.Text),
)


@dataclass(frozen=True, slots=True)
class Pointer:
    """One projection's row: which tables are the live ones, and which position they are true for.

    Before a rebuild lets readers see its tables, they are the `successor`: written with the live ones, so that it makes
    no difference to any snapshot which of them it reads.
    """

    name: str
    version: int
    generation: int
    successor: int | None
    position: int
    state: State
    error: str | None
    updated_at: datetime
    digest: str | None

    def fits(self, projection: Projection) -> bool:
        """Whether these tables are as this program would make them."""
        return self.digest == projection.digest

    def follows(self, projection: Projection) -> bool:
        """Whether this program may go on writing these tables."""
        return self.state is State.LIVE and self.fits(projection)


class Fenced(Exception):  # noqa: N818 - not an error: somebody else went on
    """The projection has moved since it was looked at: another runner, or a rebuild, was there."""


def install(database: Database, projections: Iterable[Projection]) -> None:
    """Make the tables of projections that have none yet, empty and at position 0."""
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(ORDER_LOCK)
        PROJECTIONS.create(connection, checkfirst=True)
        known = pointers(connection)
        for projection in projections:
            if projection.name not in known:
                make_tables(connection, projection, 1)
                make_indexes(connection, projection, 1)
                show(connection, projection, 1)
                begin(connection, projection.name, projection.version, digest=projection.digest)


def unfit(connection: sa.Connection, projections: Iterable[Projection]) -> list[Projection]:
    """Those whose tables another version of the program made, or another setting."""
    known = pointers(connection)
    return [each for each in projections if each.name in known and not known[each.name].fits(each)]


def begin(connection: sa.Connection, name: str, version: int, position: int = 0, digest: str | None = None) -> None:
    """Note somebody who follows the log from a position on; nothing happens where it is known already."""
    at = {"generation": 1, "position": position, "state": State.LIVE, "updated_at": datetime.now(UTC)}
    values = {"name": name, "version": version, "digest": digest, **at}
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(insert(PROJECTIONS).values(values).on_conflict_do_nothing())


def pointers(connection: sa.Connection) -> dict[str, Pointer]:
    return {row.name: Pointer(*row) for row in connection.execute(sa.select(PROJECTIONS))}


def make_tables(connection: sa.Connection, projection: Projection, generation: int) -> None:
    """Tables without indexes: those come faster once the rows are there."""
    for table in projection.tables:
        connection.execute(sa.schema.CreateTable(physical(table, generation)))


def make_indexes(connection: sa.Connection, projection: Projection, generation: int) -> None:
    for each in _indexes(projection.tables, generation):
        each.create(connection)


def learn(connection: sa.Connection, projection: Projection, generation: int) -> None:
    """PostgreSQL plans by what it knows of a table's values, and of a new table it knows nothing: it takes half of all cases for sealed."""
    if connection.dialect.name == "postgresql":
        for table in projection.tables:
            connection.exec_driver_sql(f'ANALYZE "{physical(table, generation).name}"')


def disown(connection: sa.Connection, projections: Iterable[Projection]) -> None:
    """Tables that a rebuild had brought up to the live ones, and then did not finish, are written no more.

    Rows without any are left alone: holding them could block writers and the projector in a circle.
    """
    names = [each.name for each in projections]
    unfinished = PROJECTIONS.c.name.in_(names) & PROJECTIONS.c.successor.is_not(None)
    connection.execute(sa.update(PROJECTIONS).where(unfinished).values(successor=None))


def drop_others(connection: sa.Connection, projection: Projection, *, keep: int) -> None:
    """Drop every generation but one: older ones, and what a rebuild that failed has left."""
    present = sa.inspect(connection).get_table_names()
    for table in projection.tables:
        mine = re.compile(rf"{re.escape(table.name)}_g\d+")
        for name in present:
            if mine.fullmatch(name) and name != f"{table.name}_g{keep}":
                connection.exec_driver_sql(f'DROP TABLE "{name}"')


def show(connection: sa.Connection, projection: Projection, generation: int) -> None:
    """Let readers see this generation. Within one transaction nobody sees the moment in between."""
    for table in projection.tables:
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        connection.exec_driver_sql(f'DROP VIEW IF EXISTS "{table.name}"')
        connection.exec_driver_sql(f'CREATE VIEW "{table.name}" AS SELECT {columns} FROM "{table.name}_g{generation}"')


def move(connection: sa.Connection, pointer: Pointer, position: int) -> tuple[int, ...]:
    """To a later position, if the projection stands where it was expected; answers with the generations to write.

    Whoever moves it holds its row until the commit.
    """
    moved = connection.execute(
        sa.update(PROJECTIONS)
        .where(
            PROJECTIONS.c.name == pointer.name,
            PROJECTIONS.c.position == pointer.position,
            PROJECTIONS.c.generation == pointer.generation,
            PROJECTIONS.c.state == State.LIVE,
        )
        .values(position=position, updated_at=datetime.now(UTC))
        .returning(PROJECTIONS.c.successor)
    ).first()
    if moved is None:
        raise Fenced(pointer.name)
    return written(pointer.generation, moved.successor)


def written(generation: int, successor: int | None) -> tuple[int, ...]:
    return (generation,) if successor is None else (generation, successor)


def fail(connection: sa.Connection, name: str, error: str, *, position: int) -> None:
    """The projection stops after a position; the others go on."""
    stop = sa.update(PROJECTIONS).where(PROJECTIONS.c.name == name)
    connection.execute(stop.values(state=State.FAILED, error=error, position=position, updated_at=datetime.now(UTC)))


def _indexes(tables: Iterable[sa.Table], generation: int) -> Iterator[sa.Index]:
    for table in tables:
        yield from sorted(physical(table, generation).indexes, key=lambda each: str(each.name))
