"""Until when it has to be decided whether a case is filed: by the limits in force, where there are any."""

from __future__ import annotations

from datetime import datetime

from domain.casework import rules
from domain.casework.events import CaseAccepted
from domain.jurisdiction.events import LimitMatter
from domain.jurisdiction.limits import DaysInForce


def accepted(at: datetime, review_until: datetime | None, limits: DaysInForce | None) -> CaseAccepted:
    """Who names no day has the usual one; a lead that has to be verified may take longer."""
    if review_until is not None and review_until <= at:
        raise rules.ReviewLimitMustMoveForward(field="reviewUntil")
    if limits is None:
        return CaseAccepted(review_until=review_until)
    if review_until is not None and review_until > limits.after(at, LimitMatter.REVIEW_TO_VERIFY):
        raise rules.ReviewTooLong(field="reviewUntil")
    return CaseAccepted(
        review_until=review_until or limits.after(at, LimitMatter.REVIEW),
        extendable_until=limits.after(at, LimitMatter.REVIEW_EXTENDED),
        limits=limits.code,
    )
