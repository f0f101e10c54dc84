"""Access to a case beyond one's own: given by somebody else, or taken in need, which the supervisor is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import CaseId, OfficerId, OrganisationId
from domain.jurisdiction.events import AccessEnded, AccessGranted, BreakGlassReviewed, GlassBroken, GrantChange
from domain.rules import InvalidTransition, LimitExceeded, NeedsSecondApprover, required_text

LONGEST_GRANT = timedelta(days=90)
BREAK_GLASS = timedelta(hours=4)


class GrantTooLong(LimitExceeded):
    """A grant ends after now, and within 90 days.

    授权的截止时间须在当前时间之后且不超过 90 天。
    """

    on = "until"


class GrantToOneself(NeedsSecondApprover):
    """Nobody grants access to themselves.

    不得向本人授权。
    """

    on = "officer"


class GrantHasEnded(InvalidTransition):
    """The grant has been ended already.

    该授权已终止。
    """


class GlassNotBroken(InvalidTransition):
    """Only emergency access is reviewed.

    只有紧急访问才需复核。
    """


class AlreadyReviewed(InvalidTransition):
    """This emergency access has been reviewed.

    该紧急访问已复核。
    """


class ReviewOfOneself(NeedsSecondApprover):
    """Nobody reviews their own emergency access.

    不得复核本人的紧急访问。
    """


@dataclass(frozen=True)
class Grant:
    """Access of one officer to one case for a time (授权)."""

    begins: ClassVar[tuple[type[Event], ...]] = (AccessGranted, GlassBroken)

    officer: OfficerId
    broken: bool
    ended: bool = False
    reviewed: bool = False

    @staticmethod
    def give(by: OfficerId, officer: OfficerId, case: CaseId, until: datetime, purpose: str, now: datetime) -> AccessGranted:
        if officer == by:
            raise GrantToOneself
        if not now < until <= now + LONGEST_GRANT:
            raise GrantTooLong
        return AccessGranted(officer=officer, case=case, until=until, purpose=required_text(purpose, field="purpose"))

    @staticmethod
    def break_glass(by: OfficerId, own: OrganisationId, case: CaseId, purpose: str, now: datetime) -> GlassBroken:
        return GlassBroken(
            officer=by, case=case, until=now + BREAK_GLASS, purpose=required_text(purpose, field="purpose"), organisation=own
        )

    def end(self, reason: str) -> AccessEnded:
        if self.ended:
            raise GrantHasEnded
        return AccessEnded(reason=required_text(reason, field="reason"))

    def review(self, by: OfficerId, finding: str, *, justified: bool) -> BreakGlassReviewed:
        if not self.broken:
            raise GlassNotBroken
        if self.reviewed:
            raise AlreadyReviewed
        if by == self.officer:
            raise ReviewOfOneself
        return BreakGlassReviewed(justified=justified, finding=required_text(finding, field="finding"))

    @classmethod
    def begin(cls, event: AccessGranted | GlassBroken) -> Grant:
        return cls(officer=event.officer, broken=isinstance(event, GlassBroken))

    def apply(self, event: GrantChange) -> Grant:
        match event:
            case AccessEnded():
                return evolve(self, ended=True)
            case BreakGlassReviewed():
                return evolve(self, reviewed=True)
            case _:
                assert_never(event)
