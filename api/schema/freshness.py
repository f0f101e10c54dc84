"""Reading one's own writes: a query may ask for what was recorded up to a position."""

from __future__ import annotations

from typing import Any

from strawberry.annotation import StrawberryAnnotation
from strawberry.extensions.field_extension import AsyncExtensionResolver, FieldExtension
from strawberry.types.arguments import StrawberryArgument
from strawberry.types.field import StrawberryField

from api.context import GraphInfo, context_of
from api.schema.scalars import Position
from application.views import View


class AtLeast(FieldExtension):
    """Gives a query the argument `atLeast`."""

    def __init__(self, view: type[View] | None = None) -> None:
        self._view = view

    def apply(self, field: StrawberryField) -> None:
        argument = StrawberryArgument(
            python_name="at_least",
            graphql_name=None,
            type_annotation=StrawberryAnnotation(Position | None),
            default=None,
            description="Wait briefly for what was recorded up to here, else answer STALE_READ. 至少读到此位置。",
        )
        field.arguments = [*field.arguments, argument]

    async def resolve_async(
        self, next_: AsyncExtensionResolver, source: Any, info: GraphInfo, at_least: int | None = None, **arguments: Any
    ) -> Any:
        if at_least is not None:
            context = context_of(info)
            context.insist_on(at_least)
            await context.fresh(self._view)
        return await next_(source, info, **arguments)
