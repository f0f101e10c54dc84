"""docs/integrate.md: what it says is done, block by block, against a running server."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from api.services import Exposure
from api.trusted import read_manifest
from tests import npm
from tests.api.serving import Client, served
from tests.live.breaking import breaking
from tests.live.test_subscriptions import raise_alarm

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "integrate.md"
BLOCK = re.compile(r"^```(?P<language>\w+)(?: (?P<file>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
SECONDS = 400
COUNT = "{ alarms { totalCount } }"


@dataclass(frozen=True)
class Block:
    language: str
    file: str | None
    text: str


def sections() -> dict[str, list[Block]]:
    """The blocks under each heading."""
    _, *parts = re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        part.partition("\n")[0]: [Block(found["language"], found["file"], found["text"]) for found in BLOCK.finditer(part)]
        for part in parts
    }


@pytest.fixture(scope="module")
def officer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("integrate")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        yield running.client("arc")


@contextmanager
def followed(section: str, client: Client) -> Iterator[Path]:
    """Do what a section says, in a folder that keeps what was installed for the next time, and that nobody else is in."""
    folder = npm.CACHE.with_name("tocsin-integrate") / re.sub(r"\W+", "-", section)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for block in sections()[section]:
            if block.file is not None:
                (folder / block.file).write_text(block.text, encoding="utf-8")
            else:
                run(block.text, folder, client)
        yield folder


def run(script: str, folder: Path, client: Client) -> None:
    found = {"TOCSIN": str(ROOT), "TOCSIN_URL": f"{client.address}/graphql", "TOCSIN_TOKEN": client.token}
    command = [str(shutil.which("bash")), "-euo", "pipefail", "-c", script]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | found
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603 - our own page
    if done.returncode != 0 and " install " in script and os.environ.get("CI") != "true":
        pytest.skip(f"NO PACKAGES: part of docs/integrate.md goes untested: {done.stderr[-500:]}")
    assert done.returncode == 0, (done.stdout + done.stderr)[-3_000:]


def needed(*programs: str) -> None:
    missing = [program for program in programs if shutil.which(program) is None]
    if missing and os.environ.get("CI") == "true":
        pytest.fail(f"{', '.join(missing)} is missing")
    if missing:
        pytest.skip(f"NO {', '.join(missing).upper()}: part of docs/integrate.md goes untested")


def alarms(client: Client) -> int:
    return int(client.ask(COUNT)["alarms"]["totalCount"])


def test_from_a_shell(officer: Client) -> None:
    needed("curl")
    before = alarms(officer)
    with followed("From a shell", officer):
        assert alarms(officer) == before + 2, "one by a report, one by a device"


def test_from_python(officer: Client) -> None:
    before = alarms(officer)
    with followed("From Python, with gql", officer):
        assert alarms(officer) == before + 1


def test_from_python_with_a_generated_client_over_a_line_that_breaks(officer: Client) -> None:
    for _ in range(20):
        raise_alarm(officer)
    with (
        breaking(officer.address) as line,
        followed("From Python, with a generated client", replace(officer, address=line)) as folder,
    ):
        heard = [int(told.partition(" ")[0]) for told in (folder / "heard.txt").read_text().splitlines()]
    assert officer.ask("{ cases { totalCount } }")["cases"]["totalCount"] == 1
    assert heard == list(range(1, len(heard) + 1))
    assert len(heard) > 40


def test_from_typescript_and_with_trusted_documents(officer: Client, tmp_path: Path) -> None:
    needed("node", "npm")
    before = alarms(officer)
    with followed("From TypeScript, with graphql-codegen and urql", officer) as folder:
        assert alarms(officer) == before + 1
        exposure = Exposure(hardened=True, documents=read_manifest(folder / "gql" / "persisted-documents.json"), trusted_only=True)
        with served(f"sqlite:///{tmp_path / 'city.sqlite'}", tmp_path, exposure=exposure) as strict:
            ours = strict.client("board")
            (block,) = sections()["Trusted documents from TypeScript"]
            run(block.text, folder, ours)
            assert ours.error(COUNT)["extensions"]["code"] == "DOCUMENT_NOT_TRUSTED"


def test_no_block_of_the_page_is_left_out() -> None:
    blocks = [block for part in sections().values() for block in part]
    assert len(sections()) == 5
    assert all(block.file is not None or block.language == "sh" for block in blocks)
