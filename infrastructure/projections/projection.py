"""A projection: from records to row changes, as plain functions or as a fold over the state of each thing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any, Protocol, TypeVar
from uuid import UUID

import sqlalchemy as sa

from domain.events import Event, Recorded
from infrastructure.projections.changes import Change
from infrastructure.projections.tables import outline

E = TypeVar("E", bound=Event)
Handler = Callable[[Recorded[E]], Iterable[Change]]
Tables = Mapping[str, sa.Table]
"""The tables of one generation by the names that readers know."""


class Handlers(dict[type[Event], Callable[[Recorded[Any]], Iterable[Change]]]):
    """Pure functions from record to row changes, each registered for the events it handles."""

    def __call__(self, *events: type[E]) -> Callable[[Handler[E]], Handler[E]]:
        def register(handler: Handler[E]) -> Handler[E]:
            self.update(dict.fromkeys(events, handler))
            return handler

        return register


class Fold(Protocol):
    """Changes that depend on what went before: a frozen state for each key, kept in the projection's own tables."""

    events: Collection[type[Event]]

    def keys(self, record: Recorded[Any]) -> Iterable[UUID]:
        """The things whose state the step will need."""
        ...

    def load(self, connection: sa.Connection, tables: Tables, keys: Collection[UUID]) -> dict[UUID, Any]:
        """The states of these things as the tables have them; things without any are left out."""
        ...

    def step(self, states: MutableMapping[UUID, Any], record: Recorded[Any]) -> Iterable[Change]:
        """What changes; the new states take the places of the old ones in `states`."""
        ...


@dataclass(frozen=True, eq=False, kw_only=True)
class Projection:
    """A set of tables worked out from the log. A new `version` of the code means that they must be worked out anew.

    So do other columns, which nobody has to think of, and another `basis`: what of the settings the rows hang on.

    An `inline` projection is written in the commit of the events themselves. It has `handlers` or a `fold`, never both.
    `ignores` names the events that are passed over on purpose.
    """

    name: str
    version: int
    tables: tuple[sa.Table, ...]
    handlers: Mapping[type[Event], Callable[[Recorded[Any]], Iterable[Change]]] = field(default_factory=Handlers)
    fold: Fold | None = None
    inline: bool = False
    basis: str = ""

    @property
    def handled(self) -> Collection[type[Event]]:
        return self.handlers.keys() if self.fold is None else self.fold.events

    @cached_property
    def digest(self) -> str:
        """Of the code's version, the tables' columns and the basis: rows that were made under another one cannot be gone on with."""
        whole = [str(self.version), self.basis, *map(outline, self.tables)]
        return sha256("\n\n".join(whole).encode()).hexdigest()[:16]
