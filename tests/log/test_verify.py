"""A log that was tampered with is found out."""

from __future__ import annotations

from uuid import uuid4

import pytest

from infrastructure.log.append import append
from infrastructure.log.verify import verify
from tests.log.submissions import NOON, submission

A, B = uuid4(), uuid4()


@pytest.fixture
def log(database):
    with database.writing() as connection:
        append(connection, [submission((A, 1), (A, 2)), submission((B, 1)), submission((A, 3)), submission()], NOON, None)
    return database


def findings(database) -> set[str]:
    with database.reading() as connection:
        return {finding.check for finding in verify(connection)}


def test_a_sound_log_has_no_findings(log):
    assert findings(log) == set()


@pytest.mark.parametrize(
    ("tampering", "check"),
    [
        ("DELETE FROM events WHERE position = 3", "positions"),
        ("DELETE FROM events WHERE position = 4", "commands"),
        ("UPDATE events SET originator_version = 7 WHERE position = 4", "versions"),
        ("UPDATE events SET originator_version = originator_version + 10 WHERE position < 3", "versions"),
        ("UPDATE events SET recorded_at = recorded_at + 1 WHERE position = 2", "times"),
        ("UPDATE commands SET last = last + 1 WHERE first = 3", "commands"),
        ("UPDATE commands SET last = last + 1 WHERE last < first", "commands"),
        ("DELETE FROM commands WHERE first = 1", "commands"),
        ("UPDATE events SET type = 'Forgotten' WHERE position = 1", "events"),
        ("UPDATE events SET data = 'x' WHERE position = 1", "events"),
    ],
)
def test_tampering_is_found(log, tampering, check):
    with log.writing() as connection:
        connection.exec_driver_sql(tampering)
    assert check in findings(log)


def test_progress_is_told(log):
    heard = []
    with log.reading() as connection:
        list(verify(connection, progress=heard.append))
    assert heard == [4]
