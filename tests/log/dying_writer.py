"""A process that writes to the log until it is killed: it says of each command, once acknowledged, where it stands."""

from __future__ import annotations

import asyncio
import sys
from uuid import UUID, uuid4

from application.ports import Appended, Submission
from infrastructure.database import Database
from infrastructure.log.appender import Appender
from infrastructure.log.waking import Bell
from tests.log.submissions import StoppedClock, submission


async def write(log: Appender, lines: int) -> None:
    """Several submitters, each sending its command before it asks for it, and again now and then."""

    async def submitter() -> None:
        while True:
            thing = uuid4()
            for command in (submission((thing, 1), (thing, 2)), submission((thing, 3))):
                say("sent", command, 0)
                outcome = await log.append(command)
                assert isinstance(outcome, Appended)
                say("done", command, outcome.last)

    await asyncio.gather(*(submitter() for _ in range(lines)))


def say(word: str, command: Submission, last: int) -> None:
    things = ",".join(str(entry.originator_id) for entry in command.entries)
    versions = ",".join(str(entry.version) for entry in command.entries)
    sys.stdout.write(f"{word} {command.command_id} {last} {things} {versions}\n")
    sys.stdout.flush()


def repeated(line: str) -> Submission:
    """The command of which the line speaks, to be sent again."""
    _, command, _, things, versions = line.split()
    entries = zip(things.split(","), versions.split(","), strict=True)
    return submission(*((UUID(thing), int(version)) for thing, version in entries), command_id=UUID(command))


if __name__ == "__main__":
    database = Database.open(sys.argv[1])
    asyncio.run(write(Appender(database, StoppedClock(), Bell()), lines=8))
