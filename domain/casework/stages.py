"""The stages of a case, and which acts each allows. Cleared and merged are no stages: they stand beside them."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    REPORTED = "REPORTED"
    ACCEPTED = "ACCEPTED"
    UNDER_REVIEW = "UNDER_REVIEW"
    FILED = "FILED"
    NOT_FILED = "NOT_FILED"
    CONCLUDED = "CONCLUDED"
    TRANSFERRED = "TRANSFERRED"
    WITHDRAWN = "WITHDRAWN"
    SUSPENDED = "SUSPENDED"


IN_REVIEW = frozenset({Stage.ACCEPTED, Stage.UNDER_REVIEW})
ONCE_FILED = frozenset({Stage.FILED, Stage.CONCLUDED, Stage.TRANSFERRED, Stage.WITHDRAWN, Stage.SUSPENDED})
RECLASSIFIABLE = frozenset({Stage.REPORTED, Stage.ACCEPTED, Stage.UNDER_REVIEW, Stage.FILED, Stage.SUSPENDED})
REOPENS_TO = {
    Stage.NOT_FILED: Stage.ACCEPTED,
    Stage.SUSPENDED: Stage.FILED,
    Stage.CONCLUDED: Stage.FILED,
    Stage.TRANSFERRED: Stage.FILED,
    Stage.WITHDRAWN: Stage.FILED,
}
