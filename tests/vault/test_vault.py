"""The vault on both databases, and the one form of phone and identity numbers."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.main import assemble, bring_up_to_date
from application.casework import persons
from application.casework.vault import VaultIsClosed, erase, keep
from application.commands import Command
from application.requests import Request
from domain.casework.details import IdentityNumberMalformed, check_digit, details, written_identity_number, written_phone
from domain.casework.events import ErasureGround
from domain.ids import CommandId, OfficerId, OrganisationId, PersonId
from infrastructure.database import Database
from infrastructure.settings import Settings
from tests.projections.contents import ALL


@pytest.mark.parametrize("database", ["sqlite_url", "postgres_url"])
def test_details_outlive_a_rotation_and_not_an_erasure(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url = request.getfixturevalue(database)
    opened = Database.open(url)
    bring_up_to_date(opened, ALL)
    opened.close()
    asyncio.run(_lived(url, tmp_path / "vault-key.json"))


async def _lived(url: str, key: Path) -> None:
    async with assemble(Settings(database=url, vault_key=key), working=False) as tocsin:
        person, known = PersonId(uuid4()), details("Li Lei", "13812345678", None)
        register = _request(persons.register_person(person, "Li Lei", "13812345678"))
        with pytest.raises(VaultIsClosed):
            await keep(tocsin.desk, tocsin.vault, register, person, known)
        assert tocsin.vault.create()
        assert not tocsin.vault.create()
        await keep(tocsin.desk, tocsin.vault, register, person, known)
        assert tocsin.vault.rotate() == 1
        assert await tocsin.vault.details(person) == known
        ended = _request(persons.erase(person, ErasureGround.COURT_ORDER, "2026-17"))
        await erase(tocsin.desk, tocsin.vault, ended, person)
        assert (await tocsin.vault.details(person)).values == {}
        assert tocsin.vault.rotate() == 0


def _request(command: Command) -> Request:
    return Request(command=command, command_id=CommandId(uuid4()), by=OfficerId("li"), organisation=OrganisationId("CQ"))


@settings(max_examples=100)
@given(st.from_regex(r"[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|1[0-9]|2[0-8])[0-9]{3}", fullmatch=True), st.integers(0, 16))
def test_one_wrong_digit_is_always_found(digits: str, place: int) -> None:
    number = digits + check_digit(digits)
    assert written_identity_number(number.lower()) == number
    wrong = str((int(number[place]) + 1) % 10)
    with pytest.raises(IdentityNumberMalformed):
        written_identity_number(number[:place] + wrong + number[place + 1 :])


@settings(max_examples=100)
@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_phone_number_has_one_form(number: str) -> None:
    forms = [number, f"+86 {number}", f"0086-{number}", f"{number[:3]} {number[3:7]}-{number[7:]}", f"+86{number}"]
    assert {written_phone(each) for each in forms} == {f"+86{number}"}
