"""Identifiers in order of time."""

from __future__ import annotations

from datetime import datetime
from secrets import token_bytes
from uuid import UUID


def uuid7(now: datetime) -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of Unix milliseconds, then random bits."""
    stamp = int(now.timestamp() * 1000).to_bytes(6, "big")
    random = bytearray(token_bytes(10))
    random[0] = random[0] & 0x0F | 0x70
    random[2] = random[2] & 0x3F | 0x80
    return UUID(bytes=stamp + bytes(random))
