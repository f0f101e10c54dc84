"""An export: many rows taken out of the house at once, on record with what for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import ApiKeyId
from domain.oversight.events import (
    ExportCancelled,
    ExportChange,
    ExportCompleted,
    ExportDownloaded,
    ExportExpired,
    ExportFailed,
    ExportFailure,
    ExportRequested,
)
from domain.rules import InvalidTransition, InvalidValue, LimitExceeded, TextHoldsPersonalData, holds_personal_data, required_text

LONGEST_QUERY = 10_000
_IDS = re.compile(r"[0-9a-f]{8}(-?)(?:[0-9a-f]{4}\1){3}[0-9a-f]{12}", re.IGNORECASE)
"""In these anything may look like a number of somebody's."""


class ExportTextTooLong(InvalidValue):
    """The query, or its variables, are longer than 10,000 characters; they stand on record whole.

    查询或其变量超过 10000 个字符；查询与变量须完整入库。
    """


class ExportIsOver(InvalidTransition):
    """The export is not going on any more.

    导出已不在进行中。
    """


class ExportIsNotThere(InvalidTransition):
    """The export holds nothing that could be taken: it goes on still, came to nothing, or has expired.

    导出尚未完成、未成功或已过期，无可下载内容。
    """


class TooManyExports(LimitExceeded):
    """As many exports as you may have at a time are going on; wait for one to end, or cancel it.

    您正在进行的导出已达上限；请等待其结束或取消。
    """


class ExportState(StrEnum):
    """Where an export stands.

    导出的状态。
    """

    RUNNING = "RUNNING"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


@dataclass(frozen=True)
class Export:
    """A list read to its end as its asker would read it (导出)."""

    begins: ClassVar[tuple[type[Event], ...]] = (ExportRequested,)

    state: ExportState = ExportState.RUNNING
    downloaded: bool = False

    @staticmethod
    def request(list: str, query: str, variables: str, document: str, purpose: str, role: str, key: ApiKeyId | None) -> ExportRequested:
        _check("query", query)
        _check("variables", variables)
        return ExportRequested(
            list=list,
            query=query,
            variables=variables,
            document=document,
            purpose=required_text(purpose, field="purpose"),
            role=role,
            key=key,
        )

    def complete(self, rows: int, bytes: int, digest: str, position: int, expires_at: datetime) -> ExportCompleted:
        self._insist_on_running()
        return ExportCompleted(rows=rows, bytes=bytes, digest=digest, position=position, expires_at=expires_at)

    def fail(self, reason: ExportFailure) -> ExportFailed:
        self._insist_on_running()
        return ExportFailed(reason=reason)

    def cancel(self) -> ExportCancelled:
        self._insist_on_running()
        return ExportCancelled()

    def download(self) -> ExportDownloaded | None:
        """On record the first time; who goes on after a broken connection does nothing new."""
        if self.state is not ExportState.COMPLETED:
            raise ExportIsNotThere
        return None if self.downloaded else ExportDownloaded()

    def expire(self) -> ExportExpired | None:
        if self.state is ExportState.EXPIRED:
            return None
        if self.state is not ExportState.COMPLETED:
            raise ExportIsNotThere
        return ExportExpired()

    def _insist_on_running(self) -> None:
        if self.state is not ExportState.RUNNING:
            raise ExportIsOver

    @classmethod
    def begin(cls, event: ExportRequested) -> Export:  # noqa: ARG003 - as every aggregate begins
        return cls()

    def apply(self, event: ExportChange) -> Export:
        match event:
            case ExportCompleted():
                return evolve(self, state=ExportState.COMPLETED)
            case ExportFailed():
                return evolve(self, state=ExportState.FAILED)
            case ExportCancelled():
                return evolve(self, state=ExportState.CANCELLED)
            case ExportDownloaded():
                return evolve(self, downloaded=True)
            case ExportExpired():
                return evolve(self, state=ExportState.EXPIRED)
            case _:
                assert_never(event)


def _check(field: str, text: str) -> None:
    if len(text) > LONGEST_QUERY:
        raise ExportTextTooLong(field=field)
    if holds_personal_data(_IDS.sub("", text)):
        raise TextHoldsPersonalData(field=field)
