"""A city with something of everything in it, served over each database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from infrastructure.database import Database
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.settings import Settings
from tests.api.serving import Served, served
from tests.databases import postgres_database
from tests.exports.office import lived


def with_views(url: str) -> str:
    """A server's tables are made beforehand; a file gets its own as it is opened."""
    database = Database.open(url)
    install(database, catalogue(Settings().zone))
    database.close()
    return url


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Lived in before the tests of a module, which must not mind one another."""
    folder = tmp_path_factory.mktemp("exports")
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{folder / 'city.sqlite'}"
        else:
            url = with_views(stack.enter_context(postgres_database(request.getfixturevalue("postgres_server"))))
        running = stack.enter_context(served(url, folder))
        lived(running)
        yield running


@pytest.fixture
def waiting(database_url: str, tmp_path: Path) -> Iterator[Served]:
    """Nobody works here: what goes on is what a test makes go on."""
    with served(with_views(database_url), tmp_path, working=False) as running:
        yield running
