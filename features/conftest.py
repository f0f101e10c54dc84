"""What every feature can say: time passes, several act at once, events are recorded, a rule refuses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_bdd import given, then, when

from features.city import City, StoppedClock
from features.promises import requirements
from features.wording import step
from infrastructure.database import Database
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.settings import Settings
from tests.databases import database, database_url, postgres_url, sqlite_url
from tests.databases import postgres_server as bare_server
from tests.databases import sqlite_template as bare_file

__all__ = ["bare_file", "bare_server", "database", "database_url", "postgres_url", "sqlite_url"]

Rows = list[list[str]]


def with_views(url: str) -> None:
    database = Database.open(url)
    install(database, catalogue(Settings().zone))
    database.close()


def pytest_configure(config: pytest.Config) -> None:
    """What scenarios promise is a marker of theirs."""
    for each in requirements():
        config.addinivalue_line("markers", f"{each.code}: {each.en}")


@pytest.fixture(scope="session")
def sqlite_template(bare_file: Path) -> Path:
    """Copied for every scenario, with the tables of all views."""
    with_views(f"sqlite:///{bare_file}")
    return bare_file


@pytest.fixture(scope="session")
def postgres_server(bare_server: str) -> str:
    with_views(bare_server)
    return bare_server


@pytest.fixture(autouse=True)
def city(database: Database, tmp_path: Path) -> Iterator[City]:
    """Every scenario runs once on SQLite and once on PostgreSQL."""
    city = City(database, StoppedClock(), Settings(vault_key=tmp_path / "vault-key.json"))
    yield city
    city.close()


@given(step("{minutes:d} minutes passed"))
def minutes_passed(city: City, minutes: int) -> None:
    city.clock.passes(timedelta(minutes=minutes))


@when("the policies answer")
def policies_answer(city: City) -> None:
    city.policies_answer()


@then("these events are recorded")
def these_events(city: City, datatable: Rows) -> None:
    assert city.refusal is None
    assert [type(record.event).__name__ for record in city.recorded()] == [row[0] for row in datatable]


@then("nothing new is recorded")
def nothing_new(city: City) -> None:
    assert city.refusal is None
    assert city.recorded() == []


@then(step('it is refused on "{field}": "{sentence}"'))
def refused_on(city: City, field: str, sentence: str) -> None:
    refused(city, sentence)
    assert city.refusal is not None
    assert city.refusal.field == field


@then(step('it is refused: "{sentence}"'))
def refused(city: City, sentence: str) -> None:
    assert city.refusal is not None
    assert city.refusal.message == sentence
    assert city.recorded() == []


@then(step('one is refused: "{sentence}"'))
def one_refused(city: City, sentence: str) -> None:
    assert city.refusal is not None
    assert city.refusal.message == sentence
    assert city.recorded() != []


@then("these units and orders are on record")
def so_many(city: City, datatable: Rows) -> None:
    names = [type(record.event).__name__ for record in city.records(0)]
    assert {row[0]: str(names.count(row[0])) for row in datatable} == {row[0]: row[1] for row in datatable}
