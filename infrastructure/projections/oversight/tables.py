"""The tables behind the figures.

Facts are versioned: a row holds from position `known_from` until before `known_to`, so that *as of* is a condition.
The ledger holds signed entries; sums are kept beside it for dashboards: by day for now, and by blocks of positions,
of which a few add up to any past position.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from domain.casework.events import ClearanceKind, WithdrawalReason
from domain.dispatching.events import AlarmOutcome, AlarmResult, ReportSource
from domain.jurisdiction.area_groups import Periods
from domain.jurisdiction.events import OrganisationKind
from domain.oversight.counted_areas import Move
from domain.oversight.counted_cases import Story
from domain.oversight.measures import Cause, CountUnit, Measure
from infrastructure.database import Instant
from infrastructure.projections.columns import Coded, Json

BLOCKS = (12, 16, 20)
"""Sizes of the blocks of positions, as powers of two; the largest first add up to most of any past."""


def _versioned(name: str, *columns: sa.Column[Any], indexes: tuple[tuple[str, ...], ...] = ()) -> sa.Table:
    table = sa.Table(
        name,
        sa.MetaData(),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("known_from", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("known_to", sa.BigInteger),
        *columns,
    )
    for names in indexes:
        sa.Index(f"{name}_{'_'.join(names)}", *(table.columns[each] for each in names))
    return table


case_facts = _versioned(
    "case_facts",
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("division", sa.Text, nullable=False),
    sa.Column("placed_on", sa.Date, nullable=False),
    sa.Column("station", sa.Text, nullable=False),
    sa.Column("filed_day", sa.Date),
    sa.Column("bag", sa.BigInteger, nullable=False),
    sa.Column("cleared_bag", sa.BigInteger, nullable=False),
    sa.Column("cleared", sa.Boolean, nullable=False),
    sa.Column("cleared_day", sa.Date),
    sa.Column("cleared_after", sa.BigInteger),
    sa.Column("clearance", Coded(ClearanceKind)),
    sa.Column("outcome", sa.Text),
    sa.Column("outcome_day", sa.Date),
    sa.Column("withdrawal", Coded(WithdrawalReason)),
    sa.Column("merged_into", sa.Uuid),
    sa.Column("channels", sa.Text, nullable=False),
    indexes=(("filed_day",), ("outcome_day",), ("cleared_day",)),
)
"""A filed case counts unless merged or found to be no crime. A bag names the offences, and which of them are cleared;
`cleared_after` is in days since the filing; `channels` are those that contributed to the clearance that stands."""

case_stories = sa.Table(
    "case_stories",
    sa.MetaData(),
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("known_from", sa.BigInteger, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("story", Json(Story), nullable=False),
)
"""What a case's next fact is folded from, with where its present one begins."""

alarm_facts = _versioned(
    "alarm_facts",
    sa.Column("received_at", Instant, nullable=False),
    sa.Column("received_day", sa.Date, nullable=False),
    sa.Column("division", sa.Text, nullable=False),
    sa.Column("placed_on", sa.Date, nullable=False),
    sa.Column("station", sa.Text, nullable=False),
    sa.Column("alarm_type", sa.Text),
    sa.Column("test", sa.Boolean, nullable=False),
    sa.Column("priority", sa.Text),
    sa.Column("original_priority", sa.Text),
    sa.Column("result", Coded(AlarmResult)),
    sa.Column("merged_into", sa.Uuid),
    sa.Column("source", Coded(ReportSource)),
    sa.Column("reports", sa.BigInteger, nullable=False),
    sa.Column("outcome", Coded(AlarmOutcome)),
    sa.Column("achieved_day", sa.Date),
    sa.Column("channels", sa.Text, nullable=False),
    indexes=(("received_day",), ("merged_into",), ("achieved_day",)),
)

