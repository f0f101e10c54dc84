"""Exports: their commands, and what the job that reads and the door that hands out need of the world."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from application.commands import Command, Step, begin, change, command, internal
from application.identity import Principal
from domain.aggregates import Act, Decision
from domain.ids import ApiKeyId, ExportId, OfficerId, OrganisationId
from domain.oversight.events import ExportFailure
from domain.oversight.export import Export, TooManyExports


@internal
def request(
    export: ExportId, list: str, query: str, variables: str, document: str, purpose: str, role: str, key: ApiKeyId | None
) -> Command:
    """Given by the mutation `requestExport` alone, which has looked at the query."""
    return begin(Export, export, lambda _: Export.request(list, query, variables, document, purpose, role, key))


def limited(command: Command, running: int, most: int) -> Command:
    """For somebody who has so many running already. It stays the same command, so that a repeat is answered like the first time."""
    (step,) = command.steps

    def decide(state: object, act: Act) -> Decision:
        if running >= most:
            raise TooManyExports
        return step.decide(state, act)

    return command._replace(steps=(Step(step.aggregate, step.id, decide, new=step.new),))


@command
def cancel(export: ExportId) -> Command:
    """Cancel an export that is going on; what was read so far is dropped.

    取消正在进行的导出，已读取的内容予以清除。
    """
    return change(Export, export, lambda it, _: it.cancel())


@internal
def complete(export: ExportId, rows: int, bytes: int, digest: str, position: int, expires_at: datetime) -> Command:
    return change(Export, export, lambda it, _: it.complete(rows, bytes, digest, position, expires_at))


@internal
def fail(export: ExportId, reason: ExportFailure) -> Command:
    return change(Export, export, lambda it, _: it.fail(reason))


@internal
def download(export: ExportId) -> Command:
    return change(Export, export, lambda it, _: it.download())


@internal
def expire(export: ExportId) -> Command:
    return change(Export, export, lambda it, _: it.expire())


@dataclass(frozen=True, slots=True, kw_only=True)
class Asker:
    """As whom an export is read: the principal without the token, which lives shorter than the job."""

    officer: OfficerId
    organisation: OrganisationId
    role: str
    key: ApiKeyId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is to be read, and where to go on. `began` is the position of the request."""

    query: str
    variables: str
    began: int
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage:
    """Some rows, a line each. `after` is where to go on, None at the end; `total` is known on the first page, or not at all.

    `secrets` are the ids of all that could be sealed one day and is told of here.
    """

    lines: Sequence[bytes]
    after: str | None
    total: int | None
    secrets: frozenset[UUID]


class ReadingRefused(Exception):  # noqa: N818 - an answer to the job
    """The query can no longer be carried out: asking again leads to the same."""


class ReadingFailed(Exception):  # noqa: N818 - an answer to the job
    """Something stood in the way that may be gone when it is asked again; why is in the log."""


class NotYet(Exception):  # noqa: N818 - an answer to the job
    """The views have not come as far as the request yet."""


class Pages(Protocol):
    """Reads exports as their askers would, page by page."""

    async def read(self, reading: Reading, principal: Principal) -> ReadPage: ...


class Askers(Protocol):
    async def still(self, asker: Asker) -> Principal | None:
        """The principal as it stands now; None where the access has ended."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far an export has come; what is not kept yet is not counted. `share` is None where nobody knows how much there is.

    导出进度；尚未保存的部分不计入。
    """

    rows: int
    bytes: int
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of what was exported: so many bytes, and so many as they are kept (deflated)."""

    size: int
    packed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What was exported, in parts. `crc` is the CRC-32 of all the bytes."""

    parts: Sequence[Part]
    digest: str
    crc: int

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)


class Exported(Protocol):
    """What exports have read, as any process can show it."""

    async def progress(self, exports: Sequence[ExportId]) -> dict[ExportId, Progress]: ...

    async def running(self, officer: OfficerId) -> int:
        """How many exports of this asker go on."""
        ...

    async def content(self, export: ExportId, principal: Principal) -> Content | None:
        """What may be handed to its asker now; None where something in it has been sealed since, or where there is nothing."""
        ...

    async def part(self, export: ExportId, number: int) -> bytes | None:
        """A part as it is kept: deflated, each for itself; None where it has been dropped meanwhile."""
        ...
