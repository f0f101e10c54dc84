"""Signatures are those of the public convention, and the secrets stand nowhere where they can be read."""

from __future__ import annotations

import asyncio
import base64
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from api.main import Tocsin, assemble
from application.casework.vault import VaultIsClosed
from application.commands import Command
from application.identity import OWNER
from application.jurisdiction import api_keys, webhooks
from application.refusals import IdempotencyConflict
from application.requests import Request
from application.webhooks import WebhookNeedsVault
from domain.ids import ApiKeyId, CommandId, OrganisationId, WebhookId
from domain.jurisdiction.events import KeyAction
from infrastructure.identity.keys import new_key
from infrastructure.settings import Settings
from infrastructure.vault.secrets import GRACE
from infrastructure.webhooks.signing import headers
from tests.webhooks.conftest import prepared

NOW = datetime.now(UTC)


def test_the_published_example() -> None:
    """The example in the documents of the convention: https://www.standardwebhooks.com and the libraries that follow it."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    moment = datetime.fromtimestamp(1614265330, UTC)
    signed = headers([secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', moment)
    assert signed == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@pytest.fixture
def office(database_url: str, vault_key: Path) -> Iterator[Tocsin]:
    prepared(database_url)
    tocsin = assemble(Settings(database=database_url, vault_key=vault_key), working=False)
    yield tocsin
    tocsin.log.close()
    tocsin.database.close()


async def do(tocsin: Tocsin, command: Command, id: CommandId) -> None:
    await tocsin.desk.carry_out(Request(command=command, command_id=id, by=OWNER.officer, organisation=OWNER.organisation))


async def register(tocsin: Tocsin, webhook: WebhookId, command_id: CommandId) -> None:
    made, key = new_key(), ApiKeyId(uuid4())
    reach = (OrganisationId("CQ"),)
    issue = api_keys.issue(key, made.prefix, made.digest, "ARC", reach, (KeyAction.READ,), datetime.now(UTC) + timedelta(days=1))
    await do(tocsin, issue, CommandId(uuid4()))
    await do(tocsin, webhooks.register(webhook, key, "ARC", "https://arc.example/", "subscription { events { position } }"), command_id)


def test_a_secret_signs_once_its_command_is_recorded_and_a_day_longer_than_it_is_the_newest(office: Tocsin) -> None:
    async def story() -> None:
        webhook, first, second = WebhookId(uuid4()), CommandId(uuid4()), CommandId(uuid4())
        secret = await office.secrets.make(first, webhook)
        assert await office.secrets.make(first, webhook) == secret, "two sendings of one command do not end with different secrets"
        with pytest.raises(IdempotencyConflict):
            await office.secrets.make(first, WebhookId(uuid4()))
        with pytest.raises(VaultIsClosed):
            office.secrets.signing(webhook, datetime.now(UTC))
        await register(office, webhook, first)
        raw = base64.b64decode(secret.removeprefix("whsec_"))
        assert office.secrets.signing(webhook, datetime.now(UTC)) == [raw]
        newer = base64.b64decode((await office.secrets.make(second, webhook)).removeprefix("whsec_"))
        assert office.secrets.signing(webhook, datetime.now(UTC)) == [raw]
        await do(office, webhooks.change_secret(webhook), second)
        assert office.secrets.signing(webhook, datetime.now(UTC)) == [newer, raw]
        assert office.secrets.signing(webhook, datetime.now(UTC) + GRACE) == [newer]
        unused = await office.secrets.make(CommandId(uuid4()), webhook)
        assert office.vault.rotate() == 0
        assert office.secrets.signing(webhook, datetime.now(UTC)) == [newer, raw], "a rotation takes the secrets over"
        assert unused
        office.secrets.destroy(webhook)
        with pytest.raises(VaultIsClosed):
            office.secrets.signing(webhook, datetime.now(UTC))

    asyncio.run(story())


def test_a_copy_of_the_database_reveals_no_secret(sqlite_url: str, vault_key: Path, tmp_path: Path) -> None:
    prepared(sqlite_url)
    tocsin = assemble(Settings(database=sqlite_url, vault_key=vault_key), working=False)
    webhook, command = WebhookId(uuid4()), CommandId(uuid4())

    async def story() -> str:
        secret = await tocsin.secrets.make(command, webhook)
        await register(tocsin, webhook, command)
        return secret

    secret = asyncio.run(story())
    tocsin.log.close()
    tocsin.database.close()
    raw = base64.b64decode(secret.removeprefix("whsec_"))
    everything = b"".join(path.read_bytes() for path in tmp_path.glob("city.sqlite*"))
    assert b"WebhookRegistered" in everything
    for form in (raw, secret.encode(), secret.removeprefix("whsec_").encode(), raw.hex().encode()):
        assert form not in everything
    with sqlite3.connect(tmp_path / "city.sqlite") as file:
        assert file.execute("SELECT count(*) FROM webhook_secrets").fetchone() == (1,)
    elsewhere = assemble(Settings(database=sqlite_url, vault_key=tmp_path / "other.json"), working=False)
    with pytest.raises(VaultIsClosed):
        elsewhere.secrets.signing(webhook, NOW)
    with pytest.raises(WebhookNeedsVault):
        asyncio.run(elsewhere.secrets.make(CommandId(uuid4()), webhook))
    elsewhere.log.close()
    elsewhere.database.close()
