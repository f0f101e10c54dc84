"""Who asks: what a token tells about its bearer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from domain.ids import OfficerId, OrganisationId
from domain.rules import OutsideJurisdiction


class Role(StrEnum):
    """What somebody is here for. A reader changes nothing: a dashboard, a statistics office."""

    DISPATCHER = "DISPATCHER"
    INVESTIGATOR = "INVESTIGATOR"
    SUPERVISOR = "SUPERVISOR"
    READER = "READER"


class ReaderChangesNothing(OutsideJurisdiction):
    """Your role may read but not change anything.

    您的角色只能查询，不能更改。
    """


@dataclass(frozen=True, slots=True)
class Principal:
    """Who is asking, on whose authority; `until` is when the token stops being good."""

    officer: OfficerId
    organisation: OrganisationId
    role: Role
    until: datetime | None = None

    def insist_on_writing(self) -> None:
        if self.role is Role.READER:
            raise ReaderChangesNothing


class Identity(Protocol):
    def principal(self, token: str) -> Principal | None:
        """Whose token this is; None where nobody's."""
        ...
