"""Arrays as the server reads them are the values that were given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infrastructure.arrays import ARRAYS
from infrastructure.database import Database

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "BIGINT": st.integers(-(2**63), 2**63 - 1),
    "BOOLEAN": st.booleans(),
    "DATE": st.dates(date(1, 1, 1), date(9999, 12, 31)),
    "DOUBLE PRECISION": st.floats(allow_nan=False),
    "TEXT": st.text(st.characters(codec="utf-8", exclude_characters="\0")),
    "UUID": st.uuids(),
}


@pytest.fixture
def server(postgres_url: str) -> Iterator[Database]:
    with closing(Database.open(postgres_url)) as database:
        yield database


def test_every_kind_of_array_is_tried() -> None:
    assert VALUES.keys() == ARRAYS.keys()


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(VALUES)).flatmap(lambda kind: st.tuples(st.just(kind), st.lists(st.none() | VALUES[kind]))))
def test_values_come_back_as_they_were(server: Database, tried: tuple[str, list[Any]]) -> None:
    kind, values = tried
    with server.reading() as connection:
        found = connection.exec_driver_sql(f"SELECT %s::{kind}[]", (ARRAYS[kind](values),)).scalar_one()
    assert found == values
