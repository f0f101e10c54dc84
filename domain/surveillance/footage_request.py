"""The footage request: from two officers' asking to the end of what was taken."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import OfficerId
from domain.retention import Retention
from domain.rules import required_text
from domain.surveillance import footage_rules as rules
from domain.surveillance.events import (
    CustodyTransferred,
    EvidenceAccessed,
    FootageApproved,
    FootageChange,
    FootageDestroyed,
    FootagePaper,
    FootageRefused,
    FootageRequested,
    FootageRequestExpired,
    FootageRetrieved,
    FootageReturned,
    FootageSealed,
    HoldLifted,
    HoldPlaced,
    RetentionExpired,
)

OFFICERS = 2
_DIGEST = re.compile(r"[0-9a-f]{64}")


class FootageState(StrEnum):
    """Where a request for footage stands.

    视频调取状态：已申请、已批准、已拒绝、已过期、已调取、已封存、已移交、已归还、已销毁。
    """

    REQUESTED = "REQUESTED"
    APPROVED = "APPROVED"
    REFUSED = "REFUSED"
    EXPIRED = "EXPIRED"
    RETRIEVED = "RETRIEVED"
    SEALED = "SEALED"
    TRANSFERRED = "TRANSFERRED"
    RETURNED = "RETURNED"
    DESTROYED = "DESTROYED"


WAITING = frozenset({FootageState.REQUESTED, FootageState.APPROVED})
KEPT = frozenset({FootageState.RETRIEVED, FootageState.SEALED, FootageState.TRANSFERRED})
"""Where something is there."""


@dataclass(frozen=True)
class FootageRequest:
    """A request for footage (视频调取)."""

    begins: ClassVar[tuple[type[Event], ...]] = (FootageRequested,)

    asked: FootageRequested
    state: FootageState = FootageState.REQUESTED
    taken: FootageRetrieved | None = None
    holder: OfficerId | None = None
    seal: str = ""
    held: bool = False
    retained: bool = True

    @staticmethod
    def request(wanted: FootageRequested, now: datetime, retention: Retention) -> FootageRequested:
        officers = tuple(OfficerId(required_text(each, field="officers")) for each in wanted.officers)
        if len(officers) != OFFICERS:
            raise rules.TwoOfficersNeeded
        if len(set(officers)) != OFFICERS:
            raise rules.SameOfficerTwice
        if (wanted.case is None) == (wanted.alarm is None):
            raise rules.FootageForCaseOrAlarm
        if wanted.until <= wanted.since:
            raise rules.FootageEndsTooEarly
        if wanted.until > now:
            raise rules.FootageNotYetTaken
        if wanted.since < now - retention.kept(important=False):
            raise rules.FootageNoLongerKept
        if wanted.needed_by <= now:
            raise rules.FootageNeededTooEarly
        return replace(wanted, officers=officers, purpose=required_text(wanted.purpose, field="purpose"))

    def approve(self, by: OfficerId, paper: FootagePaper, number: str, now: datetime) -> FootageApproved:
        self._insist_on_another(by, now)
        return FootageApproved(paper=paper, number=required_text(number, field="number"))

    def refuse(self, by: OfficerId, reason: str, now: datetime) -> FootageRefused:
        self._insist_on_another(by, now)
        return FootageRefused(reason=required_text(reason, field="reason"))

    def expire(self, now: datetime) -> FootageRequestExpired:
        if self.state not in WAITING:
            raise rules.FootageIsAnswered
        if now <= self.asked.needed_by:
            raise rules.FootageStillNeeded
        return FootageRequestExpired()

    def retrieve(
        self, by: OfficerId, at: datetime, sha256: str, byte_size: int, retention: Retention, since: datetime | None, until: datetime | None
    ) -> FootageRetrieved:
        """All that was asked for, where nothing less is named."""
        if self.state is not FootageState.APPROVED:
            raise rules.FootageNotApproved
        if at > self.asked.needed_by:
            raise rules.FootageNotNeeded
        if by not in self.asked.officers:
            raise rules.FootageTakenByAnother
        since, until = since or self.asked.since, until or self.asked.until
        if not self.asked.since <= since < until <= self.asked.until:
            raise rules.FootageOutsideRequest
        if not _DIGEST.fullmatch(sha256):
            raise rules.FootageDigestMalformed
        if byte_size < 1:
            raise rules.FootageIsEmpty
        kept = at + retention.kept(important=self.asked.important)
        return FootageRetrieved(
            since=since, until=until, sha256=sha256, byte_size=byte_size, holder=by, retain_until=kept, limit=retention.limit
        )

    def put_seal(self, seal: str) -> FootageSealed:
        self._insist_on_being_there()
        if self.seal:
            raise rules.FootageIsSealed
        return FootageSealed(seal=required_text(seal, field="seal"))

    def transfer(self, by: OfficerId, to: OfficerId, destination: str, reason: str) -> CustodyTransferred:
        self._insist_on_seal()
        taker = OfficerId(required_text(to, field="to"))
        if by != self.holder or taker == by:
            raise rules.FootageHeldByAnother
        return CustodyTransferred(giver=by, taker=taker, destination=_place(destination), reason=_why(reason))

    def access(self, purpose: str) -> EvidenceAccessed:
        """Also once it is gone: that somebody asked, and what was told, stands on record."""
        if self.taken is None:
            raise rules.FootageNotThere
        return EvidenceAccessed(purpose=required_text(purpose, field="purpose"))

    def place_hold(self, reason: str) -> HoldPlaced:
        self._insist_on_being_there()
        if self.held:
            raise rules.FootageIsHeld
        return HoldPlaced(reason=_why(reason))

    def lift_hold(self, reason: str) -> HoldLifted:
        if not self.held:
            raise rules.FootageIsNotHeld
        return HoldLifted(reason=_why(reason))

    def expire_retention(self, now: datetime) -> RetentionExpired:
        self._insist_on_being_there()
        self._insist_on_no_hold()
        if not self.retained:
            raise rules.FootageRetentionIsOver
        if self.taken is None or now < self.taken.retain_until:
            raise rules.FootageStillKept
        return RetentionExpired()

    def give_back(self, by: OfficerId, destination: str, reason: str) -> FootageReturned:
        self._insist_on_seal()
        self._insist_on_no_hold()
        if by != self.holder:
            raise rules.FootageHeldByAnother
        return FootageReturned(destination=_place(destination), reason=_why(reason))

    def destroy(self, reason: str) -> FootageDestroyed:
        self._insist_on_being_there()
        self._insist_on_no_hold()
        if self.retained:
            raise rules.FootageStillKept
        return FootageDestroyed(reason=_why(reason))

    def _insist_on_another(self, by: OfficerId, now: datetime) -> None:
        if self.state is not FootageState.REQUESTED:
            raise rules.FootageIsAnswered
        if by in {*self.asked.officers, self.asked.requested_by}:
            raise rules.FootageNeedsAnother
        if now > self.asked.needed_by:
            raise rules.FootageNotNeeded

    def _insist_on_being_there(self) -> None:
        if self.state not in KEPT:
            raise rules.FootageNotThere

    def _insist_on_seal(self) -> None:
        self._insist_on_being_there()
        if not self.seal:
            raise rules.FootageNotSealed

    def _insist_on_no_hold(self) -> None:
        if self.held:
            raise rules.FootageIsHeld

    @classmethod
    def begin(cls, event: FootageRequested) -> FootageRequest:
        return cls(asked=event)

    def apply(self, event: FootageChange) -> FootageRequest:  # noqa: C901, PLR0911, PLR0912 - one line for each event
        match event:
            case FootageApproved():
                return evolve(self, state=FootageState.APPROVED)
            case FootageRefused():
                return evolve(self, state=FootageState.REFUSED)
            case FootageRequestExpired():
                return evolve(self, state=FootageState.EXPIRED)
            case FootageRetrieved(holder=holder):
                return evolve(self, state=FootageState.RETRIEVED, taken=event, holder=holder)
            case FootageSealed(seal=seal):
                return evolve(self, state=FootageState.SEALED, seal=seal)
            case CustodyTransferred(taker=taker):
                return evolve(self, state=FootageState.TRANSFERRED, holder=taker)
            case HoldPlaced():
                return evolve(self, held=True)
            case HoldLifted():
                return evolve(self, held=False)
            case RetentionExpired():
                return evolve(self, retained=False)
            case FootageReturned():
                return evolve(self, state=FootageState.RETURNED, holder=None)
            case FootageDestroyed():
                return evolve(self, state=FootageState.DESTROYED, holder=None)
            case EvidenceAccessed():
                return self
            case _:
                assert_never(event)


def _place(destination: str) -> str:
    return required_text(destination, field="destination")


def _why(reason: str) -> str:
    return required_text(reason, field="reason")
