"""Refusals as answers: one interface, a type for each kind, each with a stable code and both languages."""

from __future__ import annotations

from typing import Any

import strawberry

from application import refusals
from domain import rules
from domain.rules import Rejected


@strawberry.interface(description="A command that was refused, and why; nothing was recorded. 命令被拒绝，未记录任何事件。")
class Refusal:
    code: str = strawberry.field(description="Stable, for programs. 稳定代码。")
    message: str
    message_zh: str
    field: str | None = strawberry.field(description="The input it is about, where it is about one. 相关输入字段。")


def _kind(rule: type[Rejected]) -> Any:
    kind = type(rule.__name__, (Refusal,), {"__annotations__": {}})
    return strawberry.type(kind, description=rule.__doc__)


@strawberry.type(description=refusals.VersionConflict.__doc__)
class VersionConflict(Refusal):
    current_version: int


KINDS: dict[type[Rejected], Any] = {
    **{
        rule: _kind(rule)
        for rule in (
            rules.InvalidTransition,
            rules.InvalidValue,
            rules.NeedsSecondApprover,
            rules.LimitExceeded,
            rules.OutsideJurisdiction,
            rules.NotFound,
            rules.AlreadyExists,
            refusals.IdempotencyConflict,
            refusals.TooBusy,
        )
    },
    refusals.VersionConflict: VersionConflict,
}


def kind_of(rule: type[Rejected]) -> type[Rejected]:
    """The kind that a rule is of; one of none speaks of the state of things."""
    return next((each for each in KINDS if issubclass(rule, each)), rules.InvalidTransition)


def refused(refusal: Rejected) -> Any:
    """The answer that tells the caller."""
    words = {"code": refusal.code, "message": refusal.message, "message_zh": refusal.message_zh, "field": refusal.field}
    if isinstance(refusal, refusals.VersionConflict):
        return VersionConflict(**words, current_version=refusal.current)  # type: ignore[arg-type]  # each word fits its field
    return KINDS[kind_of(type(refusal))](**words)
