"""Commands on boundaries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from application.commands import Command, command, keep
from application.naming import naming
from domain.aggregates import Act, Decision
from domain.areas import Area
from domain.ids import BOUNDARY_MAP, DivisionCode, OrganisationId
from domain.jurisdiction.boundary_map import BoundaryMap, Bounded
from domain.jurisdiction.division import Division
from domain.jurisdiction.events import BoundaryLevel
from domain.jurisdiction.organisation import Organisation


@command
def draw_division(division: DivisionCode, area: Area, valid_from: date) -> Command:
    """Say which area the division of a code has from a day on; what was drawn for that day gives way to it.

    划定行政区划自某日起的区域；该日原有的界线由其取代。
    """
    return naming(_drawn("division", division, area, valid_from), divisions={"division": division}, on=valid_from)


@command
def draw_organisation(organisation: OrganisationId, area: Area, valid_from: date) -> Command:
    """Say which area an organisation has from a day on: a station's, for one.

    划定公安机构自某日起的辖区，如派出所的辖区。
    """
    return naming(_drawn("organisation", organisation, area, valid_from), organisations={"organisation": organisation}, on=valid_from)


def ending(bounded: Callable[[Act], Division | Organisation], valid_to: date) -> Command:
    """What is no more from a day on has no area either."""

    def decide(known: BoundaryMap | None, act: Act) -> Decision:
        return None if known is None else known.end(bounded_by(bounded(act)), valid_to)

    return keep(BoundaryMap, BOUNDARY_MAP, decide)


def bounded_by(of: Division | Organisation) -> Bounded:
    level = of.level if isinstance(of, Division) else of.kind
    return BoundaryLevel(level.value), of.code


def _drawn(field: str, code: str, area: Area, valid_from: date) -> Command:
    def decide(known: BoundaryMap | None, act: Act) -> Decision:
        of: Division | Organisation = act.named[field, code]
        if act.geometry is None:
            raise RuntimeError("this desk was given no geometry")
        return BoundaryMap.draw(known, bounded_by(of), area, valid_from, of.valid_to, act.geometry)

    return keep(BoundaryMap, BOUNDARY_MAP, decide)
