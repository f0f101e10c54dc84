"""Appending to the log and reading it back, on both databases."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from application.ports import Appended, CommandReused, Key, KeyTaken, Submission, VersionMoved
from domain.events import Event, Recorded
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.log.append import append
from tests.log.submissions import NOON, renamed, submission


def appended(database: Database, *submissions: Submission, now: datetime = NOON, inline=None):
    with database.writing() as connection:
        return append(connection, submissions, now, inline)


def log(database: Database):
    with database.reading() as connection:
        return list(reading.records(reading.read(connection, 0, 1_000)))


def whole(record: Recorded[Event]) -> list[object]:
    """All that a record says, whoever says it."""
    return [getattr(record, each.name) for each in fields(Recorded)]


def test_what_is_appended_is_read_back_in_order(database):
    a, b = uuid4(), uuid4()
    first, second = submission((a, 1), (b, 1)), submission((a, 2), device_at=NOON, causation=1, correlation=b)
    assert appended(database, first, second) == [Appended(1, 2, NOON), Appended(3, 3, NOON)]
    records = log(database)
    assert [(r.position, r.originator_id, r.version, r.event) for r in records] == [
        (1, a, 1, renamed("name 1")),
        (2, b, 1, renamed("name 1")),
        (3, a, 2, renamed("name 2")),
    ]
    assert (records[0].correlation, records[0].device_at) == (first.command_id, None)
    assert (records[2].correlation, records[2].device_at, records[2].causation) == (b, NOON, 1)


def test_a_loser_fails_alone(database):
    a, b = uuid4(), uuid4()
    appended(database, submission((a, 1)))
    assert appended(database, submission((b, 1)), submission((a, 1)), submission((b, 2))) == [
        Appended(2, 2, NOON),
        VersionMoved(a, 1),
        Appended(3, 3, NOON),
    ]


def test_what_was_looked_at_must_still_hold(database):
    a, b = uuid4(), uuid4()
    appended(database, submission((a, 1)))
    assert appended(database, submission((b, 1), seen=((a, 1),))) == [Appended(2, 2, NOON)]
    assert appended(database, submission((b, 2), seen=((a, 2),))) == [VersionMoved(a, 1)]


@pytest.mark.parametrize("together", [True, False])
def test_a_repeat_is_answered_with_the_first_result(database, together):
    once = submission((uuid4(), 1))
    other = submission((uuid4(), 1), command_id=once.command_id, content=b"another")
    if together:
        outcomes = appended(database, once, once, other)
    else:
        outcomes = [appended(database, each, now=NOON + timedelta(seconds=n))[0] for n, each in enumerate((once, once, other))]
    assert outcomes == [Appended(1, 1, NOON), Appended(1, 1, NOON, repeated=True), CommandReused()]
    assert len(log(database)) == 1


def test_the_first_claimant_of_a_key_wins(database):
    a, b, key = uuid4(), uuid4(), Key("case-number", "S1/1")
    mine, other = submission((a, 1), claims=((key, a),)), submission((b, 1), claims=((key, b),))
    assert appended(database, mine, other) == [Appended(1, 1, NOON), KeyTaken(key, a)]
    assert appended(database, other) == [KeyTaken(key, a)]
    assert appended(database, submission((a, 2), releases=(a,)), other) == [Appended(2, 2, NOON), Appended(3, 3, NOON)]
    assert appended(database, submission((b, 2), claims=((key, b),))) == [Appended(4, 4, NOON)]


def test_a_command_may_hand_a_key_over(database):
    a, b, key = uuid4(), uuid4(), Key("active-order", "U1")
    appended(database, submission((a, 1), claims=((key, a),)))
    assert appended(database, submission((a, 2), (b, 1), releases=(a,), claims=((key, b),))) == [Appended(2, 3, NOON)]
    assert appended(database, submission((a, 3), claims=((key, a),))) == [KeyTaken(key, b)]


def test_a_key_may_pass_from_one_to_the_next_within_a_batch(database):
    a, b, key = uuid4(), uuid4(), Key("active-order", "U1")
    mine, given_up = submission((a, 1), claims=((key, a),)), submission((a, 2), releases=(a,))
    assert appended(database, mine, given_up, submission((b, 1), claims=((key, b),))) == [Appended(n, n, NOON) for n in (1, 2, 3)]
    assert appended(database, submission((a, 3), claims=((key, a),))) == [KeyTaken(key, b)]
    assert appended(database, submission((b, 2), releases=(b,)), submission((b, 3), claims=((key, b),))) == [
        Appended(4, 4, NOON),
        Appended(5, 5, NOON),
    ]
    assert appended(database, submission((a, 3), claims=((key, a),))) == [KeyTaken(key, b)]


def test_a_key_that_a_batch_claims_and_gives_up_is_still_somebody_elses(database):
    holder, other, key = uuid4(), uuid4(), Key("active-order", "U1")
    appended(database, submission((holder, 1), claims=((key, holder),)))
    claimed, given_up = submission((other, 1), claims=((key, other),)), submission((other, 2), releases=(other,))
    assert appended(database, claimed, given_up) == [KeyTaken(key, holder), VersionMoved(other, 0)]
    assert appended(database, submission((other, 1), claims=((key, other),))) == [KeyTaken(key, holder)]


def test_a_command_that_records_nothing_is_still_known(database):
    appended(database, submission((uuid4(), 1)))
    nothing = submission()
    assert appended(database, nothing) == [Appended(2, 1, NOON)]
    assert appended(database, nothing) == [Appended(2, 1, NOON, repeated=True)]


def test_time_never_goes_back(database):
    a = uuid4()
    appended(database, submission((a, 1)))
    assert appended(database, submission((a, 2)), now=NOON - timedelta(hours=1)) == [Appended(2, 2, NOON)]
    assert appended(database, submission((a, 3)), now=NOON + timedelta(hours=1)) == [Appended(3, 3, NOON + timedelta(hours=1))]
    with database.reading() as connection:
        places = [reading.position_at(connection, NOON + timedelta(minutes=m)) for m in (-1, 0, 59, 60, 90)]
    assert places == [0, 2, 2, 3, 3]


def test_inline_views_see_the_winners_once(database):
    a, seen = uuid4(), []
    batch = [submission((a, 1)), submission((a, 1)), submission((a, 2))]
    appended(database, *batch, inline=lambda _, records: seen.append(list(map(whole, records))))
    assert seen == [list(map(whole, log(database)))]


def test_what_a_rollback_forgets_is_prepared_anew(postgres_url):
    """psycopg drops everything prepared on a connection that rolls back, ours too."""
    database = Database.open(postgres_url)
    connection = database.own_connection()
    for thing in (uuid4(), uuid4()):
        for _ in range(10):  # so often that psycopg prepares something itself
            connection.exec_driver_sql("SELECT 1")
        append(connection, [submission((thing, 1))], NOON, None)
        connection.rollback()
    assert append(connection, [submission((uuid4(), 1))], NOON, None) == [Appended(1, 1, NOON)]
    connection.commit()
    connection.close()
    database.close()
