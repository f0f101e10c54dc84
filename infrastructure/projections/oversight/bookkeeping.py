"""Ledger entries as rows, and what they add to the sums beside the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from domain.events import Recorded
from domain.oversight.ledger import Account, Entry
from infrastructure.projections.changes import Add, Change, Insert
from infrastructure.projections.oversight.bags import typed
from infrastructure.projections.oversight.tables import BLOCKS, EVERYWHERE, block_sums, daily_sums, ledger, station_sums


def booked(record: Recorded[Any], entries: Iterable[Entry]) -> Iterator[Change]:
    event = type(record.event).__name__
    for ordinal, (account, amount) in enumerate(entries, 1):
        types = typed(account.types)
        yield Insert(
            ledger,
            {
                "position": record.position,
                "ordinal": ordinal,
                "case_id": record.originator_id,
                "event": event,
                **account._asdict(),
                "types": types,
                "amount": amount,
            },
        )
        if account.effective_day is not None:
            yield from _summed(record.position, account, types, amount)


def _summed(position: int, account: Account, types: int, amount: int) -> Iterator[Change]:
    measure, unit, day = account.measure.value, account.unit.value, account.effective_day
    for division in (EVERYWHERE, account.division):
        yield Add(daily_sums, (division, measure, unit, day, types), {"amount": amount})
    yield Add(station_sums, (account.station, measure, unit, day, types), {"amount": amount})
    for size in BLOCKS:
        yield Add(block_sums, (size, measure, unit, position >> size, day, types), {"amount": amount})
