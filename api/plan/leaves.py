"""Scalars and enums in an answer: the usual value as it is, for orjson tells it; anything else by the type's own rules."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from inspect import isawaitable
from math import isfinite
from typing import Any
from uuid import UUID

from graphql import GraphQLEnumType, GraphQLLeafType

from api.plan.fields import members

NAMES = {"UTC": UTC, "UUID": UUID, "date": date, "datetime": datetime, "isfinite": isfinite}
"""What the expressions below use."""
AS_IT_IS = {
    "String": "type({0}) is str",
    "ID": "type({0}) is str",
    "Boolean": "{0} is True or {0} is False",
    "Int": "type({0}) is int and -2147483648 <= {0} <= 2147483647",
    "Float": "type({0}) is float and isfinite({0})",
    "DateTime": "type({0}) is datetime and {0}.tzinfo is UTC",
    "Date": "type({0}) is date",
    "UUID": "type({0}) is UUID",
    "Cursor": "type({0}) is str",
    "Position": "type({0}) is int",
    "ByteSize": "type({0}) is int",
    "CameraId": "type({0}) is str",
    "OfficerId": "type({0}) is str",
    "DivisionCode": "type({0}) is str",
    "OrganisationId": "type({0}) is str",
}
"""By scalar: which values need no telling. The test of equal answers holds this list to what the scalars say."""


class Bail(Exception):  # noqa: N818 - stock execution takes over
    """A value is not what the plan counted on; stock execution knows what to say of it."""


def listed(value: Any) -> Any:
    """A list's value that is no list itself."""
    if isinstance(value, list | tuple):
        return value
    raise Bail


def told_by(leaf: GraphQLLeafType) -> Callable[[Any], Any]:
    """From a value that is there to how it is told."""
    if isinstance(leaf, GraphQLEnumType):
        return members(leaf).__getitem__
    serialize = leaf.coerce_output_value

    def told(value: Any) -> Any:
        if value is None or isinstance(value, BaseException) or isawaitable(value):
            raise Bail
        return serialize(value)

    return told
