"""Fetch GraphiQL's files from npm packages, verified against the hashes that Strawberry ships: `python -m api.ide.install`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha384
from pathlib import Path
from tempfile import TemporaryDirectory

from strawberry.http.ides import get_graphql_ide_html

from api.ide.page import MISSING, STATIC

PATIENCE = 300
_FILE = re.compile(
    r'(?:src|href)="https://[^/"]+/(?P<package>(?:@[^/"]+/)?[^@/"]+)@(?P<version>[^/"]+)/(?P<path>[^"]+)"\s+integrity="sha384-(?P<hash>[^"]+)"'
)


class NotInstalled(Exception):  # noqa: N818 - it reads as the sentence that the page shows
    """Why GraphiQL is not here."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file of a package, and its SHA-384."""

    package: str
    version: str
    path: str
    hash: str

    @property
    def name(self) -> str:
        """Where it stands here: `graphiql/graphiql.min.js`."""
        return f"{self.package.removeprefix('@').replace('/', '-')}/{Path(self.path).name}"


def wanted() -> list[Wanted]:
    """The files that Strawberry's own page loads from elsewhere."""
    return [Wanted(**found.groupdict()) for found in _FILE.finditer(get_graphql_ide_html())]


def install(files: list[Wanted]) -> None:
    """All of them or none."""
    with TemporaryDirectory() as folder:
        _fetch(files, Path(folder))
        contents = {file: _verified(file, Path(folder)) for file in files}
    shutil.rmtree(STATIC, ignore_errors=True)
    for file, content in contents.items():
        target = STATIC / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _fetch(files: list[Wanted], folder: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise NotInstalled("there is no npm on this machine")
    packages = sorted({f"{file.package}@{file.version}" for file in files})
    command = [npm, "install", "--ignore-scripts", "--no-save", "--no-audit", "--no-fund", "--prefix", str(folder), *packages]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)  # noqa: S603 - fixed words and pinned names
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NotInstalled("npm could not fetch its packages") from error


def _verified(file: Wanted, folder: Path) -> bytes:
    try:
        content = (folder / "node_modules" / file.package / file.path).read_bytes()
    except FileNotFoundError as error:
        raise NotInstalled(f"{file.package} holds no {file.path}") from error
    if b64encode(sha384(content).digest()).decode() != file.hash:
        raise NotInstalled(f"{file.package}/{file.path} is not the file that was expected")
    return content


def main() -> None:
    """Says what became of it; the server runs without GraphiQL too."""
    files = wanted()
    try:
        install(files)
    except NotInstalled as why:
        STATIC.mkdir(parents=True, exist_ok=True)
        (STATIC / MISSING).write_text(f"{why}\n", encoding="utf-8")
        sys.stderr.write(f"GraphiQL is not installed: {why}. A small page takes its place.\n")
    else:
        sys.stdout.write(f"GraphiQL is installed: {len(files)} files.\n")


if __name__ == "__main__":
    main()
