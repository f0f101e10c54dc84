"""What is delivered, to whom, and in which order: over real HTTP, from both databases."""

from __future__ import annotations

import base64
import hashlib
import hmac

from tests.api.serving import Client
from tests.live.test_subscriptions import raise_alarm
from tests.webhooks.receiving import Heard, Receiver
from tests.webhooks.registering import registered


def independent(secret: str, heard: Heard) -> str:
    """The signature as the convention describes it, worked out without any code of ours."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{heard.headers['webhook-id']}.{heard.headers['webhook-timestamp']}.".encode() + heard.body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def test_what_happens_is_delivered_signed_with_its_position(owner: Client, receiver: Receiver) -> None:
    webhook = registered(owner, receiver.address)
    alarm = raise_alarm(owner)
    first, second = receiver.some(2)
    assert sorted([first.told["data"]["events"]["type"], second.told["data"]["events"]["type"]]) == ["AlarmOpened", "ReportReceived"]
    assert {first.thing, second.thing} == {alarm}
    for heard in (first, second):
        assert heard.headers["webhook-signature"] == independent(webhook.secret, heard)
        assert heard.position == heard.told["data"]["events"]["position"]
