"""Where exports stand: what a part, the place to go on and the counts say is written in one transaction."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from application.identity import Principal, Role
from application.oversight.exports import Content, Part, Progress
from domain.ids import ExportId, OfficerId
from domain.oversight.export import ExportState
from infrastructure.access.rows import sealed_cases
from infrastructure.access.seen import Seen
from infrastructure.database import Database
from infrastructure.exports import packing
from infrastructure.exports.tables import EXPORT_JOBS, EXPORT_PARTS
from infrastructure.log import reading
from infrastructure.projections.casework.corrections import CORRECTIONS
from infrastructure.projections.oversight.exports import EXPORTS

KEPT = (ExportState.RUNNING, ExportState.COMPLETED)
_BEGIN = sa.text(
    "INSERT INTO export_jobs (export, parts, rows, bytes) VALUES (:export, 0, 0, 0) ON CONFLICT (export) DO NOTHING"
).bindparams(sa.bindparam("export", type_=sa.Uuid))
SOME = 20
"""Parts that are dropped in one transaction, so that nobody waits long for the one writer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPart:
    """What was read since the last one. `crc` and `digest` are of everything so far, for the last part."""

    content: bytes
    packed: bytes
    secrets: bytes
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class End:
    """How an export ended, worked out once and then kept, so that a second telling of it says the same."""

    digest: str
    crc: int
    ended_at: datetime


