"""The words that case events are told in: codes and small values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PersonRole(StrEnum):
    """Why a person stands in a case; suspects have events of their own."""

    VICTIM = "VICTIM"
    WITNESS = "WITNESS"
    PERSON_OF_INTEREST = "PERSON_OF_INTEREST"
    REPORTER = "REPORTER"


class ClearanceKind(StrEnum):
    """How offences were cleared (FBI, Offenses Cleared; OTHER for what UCR does not count)."""

    ARREST = "ARREST"
    EXCEPTIONAL = "EXCEPTIONAL"
    OTHER = "OTHER"


class ExceptionalReason(StrEnum):
    """NIBRS data element 4."""

    DEATH_OF_OFFENDER = "A"
    PROSECUTION_DECLINED = "B"
    IN_CUSTODY_ELSEWHERE = "C"
    VICTIM_REFUSED = "D"
    JUVENILE_NO_CUSTODY = "E"


class WithdrawalReason(StrEnum):
    """Why a filed case was withdrawn (撤案). Only NO_CRIME is unfounded; SUSPECT_DIED clears under UCR."""

    NO_CRIME = "NO_CRIME"
    PLAINLY_MINOR = "PLAINLY_MINOR"
    LIMITATION_EXPIRED = "LIMITATION_EXPIRED"
    AMNESTY = "AMNESTY"
    SUSPECT_DIED = "SUSPECT_DIED"
    OTHER = "OTHER"


class RefusalReason(StrEnum):
    """Why a case was not filed (不予立案)."""

    NO_FACTS = "NO_FACTS"
    PLAINLY_MINOR = "PLAINLY_MINOR"
    NO_JURISDICTION = "NO_JURISDICTION"
    OTHER_GROUND = "OTHER_GROUND"


class ContributionChannel(StrEnum):
    """What contributed to an outcome (R37)."""

    VIDEO = "VIDEO"
    TECH_ALARM = "TECH_ALARM"
    PHONE = "PHONE"
    PATROL = "PATROL"


class ContributionRole(StrEnum):
    DETECTED = "DETECTED"
    LOCATED = "LOCATED"
    IDENTIFIED = "IDENTIFIED"
    PROVED = "PROVED"


class CaseFact(StrEnum):
    """What a correction can put right on a case."""

    OCCURRED_AT = "OCCURRED_AT"
    FILED_AT = "FILED_AT"
    CLEARED_AT = "CLEARED_AT"
    OFFENCE_TYPE = "OFFENCE_TYPE"
    PLACE = "PLACE"


class SubjectKind(StrEnum):
    """What a correction is about."""

    ALARM = "ALARM"
    ORDER = "ORDER"
    CASE = "CASE"


@dataclass(frozen=True, slots=True)
class Offence:
    """So many offences of one type."""

    type: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Contribution:
    channel: ContributionChannel
    role: ContributionRole


@dataclass(frozen=True, slots=True)
class ExceptionalGrounds:
    """The four facts without which an exceptional clearance is none (FBI, Offenses Cleared)."""

    offender_identified: bool
    evidence_sufficient: bool
    location_known: bool
    reason: ExceptionalReason
