"""The views of a log that is being filled, worked out beside it in a process of their own: on two cores at once."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from datetime import tzinfo
from threading import Event, Thread
from typing import IO
from zoneinfo import ZoneInfo

from infrastructure.database import Database
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.rebuilding import rebuild

FULL = "full"
"""What the other process is told once the log is full."""
DONE = "done"
Finish = Callable[[Callable[[int], None]], None]
"""The log is full: wait until the views show all of it; what is given is told how far they are."""


class ViewsUnfinished(Exception):  # noqa: N818 - it reads as the sentence that the operator is shown
    """The views could not be worked out; `tocsin rebuild` works them out anew."""


@contextmanager
def followed(database: Database, url: str, zone: tzinfo) -> Generator[Finish]:
    """All views of this database are worked out anew while its log is filled by us."""
    lent = database.lend()
    process = subprocess.Popen(  # noqa: S603 - our own words
        [sys.executable, "-m", __spec__.name],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        pass_fds=[] if lent is None else [lent],
    )
    try:
        # Not by its arguments, for an address may hold a password.
        _say(process, json.dumps({"url": url, "zone": str(zone), "lent": lent}))
        yield lambda advance: _finish(process, advance)
    finally:
        process.communicate()  # whoever follows learns from its closed input that we have gone


def _say(process: subprocess.Popen[str], line: str) -> None:
    assert process.stdin is not None  # noqa: S101 - it was asked for
    try:
        print(line, file=process.stdin, flush=True)
    except BrokenPipeError as fault:
        raise ViewsUnfinished from fault


def _finish(process: subprocess.Popen[str], advance: Callable[[int], None]) -> None:
    _say(process, FULL)
    assert process.stdout is not None  # noqa: S101 - it was asked for
    for line in map(str.strip, process.stdout):
        if line == DONE:
            return
        advance(int(line))
    raise ViewsUnfinished


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _listen(told: IO[str], full: Event, gone: Event) -> None:
    (full if told.readline().strip() == FULL else gone).set()


def _follow() -> None:
    """In the process of its own. Nobody listens to its progress before the log is full."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us hears it too, and goes
    chosen = json.loads(sys.stdin.readline())
    full, gone = Event(), Event()
    Thread(target=_listen, args=(sys.stdin, full, gone), daemon=True).start()

    def growing() -> bool:
        if gone.is_set():
            sys.exit("nobody waits for the views any more")
        return not full.is_set()

    def progress(position: int, _end: int, _speed: float) -> None:
        if full.is_set():
            _tell(str(position))

    with closing(Database.open(chosen["url"], lent=chosen["lent"])) as database:
        rebuild(database, catalogue(ZoneInfo(chosen["zone"])), progress, growing)
    _tell(DONE)


if __name__ == "__main__":
    _follow()
