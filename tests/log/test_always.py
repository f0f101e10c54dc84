"""Whatever is submitted, in whatever order and by however many at once: what must always hold of the log."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.ports import Appended, CommandReused, Key, KeyTaken, Submission, VersionMoved
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.log.appender import Appender
from infrastructure.log.judging import Standing, expect, judge
from infrastructure.log.verify import verify
from infrastructure.log.waking import Bell
from tests.databases import postgres_database
from tests.log.submissions import NOON, StoppedClock, submission

THINGS = [UUID(int=n) for n in range(1, 5)]
KEYS = [Key("kind", name) for name in "ab"]


@st.composite
def submissions(draw) -> Submission:
    """Few things, few keys and few command ids, so that they get into each other's way."""
    things = draw(st.lists(st.sampled_from(THINGS), max_size=3))
    base = draw(st.dictionaries(st.sampled_from(THINGS), st.integers(0, 3)))
    entries = [(thing, base.get(thing, 0) + things[:n].count(thing) + 1) for n, thing in enumerate(things)]
    return submission(
        *entries,
        command_id=UUID(int=draw(st.integers(100, 130))),
        content=draw(st.sampled_from([b"one", b"one", b"one", b"two"])),
        seen=tuple(draw(st.dictionaries(st.sampled_from(THINGS), st.integers(0, 3), max_size=1)).items()),
        claims=tuple((key, things[0]) for key in draw(st.sets(st.sampled_from(KEYS), max_size=1)) if things),
        releases=tuple(draw(st.sets(st.sampled_from(THINGS), max_size=1))),
    )


BATCHES = st.lists(st.lists(submissions(), min_size=1, max_size=5), min_size=1, max_size=5)


class Model:
    """The log as it is meant, in a few lines: one command after the other, no batches, no database."""

    def __init__(self) -> None:
        self.head = 0
        self.versions = Counter()
        self.commands = {}
        self.holders = {}

    def append(self, command: Submission):
        if command.command_id in self.commands:
            content, first = self.commands[command.command_id]
            return Appended(first.first, first.last, NOON, repeated=True) if content == command.content else CommandReused()
        for thing, version in [*self._before(command), *command.seen]:
            if self.versions[thing] != version:
                return VersionMoved(thing, self.versions[thing])
        for key, holder in command.claims:
            present = self.holders.get(key, holder)
            if present not in (holder, *command.releases):
                return KeyTaken(key, present)
        return self._record(command)

    def _before(self, command: Submission):
        firsts = {}
        for entry in command.entries:
            firsts.setdefault(entry.originator_id, entry.version - 1)
        return firsts.items()

    def _record(self, command: Submission) -> Appended:
        self.holders = {key: holder for key, holder in self.holders.items() if holder not in command.releases} | dict(command.claims)
        self.versions.update(entry.originator_id for entry in command.entries)
        done = Appended(self.head + 1, self.head + len(command.entries), NOON)
        self.head = done.last
        self.commands[command.command_id] = command.content, done
        return done


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def fresh(request):
    """An empty log for each example."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            template, folder = request.getfixturevalue("sqlite_template"), Path(stack.enter_context(TemporaryDirectory()))

            def opened() -> Database:
                for left in folder.iterdir():
                    left.unlink()
                return Database.open(f"sqlite:///{shutil.copy(template, folder / 'city.sqlite')}")
        else:
            url = stack.enter_context(postgres_database(request.getfixturevalue("postgres_server")))

            def opened() -> Database:
                database = Database.open(url)
                with database.writing() as connection:
                    connection.exec_driver_sql("TRUNCATE events, commands, keys")
                return database

        yield opened


def exhausting(examples: int):
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


@exhausting(40)
@given(BATCHES)
def test_every_command_is_answered_as_if_it_were_alone(fresh, batches):
    """Batches are quicker, and nothing else: each is answered as the model answers it."""
    database, model = fresh(), Model()
    log = Appender(database, StoppedClock(), Bell())
    for batch in batches:
        assert log.append_now(batch) == [model.append(command) for command in batch]
    log.close()
    with database.reading() as connection:
        assert list(verify(connection)) == []
        assert reading.head(connection) == model.head
        held = connection.exec_driver_sql("SELECT kind, name, holder FROM keys").fetchall()
    database.close()
    assert {Key(kind, name): UUID(str(holder)) for kind, name, holder in held} == model.holders


@exhausting(100)
@given(BATCHES)
def test_what_is_expected_to_be_let_in_is_let_in(batches):
    """The short way of PostgreSQL must never let in what a close look would refuse."""
    for batch in batches:
        expected = expect(batch)
        if expected is not None:
            versions = dict.fromkeys(THINGS, 0) | expected.versions
            fates, winners = judge(batch, Standing(head=0, versions=versions, commands={}, holders={}))
            assert winners.submissions == batch
            assert winners == expected.winners
            assert len(fates) == len(batch)


@exhausting(15)
@given(st.integers(0, 2**32))
def test_many_at_once_leave_a_sound_log(fresh, seed):
    """Two writers where the database allows it, conflicts, repeats, keys, and a clock that jumps about."""
    random, database = Random(seed), fresh()  # noqa: S311 - any moment will do
    clock = StoppedClock()
    others = [database, Database.open(database.address.render_as_string(hide_password=False))] if database.shared else [database]
    logs = [Appender(each, clock, Bell()) for each in others]
    commands = [submission((random.choice(THINGS), random.randint(1, 6)), command_id=UUID(int=random.randint(100, 140))) for _ in range(60)]
    claimed = [submission((UUID(int=n), 1), claims=((KEYS[0], UUID(int=n)),)) for n in range(50, 60)]

    async def one(command: Submission):
        clock.moment = NOON + timedelta(seconds=random.randint(-60, 60))
        return command, await random.choice(logs).append(command)

    async def all_at_once():
        return await asyncio.gather(*(one(command) for command in random.sample([*commands, *claimed], 70)))

    answers = asyncio.run(all_at_once())
    for log in logs:
        log.close()
    with database.reading() as connection:
        assert list(verify(connection)) == []
        records = list(reading.records(reading.read(connection, 0, 1_000)))
    for each in others:
        each.close()
    first = [outcome for _, outcome in answers if isinstance(outcome, Appended) and not outcome.repeated]
    assert sum(each.last - each.first + 1 for each in first) == len(records)
    assert sum(isinstance(outcome, Appended) for command, outcome in answers if command in claimed) == 1
    assert [each.recorded_at for each in records] == sorted(each.recorded_at for each in records)
