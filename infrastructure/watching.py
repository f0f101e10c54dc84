"""Looking at a database without taking part: an SQLite file also beside the process that it belongs to."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

import sqlalchemy as sa

from infrastructure.database import Database, DatabaseRefused, check_schema, connect, sqlite_engine


@contextmanager
def watching(url: str) -> Generator[Database]:
    address = sa.make_url(url)
    database = WatchedFile(address) if address.get_backend_name() == "sqlite" else connect(url)
    try:
        check_schema(database)
        yield database
    finally:
        database.close()


class WatchedFile(Database):
    """A file that belongs to another process, or to none. It is opened read-only, so nothing is written or checkpointed from here."""

    dialect = "sqlite"
    shared = True

    def __init__(self, address: sa.URL) -> None:
        path = Path(str(address.database))
        if not path.is_file():
            raise DatabaseRefused(f"there is no file {path}")
        read_only = address.set(database=f"file:{quote(str(path))}", query={"mode": "ro", "uri": "true"})
        self._readers = sqlite_engine(read_only, size=1, query_only=True)

    def writing(self) -> NoReturn:
        raise DatabaseRefused("the database is only looked at")

    @contextmanager
    def reading(self) -> Generator[sa.Connection]:
        with self._readers.connect() as connection:
            yield connection

    def close(self) -> None:
        self._readers.dispose()
