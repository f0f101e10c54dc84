"""When Python looks for cycles of garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = 10_000, 20, 20
"""Objects that come to be between two looks at the youngest, and how many looks at one age bring one at the next."""


@contextmanager
def few_collections() -> Iterator[None]:
    """While many small things are made that form no cycles, looking for some takes a tenth to a third of the time."""
    usual = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if usual:
            gc.enable()


def settle() -> None:
    """For a process that stays: what its start has made is never looked through again, and what comes after it less often.

    A look through everything takes a tenth of a second, and whoever waits for an answer just then would notice. Nor is it
    looked through now: of what a start makes, a fiftieth is garbage.
    """
    gc.freeze()
    gc.set_threshold(*SELDOM)