run_facts = _versioned(
    "run_facts",
    sa.Column("alarm", sa.Uuid, nullable=False),
    sa.Column("unit", sa.Uuid, nullable=False),
    sa.Column("ordered_at", Instant, nullable=False),
    sa.Column("ordered_position", sa.BigInteger, nullable=False),
    sa.Column("priority", sa.Text),
    sa.Column("flat", sa.Boolean, nullable=False),
    sa.Column("acknowledged_at", Instant),
    sa.Column("en_route_at", Instant),
    sa.Column("arrived_at", Instant),
    sa.Column("cleared_at", Instant),
    sa.Column("ended", sa.Boolean, nullable=False),
    indexes=(("alarm",),),
)

division_facts = _versioned(
    "division_facts",
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("parent", sa.Text),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date),
)

organisation_facts = _versioned(
    "organisation_facts",
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("parent", sa.Text),
    sa.Column("kind", Coded(OrganisationKind), nullable=False),
    sa.Column("division", sa.Text, nullable=False),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date),
    sa.Column("moves", Json(tuple[Move, ...]), nullable=False),
)

area_group_facts = _versioned(
    "area_group_facts",
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("periods", Json(Periods), nullable=False),
    sa.Column("valid_to", sa.Date),
)

type_bags = sa.Table(
    "type_bags",
    sa.MetaData(),
    sa.Column("bag", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("type", sa.Text, primary_key=True),
    sa.Column("count", sa.BigInteger, nullable=False),
)
"""What a bag or a set of types holds."""

ledger = sa.Table(
    "ledger",
    sa.MetaData(),
    sa.Column("position", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("ordinal", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("case_id", sa.Uuid, nullable=False),
    sa.Column("event", sa.Text, nullable=False),
    sa.Column("measure", Coded(Measure), nullable=False),
    sa.Column("unit", Coded(CountUnit), nullable=False),
    sa.Column("cause", Coded(Cause), nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("effective_day", sa.Date),
    sa.Column("cohort_day", sa.Date, nullable=False),
    sa.Column("division", sa.Text, nullable=False),
    sa.Column("placed_on", sa.Date, nullable=False),
    sa.Column("station", sa.Text, nullable=False),
    sa.Column("types", sa.BigInteger, nullable=False),
    sqlite_with_rowid=False,
)
for _names in (
    ("measure", "unit", "effective_day"),
    ("measure", "unit", "cohort_day"),
    ("division", "measure", "unit"),
    ("station", "measure", "unit"),
):
    sa.Index(f"ledger_{'_'.join(_names)}", *(ledger.columns[each] for each in _names))

EVERYWHERE = ""


def _daily(name: str, place: str) -> sa.Table:
    return sa.Table(
        name,
        sa.MetaData(),
        sa.Column(place, sa.Text, primary_key=True),
        sa.Column("measure", Coded(Measure), primary_key=True),
        sa.Column("unit", Coded(CountUnit), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("types", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("amount", sa.BigInteger, nullable=False, default=0),
        sqlite_with_rowid=False,
    )


daily_sums = _daily("daily_sums", "division")
"""What the ledger's dated entries of a day add up to, by division and EVERYWHERE."""

station_sums = _daily("station_sums", "station")
"""The same by station: what those may count whose reach is not the whole city."""

block_sums = sa.Table(
    "block_sums",
    sa.MetaData(),
    sa.Column("size", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("measure", Coded(Measure), primary_key=True),
    sa.Column("unit", Coded(CountUnit), primary_key=True),
    sa.Column("block", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("types", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("amount", sa.BigInteger, nullable=False, default=0),
    sqlite_with_rowid=False,
)
"""The same EVERYWHERE, for the entries of one block of positions: block = position >> size."""

TABLES = (
    case_facts,
    case_stories,
    alarm_facts,
    run_facts,
    division_facts,
    organisation_facts,
    area_group_facts,
    type_bags,
    ledger,
    daily_sums,
    station_sums,
    block_sums,
)
