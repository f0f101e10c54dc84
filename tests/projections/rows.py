"""Rows put straight into views' tables."""

from __future__ import annotations

import random
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from infrastructure.database import Instant
from infrastructure.projections.columns import Coded
from infrastructure.projections.tables import physical
from tests.identity.provider import NOW


def filler(column: sa.Column[Any]) -> Any:  # noqa: PLR0911 - one for each kind of column
    """Something that fits a column nobody asks about."""
    match column.type:
        case Coded():
            return next(iter(column.type.codes))
        case Instant():
            return NOW
        case sa.Uuid():
            return UUID(int=random.getrandbits(128))
        case sa.Boolean():
            return False
        case sa.Date():
            return date(2020, 1, 1)
        case sa.Text():
            return ""
        case sa.BigInteger():
            return 1
        case _:
            return ()


def put(connection: sa.Connection, table: sa.Table, **given: Any) -> None:
    stored = physical(table, 1)
    needed = {each.name: filler(each) for each in stored.columns if not each.nullable and each.computed is None}
    connection.execute(sa.insert(stored).values(**needed | given))
