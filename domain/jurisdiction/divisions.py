"""Division codes of GB/T 2260 and GB/T 10114: which division lies in which. Other codes stand for themselves alone."""

from __future__ import annotations

import re

from domain.ids import DivisionCode

_GB = re.compile(r"[1-9]\d{5}(?:\d{3})?")
"""Two digits each for province, city and county (GB/T 2260), three more for a township (GB/T 10114)."""


def is_gb(code: DivisionCode) -> bool:
    return _GB.fullmatch(code) is not None


def covers(parent: DivisionCode, child: DivisionCode) -> bool:
    """Whether the parent is the child's division or one above it."""
    if is_gb(parent) and is_gb(child):
        return _stem(child).startswith(_stem(parent))
    return parent == child


def _stem(code: DivisionCode) -> str:
    """The digits that say something: 500000 is 50, 500100 is 5001, 500112 and 500112004 are themselves."""
    for width in (2, 4, 6):
        if not code[width:].strip("0"):
            return code[:width]
    return code
