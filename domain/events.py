"""What an event is, and the record that surrounds it in the log."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeVar, dataclass_transform
from uuid import UUID

from domain.ids import OfficerId, OrganisationId


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Event:
    """A fact in the past tense. Values only; who and when stand in the record around it.

    `upcasters` turn the stored values of the first schema into the second, of the second into the third, and so on.
    """

    upcasters: ClassVar[tuple[Callable[[dict[str, Any]], dict[str, Any]], ...]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        dataclass(frozen=True, kw_only=True)(cls)


E_co = TypeVar("E_co", bound=Event, covariant=True)


@dataclass(frozen=True, slots=True)
class At:
    """An event that took effect at another time than its command: an approved proposal, for one."""

    event: Event
    effective_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded(Generic[E_co]):
    """An event as it stands in the log. All times are UTC and aware.

    `effective_at` is when it happened, `device_at` what the device's clock said, `recorded_at` when the log
    took it; `recorded_at` never goes back along `position`.
    """

    position: int
    originator_id: UUID
    version: int
    event: E_co
    effective_at: datetime
    device_at: datetime | None
    recorded_at: datetime
    by: OfficerId
    organisation: OrganisationId
    command_id: UUID
    causation: int | None
    correlation: UUID
