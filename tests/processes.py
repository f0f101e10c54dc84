"""`tocsin` as processes of their own, which may be killed. They are forked from one that has imported everything: a start of a
second that would take four, in a hundred places. That the command starts by itself is seen in tests/cli, tests/demo and test_readme.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.connection import Connection

STDOUT, STDERR = 1, 2
_FORKING = get_context("forkserver")
_FORKING.set_forkserver_preload(["tests.imported"])


class Tocsin:
    """`tocsin` with these words; what it says is read line by line."""

    def __init__(self, *words: str, environment: Mapping[str, str]) -> None:
        said, saying = _FORKING.Pipe(duplex=False)
        self._process = _FORKING.Process(target=_run, args=(words, {**os.environ, **environment}, saying), daemon=True)
        self._process.start()
        saying.close()
        self._said = os.fdopen(os.dup(said.fileno()), encoding="utf-8")
        said.close()

    def line(self) -> str:
        return self._said.readline()

    def kill(self) -> None:
        """Without leave."""
        self._process.kill()
        self.wait()

    def terminate(self) -> None:
        """It may take leave."""
        self._process.terminate()

    def wait(self, patience: float = 60) -> None:
        self._process.join(patience)
        assert self._process.exitcode is not None, "it is still there"
        self._said.close()


def _run(words: tuple[str, ...], environment: Mapping[str, str], saying: Connection) -> None:
    from api.cli import main  # noqa: PLC0415 - here, where it is there already

    os.environ.clear()
    os.environ.update(environment)
    os.dup2(saying.fileno(), STDOUT)
    os.dup2(os.open(os.devnull, os.O_WRONLY), STDERR)
    sys.argv = ["tocsin", *words]
    main()
