"""Writes the inline projections in the commit of the events themselves."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from domain.events import Recorded
from infrastructure.database import microseconds
from infrastructure.projections.applying import changes, place
from infrastructure.projections.generations import fail, written
from infrastructure.projections.projection import Projection
from infrastructure.projections.writing import write

_LOG = logging.getLogger(__name__)
NOT_OUR_DATA = (sa.exc.IntegrityError, sa.exc.DataError, sa.exc.ProgrammingError)
"""What the database says when a projection's rows are wrong, not when it is itself unwell."""


class Inline:
    """What the appender calls for each batch, in the batch's transaction.

    One statement moves all positions, finds out the live generations and holds the rows against a rebuild's swap. A
    projection that stands elsewhere, or is of another version, is left alone: it follows by the projector or a rebuild.
    """

    def __init__(self, projections: Iterable[Projection]) -> None:
        self._projections = {each.name: each for each in projections if each.inline}
        self._broken: dict[str, str] = {}
        self._move: dict[str, str] = {}

    def __call__(self, connection: sa.Connection, records: Sequence[Recorded[Any]]) -> None:
        if not records:
            return
        before, last = records[0].position - 1, records[-1]
        kinds = {type(record.event) for record in records}
        for name, generations in self._moved(connection, before, last):
            projection = self._projections[name]
            concerned = records if any(kind in projection.handled for kind in kinds) else ()
            problem = self._broken.pop(name, None) or self._apply(connection, projection, generations, concerned)
            if problem is not None:
                _LOG.error("the inline projection %s stops at position %d: %s", name, before, problem)
                fail(connection, name, problem, position=before)

    def _moved(self, connection: sa.Connection, before: int, last: Recorded[Any]) -> list[tuple[str, tuple[int, ...]]]:
        statement = self._statement(connection.dialect.name)
        found = connection.exec_driver_sql(statement, (last.position, microseconds(last.recorded_at), before))
        return [(name, written(generation, successor)) for name, generation, successor in found]

    def _statement(self, dialect: str) -> str:
        if dialect not in self._move:
            mark = "?" if dialect == "sqlite" else "%s"
            known = " OR ".join(f"(name = '{each.name}' AND digest = '{each.digest}')" for each in self._projections.values())
            self._move[dialect] = (
                f"UPDATE projections SET position = {mark}, updated_at = {mark}"
                f" WHERE position = {mark} AND state = 'LIVE' AND ({known}) RETURNING name, generation, successor"
            )
        return self._move[dialect]

    def _apply(
        self, connection: sa.Connection, projection: Projection, generations: Sequence[int], records: Sequence[Recorded[Any]]
    ) -> str | None:
        """What is wrong with the projection, if anything.

        Where the database finds the fault this batch is lost, and the next goes on without the projection.
        """
        try:
            batch = changes(connection, projection, generations[0], records)
        except Exception as error:  # noqa: BLE001 - the commands are not to blame
            _LOG.exception("the inline projection %s cannot take the batch from position %d", projection.name, records[0].position)
            return type(error).__name__
        try:
            for generation in generations:
                write(connection, batch, place(generation))
        except NOT_OUR_DATA as error:
            self._broken[projection.name] = type(error).__name__
            raise
        return None
