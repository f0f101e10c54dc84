"""What a principal may see and do: the one place to ask.

- One thing, or rows: `services.read_models.seen_by(principal)` has only rows that are there for the principal.
- Figures: `services.statistics.seen_by(principal)` adds up only what the principal may count.
- Records of the log: `await access.sees(principal, record)`, or `await access.shown(principal, records)` for many at once.
- A command: `await access.insist(principal, command, organisations)` before it goes to the desk.
- `access.scope(principal)`: principals of one scope see the same of everything, and may share what is worked out for them.

In SQL of one's own (infrastructure only): `seen.condition(connection, principal, view)` of `infrastructure.access.seen` is the
condition on the view's table; join the table, add it to the WHERE, and give the statement `{ASKING: officer}`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from application.commands import Command, Look
from application.identity import Principal, Role
from application.oversight.figures import Statistics
from application.views import ReadModels
from domain.events import Event, Recorded
from domain.ids import OrganisationId
from domain.jurisdiction.events import KeyAction
from domain.rules import OutsideJurisdiction

T_co = TypeVar("T_co", covariant=True)


class NotYours(OutsideJurisdiction):
    """Your role does not allow this here.

    您的角色在此不允许此操作。
    """


@dataclass(frozen=True, slots=True)
class Responsible:
    """Who may give a command, each within their own reach: roles of officers, and what a key may be for."""

    roles: tuple[Role, ...]
    key_actions: tuple[KeyAction, ...]


class Access(Protocol):
    """Decides by the policies; nothing is seen or done that none of them permits."""

    def scope(self, principal: Principal) -> Hashable:
        """Principals of one scope see the same of everything."""
        ...

    def responsibilities(self) -> Mapping[str, Responsible]:
        """Who answers for what, by the names of commands, as `cases.clear`."""
        ...

    async def sees(self, principal: Principal, record: Recorded[Event]) -> bool:
        """Whether a principal may learn of an event at all."""
        ...

    async def shown(self, principal: Principal, records: Sequence[Recorded[Event]]) -> list[Recorded[Event]]:
        """The records that a principal may learn of."""
        ...

    async def insist(
        self, principal: Principal, command: Command, organisations: Collection[OrganisationId], begun: Collection[Look] = ()
    ) -> None:
        """Refuse what is not allowed. A thing that the principal may not see is as one that does not exist: `NotFound`.

        One that the command names by a number is refused as one that is not registered. `organisations` are those that the
        command names, `begun` what earlier commands of a batch begin.
        """
        ...


class SeenBy(Protocol[T_co]):
    """Something that shows each principal only what is there for them."""

    def seen_by(self, principal: Principal) -> T_co: ...


SeenRows = SeenBy[ReadModels]
SeenFigures = SeenBy[Statistics]
