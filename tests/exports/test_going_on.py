"""What becomes of an export on its way: nothing is lost or told twice, whoever reads it; it ends where its access, size or time does."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
import sqlalchemy as sa

from application.oversight import exports
from application.requests import Request
from domain.ids import CommandId, ExportId, OfficerId, OrganisationId, uuid7
from infrastructure.exports import exporter
from infrastructure.exports.exporter import Exporter, Limits
from infrastructure.exports.tables import EXPORT_JOBS, EXPORT_PARTS
from tests.api.serving import Client, Served
from tests.exports.office import NORTH, asked, begun, done, key, lines, look, raised, taken
from tests.registering import established

ALL = "{ alarms { nodes { id } } }"
MANY = Limits(rows=10_000, bytes=10_000_000, life=timedelta(hours=1))


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page becomes a part."""
    monkeypatch.setattr(exporter, "PART", 1)


@pytest.fixture
def owner(waiting: Served) -> Client:
    """Of a city with 350 alarms: four pages."""
    established(waiting.tocsin, divisions=[], organisations=[NORTH])
    client = waiting.client("owner")
    raised(waiting, *[NORTH] * 350)
    return client


def reader(city: Served, limits: Limits = MANY) -> Exporter:
    """As a worker has it, with limits of its own."""
    made = city.tocsin.exporter()
    made._limits = limits
    return made


def turns(reader: Exporter, many: int) -> None:
    """So many pages of each export."""

    async def go_on() -> None:
        for _ in range(many):
            await reader.go_on()

    asyncio.run(go_on())


def kept(city: Served) -> tuple[int, int]:
    """How many exports are being kept, and how many parts of them."""
    with city.tocsin.database.reading() as connection:
        return tuple(
            connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one() for table in (EXPORT_JOBS, EXPORT_PARTS)
        )


def whole(client: Client, id: str, rows: int) -> None:
    """It is there, every row once, and the digest is right."""
    found = look(client, id)
    assert (found["state"], found["rows"]) == ("COMPLETED", rows)
    content = taken(client, id).content
    ids = [row["id"] for row in lines(content)]
    assert len(set(ids)) == len(ids) == rows
    assert sha256(content).hexdigest() == found["digest"]


def test_another_reader_goes_on_where_the_first_one_was(waiting: Served, owner: Client) -> None:
    id = begun(owner, ALL)
    assert look(owner, id)["progress"] is None
    for pages in range(1, 4):
        turns(reader(waiting), 1)
        found = look(owner, id)
        assert found["progress"]["rows"] == pages * 100
        assert found["progress"]["share"] == pytest.approx(pages * 100 / 350)
        assert (found["state"], found["url"], taken(owner, id).status_code) == ("RUNNING", None, 404)
    turns(reader(waiting), 1)
    whole(owner, id, 350)


def test_two_readers_at_a_time_do_nothing_twice(waiting: Served, owner: Client) -> None:
    """As it is for a moment when a second worker takes over from one that still goes on."""
    id, one, other = begun(owner, ALL), reader(waiting), reader(waiting)

    async def both() -> None:
        for _ in range(8):
            await asyncio.gather(one.go_on(), other.go_on())

    asyncio.run(both())
    whole(owner, id, 350)
    types = [event["type"] for event in owner.ask('{ events(types: ["ExportCompleted"]) { nodes { type } } }')["events"]["nodes"]]
    assert types == ["ExportCompleted"]


def test_a_reader_that_fell_asleep_keeps_nothing(waiting: Served, owner: Client) -> None:
    """It has read a page, and another one has gone on meanwhile."""
    id, sleepy = begun(owner, ALL), reader(waiting)
    turns(sleepy, 1)
    turns(reader(waiting), 2)
    turns(sleepy, 3)
    whole(owner, id, 350)


