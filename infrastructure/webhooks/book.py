"""What is written down of one webhook: by the one process that delivers, which finds it again after whatever happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from application.jurisdiction.views import WebhookState
from application.webhooks import DeliveryTrouble
from domain.events import Event, Recorded
from domain.ids import ApiKeyId
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.projections.jurisdiction.webhooks import WEBHOOKS
from infrastructure.vault.secrets import WEBHOOK_SECRETS
from infrastructure.webhooks.lines import Waiting
from infrastructure.webhooks.tables import STANDINGS, WAITING


class Moved(Exception):  # noqa: N818 - a reason to read again
    """Somebody else delivers for this webhook as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """The webhook as the log has it now."""

    id: UUID
    version: int
    api_key: ApiKeyId
    url: str
    document: str
    variables: str
    state: WebhookState
    begins: int
    begun: int
    renewed: int
    tested: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far the delivering is."""

    begun: int
    renewed: int
    position: int
    tested: int
    not_before: datetime | None
    trouble: DeliveryTrouble | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """What becomes of what waited: it is `waiting` again, or nothing more; `at` is when it was tried, if it was."""

    position: int
    waiting: Waiting | None = None
    at: datetime | None = None
    status: int | None = None
    trouble: DeliveryTrouble | None = None


class Book:
    def __init__(self, database: Database, webhook: UUID) -> None:
        self._database = database
        self._webhook = webhook

    def registered(self) -> Registered:
        columns = (WEBHOOKS.c[name] for name in Registered.__slots__)
        with self._database.reading() as connection:
            row = connection.execute(sa.select(*columns).where(WEBHOOKS.c.id == self._webhook)).one()
        return Registered(**row._mapping)  # noqa: SLF001 - SQLAlchemy's public name for it

    def opened(self, registered: Registered) -> tuple[Standing, list[Waiting]]:
        """How it stands; a webhook that nobody has delivered for yet begins."""
        with self._database.writing() as connection:
            row = connection.execute(sa.select(STANDINGS).where(STANDINGS.c.webhook == self._webhook)).one_or_none()
            if row is None:
                standing = _fresh(registered)
                connection.execute(sa.insert(STANDINGS).values(webhook=self._webhook, **_values(standing)))
                return standing, []
            waiting = connection.execute(sa.select(WAITING).where(WAITING.c.webhook == self._webhook)).all()
        return _standing(row), [_waiting(each) for each in waiting]

    def begin_again(self, registered: Registered, standing: Standing) -> None:
        """From the position that was asked for; what waited belongs to the time before."""
        fresh = _fresh(registered)
        with self._database.writing() as connection:
            connection.execute(sa.delete(WAITING).where(WAITING.c.webhook == self._webhook))
            self._update(connection, standing, begun=fresh.begun, position=fresh.position, renewed=fresh.renewed, not_before=None)

    def renew(self, registered: Registered, standing: Standing, now: datetime) -> None:
        """Everything that waits is due at once, as if it had never been tried."""
        with self._database.writing() as connection:
            waiting = sa.update(WAITING).where(WAITING.c.webhook == self._webhook)
            connection.execute(waiting.values(attempts=0, due_at=now, failing_since=None))
            self._update(connection, standing, renewed=registered.renewed, not_before=None)

    def move(self, standing: Standing, position: int, waiting: Sequence[Waiting]) -> None:
        """The log was looked through up to a position, and this was found: both or neither."""
        with self._database.writing() as connection:
            self._update(connection, standing, position=position)
            if waiting:
                connection.execute(sa.insert(WAITING), [{"webhook": self._webhook, **_columns(each)} for each in waiting])

    def note(self, standing: Standing, noted: Iterable[Noted], not_before: datetime | None) -> None:
        """What came of attempts; one that was made before a replay says nothing of the replay."""
        with self._database.writing() as connection:
            self._update(connection, standing, not_before=not_before)
            for each in noted:
                here = sa.and_(WAITING.c.webhook == self._webhook, WAITING.c.position == each.position)
                if each.waiting is None:
                    connection.execute(sa.delete(WAITING).where(here))
                else:
                    connection.execute(sa.update(WAITING).where(here).values(_columns(each.waiting)))
                if each.at is not None:
                    attempt = {"attempted_at": each.at, "attempt_status": each.status, "attempt_trouble": each.trouble}
                    self._set(connection, **attempt)

    def tested(self, position: int, at: datetime, status: int | None, trouble: DeliveryTrouble | None) -> None:
        with self._database.writing() as connection:
            self._set(connection, tested=position, tested_at=at, test_status=status, test_trouble=trouble)

    def in_trouble(self, trouble: DeliveryTrouble | None) -> None:
        with self._database.writing() as connection:
            self._set(connection, trouble=trouble)

    def record(self, position: int) -> Recorded[Event]:
        """What stands at a position of the log."""
        with self._database.reading() as connection:
            (row,) = reading.at(connection, [position])
        return reading.recorded(row)

    def _update(self, connection: sa.Connection, standing: Standing, **values: Any) -> None:
        """Only from where we believe to be: of two who deliver, one finds that it is not alone."""
        own = STANDINGS.c
        here = sa.and_(own.webhook == self._webhook, own.position == standing.position, own.begun == standing.begun)
        if connection.execute(sa.update(STANDINGS).where(here).values(values)).rowcount != 1:
            raise Moved

    def _set(self, connection: sa.Connection, **values: Any) -> None:
        connection.execute(sa.update(STANDINGS).where(STANDINGS.c.webhook == self._webhook).values(values))


def there(database: Database) -> set[UUID]:
    """The webhooks that may have something to deliver."""
    with database.reading() as connection:
        return set(connection.execute(sa.select(WEBHOOKS.c.id).where(WEBHOOKS.c.state != WebhookState.REMOVED)).scalars())


def left_behind(database: Database) -> set[UUID]:
    """Those that are removed, and whose state or secrets are not yet."""
    kept = sa.union(sa.select(STANDINGS.c.webhook), sa.select(WEBHOOK_SECRETS.c.webhook))
    removed = sa.select(WEBHOOKS.c.id).where(WEBHOOKS.c.state == WebhookState.REMOVED, WEBHOOKS.c.id.in_(kept))
    with database.reading() as connection:
        return set(connection.execute(removed).scalars())


def forget(database: Database, webhook: UUID) -> None:
    with database.writing() as connection:
        for table in (WAITING, STANDINGS):
            connection.execute(sa.delete(table).where(table.c.webhook == webhook))


def _fresh(registered: Registered) -> Standing:
    return Standing(begun=registered.begun, renewed=registered.renewed, position=registered.begins, tested=0, not_before=None, trouble=None)


def _standing(row: Any) -> Standing:
    trouble = None if row.trouble is None else DeliveryTrouble(row.trouble)
    return Standing(
        begun=row.begun, renewed=row.renewed, position=row.position, tested=row.tested, not_before=row.not_before, trouble=trouble
    )


def _values(standing: Standing) -> dict[str, Any]:
    return {name: getattr(standing, name) for name in Standing.__slots__}


def _waiting(row: Any) -> Waiting:
    return Waiting(position=row.position, thing=row.thing, attempts=row.attempts, due_at=row.due_at, failing_since=row.failing_since)


def _columns(waiting: Waiting) -> dict[str, Any]:
    return {name: getattr(waiting, name) for name in Waiting.__slots__}
