"""Who asks: what a token tells about its bearer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.ids import ApiKeyId, OfficerId, OrganisationId
from domain.jurisdiction.events import KeyAction


class Role(StrEnum):
    """What somebody is here for; `infrastructure/access/policies.cedar` says what each may see and do."""

    INTAKE = "INTAKE"
    DISPATCHER = "DISPATCHER"
    UNIT_OFFICER = "UNIT_OFFICER"
    INVESTIGATOR = "INVESTIGATOR"
    STATION_HEAD = "STATION_HEAD"
    SUB_BUREAU_HEAD = "SUB_BUREAU_HEAD"
    CITY_HEAD = "CITY_HEAD"
    VIDEO_OFFICE = "VIDEO_OFFICE"
    GOVERNANCE_OFFICE = "GOVERNANCE_OFFICE"
    AUDITOR = "AUDITOR"
    SYSTEM_ADMINISTRATOR = "SYSTEM_ADMINISTRATOR"
    SECURITY_ADMINISTRATOR = "SECURITY_ADMINISTRATOR"
    AUDIT_ADMINISTRATOR = "AUDIT_ADMINISTRATOR"
    INTEGRATION = "INTEGRATION"
    OWNER = "OWNER"


OFFICERS = frozenset(Role) - {Role.INTEGRATION, Role.OWNER}
"""The roles an identity provider may give: an integration comes with a key, the owner holds the database itself."""


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is asking, on whose authority; `until` is when the token stops being good.

    `key`, `reach` and `actions` are those of an integration's key. An officer's reach is the officer's organisation.
    """

    officer: OfficerId
    organisation: OrganisationId
    role: Role
    until: datetime | None = None
    key: ApiKeyId | None = None
    reach: tuple[OrganisationId, ...] = ()
    actions: frozenset[KeyAction] = frozenset()


OWNER = Principal(OfficerId("owner"), OrganisationId("owner"), Role.OWNER)
"""Whoever holds the database may do everything; what is done is done in this name."""


class Identity(Protocol):
    async def principal(self, token: str) -> Principal | None:
        """Whose token this is now; None where nobody's. Cheap enough to ask again whenever it matters."""
        ...
