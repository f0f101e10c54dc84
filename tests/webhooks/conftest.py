"""A city that delivers, and who receives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from infrastructure.database import Database
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.settings import Settings
from infrastructure.vault.keys import Ring
from infrastructure.webhooks.pacing import Pace
from tests.api.serving import Client, Served, served
from tests.webhooks.receiving import Receiver, receiving

QUICK = Pace(first=timedelta(milliseconds=20), longest=timedelta(milliseconds=80))


def prepared(url: str) -> None:
    """A server's tables are made beforehand; a file gets its own as it is opened."""
    database = Database.open(url)
    install(database, catalogue(Settings().zone))
    database.close()


@pytest.fixture
def vault_key(tmp_path: Path) -> Path:
    path = tmp_path / "vault-key.json"
    Ring({}).with_new().write(path)
    return path


@pytest.fixture
def pace(request: pytest.FixtureRequest) -> Pace:
    """Quick, unless a test says how."""
    return replace(QUICK, **getattr(request, "param", {}))


@pytest.fixture
def city(database_url: str, tmp_path: Path, vault_key: Path, pace: Pace) -> Iterator[Served]:
    prepared(database_url)
    with served(database_url, tmp_path, vault_key=vault_key, pace=pace) as running:
        yield running


@pytest.fixture
def owner(city: Served) -> Client:
    return city.client("owner")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver
