"""The codes that may be used at a moment."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CodesInForce:
    """The codes of a code list, and its own."""

    code: str
    codes: frozenset[str]
