"""What a unit's own state is called, as told with the unit."""

from __future__ import annotations

from typing import Any

import strawberry

from api.context import GraphInfo, context_of
from api.schema.shapes import reads
from api.schema.words import LABEL_LANGUAGE, Language
from application.dispatching.views import UnitStateView
from domain.ids import unit_state_of

_NAMES = frozenset({"id", "name_en", "name_zh"})


async def _label(root: Any, info: GraphInfo, lang: Language = LABEL_LANGUAGE) -> str:
    """A word that was recorded before states were defined stands for itself."""
    if not root.custom_status:
        return ""
    found: Any = await context_of(info).thing(UnitStateView, unit_state_of(root.custom_status), _NAMES)
    if found is None:
        return str(root.custom_status)
    return str(found.name_zh if lang is Language.ZH else found.name_en)


custom_status_label: Any = strawberry.field(
    resolver=_label,
    graphql_type=str,
    metadata=reads("custom_status"),
    description="What `customStatus` is called. `customStatus` 的名称。",
)
