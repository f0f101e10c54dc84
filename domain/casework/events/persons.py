"""The events of persons: that something is known of them, who read it and why, and its end. None of it stands here."""

from __future__ import annotations

from enum import StrEnum

from domain.events import Event
from domain.ids import CaseId, PersonId


class PersonField(StrEnum):
    """What the vault keeps of a person.

    个人信息项。
    """

    NAME = "NAME"
    PHONE = "PHONE"
    IDENTITY_NUMBER = "IDENTITY_NUMBER"


class ReadingPurpose(StrEnum):
    """What personal data are read for; the case says the rest.

    查阅个人信息的目的。
    """

    INVESTIGATION = "INVESTIGATION"
    IDENTIFICATION = "IDENTIFICATION"
    NOTIFICATION = "NOTIFICATION"
    AUDIT = "AUDIT"


class ErasureGround(StrEnum):
    """On which ground personal data are erased.

    删除个人信息的依据。
    """

    RETENTION_EXPIRED = "RETENTION_EXPIRED"
    COURT_ORDER = "COURT_ORDER"
    PERSONS_REQUEST = "PERSONS_REQUEST"
    RECORDED_WRONGLY = "RECORDED_WRONGLY"


class PersonRegistered(Event):
    """Only which details were given; they themselves stand in the vault."""

    fields: tuple[PersonField, ...]


class PersonDetailsRecorded(Event):
    fields: tuple[PersonField, ...]


class PersonRead(Event):
    """Recorded before anything is told; `fields` are those that the vault was asked for."""

    purpose: ReadingPurpose
    case: CaseId
    fields: tuple[PersonField, ...]


class PersonsSought(Event):
    """Somebody searched the vault by a detail. What was searched for is not in it; whom it belongs to is."""

    field: PersonField
    purpose: ReadingPurpose
    case: CaseId
    found: tuple[PersonId, ...]


class PersonErased(Event):
    """The person's key is destroyed. `reference` names the order or file that says so."""

    ground: ErasureGround
    reference: str


PersonChange = PersonDetailsRecorded | PersonRead | PersonErased
