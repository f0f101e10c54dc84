"""Views that another version of the program made are worked out anew, or the operator is told what to run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from api.main import assemble, bring_up_to_date
from domain.dispatching.events import AlarmOpened
from domain.events import Recorded
from infrastructure.database import Database, DatabaseRefused
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.changes import Change, Insert
from infrastructure.projections.generations import PROJECTIONS, install
from infrastructure.projections.inline import Inline
from infrastructure.projections.projection import Handlers, Projection
from infrastructure.projections.status import Health, status
from infrastructure.settings import Settings
from tests.projections.contents import ALL, contents, log_of
from tests.projections.logs import Scribe


def opened(*columns: str, also: Sequence[sa.Table] = ()) -> Projection:
    """Alarms with their divisions, in a table of these columns."""
    texts = [sa.Column(name, sa.Text) for name in columns]
    table = sa.Table("opened", sa.MetaData(), sa.Column("position", sa.BigInteger, primary_key=True), *texts)
    on = Handlers()

    @on(AlarmOpened)
    def note(record: Recorded[Any]) -> Iterable[Change]:
        return (Insert(table, {"position": record.position} | dict.fromkeys(columns, record.event.division)),)

    return Projection(name="opened", version=1, tables=(table, *also), handlers=on)


BEFORE = opened("division")
OTHER = sa.Table("beside", sa.MetaData(), sa.Column("id", sa.BigInteger, primary_key=True))


@pytest.mark.parametrize(
    "changed",
    [
        opened("division", "district"),
        opened("district"),
        opened("division", also=[OTHER]),
        replace(BEFORE, version=2),
        replace(BEFORE, basis="UTC"),
    ],
    ids=["a column more", "another column", "a table more", "other code", "other settings"],
)
def test_a_changed_view_is_known_and_worked_out_anew(database: Database, changed: Projection) -> None:
    bring_up_to_date(database, [BEFORE])
    Scribe(database).write(log_of(10))
    assert status(database, [BEFORE])[0].health is Health.BEHIND
    assert status(database, [changed])[0].health is Health.OUTDATED
    bring_up_to_date(database, [changed])
    assert status(database, [changed])[0].health is Health.CURRENT
    shown = contents(database, [changed])["opened"]
    assert shown
    assert {len(row) for row in shown} == {len(changed.tables[0].columns)}


def test_what_has_not_changed_is_left_alone(database: Database) -> None:
    bring_up_to_date(database, [BEFORE])
    Scribe(database).write(log_of(10))
    bring_up_to_date(database, [opened("division")])
    assert status(database, [BEFORE])[0].health is Health.BEHIND


def test_another_zone_makes_other_figures_and_other_days_of_cameras_and_nothing_else() -> None:
    others = catalogue(ZoneInfo("America/New_York"))
    changed = [each.name for each, other in zip(ALL, others, strict=True) if each.digest != other.digest]
    assert changed == ["camera_facts", "camera_incidents", "figures"]


def test_a_file_brings_its_views_up_to_date_as_it_is_opened(sqlite_url: str) -> None:
    left_by_another_version(sqlite_url)
    tocsin = assemble(Settings(database=sqlite_url), working=False)
    try:
        assert Health.OUTDATED not in {each.health for each in status(tocsin.database, ALL)}
    finally:
        tocsin.log.close()
        tocsin.database.close()


def test_a_server_says_what_to_run(postgres_url: str) -> None:
    left_by_another_version(postgres_url)
    with pytest.raises(DatabaseRefused, match="made the views orders: run `tocsin migrate`"):
        assemble(Settings(database=postgres_url), working=False)


def left_by_another_version(url: str) -> None:
    database = Database.open(url)
    install(database, ALL)
    Scribe(database, Inline(ALL)).write(log_of(5))
    with database.writing() as connection:
        connection.execute(sa.update(PROJECTIONS).where(PROJECTIONS.c.name == "orders").values(digest="another"))
    database.close()
