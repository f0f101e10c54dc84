"""How long material is kept, for those who are no command: by the limit set that is active at a moment."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from application.retaining import kept_by
from domain.jurisdiction.events import LimitScope
from domain.jurisdiction.limits import DaysInForce
from domain.retention import Retention
from infrastructure.database import Database
from infrastructure.projections.jurisdiction.limit_sets import LIMIT_SETS


class ActiveRetention:
    """What a setting says where no limit set is active."""

    def __init__(self, database: Database, otherwise: Retention) -> None:
        self._database = database
        self._otherwise = otherwise

    def at(self, moment: datetime) -> Retention:
        with self._database.reading() as connection:
            row = connection.execute(_ACTIVE, {"moment": moment}).first()
        limits = None if row is None else DaysInForce(row.code, {each.matter: each.days for each in row.limits})
        return kept_by(limits) or self._otherwise

    def of_positions(self, moment: datetime) -> timedelta:
        return timedelta(days=self.at(moment).positions)


_MOMENT = sa.bindparam("moment", type_=LIMIT_SETS.c.active_from.type)
_ACTIVE = sa.select(LIMIT_SETS.c.code, LIMIT_SETS.c.limits).where(
    LIMIT_SETS.c.scope == LimitScope.RETENTION,
    LIMIT_SETS.c.active_from <= _MOMENT,
    sa.or_(LIMIT_SETS.c.active_to.is_(None), LIMIT_SETS.c.active_to > _MOMENT),
)
