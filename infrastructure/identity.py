"""Officers and their tokens, in a file that holds only the tokens' digests."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from tempfile import NamedTemporaryFile

from application.identity import Principal, Role
from domain.ids import OfficerId, OrganisationId

TOKEN_BYTES = 32
"""256 random bits: a plain digest is enough, for there is nothing to guess."""


class OfficersUnreadable(Exception):  # noqa: N818 - named for what is wrong
    """The officers' file is not what `tocsin officer add` writes."""


@dataclass(frozen=True, slots=True)
class _Stamp:
    changed: int
    size: int
    inode: int


class OfficersFile:
    """Whose token it is. The file is read again when it changes, so that a new officer needs no restart."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stamp: _Stamp | None = None
        self._principals: dict[str, Principal] = {}

    def principal(self, token: str) -> Principal | None:
        self._refresh()
        return self._principals.get(_digest(token))

    def _refresh(self) -> None:
        stamp = _stamp(self._path)
        if stamp != self._stamp:
            self._principals = _read(self._path)
            self._stamp = stamp


def add_officer(path: Path, officer: OfficerId, organisation: OrganisationId, role: Role) -> str:
    """Write an officer down and answer with the token, which nobody can ask for again. An officer may have several."""
    principals = _read(path)
    token = token_urlsafe(TOKEN_BYTES)
    principals[_digest(token)] = Principal(officer, organisation, role)
    _write(path, principals)
    return token


def _digest(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _stamp(path: Path) -> _Stamp | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    return _Stamp(status.st_mtime_ns, status.st_size, status.st_ino)


def _read(path: Path) -> dict[str, Principal]:
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return {
            row["token_sha256"]: Principal(OfficerId(row["officer"]), OrganisationId(row["organisation"]), Role(row["role"]))
            for row in rows
        }
    except FileNotFoundError:
        return {}
    except (ValueError, TypeError, KeyError) as error:
        raise OfficersUnreadable(f"{path.name}: {error}") from error


def _write(path: Path, principals: dict[str, Principal]) -> None:
    """All or nothing, and readable by its owner alone."""
    rows = [
        {"officer": who.officer, "organisation": who.organisation, "role": who.role, "token_sha256": digest}
        for digest, who in principals.items()
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=path.name, delete=False, encoding="utf-8") as file:
        json.dump(rows, file, ensure_ascii=False, indent=2)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
