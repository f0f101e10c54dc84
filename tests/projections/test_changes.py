"""Folding the changes of a batch changes nothing about the rows they lead to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from infrastructure.projections.changes import Add, Batch, Change, ChangesDoNotFit, Delete, First, Insert, More, Patch, Put, Was
from infrastructure.projections.writing import write

THINGS = sa.Table(
    "things",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("state", sa.Text),
    sa.Column("before", sa.Text),
    sa.Column("first", sa.Text),
    sa.Column("n", sa.BigInteger, default=0),
)
SUMS = sa.Table(
    "sums",
    sa.MetaData(),
    sa.Column("area", sa.Text, primary_key=True),
    sa.Column("day", sa.Integer, primary_key=True),
    sa.Column("filed", sa.BigInteger, nullable=False),
    sa.Column("cleared", sa.BigInteger, nullable=False),
)
IDS = st.integers(1, 3)
WORDS = st.sampled_from(["a", "b", None])
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "state": WORDS | st.just(Was("before")),
        "before": WORDS,
        "first": WORDS | WORDS.map(First),
        "n": st.integers(0, 3) | st.integers(-2, 2).map(More),
    },
)
PATCHES = st.builds(lambda key, values: Patch(THINGS, key, values), IDS, VALUES.filter(bool))
PUTS = st.builds(lambda key, state: Put(THINGS, {"id": key, "state": state}), IDS, WORDS)
DELETES = st.builds(lambda key: Delete(THINGS, key), IDS)
ADDS = st.builds(
    lambda area, filed, cleared: Add(SUMS, (area, 1), {"filed": filed} | ({"cleared": cleared} if cleared else {})),
    st.sampled_from(["x", "y"]),
    st.integers(-2, 2),
    st.integers(0, 2),
)
CHANGES = st.lists(PATCHES | PUTS | DELETES | ADDS, max_size=12)


@pytest.fixture(scope="module")
def engine() -> Iterator[sa.Engine]:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        THINGS.create(connection)
        SUMS.create(connection)
    yield engine
    engine.dispose()


def rows_after(engine: sa.Engine, batches: list[list[Change]]) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        for changes in batches:
            batch = Batch()
            batch.take(change if isinstance(change, Delete) else change._replace(values=dict(change.values)) for change in changes)
            write(connection, batch, lambda table: table.name)
        found = [tuple(row) for table in (THINGS, SUMS) for row in connection.execute(sa.select(table).order_by(*table.primary_key))]
        connection.rollback()
    return found


@settings(max_examples=100, deadline=None)
@given(changes=CHANGES)
def test_a_batch_is_worth_its_changes_one_by_one(engine: sa.Engine, changes: list[Change]) -> None:
    assert rows_after(engine, [changes]) == rows_after(engine, [[change] for change in changes])


def test_a_new_row_and_its_patches_become_one_row() -> None:
    batch = Batch()
    batch.take([Insert(THINGS, {"id": 1, "state": "a"}), Patch(THINGS, 1, {"n": More(2)}), Patch(THINGS, 1, {"before": Was("state")})])
    assert batch.tables[THINGS][1].values == {"id": 1, "state": "a", "n": 2, "before": "a"}


def test_a_second_new_row_is_a_mistake() -> None:
    with pytest.raises(ChangesDoNotFit):
        Batch().take([Insert(THINGS, {"id": 1}), Insert(THINGS, {"id": 1})])
