"""Officers and their tokens."""

from __future__ import annotations

from pathlib import Path

import pytest

from application.identity import Principal, ReaderChangesNothing, Role
from domain.ids import OfficerId, OrganisationId
from infrastructure.identity import OfficersFile, OfficersUnreadable, add_officer

ZHANG, CITY = OfficerId("zhang"), OrganisationId("CQ-110")


def test_a_token_tells_who_is_asking(tmp_path: Path) -> None:
    token = add_officer(tmp_path / "officers.json", ZHANG, CITY, Role.DISPATCHER)
    assert OfficersFile(tmp_path / "officers.json").principal(token) == Principal(ZHANG, CITY, Role.DISPATCHER)


def test_the_file_holds_no_token_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "officers.json"
    token = add_officer(path, ZHANG, CITY, Role.DISPATCHER)
    assert token not in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0


def test_a_token_of_nobody_is_nobody(tmp_path: Path) -> None:
    path = tmp_path / "officers.json"
    officers = OfficersFile(path)
    assert officers.principal("guess") is None
    token = add_officer(path, ZHANG, CITY, Role.READER)
    assert officers.principal(token) is not None, "a new officer is known without a restart"
    assert officers.principal("guess") is None


def test_officers_keep_their_tokens_when_others_come(tmp_path: Path) -> None:
    path = tmp_path / "officers.json"
    first = add_officer(path, ZHANG, CITY, Role.DISPATCHER)
    add_officer(path, OfficerId("li"), CITY, Role.SUPERVISOR)
    assert OfficersFile(path).principal(first) == Principal(ZHANG, CITY, Role.DISPATCHER)


def test_a_broken_file_is_said_to_be_broken(tmp_path: Path) -> None:
    path = tmp_path / "officers.json"
    path.write_text('[{"officer": "zhang"}]', encoding="utf-8")
    with pytest.raises(OfficersUnreadable, match=r"officers\.json"):
        OfficersFile(path).principal("guess")


def test_a_reader_changes_nothing() -> None:
    with pytest.raises(ReaderChangesNothing):
        Principal(ZHANG, CITY, Role.READER).insist_on_writing()
