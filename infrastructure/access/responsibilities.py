"""Who answers for what: the roles whom the policies let give a command within their own reach."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from application.access import Responsible
from application.identity import Role
from domain.jurisdiction.events import KeyAction
from infrastructure.access.policy import Entity, Standing, decisions, named, schema_text

_ACTION = re.compile(r"^action ([^;{]+?) in \[[^\]]+\]\s+appliesTo \{[^}]*resource: \[([^\]]+)\]", re.MULTILINE)
_ENTITY = re.compile(r"^entity (\w+)[^{;]*(?:\{([^}]*)\})?;", re.MULTILINE)
HERE = "here"
USUAL: dict[str, Any] = {
    "sealed": False,
    "subject": "ALARM",
    "Bool": True,
    "String": "",
    "Organisation": {"__entity": named("Organisation", HERE)},
}
"""What a thing is like of which nobody would say that it is special: by the name of its attribute, or else by its type."""


@cache
def responsibilities() -> dict[str, Responsible]:
    """By the name of each command that the policies know."""
    officers = {role: _given(role) for role in Role if role not in {Role.OWNER, Role.INTEGRATION}}
    keys = {action: _given(Role.INTEGRATION, action) for action in KeyAction}
    return {
        command: Responsible(
            tuple(role for role, given in officers.items() if command in given),
            tuple(action for action, given in keys.items() if command in given),
        )
        for command in _resources()
    }


def _given(role: Role, *actions: KeyAction) -> set[str]:
    """The commands that somebody of a role, who has all that is here, may give on some thing that stands here."""
    who = Standing(role.value, HERE, frozenset([HERE]), citywide=True, grants=frozenset(), actions=frozenset(actions))
    asked = [(command, (kind, HERE)) for command, kinds in _resources().items() for kind in kinds]
    return {command for (command, _), may in zip(asked, decisions(who, asked, _things()), strict=True) if may}


def _things() -> list[Entity]:
    """One of each kind."""
    return [
        {"uid": named(kind, HERE), "attrs": {name: _value(name, type) for name, type in re.findall(r"(\w+): (\w+)", within)}, "parents": []}
        for kind, within in _ENTITY.findall(schema_text())
        if kind != "Officer"
    ]


def _value(name: str, type: str) -> Any:
    return USUAL[name] if name in USUAL else USUAL[type]


@cache
def _resources() -> dict[str, tuple[str, ...]]:
    """The kinds of things that each command may be given on, as the policies' schema has them."""
    found = _ACTION.findall(schema_text())
    return {name.strip('" \n'): tuple(kind.strip() for kind in kinds.split(",")) for names, kinds in found for name in names.split(",")}
