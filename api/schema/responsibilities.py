"""Who answers for what: each mutation with the roles that may carry it out, as the policies have it."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable, Mapping
from typing import Any

import strawberry

from api.context import GraphInfo, context_of
from api.schema.shapes import built, described, many
from application.access import Responsible
from application.commands import Command, name_of
from application.identity import Role
from domain.jurisdiction.events import KeyAction

_Responsibility = built(
    "Responsibility",
    {"mutation": str | None, "command": str, "roles": tuple[Role, ...], "key_actions": tuple[KeyAction, ...]},
    defaults={},
    description=described(Responsible),
)


def responsibility_queries(mutations: Mapping[str, Callable[..., Command]]) -> dict[str, Any]:
    """Commands that look at something or make a secret first have mutations of their own making, which are not named here."""
    names = {name_of(build): name for name, build in mutations.items()}

    async def resolve(info: GraphInfo, role: Role | None = None) -> Any:
        found = await to_thread(context_of(info).services.access.responsibilities)
        return [
            _Responsibility(command=command, mutation=names.get(command), roles=each.roles, key_actions=each.key_actions)
            for command, each in sorted(found.items())
            if role is None or role in each.roles
        ]

    return {"responsibilities": strawberry.field(resolver=resolve, graphql_type=many(_Responsibility), description=DESCRIPTION)}


DESCRIPTION = """Who answers for what: each mutation with the roles that may carry it out within their own reach; of one role, or of all.
各操作的责任角色（在其管辖范围内）。"""
