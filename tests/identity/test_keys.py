"""API keys: what they say of their bearer, and that a revoked one is at once nobody's, in every process."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest

from api.main import Tocsin, assemble
from application.commands import Command
from application.identity import OWNER, Role
from application.jurisdiction import api_keys
from application.requests import Request
from domain.ids import ApiKeyId, CommandId, OrganisationId, uuid7
from domain.jurisdiction.api_key import (
    KeyDigestMalformed,
    KeyDoesNothing,
    KeyIsRevoked,
    KeyLivesTooLong,
    KeyPrefixMalformed,
    KeyReachesNowhere,
)
from domain.jurisdiction.events import KeyAction
from domain.rules import Rejected
from infrastructure.database import Database
from infrastructure.identity.keys import ApiKeys, NewKey, new_key
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.settings import Settings
from tests.identity.provider import NOW, Watch

STATION = OrganisationId("CQ-YZ-01")


@contextmanager
def office(url: str, watch: Watch) -> Iterator[Tocsin]:
    settings = Settings(database=url)
    database = Database.open(url)
    install(database, catalogue(settings.zone))
    database.close()
    tocsin = assemble(settings, watch, working=False)
    try:
        yield tocsin
    finally:
        tocsin.log.close()
        tocsin.database.close()


def issue(made: NewKey, **other: object) -> Command:
    usual = {"key": ApiKeyId(uuid7(NOW)), "label": "ARC", "organisations": (STATION,), "actions": (KeyAction.INTAKE, KeyAction.READ)}
    given = usual | {"prefix": made.prefix, "digest": made.digest, "expires_at": NOW + timedelta(days=30)} | other
    return api_keys.issue(**given)  # type: ignore[arg-type]  # each word fits its parameter


async def do(tocsin: Tocsin, command: Command) -> None:
    await tocsin.desk.carry_out(Request(command=command, command_id=CommandId(uuid4()), by=OWNER.officer, organisation=OWNER.organisation))


def test_a_key_is_good_where_and_for_what_it_was_issued_until_it_expires(database_url: str):
    watch, made = Watch(), new_key()

    async def story(tocsin: Tocsin) -> None:
        assert await tocsin.identity.principal(made.text) is None
        await do(tocsin, issue(made))
        found = await tocsin.identity.principal(made.text)
        assert found is not None
        assert (found.role, found.reach, found.actions) == (Role.INTEGRATION, (STATION,), {KeyAction.INTAKE, KeyAction.READ})
        assert await tocsin.identity.principal(f"tocsin_{made.prefix}_{'A' * 43}") is None
        assert await tocsin.identity.principal(made.text[:-1]) is None
        watch.time = NOW + timedelta(days=30)
        assert await tocsin.identity.principal(made.text) is None

    with office(database_url, watch) as tocsin:
        asyncio.run(story(tocsin))


def test_revocation_takes_effect_at_once_in_every_process(postgres_url: str):
    watch, made = Watch(), new_key()
    command = issue(made)

    async def story(one: Tocsin, other: ApiKeys) -> None:
        await do(one, command)
        assert await other.principal(made.text) is not None
        await do(one, api_keys.revoke(ApiKeyId(command.subject), "lost"))
        assert await other.principal(made.text) is None
        with pytest.raises(KeyIsRevoked):
            await do(one, api_keys.revoke(ApiKeyId(command.subject), "lost again"))

    with office(postgres_url, watch) as one, office(postgres_url, watch) as other:
        asyncio.run(story(one, other.keys))


def test_the_last_use_is_noted_beside_the_log(database_url: str):
    watch, made = Watch(), new_key()
    command = issue(made)

    async def story(tocsin: Tocsin) -> int:
        await do(tocsin, command)
        head = await tocsin.feed.head()
        for minute in range(3):
            watch.time = NOW + timedelta(minutes=minute)
            await tocsin.identity.principal(made.text)
        tocsin.keys.write_uses()
        assert tocsin.keys.last_uses() == {command.subject: NOW + timedelta(minutes=2)}
        watch.time = NOW + timedelta(minutes=9)
        await tocsin.identity.principal(made.text)
        tocsin.keys.write_uses()
        assert tocsin.keys.last_uses() == {command.subject: NOW + timedelta(minutes=9)}
        return await tocsin.feed.head() - head

    with office(database_url, watch) as tocsin:
        assert asyncio.run(story(tocsin)) == 0


def test_the_log_holds_no_secret(sqlite_url: str):
    made = new_key()
    with office(sqlite_url, Watch()) as tocsin:
        asyncio.run(do(tocsin, issue(made)))
        with tocsin.database.reading() as connection:
            (data,) = connection.exec_driver_sql("SELECT data FROM events").scalars().all()
    assert made.prefix.encode() in data
    assert made.text.rpartition("_")[2].encode() not in data


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"prefix": "short"}, KeyPrefixMalformed),
        ({"digest": "ABC"}, KeyDigestMalformed),
        ({"organisations": ()}, KeyReachesNowhere),
        ({"actions": ()}, KeyDoesNothing),
        ({"expires_at": NOW}, KeyLivesTooLong),
        ({"expires_at": NOW + timedelta(days=367)}, KeyLivesTooLong),
    ],
)
def test_a_key_that_says_too_little_or_too_much_is_not_issued(sqlite_url: str, given: dict[str, object], rule: type[Rejected]):
    with office(sqlite_url, Watch()) as tocsin, pytest.raises(rule):
        asyncio.run(do(tocsin, issue(new_key(), **given)))
