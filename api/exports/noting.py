"""Readers that note what could be sealed one day: the cases, and what belongs to a case, of which something is told."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar, get_args, get_type_hints
from uuid import UUID

from application.access import Access, Responsible, SeenRows
from application.commands import Command, Look
from application.identity import Principal
from application.jurisdiction.views import GrantView
from application.views import Columns, Order, Page, ReadModels, View, Wanted
from domain.events import Event, Recorded
from domain.ids import CaseId, CorrectionId, OrganisationId
from domain.jurisdiction.events import AccessGranted, GlassBroken

V = TypeVar("V", bound=View)
_SECRET = {CaseId, CorrectionId}
_OPEN: tuple[type[Any], ...] = (GrantView, AccessGranted, GlassBroken)
"""Who watches over grants sees which cases they open, sealed or not."""


class Noted:
    """The ids of what was read."""

    def __init__(self) -> None:
        self.ids: set[UUID] = set()

    def rows(self, view: type[View], rows: Iterable[Any]) -> None:
        names = _named(view)
        self.ids.update(value for row in rows for name in names for value in _values(getattr(row, name, None)))

    def records(self, records: Iterable[Recorded[Event]]) -> None:
        """Of each also its own thing: which are cases is not looked at, for no other has the id of one."""
        for record in records:
            self.ids.add(record.originator_id)
            self.ids.update(value for name in _named(type(record.event)) for value in _values(getattr(record.event, name)))


class NotedRows:
    """Rows as a principal sees them, noted."""

    def __init__(self, rows: SeenRows, noted: Noted) -> None:
        self._rows = rows
        self._noted = noted

    def seen_by(self, principal: Principal) -> ReadModels:
        return _Rows(self._rows.seen_by(principal), self._noted)


class _Rows:
    def __init__(self, rows: ReadModels, noted: Noted) -> None:
        self._rows = rows
        self._noted = noted

    async def one(self, view: type[V], key: UUID | str) -> V | None:
        return (await self.several(view, [key])).get(key)

    async def several(self, view: type[V], keys: Sequence[UUID | str], columns: Columns = None) -> dict[UUID | str, V]:
        found = await self._rows.several(view, keys, _with_secrets(view, columns))
        self._noted.rows(view, found.values())
        return found

    async def page(
        self, view: type[V], wanted: Wanted, order: Order, first: int, after: tuple[Any, Any] | None, columns: Columns = None
    ) -> Page[V]:
        found = await self._rows.page(view, wanted, order, first, after, _with_secrets(view, columns))
        self._noted.rows(view, found.rows)
        return found

    async def count(self, view: type[V], wanted: Wanted, cap: int) -> int:
        return await self._rows.count(view, wanted, cap)


class NotedAccess:
    """Records as a principal may learn of them, noted."""

    def __init__(self, access: Access, noted: Noted) -> None:
        self._access = access
        self._noted = noted

    def scope(self, principal: Principal) -> Hashable:
        return self._access.scope(principal)

    def responsibilities(self) -> Mapping[str, Responsible]:
        return self._access.responsibilities()

    async def sees(self, principal: Principal, record: Recorded[Event]) -> bool:
        return bool(await self.shown(principal, [record]))

    async def shown(self, principal: Principal, records: Sequence[Recorded[Event]]) -> list[Recorded[Event]]:
        found = await self._access.shown(principal, records)
        self._noted.records(found)
        return found

    async def insist(
        self, principal: Principal, command: Command, organisations: Collection[OrganisationId], begun: Collection[Look] = ()
    ) -> None:
        await self._access.insist(principal, command, organisations, begun)


def _named(kind: type[Any]) -> tuple[str, ...]:
    """The fields in which ids of cases and corrections stand."""
    if kind in _OPEN:
        return ()
    if kind not in _NAMED:
        hints = {name: hint for name, hint in get_type_hints(kind).items() if name not in {"key", "filters", "orders", "upcasters"}}
        _NAMED[kind] = tuple(name for name, hint in hints.items() if hint in _SECRET or _SECRET & set(get_args(hint)))
    return _NAMED[kind]


_NAMED: dict[type[Any], tuple[str, ...]] = {}


def _with_secrets(view: type[View], columns: Columns) -> Columns:
    """Those columns are read also where they are not told: a correction tells of its case without naming it."""
    return None if columns is None else columns | set(_named(view))


def _values(value: Any) -> Iterable[UUID]:
    return () if value is None else value if isinstance(value, tuple) else (value,)
