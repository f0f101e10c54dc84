"""The policies as Cedar evaluates them: one decision, or what is left of all policies while the thing is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

import cedarpy

from application.identity import Principal

Entity = dict[str, Any]
"""A thing as Cedar takes it: `uid`, `attrs` and `parents`."""
Expression = Mapping[str, Any]
"""A part of a policy in Cedar's JSON form."""


@dataclass(frozen=True, slots=True)
class Standing:
    """All that policies know of a principal. Those who stand alike see alike."""

    role: str
    home: str
    reach: frozenset[str]
    citywide: bool
    grants: frozenset[str]
    actions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Residual:
    """The policies that may yet permit, and those that may yet forbid."""

    permits: tuple[Expression, ...]
    forbids: tuple[Expression, ...]


class PolicyFails(Exception):  # noqa: N818 - it reads as the sentence that the operator is shown
    """A policy cannot be evaluated; then nothing is decided."""


def standing(principal: Principal, grants: frozenset[str], *, citywide: bool) -> Standing:
    reach = frozenset(principal.reach) or frozenset([principal.organisation])
    return Standing(principal.role.value, principal.organisation, reach, citywide, grants, frozenset(principal.actions))


def named(kind: str, id: str) -> dict[str, str]:
    return {"type": kind, "id": id}


def decisions(who: Standing, asked: Sequence[tuple[str, tuple[str, str]]], entities: Sequence[Entity]) -> list[bool]:
    """Whether each action may be done to each thing, of which and of all it stands in the entities tell."""
    requests = [
        {"principal": named("Officer", "asking"), "action": named("Action", action), "resource": named(*thing), "context": {}}
        for action, thing in asked
    ]
    answers = cedarpy.is_authorized_batch(requests, _policies(), [_officer(who), *entities], _schema())
    for answer in answers:
        if answer.diagnostics.errors:
            raise PolicyFails(answer.diagnostics.errors[0])
    return [bool(answer.allowed) for answer in answers]


def counts_exactly(principal: Principal) -> bool:
    """Whether figures are told to the last case, or only what may leave the house."""
    return _counts_exactly(standing(principal, frozenset(), citywide=False))


@lru_cache(1_000)
def _counts_exactly(who: Standing) -> bool:
    return decisions(who, [("countExactly", ("City", "city"))], [])[0]


def residual(who: Standing, action: str) -> Residual:
    """What the policies come to for a principal and an action, whatever the thing."""
    request: dict[str, Any] = {"principal": 'Officer::"asking"', "action": f'Action::"{action}"', "resource": None, "context": {}}
    alone = {"uid": named("Action", action), "attrs": {}, "parents": []}  # else it would be unknown as well
    answer = cedarpy.is_authorized_partial(request, _policies(), [_officer(who), alone])
    if answer.diagnostics.errors:
        raise PolicyFails(answer.diagnostics.errors[0])
    left = list(answer.residuals.values())
    return Residual(
        tuple(_body(each) for each in left if each["effect"] == "permit"),
        tuple(_body(each) for each in left if each["effect"] == "forbid"),
    )


def policy_text() -> str:
    return _text("policies.cedar")


def schema_text() -> str:
    return _text("schema.cedarschema")


def _text(name: str) -> str:
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


@cache
def _policies() -> cedarpy.PolicySet:
    return cedarpy.PolicySet.from_str(policy_text())


@cache
def _schema() -> cedarpy.Schema:
    return cedarpy.Schema.from_str(schema_text())


def _officer(who: Standing) -> Entity:
    attributes = {
        "role": who.role,
        "home": {"__entity": named("Organisation", who.home)},
        "reach": [{"__entity": named("Organisation", each)} for each in sorted(who.reach)],
        "citywide": who.citywide,
        "grants": [{"__entity": named("Case", each)} for each in sorted(who.grants)],
        "actions": sorted(who.actions),
    }
    return {"uid": named("Officer", "asking"), "attrs": attributes, "parents": []}


def _body(policy: Mapping[str, Any]) -> Expression:
    """What is left of a policy stands in its one condition; anything else we would not know how to read."""
    scopes = {policy[part]["op"] for part in ("principal", "action", "resource")}
    if scopes != {"All"} or [each["kind"] for each in policy["conditions"]] != ["when"]:
        raise PolicyFails("a residual has another form than was expected")
    body: Expression = policy["conditions"][0]["body"]
    return body
