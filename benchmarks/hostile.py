"""What it costs to refuse a hostile document: CPU of one, at the best of several rounds, for each kind."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress

from api.documents import DocumentRefused, Documents
from api.schema.build import schema
from benchmarks.table import Row, best
from tests.api.hostile import HOSTILE, STRANGE, mixtures

ROUNDS = 5
LIMIT = 15
SCHEMA = schema()._schema  # noqa: SLF001 - documents are looked at by the core's schema


def rows() -> Iterator[Row]:
    mixed = max(mixtures(100), key=cost)
    for kind, text in {**HOSTILE, **STRANGE, "the dearest of 100 mixtures": mixed}.items():
        taken = best(ROUNDS, {kind: lambda text=text: cost(text)}, lowest=True)[kind]  # type: ignore[misc]
        yield Row(
            what=f"refusing: {kind}",
            database="none",
            measured=f"{taken:.2f} ms",
            floor=f"{len(text.encode()):,} bytes",
            ratio=taken,
            target=f"<= {LIMIT}",
        )


def cost(text: str) -> float:
    """CPU in milliseconds; a mixture may be good."""
    documents = Documents(SCHEMA)
    begun = time.process_time()
    with suppress(DocumentRefused):
        documents.get(text)
    return (time.process_time() - begun) * 1_000
