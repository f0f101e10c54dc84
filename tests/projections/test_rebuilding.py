"""A rebuild goes on beside writers and readers, and nobody sees it half done."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from infrastructure.database import Database
from infrastructure.projections import building, rebuilding
from infrastructure.projections.generations import install, pointers
from infrastructure.projections.inline import Inline
from infrastructure.projections.rebuilding import RebuildIsRunning, rebuild
from infrastructure.projections.status import Health, status
from infrastructure.projections.verifying import verify_views
from tests.projections.contents import ALL, contents, in_portions, log_of, projector
from tests.projections.logs import Scribe


@pytest.fixture
def filled(database: Database) -> Database:
    install(database, ALL)
    Scribe(database, Inline(ALL)).write(log_of(60))
    projector(database).catch_up()
    return database


@contextmanager
def meanwhile(*works: Callable[[], None]) -> Iterator[None]:
    """Each work again and again, in a thread of its own, while the block runs."""
    stopping, problems = threading.Event(), list[BaseException]()

    def repeat(work: Callable[[], None]) -> None:
        try:
            while not stopping.is_set():
                work()
        except BaseException as problem:  # noqa: BLE001 - it is raised again below
            problems.append(problem)

    threads = [threading.Thread(target=repeat, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopping.set()
        for thread in threads:
            thread.join()
    assert problems == []


def test_writers_and_readers_go_on(filled: Database) -> None:
    scribe, following, seen = Scribe(filled, Inline(ALL)), projector(filled), [0, 0]
    portions = iter(in_portions(log_of(4_000, seed=2), 5))

    def count(place: int, table: str) -> None:
        with filled.reading() as connection:
            found = connection.execute(sa.text(f"SELECT count(*) FROM {table}")).scalar_one()
        assert found >= seen[place], "rows that had been there were not"
        seen[place] = found

    with meanwhile(
        lambda: scribe.write(next(portions)), lambda: following.step() and None, lambda: count(0, "cases"), lambda: count(1, "case_facts")
    ):
        for _ in range(2):
            rebuild(filled, ALL)
    assert min(seen) > 0
    following.catch_up()
    assert {each.health for each in status(filled, ALL)} == {Health.CURRENT}
    assert verify_views(filled, ALL) == []


def test_states_that_do_not_fit_into_memory_are_read_back(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(filled)
    monkeypatch.setattr(building, "REMEMBERED", 3)
    monkeypatch.setattr(building, "PAGE", 20)
    monkeypatch.setattr(building, "HELD", 7)
    rebuild(filled, ALL)
    assert contents(filled) == before


def test_what_is_recorded_during_the_rebuild_is_shown_after_it(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    scribe, build = Scribe(filled, Inline(ALL)), rebuilding.build

    def build_and_go_on(*given: object, **named: object) -> object:
        built = build(*given, **named)
        scribe.write(log_of(5, seed=4))
        return built

    monkeypatch.setattr(rebuilding, "build", build_and_go_on)
    rebuild(filled, ALL)
    assert {each.health for each in status(filled, ALL) if each.inline} == {Health.CURRENT}
    projector(filled).catch_up()
    assert {each.health for each in status(filled, ALL)} == {Health.CURRENT}
    assert verify_views(filled, ALL) == []


def test_both_generations_are_written_until_readers_see_the_new_one(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    scribe, outlive = Scribe(filled, Inline(ALL)), rebuilding._outlive_readers

    def outlive_while_writers_go_on(database: Database) -> None:
        outlive(database)
        scribe.write(log_of(10, seed=5))
        projector(filled, page=7).catch_up()

    monkeypatch.setattr(rebuilding, "_outlive_readers", outlive_while_writers_go_on)
    rebuild(filled, ALL)
    assert {each.health for each in status(filled, ALL)} == {Health.CURRENT}
    assert verify_views(filled, ALL) == []


def test_old_tables_go_and_what_a_failed_rebuild_left_goes_with_the_next(filled: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rebuilding, "_swap", fail)
        with pytest.raises(KeyboardInterrupt):
            rebuild(filled, ALL)
    Scribe(filled, Inline(ALL)).write(log_of(3, seed=6))
    rebuild(filled, ALL)
    with filled.reading() as connection:
        assert {pointer.generation for pointer in pointers(connection).values()} == {2}
        names = [name for name in sa.inspect(connection).get_table_names() if "_g" in name]
    assert len(names) == sum(len(each.tables) for each in ALL)
    assert all(name.endswith("_g2") for name in names)


def test_one_rebuild_at_a_time(filled: Database) -> None:
    with rebuilding.alone(filled), pytest.raises(RebuildIsRunning):
        rebuild(filled, ALL)


def test_progress_is_told(filled: Database) -> None:
    told: list[tuple[int, int]] = []
    rebuild(filled, ALL, lambda done, whole, _rate: told.append((done, whole)))
    assert told[-1][0] == told[-1][1] > 0
