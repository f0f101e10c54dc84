"""What is known of Strawberry's fields beyond the schema's types: the one place that looks behind its public face."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graphql import GraphQLEnumType, GraphQLField
from strawberry.schema.schema_converter import CustomGraphQLEnumType, GraphQLCoreConverter
from strawberry.types.field import StrawberryField

from api.schema.shapes import READS
from application.views import Columns


def attribute(field: GraphQLField) -> str | None:
    """The attribute that the field shows, if it does nothing else."""
    known = _definition(field)
    return known.python_name if known is not None and getattr(field.resolve, "_is_default", False) else None


def function(field: GraphQLField) -> Callable[[Any], Any] | None:
    """The function of the object alone that the field shows, if it does nothing else."""
    known = _definition(field)
    resolver = known.base_resolver if known is not None else None
    if known is None or resolver is None or known.extensions or known.permission_classes or known.arguments or resolver.is_async:
        return None
    parameters = list(resolver.signature.parameters.values())
    return resolver.wrapped_func if parameters == [resolver.root_parameter] else None  # type: ignore[return-value]  # a plain function


def columns(field: GraphQLField) -> Columns:
    """What the field takes from its object; None where that is not known."""
    known = _definition(field)
    name = attribute(field)
    if name is not None:
        return frozenset((name,))
    return known.metadata.get(READS) if known is not None else None


def members(kind: GraphQLEnumType) -> dict[Any, str]:
    """The names of an enum's members."""
    if isinstance(kind, CustomGraphQLEnumType):
        return {kind.wrapped_cls(value.value): name for name, value in kind.values.items()}
    return {value.value: name for name, value in kind.values.items()}


def _definition(field: GraphQLField) -> StrawberryField | None:
    found = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    return found if isinstance(found, StrawberryField) else None
