"""What a database must be before it is used, and what is said where it is not."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import given
from hypothesis import strategies as st

from infrastructure.database import PRAGMAS, Database, DatabaseRefused, instant, microseconds, migrate
from infrastructure.identity.keys import KEY_USES
from infrastructure.log.tables import METADATA
from infrastructure.migrations import head
from infrastructure.positions.tables import POSITIONS
from infrastructure.vault.secrets import WEBHOOK_SECRETS
from infrastructure.vault.vault import VAULT_KEYS
from infrastructure.webhooks.tables import STANDINGS


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - the strategy adds the zone
def test_instants_keep_every_microsecond(moment):
    assert instant(microseconds(moment)) == moment


def test_a_new_file_gets_its_schema(tmp_path):
    database = Database.open(f"sqlite:///{tmp_path}/new.sqlite")
    with database.reading() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == head()
    database.close()


def test_the_migrations_make_the_tables(database):
    beside = {table.metadata for table in (KEY_USES, VAULT_KEYS, WEBHOOK_SECRETS, STANDINGS, POSITIONS)}
    assert beside == {METADATA}, "what stands beside the log is migrated with it"
    with database.reading() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), METADATA)
    assert differences == []


def test_an_old_schema_is_not_used(database_url):
    database = Database.open(database_url)
    with database.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    database.close()
    with pytest.raises(DatabaseRefused, match=f"schema is 0000, this program needs {head()}: run `tocsin migrate`"):
        Database.open(database_url)


def test_an_empty_server_is_not_migrated_by_opening_it(postgres_url):
    database = Database.open(postgres_url)
    with database.writing() as connection:
        connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    database.close()
    with pytest.raises(DatabaseRefused, match="schema is missing"):
        Database.open(postgres_url)
    migrate(postgres_url)
    Database.open(postgres_url).close()


def test_migrating_twice_changes_nothing(database_url):
    migrate(database_url)
    Database.open(database_url).close()


@pytest.mark.parametrize("url", ["mysql://localhost/x", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused(url):
    with pytest.raises(DatabaseRefused):
        Database.open(url)


def test_an_sqlite_file_belongs_to_one_process(sqlite_url, tmp_path):
    database = Database.open(sqlite_url)
    program = f"from infrastructure.database import Database; Database.open({sqlite_url!r})"
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)  # noqa: S603 - our own program
    assert "is in use by process" in other.stderr
    with pytest.raises(DatabaseRefused, match="belongs to one process"):
        Database.open(sqlite_url)
    database.close()
    Database.open(sqlite_url).close()


def test_sqlite_is_set_to_be_durable(sqlite_url):
    database = Database.open(sqlite_url)
    for opened in (database.writing, database.reading):
        with opened() as connection:
            assert all(connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value for name, (_, value) in PRAGMAS.items())
    database.close()


def test_a_reader_cannot_write(database):
    with database.reading() as connection, pytest.raises(sa.exc.DBAPIError):
        connection.exec_driver_sql("DELETE FROM events")


def test_a_file_that_is_no_database_is_refused(tmp_path):
    (tmp_path / "letter.sqlite").write_text("Dear Sir or Madam, " * 100)
    with pytest.raises(DatabaseRefused, match="cannot be opened"):
        Database.open(f"sqlite:///{tmp_path}/letter.sqlite")


def test_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(DatabaseRefused, match="cannot be opened"):
        Database.open(f"sqlite:///{tmp_path}/nowhere/city.sqlite")


def test_a_server_that_would_lose_commits_is_refused(postgres_url):
    name = sa.make_url(postgres_url).database
    database = Database.open(postgres_url)
    with database.writing() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")
    database.close()
    with pytest.raises(DatabaseRefused, match="synchronous_commit is off where durability needs on"):
        Database.open(postgres_url)


def test_a_server_that_is_not_there_is_refused_in_one_line():
    with pytest.raises(DatabaseRefused) as refusal:
        Database.open("postgresql://somebody:secret@127.0.0.1:1/nothing")
    assert "\n" not in str(refusal.value)
    assert "secret" not in str(refusal.value)


def test_what_a_thread_still_held_as_the_database_was_closed_is_closed_as_it_comes_back(postgres_url):
    database = Database.open(postgres_url)
    with database.reading() as connection:
        held = connection.connection.driver_connection
        database.close()
    assert held.closed