def test_what_was_ended_but_not_said_is_said_by_the_next(waiting: Served, owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    id, first = begun(owner, ALL), reader(waiting)

    async def dies(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(first, "_complete", dies)
    with pytest.raises(KeyboardInterrupt):
        turns(first, 4)
    assert look(owner, id)["state"] == "RUNNING"
    turns(reader(waiting), 1)
    whole(owner, id, 350)


def test_what_comes_to_be_meanwhile_moves_nothing(waiting: Served, owner: Client) -> None:
    """Rows are read by their ids: new ones, and ones that change, do not push others over the edge of a page."""
    id, going_on = begun(owner, ALL), reader(waiting)
    before = {row["id"] for row in owner.ask("{ alarms(first: 100) { nodes { id } } }")["alarms"]["nodes"]}
    for _ in range(4):
        turns(going_on, 1)
        raised(waiting, NORTH)
    found = look(owner, id)
    assert found["state"] == "COMPLETED"
    ids = [row["id"] for row in lines(taken(owner, id).content)]
    assert len(set(ids)) == len(ids)
    assert before <= set(ids)
    assert found["position"] > found["began"]


def test_the_log_is_exported_as_far_as_the_request(waiting: Served, owner: Client) -> None:
    id = begun(owner, "{ events { nodes { position } } }")
    raised(waiting, NORTH)
    going_on = reader(waiting)
    while look(owner, id)["state"] == "RUNNING":
        waiting.tocsin.projector.catch_up()
        turns(going_on, 1)
    positions = [row["position"] for row in lines(taken(owner, id).content)]
    assert positions == list(range(1, look(owner, id)["began"] + 1))


def test_some_types_of_events_are_exported_whole(waiting: Served, owner: Client) -> None:
    waiting.tocsin.projector.catch_up()
    id = begun(owner, '{ events(types: ["AlarmOpened"]) { nodes { type } } }')
    raised(waiting, NORTH)
    waiting.tocsin.projector.catch_up()
    turns(reader(waiting), 5)
    assert [row["type"] for row in lines(taken(owner, id).content)] == ["AlarmOpened"] * 350


def test_views_that_are_behind_are_waited_for(waiting: Served, owner: Client) -> None:
    waiting.tocsin.projector.catch_up()
    id, going_on = begun(owner, "{ reports { nodes { id } } }"), reader(waiting)
    done(owner, "signOnUnit", unit=_unit(owner))
    second = begun(owner, "{ orders { nodes { id } } }")
    turns(going_on, 2)
    assert look(owner, second)["state"] == "RUNNING"
    waiting.tocsin.projector.catch_up()
    going_on = reader(waiting)
    turns(going_on, 4)
    assert (look(owner, second)["state"], look(owner, id)["rows"]) == ("COMPLETED", 350)


def _unit(client: Client) -> str:
    unit = str(uuid4())
    done(client, "registerUnit", unit=unit, callSign="N-1", kind="CAR", station=NORTH)
    return unit


def test_a_cancelled_export_is_dropped(waiting: Served, owner: Client) -> None:
    id, going_on = begun(owner, ALL), reader(waiting)
    turns(going_on, 2)
    assert kept(waiting) == (1, 2)
    done(owner, "cancelExport", export=id)
    turns(going_on, 2)
    assert kept(waiting) == (0, 0)
    found = look(owner, id)
    assert (found["state"], found["progress"], taken(owner, id).status_code) == ("CANCELLED", None, 404)
    assert owner.do("cancelExport", export=id)["code"] == "EXPORT_IS_OVER"


def test_one_that_is_cancelled_while_it_ends_stays_cancelled(waiting: Served, owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    id, going_on = begun(owner, ALL), reader(waiting)
    complete = going_on._complete

    async def too_late(it: Any) -> None:
        done(owner, "cancelExport", export=id)
        await complete(it)

    monkeypatch.setattr(going_on, "_complete", too_late)
    turns(going_on, 6)
    assert (look(owner, id)["state"], taken(owner, id).status_code, kept(waiting)) == ("CANCELLED", 404, (0, 0))


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (replace(MANY, rows=349), "TOO_LARGE"),
        (replace(MANY, bytes=1_000), "TOO_LARGE"),
        (replace(MANY, life=timedelta(0)), "TOOK_TOO_LONG"),
    ],
)
def test_it_ends_at_its_limits(waiting: Served, owner: Client, limits: Limits, reason: str) -> None:
    id = begun(owner, ALL)
    turns(reader(waiting, limits), 8)
    found = look(owner, id)
    assert (found["state"], found["reason"], found["url"]) == ("FAILED", reason, None)
    assert (taken(owner, id).status_code, kept(waiting)) == (404, (0, 0))


def test_exactly_as_many_rows_as_it_may_have(waiting: Served, owner: Client) -> None:
    id = begun(owner, ALL)
    turns(reader(waiting, replace(MANY, rows=350)), 4)
    whole(owner, id, 350)


def test_only_so_many_go_on_at_a_time(waiting: Served, owner: Client) -> None:
    command = {"commandId": str(uuid4()), "export": str(uuid4())}
    first = begun(owner, ALL, **command)
    for _ in range(2):
        begun(owner, ALL)
    assert asked(owner, ALL)["code"] == "TOO_MANY_EXPORTS"
    assert asked(owner, ALL, **command)["repeated"] is True, "sent again it is the same one"
    begun(waiting.client("another"), ALL)
    done(owner, "cancelExport", export=first)
    begun(owner, ALL)


def test_it_ends_with_its_key(waiting: Served, owner: Client) -> None:
    holder, going_on = key(waiting), reader(waiting)
    id = begun(holder, ALL)
    turns(going_on, 2)
    (row,) = owner.ask("{ apiKeys { nodes { id } } }")["apiKeys"]["nodes"]
    done(owner, "revokeApiKey", key=row["id"], reason="lost")
    turns(going_on, 3)
    found = look(owner, id)
    assert (found["state"], found["reason"], kept(waiting)) == ("FAILED", "ACCESS_ENDED", (0, 0))


def test_it_ends_when_its_key_expires(waiting: Served, owner: Client) -> None:
    holder, going_on = key(waiting), reader(waiting)
    id = begun(holder, ALL)
    turns(going_on, 1)
    waiting.tocsin.keys._clock = Later()  # type: ignore[assignment]  # what a day makes of it
    turns(going_on, 1)
    assert look(owner, id)["reason"] == "ACCESS_ENDED"


class Later:
    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(days=2)


def test_a_query_that_no_longer_fits_is_given_up(waiting: Served, owner: Client) -> None:
    """It was recorded by a program whose schema was another one."""
    id = ExportId(uuid7(datetime.now(UTC)))
    command = exports.request(id, "alarms", "{ alarms { nodes { gone } } }", "{}", "0" * 64, "audit", "OWNER", None)
    request = Request(command=command, command_id=CommandId(uuid4()), by=OfficerId("owner"), organisation=OrganisationId("CQ"))
    asyncio.run(waiting.tocsin.desk.carry_out(request))
    turns(reader(waiting), 2)
    found = look(owner, str(id))
    assert (found["state"], found["reason"]) == ("FAILED", "QUERY_REFUSED")


def test_a_fault_is_tried_again_and_at_last_given_up(waiting: Served, owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporter, "PAUSE", 0.0)
    id, going_on = begun(owner, ALL), reader(waiting)
    turns(going_on, 1)
    with out_of_order(waiting):
        turns(going_on, exporter.ATTEMPTS - 1)
    assert look(owner, id)["state"] == "RUNNING"
    turns(going_on, 3)
    whole(owner, id, 350)
    other = begun(owner, ALL)
    with out_of_order(waiting):
        turns(going_on, exporter.ATTEMPTS + 1)
    assert look(owner, other)["reason"] == "QUERY_FAILED"


@contextmanager
def out_of_order(city: Served) -> Iterator[None]:
    """The alarms cannot be read."""
    dialect = city.tocsin.database.dialect
    kind, name = ("TABLE", "alarms_g1") if dialect == "sqlite" else ("VIEW", "alarms")
    for old, new in ((name, "away"), ("away", name)):
        with city.tocsin.database.writing() as connection:
            if dialect == "sqlite":
                connection.exec_driver_sql("PRAGMA legacy_alter_table = ON")  # the view keeps the old name
            connection.exec_driver_sql(f"ALTER {kind} {old} RENAME TO {new}")
        if new == "away":
            yield
