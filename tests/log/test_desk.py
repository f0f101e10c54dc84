"""The desk on a real log: conflicts, repeats, refusals, batches, and what it remembers."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from datetime import date, timedelta
from uuid import uuid4

import pytest

from application.commands import Command, change
from application.desk import Desk
from application.dispatching import alarms
from application.jurisdiction import code_lists, divisions, organisations
from application.naming import DivisionNotRegistered
from application.ports import LogUnavailable
from application.refusals import IdempotencyConflict, TooBusy, VersionConflict
from application.requests import Done, Request
from application.uniqueness import DivisionCodeTaken
from domain.aggregates import Act
from domain.dispatching.events import IntakeKind, ReportSource
from domain.dispatching.rules import CodeNotOnList
from domain.ids import AlarmId, CodeListId, CommandId, DivisionCode, DivisionId, OfficerId, OrganisationId, ReportId
from domain.jurisdiction.division import Division, DivisionNameTooEarly
from domain.jurisdiction.events import CodeEntry, CodeScope, DivisionLevel, DivisionRenamed, OrganisationKind
from domain.rules import AlreadyExists, EffectiveInFuture, NotFound
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.log.appender import Appender
from infrastructure.log.waking import Bell
from tests.log.submissions import NOON, StoppedClock

START = date(2020, 1, 1)


def establish(id: DivisionId, code: str = "500103") -> Command:
    return divisions.establish(id, DivisionCode(code), "Yuzhong", "渝中", DivisionLevel.COUNTY, START)


def rename(id: DivisionId, day: int) -> Command:
    return divisions.rename(id, f"name {day}", f"名 {day}", START + timedelta(days=day))


def found(station: OrganisationId) -> Command:
    return organisations.establish(station, OrganisationKind.STATION, "Some", "某", DivisionCode("500103"), START)


def opened(station: OrganisationId, alarm_type: str | None = None) -> Command:
    alarm, report = AlarmId(uuid4()), ReportId(uuid4())
    return alarms.open(alarm, report, ReportSource.CALL_110, IntakeKind.ALARM, DivisionCode("500103"), station, alarm_type=alarm_type)


def request(command: Command, **more: object) -> Request:
    values = {"command_id": CommandId(uuid4()), "by": OfficerId("O-1"), "organisation": OrganisationId("ORG-1")}
    return Request(command=command, **{**values, **more})


@contextmanager
def desks(url: str, count: int = 1, **more: object):
    """Desks of so many processes on one database, each with its own log."""
    databases = [Database.open(url) for _ in range(count)]
    logs = [Appender(database, StoppedClock(), Bell()) for database in databases]
    yield [Desk(log, StoppedClock(), shared=database.shared, **more) for log, database in zip(logs, databases, strict=True)]
    for log, database in zip(logs, databases, strict=True):
        log.close()
        database.close()


def names(url: str, id: DivisionId) -> list[str]:
    database = Database.open(url)
    with database.reading() as connection:
        found = [record.event.name_en for record in reading.history(connection, id)]
    database.close()
    return found


def test_a_command_is_carried_out_and_remembered(database_url):
    id = DivisionId(uuid4())

    async def scene(desk):
        first = await desk.carry_out(request(establish(id)))
        second = await desk.carry_out(request(rename(id, 1)))
        return first, second

    with desks(database_url) as (desk,):
        assert asyncio.run(scene(desk)) == (Done(1, NOON, repeated=False), Done(2, NOON, repeated=False))
        assert desk._memory.recall([id])[id].version == 2


def test_a_new_desk_reads_what_it_needs(database_url):
    id = DivisionId(uuid4())
    with desks(database_url) as (desk,):
        asyncio.run(desk.carry_out(request(establish(id))))
    with desks(database_url) as (desk,):
        assert asyncio.run(desk.carry_out(request(rename(id, 1)))).position == 2
        with pytest.raises(NotFound):
            asyncio.run(desk.carry_out(request(rename(DivisionId(uuid4()), 1))))


def test_what_another_process_wrote_is_seen(postgres_url):
    id = DivisionId(uuid4())
    with desks(postgres_url, 2) as (here, there):
        asyncio.run(here.carry_out(request(establish(id))))
        asyncio.run(there.carry_out(request(rename(id, 1))))
        assert asyncio.run(here.carry_out(request(rename(id, 2)))).position == 3
        with pytest.raises(DivisionNameTooEarly):
            asyncio.run(there.carry_out(request(rename(id, 2))))
    assert names(postgres_url, id) == ["Yuzhong", "name 1", "name 2"]


def test_a_refusal_is_not_given_on_stale_knowledge(postgres_url):
    """What another process recorded may be what makes a command possible."""
    id = DivisionId(uuid4())

    def decide(it: Division, _: Act) -> DivisionRenamed:
        if it.since == START:
            raise DivisionNameTooEarly
        return it.rename("name 2", "名", START + timedelta(days=2))

    with desks(postgres_url, 2) as (here, there):
        asyncio.run(here.carry_out(request(establish(id))))
        asyncio.run(there.carry_out(request(rename(id, 1))))
        assert asyncio.run(here.carry_out(request(change(Division, id, decide)))).position == 3


def test_many_on_one_thing_all_get_their_turn(database_url):
    id = DivisionId(uuid4())

    async def scene(desk):
        await desk.carry_out(request(establish(id)))
        return await asyncio.gather(*(desk.carry_out(request(rename(id, day))) for day in range(1, 31)))

    with desks(database_url) as (desk,):
        assert [done.position for done in asyncio.run(scene(desk))] == list(range(2, 32))


def test_a_thing_that_others_keep_changing_is_given_up(postgres_url):
    """Before every attempt of one desk the other one changes the thing: the desk tries a few times, then says so."""
    id = DivisionId(uuid4())

    async def scene(here, there):
        await here.carry_out(request(establish(id)))
        append, day = here._log.append_all, iter(range(1, 20))

        async def interfered(submissions):
            await there.carry_out(request(rename(id, next(day))))
            return await append(submissions)

        here._log.append_all = interfered
        await here.carry_out(request(rename(id, 100)))

    with desks(postgres_url, 2) as (here, there), pytest.raises(TooBusy):
        asyncio.run(scene(here, there))
    assert names(postgres_url, id) == ["Yuzhong", "name 1", "name 2", "name 3", "name 4"]


def test_a_repeat_is_answered_with_the_first_result_even_if_refused_now(database_url):
    id = DivisionId(uuid4())
    begun, renamed = request(establish(id)), request(rename(id, 1))

    async def scene(desk):
        done = [await desk.carry_out(each) for each in (begun, renamed, begun, renamed, renamed)]
        return [(each.position, each.repeated) for each in done]

    with desks(database_url) as (desk,):
        assert asyncio.run(scene(desk)) == [(1, False), (2, False), (1, True), (2, True), (2, True)]


def test_a_command_id_means_one_command(database_url):
    id = DivisionId(uuid4())
    begun = request(establish(id))
    with desks(database_url) as (desk,):
        asyncio.run(desk.carry_out(begun))
        asyncio.run(desk.carry_out(request(rename(id, 5))))
        for other in (rename(id, 6), rename(id, 1)):  # one that would be carried out, and one that would be refused
            with pytest.raises(IdempotencyConflict):
                asyncio.run(desk.carry_out(request(other, command_id=begun.command_id)))
        with pytest.raises(IdempotencyConflict):
            asyncio.run(desk.carry_out(request(begun.command, command_id=begun.command_id, effective_at=NOON - timedelta(days=1))))


def test_expectations_and_times_are_checked(database_url):
    id = DivisionId(uuid4())
    with desks(database_url) as (desk,):
        asyncio.run(desk.carry_out(request(establish(id))))
        with pytest.raises(VersionConflict) as conflict:
            asyncio.run(desk.carry_out(request(rename(id, 1), expected_version=2)))
        assert conflict.value.current == 1
        assert asyncio.run(desk.carry_out(request(rename(id, 1), expected_version=1))).position == 2
        with pytest.raises(EffectiveInFuture):
            asyncio.run(desk.carry_out(request(rename(id, 2), effective_at=NOON + timedelta(seconds=1))))


def test_what_exists_cannot_begin_again(database_url):
    id = DivisionId(uuid4())
    with desks(database_url) as (desk,):
        asyncio.run(desk.carry_out(request(establish(id))))
        with pytest.raises(AlreadyExists):
            asyncio.run(desk.carry_out(request(establish(id, "500105"))))


def test_a_taken_key_is_refused_by_its_rule(database_url):
    with desks(database_url) as (desk,):
        asyncio.run(desk.carry_out(request(establish(DivisionId(uuid4())))))
        with pytest.raises(DivisionCodeTaken):
            asyncio.run(desk.carry_out(request(establish(DivisionId(uuid4())))))


def test_a_batch_is_answered_one_by_one_in_its_order(database_url):
    a, b = DivisionId(uuid4()), DivisionId(uuid4())
    begun = request(establish(a))
    batch = [
        begun,
        request(rename(a, 1)),
        request(rename(a, 1)),
        request(establish(b)),
        request(rename(a, 2)),
        request(rename(b, 1)),
        begun,
    ]
    with desks(database_url) as (desk,):
        answers = asyncio.run(desk.carry_out_in_order(batch))
    assert [each.position if isinstance(each, Done) else type(each) for each in answers] == [
        1,
        2,
        DivisionNameTooEarly,
        DivisionCodeTaken,
        3,
        NotFound,
        1,
    ]
    assert names(database_url, a) == ["Yuzhong", "name 1", "name 2"]


def test_a_batch_that_is_sent_again_changes_nothing(database_url):
    id = DivisionId(uuid4())
    batch = [request(establish(id)), *(request(rename(id, day)) for day in range(1, 20))]
    with desks(database_url) as (desk,):
        first = asyncio.run(desk.carry_out_in_order(batch[:10]))
        again = asyncio.run(desk.carry_out_in_order(batch))
    assert [each.position for each in first] == list(range(1, 11))
    assert [(each.position, each.repeated) for each in again] == [(n, n <= 10) for n in range(1, 21)]


def test_memory_is_bounded(sqlite_url):
    ids = [DivisionId(uuid4()) for _ in range(8)]

    async def scene(desk):
        for n, id in enumerate(ids):
            await desk.carry_out(request(establish(id, f"50010{n}")))
        await desk.carry_out(request(rename(ids[0], 1)))

    with desks(sqlite_url, memory=3) as (desk,):
        asyncio.run(scene(desk))
        assert set(desk._memory.recall(ids)) == {ids[6], ids[7], ids[0]}


def test_who_goes_away_leaves_no_wrong_memory(sqlite_url):
    """The caller is gone before the answer: the event stands, and the next command knows it."""
    id = DivisionId(uuid4())

    async def scene(desk):
        await desk.carry_out(request(establish(id)))
        append, handed_in = desk._log.append_all, asyncio.Event()

        async def watched(submissions):
            handed_in.set()
            return await append(submissions)

        desk._log.append_all = watched
        gone = asyncio.create_task(desk.carry_out(request(rename(id, 5))))
        await handed_in.wait()
        gone.cancel()
        await asyncio.wait([gone])
        await desk.carry_out(request(rename(id, 6)))

    with desks(sqlite_url) as (desk,):
        asyncio.run(scene(desk))
        assert desk._memory.recall([id])[id].version == 3
    assert names(sqlite_url, id) == ["Yuzhong", "name 5", "name 6"]


def test_a_fault_is_raised_and_forgotten(sqlite_url):
    id = DivisionId(uuid4())

    async def scene(desk):
        await desk.carry_out(request(establish(id)))
        await asyncio.to_thread(desk._log.close)
        await desk.carry_out(request(rename(id, 1)))

    with desks(sqlite_url) as (desk,):
        with pytest.raises(LogUnavailable):
            asyncio.run(scene(desk))
        assert desk._memory.recall([id]) == {}


def test_a_code_that_another_process_has_ended_is_refused(database_url):
    if database_url.startswith("sqlite"):
        pytest.skip("a file belongs to one process")
    place, station = DivisionId(uuid4()), OrganisationId("S-1")
    with desks(database_url, 2) as (here, there):
        asyncio.run(here.carry_out(request(establish(place))))
        asyncio.run(here.carry_out(request(found(station))))
        asyncio.run(here.carry_out(request(opened(station))))
        asyncio.run(there.carry_out(request(divisions.abolish(place, NOON.date()))))
        with pytest.raises(DivisionNotRegistered) as refused:
            asyncio.run(here.carry_out(request(opened(station))))
        assert refused.value.field == "division"
        asyncio.run(here.carry_out(request(opened(station), effective_at=NOON - timedelta(days=1))))


def test_a_code_may_be_registered_in_the_batch_that_names_it(database_url):
    place, station = DivisionId(uuid4()), OrganisationId("S-1")
    batch = [request(each) for each in (opened(station), establish(place), found(station), opened(station))]
    with desks(database_url) as (desk,):
        answers = asyncio.run(desk.carry_out_in_order(batch))
        assert [type(answer) for answer in answers] == [Done] * 4, "what came too early is decided anew, alone"
        assert [answer.position for answer in answers] == [6, 1, 2, 4]


def test_a_division_whose_code_was_claimed_in_vain_still_stands(database_url):
    """Also to a desk that has not heard of it before."""
    station = OrganisationId("S-1")

    async def scene(first, second):
        await first.carry_out(request(establish(DivisionId(uuid4()))))
        await first.carry_out(request(found(station)))
        with pytest.raises(DivisionCodeTaken):
            await second.carry_out(request(establish(DivisionId(uuid4()))))
        await second.carry_out(request(opened(station)))

    with desks(database_url) as (desk,):
        asyncio.run(scene(desk, Desk(desk._log, StoppedClock(), shared=False)))


class Overtaken(Appender):
    """Just after it has looked who holds a key, something else happens, once."""

    meanwhile = None

    async def holders(self, kind, prefix):
        found = await super().holders(kind, prefix)
        happens, self.meanwhile = self.meanwhile, None
        if happens is not None:
            await happens()
        return found


def test_a_list_that_is_activated_while_a_command_looks_for_it_counts_for_the_next(tmp_path):
    database = Database.open(f"sqlite:///{tmp_path}/log.sqlite")
    log = Overtaken(database, StoppedClock(), Bell())
    desk = Desk(log, StoppedClock(), shared=False)
    station, codes = OrganisationId("S-1"), CodeListId(uuid4())

    async def scene():
        await desk.carry_out(request(establish(DivisionId(uuid4()))))
        await desk.carry_out(request(found(station)))
        await desk.carry_out(request(code_lists.draft(codes, "types-1", CodeScope.ALARM_TYPE, (CodeEntry("THEFT", "Theft", "盗窃"),))))
        log.meanwhile = lambda: desk.carry_out(request(code_lists.activate(codes, NOON)))
        await desk.carry_out(request(opened(station, "BURGLARY")))
        with pytest.raises(CodeNotOnList):
            await desk.carry_out(request(opened(station, "BURGLARY")))

    asyncio.run(scene())
    log.close()
    database.close()
