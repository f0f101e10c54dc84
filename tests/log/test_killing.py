"""A writer is killed at random moments: what it acknowledged is there once, and sending all again changes nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys

from application.ports import Appended
from infrastructure.database import Database
from infrastructure.log import reading
from infrastructure.log.appender import Appender
from infrastructure.log.verify import verify
from infrastructure.log.waking import Bell
from tests.log.dying_writer import repeated
from tests.log.submissions import StoppedClock

DEATHS = 5


def test_a_killed_writer_loses_and_doubles_nothing(database_url):
    lines = [line for _ in range(DEATHS) for line in lived(database_url)]
    sent = {line.split()[1]: line for line in lines if line.startswith("sent")}
    done = {line.split()[1]: int(line.split()[2]) for line in lines if line.startswith("done")}
    assert len(done) > DEATHS * 20

    database = Database.open(database_url)
    log = Appender(database, StoppedClock(), Bell())
    with database.reading() as connection:
        assert list(verify(connection)) == []
        before = reading.head(connection)
    again = {id: log.append_now([repeated(line)])[0] for id, line in sent.items()}
    with database.reading() as connection:
        assert list(verify(connection)) == []
        added = reading.head(connection) - before
    log.close()
    database.close()

    assert all(isinstance(outcome, Appended) for outcome in again.values())
    assert all(again[id].repeated and again[id].last == last for id, last in done.items())
    assert added == sum(outcome.last - outcome.first + 1 for outcome in again.values() if not outcome.repeated)


def lived(url: str) -> list[str]:
    """What a writer said before it was killed, after a random number of lines."""
    environment = {**os.environ, "PYTHONPATH": os.getcwd()}  # noqa: PTH109 - as a child process needs it
    program = [sys.executable, "-m", "tests.log.dying_writer", url]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True, env=environment) as writer:  # noqa: S603 - our own program
        said = [writer.stdout.readline() for _ in range(random.randint(100, 400))]  # noqa: S311 - any moment will do
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.readlines()
    return [line for line in said if line.endswith("\n")]
