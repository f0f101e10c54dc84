"""Who belongs to an area group on a day, as told with it."""

from __future__ import annotations

from datetime import date
from typing import Any

import strawberry

from api.schema.shapes import reads, told
from domain.jurisdiction.area_groups import members_on
from domain.jurisdiction.events import AreaGroupMembers


def _members(root: Any, on: date | None = None) -> Any:
    """Without a day, the latest members there were."""
    return root.periods[-1] if on is None else members_on(on, root.periods, root.valid_to)


members: Any = strawberry.field(
    resolver=_members,
    graphql_type=told("members", AreaGroupMembers) | None,
    metadata=reads("periods", "valid_to"),
    description="Its members on a day, nothing where it did not exist; the latest, if no day is given. 某日的组成；缺省为最近的组成。",
)
