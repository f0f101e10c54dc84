"""Follows the log and brings the projections forward: each page is read once, and counts once whatever dies when."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Sequence
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from domain.events import Event, Recorded
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.log.codec import UnknownEvent, UnreadableEvent
from infrastructure.log.waking import POLL, Bell
from infrastructure.projections.applying import apply
from infrastructure.projections.generations import Fenced, Pointer, fail, move, pointers
from infrastructure.projections.leading import leading
from infrastructure.projections.projection import Projection

PAGE = 1_000
_LOG = logging.getLogger(__name__)
Standing = tuple[Projection, Pointer]


class Projector:
    """One thread that keeps the projections up with the log. `reached` rings with the position they have all come to."""

    def __init__(self, database: Database, projections: Iterable[Projection], bell: Bell, *, page: int = PAGE) -> None:
        self.reached = Bell()
        self._database = database
        self._projections = tuple(projections)
        self._in_order = sorted(self._projections, key=lambda each: each.name)  # as a rebuild takes them, so that neither blocks the other
        self._bell = bell
        self._page = page
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="projector", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stopping.set()
        self._thread.join()

    def catch_up(self) -> None:
        """Bring every projection that can follow to the end of the log; for commands and tests."""
        while self.step():
            pass

    def step(self) -> bool:
        """One page for every projection that is behind; whether there was anything to do."""
        with self._database.reading() as connection:
            behind, pages = self._look(connection)
        for position, rows in pages.items():
            self._advance([each for each in behind if each[1].position == position], rows)
        if not pages:
            self._tell(behind)
        return bool(pages)

    def _look(self, connection: sa.Connection) -> tuple[list[Standing], dict[int, list[reading.Row]]]:
        known = pointers(connection)
        following = [(each, known[each.name]) for each in self._in_order if each.name in known and known[each.name].follows(each)]
        positions = {pointer.position for _, pointer in following}
        pages = {position: reading.read(connection, position, self._page) for position in sorted(positions)}
        return following, {position: rows for position, rows in pages.items() if rows}

    def _tell(self, standing: Sequence[Standing]) -> None:
        """Where one cannot follow, nobody is told that all have come further."""
        if len(standing) == len(self._projections):
            self.reached.ring(min((pointer.position for _, pointer in standing), default=0))

    def _advance(self, group: Sequence[Standing], rows: Sequence[reading.Row]) -> None:
        records, problem = _decoded(rows)
        if problem is not None and not records:
            self._stop(group, problem)
            return
        try:
            with self._database.writing() as connection:
                for projection, pointer in group:
                    _bring_forward(connection, projection, pointer, records)
        except Fenced:
            return
        except sa.exc.OperationalError:
            raise
        except Exception:  # noqa: BLE001 - whatever it is, it is one projection's trouble
            for projection, pointer in group:
                self._advance_alone(projection, pointer, records)

    def _advance_alone(self, projection: Projection, pointer: Pointer, records: Sequence[Recorded[Event]]) -> None:
        """So that one projection's trouble is not another's: half a page, half of that, down to the event that does it."""
        try:
            with self._database.writing() as connection:
                _bring_forward(connection, projection, pointer, records)
        except Fenced:
            return
        except sa.exc.OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the others go on
            if len(records) > 1:
                self._advance_alone(projection, pointer, records[: len(records) // 2])
                return
            _LOG.exception("the projection %s stops before position %d", projection.name, records[0].position)
            self._stop(
                [(projection, pointer)], f"{type(error).__name__} at position {records[0].position} ({type(records[0].event).__name__})"
            )

    def _stop(self, group: Sequence[Standing], problem: str) -> None:
        with self._database.writing() as connection:
            for projection, pointer in group:
                _LOG.error("the projection %s stops: %s", projection.name, problem)
                fail(connection, projection.name, problem, position=pointer.position)

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                with leading(self._database, "projector", self._stopping) as still:
                    while still():
                        self._follow()
            except Exception:  # noqa: BLE001 - a lost connection, a full disk: it may be better later
                _LOG.exception("the projector starts again")
                self._stopping.wait(POLL)

    def _follow(self) -> None:
        known = self._bell.position
        while not self._stopping.is_set() and self.step():
            pass
        self._bell.wait(known, POLL)


def _bring_forward(connection: sa.Connection, projection: Projection, pointer: Pointer, records: Sequence[Recorded[Any]]) -> None:
    generations = move(connection, pointer, records[-1].position)
    apply(connection, projection, generations, records)


def _decoded(rows: Iterable[reading.Row]) -> tuple[list[Recorded[Event]], str | None]:
    """The records up to the first that cannot be read, and what is wrong with that one."""
    records: list[Recorded[Event]] = []
    try:
        records.extend(reading.records(rows))
    except (UnknownEvent, UnreadableEvent) as error:
        return records, str(error)
    return records, None
