"""Parts of an export as they are kept: deflated each for itself, and together one gzip file."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator
from uuid import UUID

LEVEL = 6
_RAW = -15
_ID = 16


def packed(content: bytes) -> bytes:
    """A stretch of deflate that ends at a byte and leans on nothing before it: any number of them make one stream."""
    deflating = zlib.compressobj(LEVEL, zlib.DEFLATED, _RAW)
    return deflating.compress(content) + deflating.flush(zlib.Z_FULL_FLUSH)


def unpacked(part: bytes) -> bytes:
    return zlib.decompressobj(_RAW).decompress(part)


def bound(ids: Collection[UUID]) -> bytes:
    return b"".join(sorted(each.bytes for each in ids))


def ids(together: bytes) -> Iterator[UUID]:
    return (UUID(bytes=together[start : start + _ID]) for start in range(0, len(together), _ID))
