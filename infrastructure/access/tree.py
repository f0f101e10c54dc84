"""Which organisation stands below which, as the organisations' view has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa

from domain.jurisdiction.events import OrganisationKind
from infrastructure.projections.jurisdiction.organisations import ORGANISATIONS

Stamp = tuple[int, int]
"""How many organisations there are and how often they changed: no change leaves both as they were."""


@dataclass(frozen=True, slots=True)
class Place:
    parent: str | None
    kind: OrganisationKind
    direct_orders: bool


@dataclass(frozen=True)
class Tree:
    """Station below sub-bureau below city. What is not in it stands alone, with nothing above or below it."""

    stamp: Stamp
    places: dict[str, Place]

    def closure(self, organisations: frozenset[str]) -> frozenset[str]:
        """These, and all below them."""
        found, further = set(organisations), list(organisations)
        while further:
            below = self._below.get(further.pop(), ())
            further += [each for each in below if each not in found]
            found.update(below)
        return frozenset(found)

    def upwards(self, organisation: str) -> Iterator[tuple[str, str | None]]:
        """This one and those above it, each with its parent."""
        seen: set[str] = set()
        at: str | None = organisation
        while at is not None and at not in seen:
            seen.add(at)
            parent = self.places[at].parent if at in self.places else None
            yield at, parent
            at = parent

    def is_citywide(self, organisations: frozenset[str]) -> bool:
        return any(self.places[each].kind is OrganisationKind.CITY_BUREAU for each in organisations if each in self.places)

    def above(self, organisation: str) -> str | None:
        return self.places[organisation].parent if organisation in self.places else None

    def is_flat(self, organisation: str) -> bool:
        """Whether its units may be ordered past the level above it, which then says so; one that stands alone has none to pass over."""
        above = self.above(organisation)
        own = self.places.get(organisation)
        return own is None or above is None or own.direct_orders or (above in self.places and self.places[above].direct_orders)

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = {}
        for id, place in self.places.items():
            if place.parent is not None:
                below.setdefault(place.parent, []).append(id)
        return below


CHANGES = sa.select(sa.cast(sa.func.coalesce(sa.func.sum(ORGANISATIONS.c.version), 0), sa.BigInteger))
COUNT = sa.select(sa.func.count()).select_from(ORGANISATIONS)


def read(connection: sa.Connection, stamp: Stamp) -> Tree:
    own = ORGANISATIONS.c
    rows = connection.execute(sa.select(own.id, own.parent, own.kind, own.direct_orders))
    return Tree(stamp, {row.id: Place(row.parent, row.kind, row.direct_orders) for row in rows})
