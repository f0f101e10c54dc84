"""What can be read of boundaries, and who is competent at a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from application.views import View
from domain.areas import Area
from domain.ids import BoundaryId, DivisionId, OrganisationId
from domain.jurisdiction.events import BoundaryLevel
from domain.places import Point


class BoundaryView(View):
    """The area of a division or an organisation from `valid_from` until before `valid_to`, by its level and code.

    行政区划或公安机构在有效期内的区域，以层级与代码标识。
    """

    filters = ("level", "code")
    orders = ("code",)

    id: BoundaryId
    version: int
    level: BoundaryLevel
    code: str
    area: Area
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """In which divisions a place lies, the largest first, and which station is competent there; nothing where nobody drew it.

    某地点所属的行政区划（由大到小）及管辖派出所；未划定则为空。
    """

    divisions: Sequence[DivisionId]
    station: OrganisationId | None


class Gazetteer(Protocol):
    """Knows what lies where."""

    async def where(self, place: Point, on: date | None = None) -> Whereabouts:
        """On that day; today, if none is given."""
        ...
