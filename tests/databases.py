"""Fixtures that give every test a database of its own: a real SQLite file, and a real PostgreSQL server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import sqlalchemy as sa

from infrastructure.database import Database, migrate
from tests.postgres_server import running


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.sqlite"
    Database.open(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated SQLite file."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'city.sqlite')}"


@pytest.fixture(scope="session")
def postgres_server() -> Generator[str]:
    """A server with a migrated database `tocsin_template`; TOCSIN_TEST_POSTGRES names one that runs already."""
    named = os.environ.get("TOCSIN_TEST_POSTGRES")
    if named:
        yield _with_template(named)
        return
    server = running()
    try:
        url = server.__enter__()
    except Exception as reason:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"NO POSTGRESQL: no server could be started ({reason}); half of what is promised goes untested")
    try:
        yield _with_template(url)
    finally:
        server.__exit__(None, None, None)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """A migrated PostgreSQL database."""
    with postgres_database(postgres_server) as url:
        yield url


@contextmanager
def postgres_database(server: str) -> Generator[str]:
    """A migrated database on the server, made by copying the template."""
    name = f"test_{uuid4().hex}"
    template = sa.make_url(server)
    with _administration(server) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template.database} STRATEGY FILE_COPY")
    yield template.set(database=name).render_as_string(hide_password=False)
    with _administration(server) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database, once of each kind."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url"))


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database.open(database_url)
    yield opened
    opened.close()


def _with_template(url: str) -> str:
    template = f"tocsin_template_{uuid4().hex}"
    with _administration(url) as server:
        server.execute(f"CREATE DATABASE {template}")
    made = sa.make_url(url).set(database=template).render_as_string(hide_password=False)
    migrate(made)
    return made


def _administration(url: str) -> psycopg.Connection[tuple[object, ...]]:
    maintenance = sa.make_url(url).set(drivername="postgresql", database="postgres")
    return psycopg.connect(maintenance.render_as_string(hide_password=False), autocommit=True)
