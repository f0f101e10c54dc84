"""What somebody does: a mutation, its input, and in whose name it is sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid5

from application.identity import Role
from domain.ids import OfficerId, OrganisationId

NAMESPACE = UUID("2a1c7f04-50f8-5a77-9c1e-70c51a000003")


@dataclass(frozen=True, slots=True)
class Who:
    officer: OfficerId
    organisation: OrganisationId
    role: Role


@dataclass(frozen=True, slots=True)
class Act:
    """`of` tells this act from all others of its kind, so that it is done once however often it is sent."""

    mutation: str
    given: dict[str, Any] = field(hash=False)
    who: Who
    of: str

    @property
    def command_id(self) -> UUID:
        return uuid5(NAMESPACE, f"{self.mutation}/{self.of}")

    @property
    def document(self) -> str:
        title = self.mutation[0].upper() + self.mutation[1:]
        return (
            f"mutation ($input: {title}Input!) {{ answer: {self.mutation}(input: $input) {{ __typename"
            f" ... on {title}Payload {{ position }} ... on Refusal {{ code message }} }} }}"
        )

    @property
    def variables(self) -> dict[str, Any]:
        return {"input": {"commandId": str(self.command_id), **self.given}}
