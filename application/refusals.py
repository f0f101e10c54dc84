"""Refusals that come from the desk rather than from an aggregate."""

from __future__ import annotations

from domain.rules import Rejected


class VersionConflict(Rejected):
    """The thing has changed since the version you expected.

    该对象在您所预期的版本之后已被更改。
    """

    on = "expectedVersion"

    def __init__(self, current: int) -> None:
        super().__init__()
        self.current = current


class IdempotencyConflict(Rejected):
    """This command id was used before with another content.

    该命令编号已用于不同内容的命令。
    """

    on = "commandId"


class TooBusy(Rejected):
    """Others keep changing the same thing; try again.

    该对象正被频繁更改，请重试。
    """
