"""What the ledger books, in which unit, and why an entry was booked."""

from __future__ import annotations

from enum import StrEnum


class Measure(StrEnum):
    """What the ledger books. Amounts are signed; every figure of cases is a sum of them.

    FILED: offences known (立案). UNFOUNDED: withdrawals that take a filing back (S4's U): all but those for a suspect's
    death. NO_CRIME: the ones among them that say it did not happen; only these leave the cohort (S5). CLEARED:
    clearances that stand (破案), a suspect's death included (UCR). WITHDRAWN: the legal act (撤案), whatever its reason.
    """

    FILED = "FILED"
    UNFOUNDED = "UNFOUNDED"
    NO_CRIME = "NO_CRIME"
    CLEARED = "CLEARED"
    WITHDRAWN = "WITHDRAWN"


class CountUnit(StrEnum):
    """What one count is."""

    CASE = "CASE"
    OFFENCE = "OFFENCE"


class Cause(StrEnum):
    """What happened to a case that moves figures."""

    REGISTERED = "REGISTERED"
    FILED = "FILED"
    CLEARED = "CLEARED"
    REVOKED = "REVOKED"
    WITHDRAWN = "WITHDRAWN"
    CONCLUDED = "CONCLUDED"
    REOPENED = "REOPENED"
    TRANSFERRED = "TRANSFERRED"
    RECLASSIFIED = "RECLASSIFIED"
    SPLIT = "SPLIT"
    MERGED = "MERGED"
    UNMERGED = "UNMERGED"
