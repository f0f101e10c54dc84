"""Events become rows: once each, in any pages, whatever stops in between."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.dispatching.events import AlarmOpened, AlarmTriaged
from domain.events import Recorded
from infrastructure.database import Database
from infrastructure.log.codec import CODEC
from infrastructure.log.waking import Bell
from infrastructure.projections.changes import Change, Insert
from infrastructure.projections.generations import Fenced, install, move, pointers
from infrastructure.projections.inline import Inline
from infrastructure.projections.projection import Handlers, Projection
from infrastructure.projections.projector import Projector
from infrastructure.projections.rebuilding import rebuild
from infrastructure.projections.status import Health, status
from infrastructure.projections.verifying import verify_views
from tests.projections.contents import ALL, contents, in_portions, log_of, projector
from tests.projections.logs import Scribe

COUNTED = sa.Table("counted", sa.MetaData(), sa.Column("position", sa.BigInteger, primary_key=True), sa.Column("type", sa.Text))


def counting(*, inline: bool = False, version: int = 1, poison: Callable[[Recorded[Any]], bool] = lambda _: False) -> Projection:
    """Lists every opened and triaged alarm, unless it is poison."""
    on = Handlers()

    @on(AlarmOpened, AlarmTriaged)
    def count(record: Recorded[Any]) -> Iterable[Change]:
        if poison(record):
            raise ValueError
        return (Insert(COUNTED, {"position": record.position, "type": type(record.event).__name__}),)

    return Projection(name="counting", version=version, tables=(COUNTED,), handlers=on, inline=inline)


@pytest.fixture
def installed(database: Database) -> Database:
    install(database, ALL)
    return database


def standing(database: Database, projection: Projection) -> tuple[int, Health]:
    (one,) = status(database, [projection])
    return one.position, one.health


def test_views_written_on_the_way_equal_those_of_a_rebuild(installed: Database) -> None:
    scribe = Scribe(installed, Inline(ALL))
    for portion in in_portions(log_of(150), 7):
        scribe.write(portion)
    projector(installed, page=11).catch_up()
    before = contents(installed)
    filled = ("alarms", "units", "cases", "orders", "reports", "approvals", "corrections", "case_facts")
    assert [name for name in filled if not before[name]] == []
    assert verify_views(installed, ALL) == []
    rebuild(installed, ALL)
    assert contents(installed) == before
    assert {each.health for each in status(installed, ALL)} == {Health.CURRENT}


def test_a_difference_is_found(installed: Database) -> None:
    Scribe(installed, Inline(ALL)).write(log_of(40))
    with installed.writing() as connection:
        connection.execute(sa.text("UPDATE cases_g1 SET suspects = suspects + 1"))
        connection.execute(sa.text("DELETE FROM alarms_g1"))
    found = verify_views(installed, [each for each in ALL if each.inline])
    assert {(each.table, each.columns) for each in found} == {("cases", ("suspects",)), ("alarms", ())}


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), page=st.integers(5, 200))
def test_pages_of_any_size_lead_to_the_same_rows(database: Database, seed: int, page: int) -> None:
    Scribe(database).write(log_of(8, seed))
    projected_anew(database)
    projector(database, page=page).catch_up()
    in_pages = contents(database)
    projected_anew(database)
    projector(database, page=100_000).catch_up()
    assert contents(database) == in_pages


def projected_anew(database: Database) -> None:
    with database.writing() as connection:
        for name in sa.inspect(connection).get_view_names():
            connection.execute(sa.text(f"DROP VIEW {name}"))
        for name in sa.inspect(connection).get_table_names():
            if "_g" in name or name == "projections":
                connection.execute(sa.text(f"DROP TABLE {name}"))
    install(database, ALL)


def test_a_page_counts_once_though_two_runners_read_it(installed: Database) -> None:
    Scribe(installed, Inline(ALL)).write(log_of(20))
    one, other = projector(installed, page=10), projector(installed, page=10)
    with installed.reading() as connection:
        stale = pointers(connection)["orders"]
    while one.step() | other.step():
        pass
    with pytest.raises(Fenced), installed.writing() as connection:
        move(connection, stale, stale.position + 10)
    assert verify_views(installed, ALL) == []


def test_a_page_that_is_cut_off_counts_when_it_comes_again(installed: Database) -> None:
    Scribe(installed, Inline(ALL)).write(log_of(20))
    with pytest.raises(KeyboardInterrupt):
        moved_and_cut_off(installed)
    projector(installed).catch_up()
    assert verify_views(installed, ALL) == []


def moved_and_cut_off(database: Database) -> None:
    with database.writing() as connection:
        move(connection, pointers(connection)["orders"], 30)
        raise KeyboardInterrupt


def test_a_poison_event_stops_its_projection_alone(database: Database) -> None:
    log = log_of(40)
    half = len(log) // 2
    sick = counting(poison=lambda record: record.position > half)
    install(database, [*ALL, sick])
    Scribe(database, Inline(ALL)).write(log)
    Projector(database, [*ALL, sick], Bell(), page=1_000).catch_up()
    position, health = standing(database, sick)
    assert health is Health.STOPPED
    assert position >= half
    assert {each.health for each in status(database, ALL)} == {Health.CURRENT}
    with database.reading() as connection:
        assert max(connection.execute(sa.select(sa.text("position")).select_from(sa.text("counted"))).scalars()) <= half
    healed = counting(version=2)
    assert standing(database, healed)[1] is Health.OUTDATED
    rebuild(database, [healed])
    assert standing(database, healed)[1] is Health.CURRENT


def test_a_batch_without_events_leaves_the_inline_views_alone(installed: Database) -> None:
    Scribe(installed, Inline(ALL)).write(log_of(5))
    before = status(installed, ALL)
    with installed.writing() as connection:
        Inline(ALL)(connection, [])
    assert status(installed, ALL) == before


def test_an_inline_projection_that_meets_poison_costs_no_command(database: Database) -> None:
    sick = counting(inline=True, poison=lambda record: record.position > 20)
    install(database, [*ALL, sick])
    scribe = Scribe(database, Inline([*ALL, sick]))
    for portion in in_portions(log_of(20), 10):
        scribe.write(portion)
    position, health = standing(database, sick)
    assert (position % 10, health) == (0, Health.STOPPED)
    assert {each.health for each in status(database, ALL) if each.inline} == {Health.CURRENT}


def test_an_inline_projection_whose_rows_do_not_fit_costs_one_batch(database: Database) -> None:
    sick = counting(inline=True)
    install(database, [sick])
    with database.writing() as connection:
        connection.execute(sa.text("INSERT INTO counted_g1 (position, type) VALUES (1, 'in the way')"))
    scribe = Scribe(database, Inline([sick]))
    opened = [(id, event) for id, event in log_of(30) if isinstance(event, AlarmOpened)]
    with pytest.raises(sa.exc.IntegrityError):
        scribe.write(opened[:1])
    scribe.write(opened[1:2])
    assert standing(database, sick) == (0, Health.STOPPED)


def test_an_inline_projection_of_another_version_is_left_alone_until_its_rebuild(database: Database) -> None:
    events = log_of(20)
    install(database, [counting(inline=True)])
    Scribe(database, Inline([counting(inline=True)])).write(events[:10])
    newer = counting(inline=True, version=2)
    scribe = Scribe(database, Inline([newer]))
    later = [(id, event) for id, event in log_of(20, seed=2)]
    scribe.write(later[:20])
    assert standing(database, newer) == (10, Health.OUTDATED)
    rebuild(database, [newer])
    assert standing(database, newer) == (30, Health.CURRENT)
    scribe.write(later[20:30])
    assert standing(database, newer) == (40, Health.CURRENT)
    assert verify_views(database, [newer]) == []


def test_a_new_inline_projection_catches_up_by_itself(database: Database) -> None:
    Scribe(database).write(log_of(20))
    new = counting(inline=True)
    install(database, [new])
    Projector(database, [new], Bell(), page=7).catch_up()
    assert standing(database, new)[1] is Health.CURRENT
    Scribe(database, Inline([new])).write(log_of(5, seed=3))
    assert standing(database, new)[1] is Health.CURRENT
    assert verify_views(database, [new]) == []


def test_every_event_is_seen_by_a_projection() -> None:
    seen = {event for each in ALL for event in each.handled}
    assert set(CODEC.types()) - seen == set()
