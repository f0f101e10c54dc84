"""What is left of the policies, as a condition in SQL. An operator that is not known here is refused, never passed over."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from infrastructure.access.policy import Expression, PolicyFails, Residual

Condition = sa.ColumnElement[bool]
Truth = bool | Condition
"""Decided already, or for the database to decide."""
_RESOURCE = {"unknown": [{"Value": "resource"}]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """How rows of a kind answer what policies ask of them: whether they stand in things, and whether an attribute has a value.

    `within` has a condition for each kind of thing that a row may stand in, from the ids of those things.
    """

    kind: str
    within: Mapping[str, Callable[[frozenset[str]], Truth]] = field(default_factory=dict[str, Callable[[frozenset[str]], Truth]])
    attributes: Mapping[str, Callable[[Any], Truth]] = field(default_factory=dict[str, Callable[[Any], Truth]])


def allowed(left: Residual, rows: Rows) -> Truth:
    """Some policy permits, and none forbids."""
    permit = _any(_truth(each, rows) for each in left.permits)
    return permit if permit is False else _both(permit, _not(_any(_truth(each, rows) for each in left.forbids)))


def _truth(expression: Expression, rows: Rows) -> Truth:
    if len(expression) != 1:
        raise PolicyFails("an expression has more than one operator")
    operator, operands = next(iter(expression.items()))
    known = _OPERATORS.get(operator)
    if known is None:
        raise PolicyFails(f"the operator {operator} has no meaning in SQL")
    return known(operands, rows)


def _value(operand: Any, _rows: Rows) -> Truth:
    if not isinstance(operand, bool):
        raise PolicyFails("a condition is neither true nor false")
    return operand


def _and(operands: Mapping[str, Expression], rows: Rows) -> Truth:
    left = _truth(operands["left"], rows)
    return False if left is False else _both(left, _truth(operands["right"], rows))


def _or(operands: Mapping[str, Expression], rows: Rows) -> Truth:
    left = _truth(operands["left"], rows)
    return True if left is True else _any((left, _truth(operands["right"], rows)))


def _is_not(operands: Mapping[str, Expression], rows: Rows) -> Truth:
    return _not(_truth(operands["arg"], rows))


def _is(operands: Mapping[str, Any], rows: Rows) -> Truth:
    _insist_on_resource(operands["left"])
    if set(operands) != {"left", "entity_type"}:
        raise PolicyFails("`is ... in` is not known")
    return bool(operands["entity_type"] == rows.kind)


def _in(operands: Mapping[str, Expression], rows: Rows) -> Truth:
    _insist_on_resource(operands["left"])
    named: dict[str, set[str]] = {}
    for entity in _entities(operands["right"]):
        named.setdefault(entity["type"], set()).add(entity["id"])
    return _any(rows.within[kind](frozenset(ids)) if kind in rows.within else False for kind, ids in named.items())


def _attribute(operands: Mapping[str, Any], rows: Rows) -> Truth:
    _insist_on_resource(operands["left"])
    return _asked(rows, operands["attr"], value=True)


def _equal(operands: Mapping[str, Expression], rows: Rows) -> Truth:
    """An attribute and a value that is known."""
    asked, value = operands["left"], operands["right"]
    if "Value" in asked:
        asked, value = value, asked
    if set(asked) != {"."} or set(value) != {"Value"}:
        raise PolicyFails("only an attribute is compared, with a value")
    _insist_on_resource(asked["."]["left"])
    return _asked(rows, asked["."]["attr"], value=value["Value"])


def _unequal(operands: Mapping[str, Expression], rows: Rows) -> Truth:
    return _not(_equal(operands, rows))


_OPERATORS: Mapping[str, Callable[[Any, Rows], Truth]] = {
    "Value": _value,
    "&&": _and,
    "||": _or,
    "!": _is_not,
    "is": _is,
    "in": _in,
    ".": _attribute,
    "==": _equal,
    "!=": _unequal,
}


def _asked(rows: Rows, attribute: str, *, value: Any) -> Truth:
    if attribute not in rows.attributes:
        raise PolicyFails(f"{rows.kind} has no attribute {attribute} in SQL")
    return rows.attributes[attribute](value)


def _insist_on_resource(expression: Expression) -> None:
    if expression != _RESOURCE:
        raise PolicyFails("only the thing itself may be unknown")


def _entities(expression: Expression) -> Collection[Mapping[str, str]]:
    match expression:
        case {"Value": {"__entity": entity}}:
            return [entity]
        case {"Value": list(values)}:
            return [each["__entity"] for each in values]
        case {"Set": list(values)}:
            return [each["Value"]["__entity"] for each in values]
        case _:
            raise PolicyFails("only entities that are named can be stood in")


def _any(truths: Any) -> Truth:
    conditions: list[Condition] = []
    for each in truths:
        if each is True:
            return True
        if each is not False:
            conditions.append(each)
    return sa.or_(*conditions) if conditions else False


def _both(left: Truth, right: Truth) -> Truth:
    if left is False or right is False:
        return False
    if left is True:
        return right
    return left if right is True else sa.and_(left, right)


def _not(truth: Truth) -> Truth:
    return (not truth) if isinstance(truth, bool) else sa.not_(truth)