class ExportStore:
    """The application's `Exported`, and what the job writes."""

    def __init__(self, database: Database, seen: Seen) -> None:
        self._database = database
        self._seen = seen

    async def progress(self, exports: Sequence[ExportId]) -> dict[ExportId, Progress]:
        return await to_thread(self._progress, exports)

    async def running(self, officer: OfficerId) -> int:
        return await to_thread(self._running, officer)

    async def content(self, export: ExportId, principal: Principal) -> Content | None:
        return await to_thread(self._content, export, principal)

    async def part(self, export: ExportId, number: int) -> bytes | None:
        return await to_thread(self.kept, export, number)

    def going_on(self) -> Sequence[sa.Row[Any]]:
        """The exports to be read, the oldest first."""
        rows = sa.select(EXPORTS).where(EXPORTS.c.state == ExportState.RUNNING).order_by(EXPORTS.c.requested_at, EXPORTS.c.id)
        with self._database.reading() as connection:
            return connection.execute(rows).all()

    def job(self, export: UUID) -> sa.Row[Any]:
        """How far it has come; at the beginning, nowhere."""
        with self._database.reading() as connection:
            found = self._job(connection, export)
        if found is not None:
            return found
        with self._database.writing() as connection:
            connection.execute(_BEGIN, {"export": export})
            row = self._job(connection, export)
        assert row is not None  # noqa: S101 - written just now
        return row

    def append(self, export: UUID, number: int, part: NewPart | None, after: str | None, total: int | None, end: End | None) -> bool:
        """Keep a part and where to go on, or nothing: False where somebody else has gone on, or the export was dropped."""
        with self._database.writing() as connection:
            values = self._counted(connection, part, after, total, end)
            mine = sa.and_(EXPORT_JOBS.c.export == export, EXPORT_JOBS.c.parts == number, EXPORT_JOBS.c.ended_at.is_(None))
            if connection.execute(sa.update(EXPORT_JOBS).where(mine).values(values)).rowcount != 1:
                return False
            if part is not None:
                kept = {"size": len(part.content), "packed_size": len(part.packed), "secrets": part.secrets, "packed": part.packed}
                connection.execute(sa.insert(EXPORT_PARTS).values(export=export, number=number, **kept))
        return True

    def kept(self, export: UUID, number: int) -> bytes | None:
        """A part as it is kept."""
        own = EXPORT_PARTS.c
        with self._database.reading() as connection:
            found = connection.execute(sa.select(own.packed).where(own.export == export, own.number == number)).scalar()
        return None if found is None else bytes(found)

    def drop_some(self) -> bool:
        """Forget what is kept of exports that are over, a little at a time; whether there was anything."""
        with self._database.reading() as connection:
            over = connection.execute(
                sa.select(EXPORT_JOBS.c.export)
                .join(EXPORTS, EXPORTS.c.id == EXPORT_JOBS.c.export)
                .where(EXPORTS.c.state.not_in(KEPT))
                .limit(1)
            ).scalar()
        if over is None:
            return False
        with self._database.writing() as connection:
            some = sa.select(EXPORT_PARTS.c.number).where(EXPORT_PARTS.c.export == over).order_by(EXPORT_PARTS.c.number).limit(SOME)
            numbers = connection.execute(some).scalars().all()
            connection.execute(sa.delete(EXPORT_PARTS).where(EXPORT_PARTS.c.export == over, EXPORT_PARTS.c.number.in_(numbers)))
            if len(numbers) < SOME:
                connection.execute(sa.delete(EXPORT_JOBS).where(EXPORT_JOBS.c.export == over))
        return True

    def _job(self, connection: sa.Connection, export: UUID) -> sa.Row[Any] | None:
        return connection.execute(sa.select(EXPORT_JOBS).where(EXPORT_JOBS.c.export == export)).one_or_none()

    def _counted(
        self, connection: sa.Connection, part: NewPart | None, after: str | None, total: int | None, end: End | None
    ) -> dict[str, Any]:
        own = EXPORT_JOBS.c
        values: dict[str, Any] = {"after": after, "total": total}
        if part is not None:
            values |= {"parts": own.parts + 1, "rows": own.rows + part.rows, "bytes": own.bytes + len(part.content)}
        if end is not None:
            values |= {"position": reading.head(connection), "digest": end.digest, "crc": end.crc, "ended_at": end.ended_at}
        return values

    def _progress(self, exports: Sequence[ExportId]) -> dict[ExportId, Progress]:
        jobs = sa.select(EXPORT_JOBS, EXPORTS.c.began).join(EXPORTS, EXPORTS.c.id == EXPORT_JOBS.c.export)
        with self._database.reading() as connection:
            rows = connection.execute(jobs.where(EXPORT_JOBS.c.export.in_(exports))).all()
        return {row.export: Progress(rows=row.rows, bytes=row.bytes, share=_share(row)) for row in rows}

    def _running(self, officer: OfficerId) -> int:
        going_on = sa.select(sa.func.count()).where(EXPORTS.c.requested_by == officer, EXPORTS.c.state == ExportState.RUNNING)
        with self._database.reading() as connection:
            return connection.execute(going_on).scalar_one()

    def _content(self, export: ExportId, principal: Principal) -> Content | None:
        with self._database.reading() as connection:
            row = connection.execute(
                sa.select(EXPORTS, EXPORT_JOBS.c.crc)
                .join(EXPORT_JOBS, EXPORT_JOBS.c.export == EXPORTS.c.id)
                .where(EXPORTS.c.id == export, EXPORTS.c.state == ExportState.COMPLETED)
            ).one_or_none()
            if row is None or not _asked_by(principal, row) or self._holds_secrets(connection, export, principal):
                return None
            own = EXPORT_PARTS.c
            parts = connection.execute(sa.select(own.size, own.packed_size).where(own.export == export).order_by(own.number)).all()
        return Content(parts=[Part(size=each.size, packed=each.packed_size) for each in parts], digest=row.digest, crc=row.crc)

    def _holds_secrets(self, connection: sa.Connection, export: ExportId, principal: Principal) -> bool:
        """Whether something in it is not there any more for the asker: sealed since, or no longer open by a grant."""
        hidden = self._hidden(connection, principal)
        if not hidden:
            return False
        own = EXPORT_PARTS.c
        told = connection.execute(sa.select(own.secrets).where(own.export == export)).scalars()
        return any(not hidden.isdisjoint(packing.ids(each)) for each in told)

    def _hidden(self, connection: sa.Connection, principal: Principal) -> set[UUID]:
        sight = self._seen.sight(connection, principal)
        if not sight.anything_sealed or principal.role is Role.OWNER:
            return set()
        cases = {case for case in connection.execute(sealed_cases()).scalars() if str(case) not in sight.who.grants}
        corrections = connection.execute(sa.select(CORRECTIONS.c.id, CORRECTIONS.c.case).where(CORRECTIONS.c.case.in_(sealed_cases())))
        return cases | {row.id for row in corrections if row.case in cases}


def _share(job: sa.Row[Any]) -> float | None:
    """Of the rows, where they could be counted; of the log, where that is what is read."""
    if job.ended_at is not None:
        return 1.0
    if job.after is not None and job.after.isdecimal():
        return float(min(1.0, int(job.after) / job.began))
    return None if job.total is None else float(min(1.0, job.rows / max(1, job.total)))


def _asked_by(principal: Principal, row: sa.Row[Any]) -> bool:
    """The same officer in the same role and place, or the same key: somebody who has moved on may not see the same any more."""
    asker = (principal.officer, principal.organisation, principal.role.value, principal.key)
    return asker == (row.requested_by, row.organisation, row.role, row.api_key)
