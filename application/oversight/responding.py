"""How fast help came: the parts of a response, and flat command beside layered."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from application.oversight.statistics import Excluded


class Basis(StrEnum):
    """Every unit's run, or just the first unit that arrived at the alarm (S15)."""

    RUN = "RUN"
    FIRST_ARRIVING = "FIRST_ARRIVING"


class Segment(StrEnum):
    """Parts of a response (NFPA 1710): received to ordered, ordered to en route, en route to arrived, and all."""

    PROCESSING = "PROCESSING"
    TURNOUT = "TURNOUT"
    TRAVEL = "TRAVEL"
    TOTAL = "TOTAL"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseTime:
    """S15: seconds, nearest rank. None where nothing was measured."""

    segment: Segment
    basis: Basis
    p50: int | None
    p90: int | None
    n: int | None
    excluded: tuple[Excluded, ...]
    position: int
    suppressed: bool = False


class CommandMode(StrEnum):
    """FLAT: whoever ordered the unit passed over levels between. LAYERED: all other orders (扁平化 / 逐级)."""

    FLAT = "FLAT"
    LAYERED = "LAYERED"


class CommandSegment(StrEnum):
    """The stretches of an order that the way of command may shorten."""

    RECEIVED_TO_ORDERED = "RECEIVED_TO_ORDERED"
    ORDERED_TO_ACKNOWLEDGED = "ORDERED_TO_ACKNOWLEDGED"
    ORDERED_TO_ARRIVED = "ORDERED_TO_ARRIVED"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandTime:
    """Seconds of orders by way of command, nearest rank. None where nothing was measured, or below 30 unless asked for."""

    mode: CommandMode
    segment: CommandSegment
    median: int | None
    p90: int | None
    n: int | None
    excluded: tuple[Excluded, ...]
    position: int
    suppressed: bool = False
