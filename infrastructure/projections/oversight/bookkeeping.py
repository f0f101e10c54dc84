"""Ledger entries as rows, and what they add to the sums beside the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from domain.events import Recorded
from domain.oversight.ledger import Entry
from infrastructure.projections.changes import Add, Change, Insert
from infrastructure.projections.oversight.bags import typed
from infrastructure.projections.oversight.tables import BLOCKS, EVERYWHERE, block_sums, daily_sums, ledger


def booked(record: Recorded[Any], entries: Iterable[Entry]) -> Iterator[Change]:
    for ordinal, entry in enumerate(entries, 1):
        account, types = entry.account, typed(entry.account.types)
        yield Insert(
            ledger,
            {
                "position": record.position,
                "ordinal": ordinal,
                "case_id": record.originator_id,
                "event": type(record.event).__name__,
                **account._asdict(),
                "types": types,
                "amount": entry.amount,
            },
        )
        if account.effective_day is not None:
            yield from _summed(record.position, entry, types)


def _summed(position: int, entry: Entry, types: int) -> Iterator[Change]:
    account, amount = entry.account, {"amount": entry.amount}
    for division in (EVERYWHERE, account.division):
        yield Add(daily_sums, (division, account.measure, account.unit, account.effective_day, types), amount)
    for size in BLOCKS:
        yield Add(block_sums, (size, account.measure, account.unit, position >> size, account.effective_day, types), amount)
