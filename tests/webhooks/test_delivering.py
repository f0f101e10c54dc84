"""What is delivered, to whom, and in which order: over real HTTP, from both databases."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import threading
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from api.wishes import DocumentWishes
from application.identity import Principal, Role
from application.webhooks import Wish
from domain.ids import OrganisationId
from infrastructure.vault.secrets import WEBHOOK_SECRETS
from infrastructure.webhooks import bringing
from infrastructure.webhooks.tables import STANDINGS, WAITING
from tests.api.serving import CITY, STATIONS, Client, Served, new_id
from tests.live.clients import listening
from tests.live.test_subscriptions import ALARM, raise_alarm
from tests.webhooks.receiving import Answer, Heard, Receiver, of_each_thing
from tests.webhooks.registering import DELIVERY, EVENTS, Registered, issued, registered, until

EVERYTHING = "subscription { events { position type thing } }"


def independent(secret: str, heard: Heard) -> str:
    """The signature as the convention describes it, worked out without any code of ours."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{heard.headers['webhook-id']}.{heard.headers['webhook-timestamp']}.".encode() + heard.body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def alarms(client: Client, count: int, station: str = STATIONS[0]) -> list[str]:
    return [raise_alarm(client, station) for _ in range(count)]


def head(client: Client) -> int:
    return int(client.ask("{ status { position } }")["status"]["position"])


def delivered(client: Client, webhook: Registered) -> dict[str, Any]:
    """Once nothing is left to deliver."""
    return until(client, webhook, lambda shown: shown["delivery"]["backlog"] == 0)


def paused(client: Client, webhook: Registered) -> str:
    return str(until(client, webhook, lambda shown: shown["state"] == "PAUSED")["pausedBecause"])


# --- What a delivery is -------------------------------------------------------------------------------------------------


def test_what_happens_is_delivered_signed_with_its_position(owner: Client, receiver: Receiver) -> None:
    webhook = registered(owner, receiver.address)
    alarm = raise_alarm(owner)
    first, second = receiver.some(2)
    assert [each.told["data"]["events"]["type"] for each in (first, second)] == ["AlarmOpened", "ReportReceived"]
    assert {first.thing, second.thing} == {alarm}
    for heard in (first, second):
        assert heard.headers["webhook-signature"] == independent(webhook.secret, heard)
        assert abs(int(heard.headers["webhook-timestamp"]) - time.time()) < 60
        assert heard.id == f"webhook_{webhook.id.replace('-', '')}_{heard.position}"
        assert heard.headers["Content-Type"] == "application/json"
    delivery = delivered(owner, webhook)["delivery"]
    assert (delivery["waiting"], delivery["trouble"], delivery["failingSince"]) == (0, None, None)
    assert (delivery["lastAttempt"]["status"], delivery["lastAttempt"]["trouble"]) == (204, None)


def test_the_payload_is_what_a_subscriber_with_the_key_is_sent(city: Served, owner: Client, receiver: Receiver) -> None:
    text, scope = ALARM.replace(", $after: Position", "").replace(", after: $after", ""), '{"scope": {"stations": ["CQ-YZ-02"]}}'
    registered(owner, receiver.address, text, variables=scope)
    with listening(city.address, owner.token) as client:
        client.subscribe(ALARM, scope={"stations": [STATIONS[1]]})
        client.send(type="ping")
        assert client.receive()["type"] == "pong"
        raise_alarm(owner)
        raise_alarm(owner, STATIONS[1])
        told = [client.receive()["payload"] for _ in range(2)]
    assert [each.told for each in receiver.some(2)] == told
    assert len(receiver.heard) == 2


def test_a_webhook_begins_where_it_is_told_to(owner: Client, receiver: Receiver) -> None:
    alarms(owner, 2)
    end = head(owner)
    registered(owner, receiver.address, position=end - 1)
    (first,) = receiver.some(1)
    assert first.position == end
    registered(owner, receiver.address + "/later", position=10**12)
    raise_alarm(owner)
    heard = receiver.until(lambda heard: sum(each.path.endswith("later") for each in heard) == 2)
    assert min(each.position for each in heard if each.path.endswith("later")) > end, "beyond the log is its end"


# --- Order, and what fails ----------------------------------------------------------------------------------------------


def test_a_thing_whose_delivery_fails_holds_up_itself_alone_and_keeps_its_order(owner: Client, receiver: Receiver) -> None:
    sick, well = alarms(owner, 2)
    mended = threading.Event()

    def answer(heard: Heard) -> Answer:
        return 500 if heard.thing == sick and not mended.is_set() else 200

    receiver.answer = answer
    webhook = registered(owner, receiver.address, position=4)
    for alarm in (sick, well):
        owner.do("triageAlarm", alarm=alarm, alarmType="THEFT", priority="2")
    receiver.until(lambda heard: len(of_each_thing(heard).get(well, ())) == 3 and sum(each.thing == sick for each in heard) > 3)
    tried = {each.position for each in receiver.heard if each.thing == sick}
    assert len(tried) == 1, "what comes after it waits for it"
    shown = webhook.shown(owner)["delivery"]
    assert shown["failingSince"] is not None
    assert shown["position"] == min(tried) - 1
    assert shown["waiting"] == 3
    mended.set()
    heard = receiver.until(lambda heard: len(of_each_thing(heard).get(sick, ())) == 3)
    assert all(positions == sorted(positions) for positions in of_each_thing(heard).values())
    assert delivered(owner, webhook)["delivery"]["failingSince"] is None


def test_several_things_go_out_at_once_and_of_one_thing_one_at_a_time(owner: Client, receiver: Receiver) -> None:
    out: set[str] = set()
    together: list[int] = []
    twice: list[str] = []
    lock = threading.Lock()

    def answer(heard: Heard) -> Answer:
        with lock:
            twice.extend([heard.thing] if heard.thing in out else [])
            out.add(heard.thing)
            together.append(len(out))
        time.sleep(0.1)
        with lock:
            out.discard(heard.thing)
        return 200

    alarms(owner, 12)
    receiver.answer = answer
    registered(owner, receiver.address, position=4)
    receiver.until(lambda heard: sum(map(len, of_each_thing(heard).values())) >= 24)
    assert twice == []
    assert 1 < max(together) <= 8


def test_a_redirect_is_not_followed_and_is_tried_again(owner: Client, receiver: Receiver) -> None:
    answers = [(307, {"Location": receiver.address + "/elsewhere"}), (302, {"Location": "/elsewhere"})]
    receiver.answer = lambda _: answers.pop() if answers else 200
    webhook = registered(owner, receiver.address, 'subscription { events(types: ["AlarmOpened"]) { position thing } }')
    raise_alarm(owner)
    heard = receiver.some(3)
    assert {each.path for each in heard} == {"/city"}
    assert len({each.id for each in heard}) == 1, "a receiver knows it again by its id"
    assert delivered(owner, webhook)["delivery"]["lastAttempt"]["status"] == 200


@pytest.mark.parametrize(
    "pace", [{"patience": timedelta(seconds=0.2), "longest": timedelta(seconds=30), "first": timedelta(seconds=30)}], indirect=True
)
def test_whoever_takes_too_long_has_not_taken_it(owner: Client, receiver: Receiver) -> None:
    over = threading.Event()
    receiver.answer = lambda _: 200 if over.wait(20) else 500
    webhook = registered(owner, receiver.address)
    raise_alarm(owner)
    shown = until(owner, webhook, lambda shown: shown["delivery"]["lastAttempt"] is not None)["delivery"]
    over.set()
    assert (shown["lastAttempt"]["status"], shown["lastAttempt"]["trouble"]) == (None, "TIMED_OUT")


def test_who_asks_to_wait_is_left_alone_so_long(owner: Client, receiver: Receiver) -> None:
    receiver.answer = lambda _: (429, {"Retry-After": "3600"})
    webhook = registered(owner, receiver.address, EVERYTHING)
    raise_alarm(owner)
    shown = until(owner, webhook, lambda shown: shown["delivery"]["notBefore"] is not None)["delivery"]
    waits = datetime.fromisoformat(shown["notBefore"]) - datetime.fromisoformat(shown["lastAttempt"]["at"])
    assert timedelta(minutes=59) < waits <= timedelta(minutes=60)
    alarms(owner, 3)
    until(owner, webhook, lambda shown: shown["delivery"]["waiting"] == 8)
    assert len(receiver.heard) == 1, "other things wait as well"
    receiver.answer = lambda _: 200
    owner.do("pauseWebhook", webhook=webhook.id)
    owner.do("resumeWebhook", webhook=webhook.id)
    receiver.some(9)


def test_an_endpoint_that_is_down_is_tried_one_at_a_time_and_gets_everything_when_it_is_back(owner: Client, receiver: Receiver) -> None:
    at_once, most, lock, back = 0, 0, threading.Lock(), threading.Event()

    def answer(_heard: Heard) -> Answer:
        nonlocal at_once, most
        with lock:
            at_once += 1
            most = max(most, at_once) if len(receiver.heard) > 40 else 0
        time.sleep(0.02)
        with lock:
            at_once -= 1
        return 200 if back.is_set() else 503

    alarms(owner, 20)
    receiver.answer = answer
    webhook = registered(owner, receiver.address, position=4)
    receiver.some(60)
    assert most == 1
    back.set()
    heard = receiver.until(lambda heard: sum(map(len, of_each_thing(heard).values())) >= 40)
    assert all(positions == sorted(positions) for positions in of_each_thing(heard).values())
    delivered(owner, webhook)


# --- Pause, resume, replay ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pace", [{"lasting": timedelta(seconds=0.5)}], indirect=True)
def test_after_lasting_failure_it_is_paused_and_nothing_is_lost(owner: Client, receiver: Receiver) -> None:
    receiver.answer = lambda _: 500
    webhook = registered(owner, receiver.address)
    raise_alarm(owner)
    assert paused(owner, webhook) == "FAILING"
    tried = len(receiver.heard)
    alarms(owner, 5)
    end = head(owner)
    assert webhook.shown(owner)["delivery"]["backlog"] >= 12
    history = owner.ask("query ($id: WebhookId!) { webhook(id: $id) { history { nodes { type by data } } } }", id=webhook.id)
    last = history["webhook"]["history"]["nodes"][-1]
    assert (last["type"], last["by"], last["data"]) == ("WebhookPaused", "courier", {"reason": "FAILING"})
    assert owner.do("pauseWebhook", webhook=webhook.id)["code"] == "WEBHOOK_IS_PAUSED"
    assert len(receiver.heard) <= tried + 1
    receiver.answer = lambda _: 200
    owner.do("resumeWebhook", webhook=webhook.id)
    heard = receiver.until(lambda heard: sum(map(len, of_each_thing(heard).values())) >= 12)
    told = of_each_thing(heard)
    assert all(positions == sorted(positions) for positions in told.values())
    assert max(max(positions) for positions in told.values()) >= end - 1
    assert owner.do("resumeWebhook", webhook=webhook.id)["code"] == "WEBHOOK_NOT_PAUSED"


def test_while_it_is_paused_by_hand_nothing_goes_out(owner: Client, receiver: Receiver) -> None:
    webhook = registered(owner, receiver.address)
    owner.do("pauseWebhook", webhook=webhook.id)
    alarms(owner, 3)
    other = registered(owner, receiver.address + "/other", position=4)
    receiver.until(lambda heard: sum(each.path.endswith("other") for each in heard) >= 6)
    delivered(owner, other)
    assert {each.path for each in receiver.heard} == {"/city/other"}
    owner.do("resumeWebhook", webhook=webhook.id)
    receiver.until(lambda heard: sum(each.path == "/city" for each in heard) == 6)


def test_a_receiver_that_is_gone_is_not_tried_again(owner: Client, receiver: Receiver) -> None:
    receiver.answer = lambda _: 410
    webhook = registered(owner, receiver.address)
    raise_alarm(owner)
    assert paused(owner, webhook) == "GONE"
    assert len(receiver.heard) == 1


def test_a_replay_delivers_again_under_the_same_ids(owner: Client, receiver: Receiver) -> None:
    webhook = registered(owner, receiver.address)
    alarms(owner, 3)
    first = {each.id: each.body for each in receiver.some(6)}
    delivered(owner, webhook)
    position = min(each.position for each in receiver.heard)
    assert owner.do("replayWebhook", webhook=webhook.id, position=position)["__typename"] == "ReplayWebhookPayload"
    heard = receiver.some(11)
    again = {each.id: each.body for each in heard[6:]}
    assert again == {id: body for id, body in first.items() if not id.endswith(f"_{position}")}
    delivered(owner, webhook)
    assert len(receiver.heard) == 11


def test_a_changed_webhook_goes_on_elsewhere(owner: Client, receiver: Receiver) -> None:
    receiver.answer = lambda heard: 500 if heard.path == "/city" else 200
    webhook = registered(owner, receiver.address)
    raise_alarm(owner)
    receiver.some(1)
    text = "subscription Opened($types: [String!]) { events(types: $types) { position thing } } # call 13812345678"
    moved = {"label": "ARC", "url": receiver.address + "/new", "document": text, "variables": '{"types": ["AlarmOpened"]}'}
    done = owner.do("changeWebhook", "webhook { document variables }", webhook=webhook.id, **moved)
    assert "#" not in done["webhook"]["document"], "comments are not kept"
    assert done["webhook"]["variables"] == '{"types": ["AlarmOpened"]}'
    delivered(owner, webhook)
    heard = [each for each in receiver.heard if each.path.endswith("new")]
    assert [each.told["data"] for each in heard] == [{"events": {"position": heard[0].position, "thing": heard[0].thing}}]


# --- Secrets, samples, removal ------------------------------------------------------------------------------------------


def test_a_new_secret_signs_beside_the_old_one_for_a_time(owner: Client, receiver: Receiver) -> None:
    webhook = registered(owner, receiver.address)
    command = new_id()
    done = owner.do("changeWebhookSecret", "secret", webhook=webhook.id, command=command)
    assert done["secret"].startswith("whsec_")
    assert done["secret"] != webhook.secret
    again = owner.do("changeWebhookSecret", "secret", webhook=webhook.id, command=command)
    assert (again["repeated"], again["secret"]) == (True, None), "it is told once"
    raise_alarm(owner)
    heard = receiver.some(1)[0]
    assert heard.headers["webhook-signature"].split() == [independent(done["secret"], heard), independent(webhook.secret, heard)]
    everything = owner.ask("{ events(first: 1000) { nodes { data } } webhooks { nodes { history { nodes { data } } } } }")
    for secret in (webhook.secret, done["secret"]):
        assert secret.removeprefix("whsec_") not in str(everything)


def test_a_sample_is_marked_and_its_result_is_shown(owner: Client, receiver: Receiver) -> None:
    webhook = registered(owner, receiver.address)
    owner.do("pauseWebhook", webhook=webhook.id)
    receiver.answer = lambda _: 418
    position = owner.do("testWebhook", webhook=webhook.id)["position"]
    shown = until(owner, webhook, lambda shown: shown["delivery"]["lastTest"] is not None)["delivery"]
    (heard,) = receiver.heard
    assert heard.told == {"data": None, "extensions": {"position": position, "test": True}}
    assert heard.id == f"webhook_{webhook.id.replace('-', '')}_test_{position}"
    assert heard.headers["webhook-signature"] == independent(webhook.secret, heard)
    assert (shown["lastTest"]["status"], shown["lastTest"]["trouble"]) == (418, "STATUS")
    assert shown["lastAttempt"] is None, "a sample is no delivery"


def test_a_removed_webhook_is_over(city: Served, owner: Client, receiver: Receiver) -> None:
    webhook = registered(owner, receiver.address)
    assert owner.do("removeWebhook", webhook=webhook.id, reason=" ")["field"] == "reason"
    owner.do("removeWebhook", webhook=webhook.id, reason="no longer used")
    other = registered(owner, receiver.address + "/other")
    raise_alarm(owner)
    delivered(owner, other)
    assert {each.path for each in receiver.heard} == {"/city/other"}
    assert webhook.shown(owner)["state"] == "REMOVED"
    for mutation in ("pauseWebhook", "resumeWebhook", "testWebhook", "changeWebhookSecret"):
        assert owner.do(mutation, webhook=webhook.id)["code"] == "WEBHOOK_IS_REMOVED"
    until(owner, webhook, lambda _: kept(city) == {UUID(other.id)})


# --- What is nobody's fault outside -------------------------------------------------------------------------------------


def test_without_the_vault_nothing_goes_out_and_nothing_is_lost(owner: Client, receiver: Receiver, vault_key: Path) -> None:
    webhook = registered(owner, receiver.address)
    aside = vault_key.rename(vault_key.with_suffix(".aside"))
    until(owner, webhook, lambda shown: shown["delivery"]["trouble"] == "VAULT_CLOSED")
    raise_alarm(owner)
    usual = {"webhook": new_id(), "apiKey": webhook.key, "label": "ARC", "url": receiver.address, "document": EVENTS}
    assert owner.do("registerWebhook", **usual)["code"] == "WEBHOOK_NEEDS_VAULT"
    assert receiver.heard == []
    aside.rename(vault_key)
    receiver.some(2)
    assert delivered(owner, webhook)["delivery"]["trouble"] is None


def test_a_host_that_is_not_allowed_any_more_is_told_nothing(city: Served, owner: Client, receiver: Receiver) -> None:
    webhook = registered(owner, receiver.address)
    city.tocsin.destinations._development = False
    until(owner, webhook, lambda shown: shown["delivery"]["trouble"] == "HOST_NOT_ALLOWED")
    raise_alarm(owner)
    owner.do("testWebhook", webhook=webhook.id)
    shown = until(owner, webhook, lambda shown: shown["delivery"]["lastTest"] is not None)
    assert shown["delivery"]["lastTest"]["trouble"] == "HOST_NOT_ALLOWED"
    assert receiver.heard == []
    city.tocsin.destinations._development = True
    receiver.some(2)


def test_what_the_views_do_not_show_yet_is_not_passed_over(
    city: Served, owner: Client, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whose an order is, is known once the view of orders has come so far; here it stands still."""
    feed, behind = city.tocsin.feed, threading.Event()
    reached = feed.reached

    async def lagging(position: int, view: Any, timeout: float) -> bool:  # noqa: ASYNC109 - the port's signature
        return not behind.is_set() and await reached(position, view, timeout)

    monkeypatch.setattr(feed, "reached", lagging)
    behind.set()
    webhook = registered(owner, receiver.address)
    raise_alarm(owner)
    until(owner, webhook, lambda shown: shown["delivery"]["trouble"] == "VIEWS_BEHIND")
    assert receiver.heard == []
    behind.clear()
    receiver.some(2)
    assert delivered(owner, webhook)["delivery"]["trouble"] is None


def kept(city: Served) -> set[UUID]:
    """The webhooks of which something is kept beside the log."""
    own = [sa.select(table.c.webhook) for table in (STANDINGS, WAITING, WEBHOOK_SECRETS)]
    with city.tocsin.database.reading() as connection:
        return set(connection.execute(sa.union(*own)).scalars())


# --- Nobody is told more than is theirs ---------------------------------------------------------------------------------


def test_a_key_is_told_of_its_own_organisations_alone(owner: Client, receiver: Receiver) -> None:
    webhook = registered(owner, receiver.address, key=issued(owner, STATIONS[1]))
    nothing = registered(owner, receiver.address + "/figures", key=issued(owner, actions=("FIGURES",)))
    alarms(owner, 3)
    mine = raise_alarm(owner, STATIONS[1])
    for each in (webhook, nothing):
        delivered(owner, each)
    assert {each.thing for each in receiver.heard} == {mine}
    assert {each.path for each in receiver.heard} == {"/city"}


def test_a_sealed_case_is_never_told_also_when_it_was_already_waiting(owner: Client, receiver: Receiver) -> None:
    closed = threading.Event()
    receiver.answer = lambda _: 500 if not closed.is_set() else 200
    webhook = registered(owner, receiver.address)
    secret, open_ = new_id(), new_id()
    for case, number in ((secret, "A-1"), (open_, "A-2")):
        offences = [{"type": "THEFT", "count": 1}]
        done = owner.do("registerCase", case=case, number=number, division="500103", station=STATIONS[0], offences=offences)
        assert done["__typename"] == "RegisterCasePayload"
    until(owner, webhook, lambda shown: shown["delivery"]["waiting"] == 2)
    receiver.until(lambda heard: {each.thing for each in heard} == {secret, open_})
    owner.do("sealCase", case=secret, reason="informant")
    with receiver.changed:
        receiver.heard.clear()
    closed.set()
    owner.do("acceptCase", case=secret)
    owner.do("acceptCase", case=open_)
    delivered(owner, webhook)
    late = [each for each in receiver.heard if each.thing == secret and each.answered == 200]
    assert late == []
    assert [each.told["data"]["events"]["type"] for each in receiver.heard if each.answered == 200] == ["ReportRegistered", "CaseAccepted"]


def test_what_is_not_theirs_is_not_even_written_down(owner: Client, receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the look before the delivery, too: the two do not lean on one another."""

    async def whatever(*_: object) -> bool:
        return True

    monkeypatch.setattr(bringing, "theirs", whatever)
    webhook = registered(owner, receiver.address, key=issued(owner, STATIONS[1]))
    alarms(owner, 3)
    mine = raise_alarm(owner, STATIONS[1])
    delivered(owner, webhook)
    assert {each.thing for each in receiver.heard} == {mine}


@pytest.mark.parametrize("ending", ["revokeApiKey", "sealCase"])
def test_what_ends_while_an_event_is_being_told_ends_it(
    owner: Client, receiver: Receiver, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    """The last look comes after the telling, however long that took."""
    case, key = new_id(), issued(owner)
    given = {"revokeApiKey": {"key": key, "reason": "lost"}, "sealCase": {"case": case, "reason": "informant"}}[ending]
    understood = DocumentWishes.understood

    async def slow(self: DocumentWishes, document: str, variables: str, principal: Principal) -> Wish:
        wish = await understood(self, document, variables, principal)

        async def tell(record: Any) -> str:
            told = await wish.tell(record)
            await asyncio.to_thread(owner.do, ending, **given)
            return told

        return replace(wish, tell=tell)

    monkeypatch.setattr(DocumentWishes, "understood", slow)
    webhook = registered(owner, receiver.address, key=key)
    owner.do("registerCase", case=case, number="A-1", division="500103", station=STATIONS[0], offences=[{"type": "THEFT", "count": 1}])
    if ending == "revokeApiKey":
        assert paused(owner, webhook) == "KEY_ENDED"
    else:
        until(owner, webhook, lambda shown: shown["delivery"]["waiting"] == 0 and shown["delivery"]["backlog"] == 0)
    assert receiver.heard == []


def test_a_revoked_key_ends_its_webhooks_at_once(owner: Client, receiver: Receiver) -> None:
    receiver.answer = lambda _: 500
    webhook = registered(owner, receiver.address)
    raise_alarm(owner)
    receiver.some(1)
    owner.do("revokeApiKey", key=webhook.key, reason="lost")
    known = len(receiver.heard)
    receiver.answer = lambda _: 200
    alarms(owner, 2)
    assert paused(owner, webhook) == "KEY_ENDED"
    assert [each.answered for each in receiver.heard[known + 1 :]] == [], "what was on its way may have arrived"
    known = len(receiver.heard)
    owner.do("resumeWebhook", webhook=webhook.id)
    assert paused(owner, webhook) == "KEY_ENDED"
    owner.do("testWebhook", webhook=webhook.id)
    shown = until(owner, webhook, lambda shown: shown["delivery"]["lastTest"] is not None)["delivery"]
    assert shown["lastTest"]["trouble"] == "KEY_ENDED"
    assert len(receiver.heard) == known
    refused = owner.do("registerWebhook", webhook=new_id(), apiKey=webhook.key, label="x", url=receiver.address, document=EVENTS)
    assert (refused["code"], refused["field"]) == ("WEBHOOK_KEY_ENDED", "apiKey")


def test_a_key_that_expires_ends_its_webhooks(owner: Client, receiver: Receiver) -> None:
    webhook = registered(owner, receiver.address, key=issued(owner, days=3 / 86_400))
    assert paused(owner, webhook) == "KEY_ENDED"
    alarms(owner, 2)
    assert receiver.heard == []


# --- Who may, and what is refused ---------------------------------------------------------------------------------------


def test_only_those_who_issue_keys_have_to_do_with_webhooks(city: Served, owner: Client, receiver: Receiver) -> None:
    webhook = registered(owner, receiver.address)
    given = {"webhook": new_id(), "apiKey": webhook.key, "label": "x", "url": receiver.address}
    for role in set(Role) - {Role.OWNER, Role.SECURITY_ADMINISTRATOR, Role.INTEGRATION}:
        somebody = city.client("somebody", role, CITY)
        for document in (EVENTS, "nonsense"):
            assert somebody.do("registerWebhook", document=document, **given)["code"] == "NOT_YOURS"
        assert somebody.do("removeWebhook", webhook=webhook.id, reason="x")["code"] == "NOT_YOURS"
        seen = somebody.ask("query ($id: WebhookId!) { webhook(id: $id) { url } webhooks { totalCount } }", id=webhook.id)
        watches = role in {Role.AUDIT_ADMINISTRATOR, Role.AUDITOR}
        assert (seen["webhook"] is not None, seen["webhooks"]["totalCount"]) == (watches, int(watches))
    guard = city.client("guard", Role.SECURITY_ADMINISTRATOR, OrganisationId("CQ"))
    assert registered(guard, receiver.address, key=webhook.key).shown(guard)["state"] == "DELIVERING"
    told = guard.ask(
        f"query ($id: ID!) {{ node(id: $id) {{ ... on Webhook {{ apiKey {{ label }} {DELIVERY} }} }} }}",
        id=f"webhook_{webhook.id.replace('-', '')}",
    )
    assert told["node"]["apiKey"]["label"] == "ARC"


WRONG = [
    ({"document": "{ status { position } }"}, "document", "WEBHOOK_DOCUMENT_UNFIT", ""),
    ({"document": "subscription { events { positon } }"}, "document", "WEBHOOK_DOCUMENT_UNFIT", "'positon'"),
    ({"document": "subscription {"}, "document", "WEBHOOK_DOCUMENT_UNFIT", "Syntax Error"),
    ({"document": EVENTS + " subscription B { events { position } }"}, "document", "WEBHOOK_DOCUMENT_UNFIT", ""),
    ({"document": 'subscription { events(types: ["Nothing"]) { position } }'}, "document", "WEBHOOK_DOCUMENT_UNFIT", ""),
    ({"document": "subscription ($u: UnitId!) { orderChanged(unit: $u) { position } }"}, "document", "WEBHOOK_DOCUMENT_UNFIT", "$u"),
    (
        {"document": "subscription { " + "a: " * 1 + "events { " + " ".join(f"a{n}: data" for n in range(200)) + " } }"},
        "document",
        "WEBHOOK_DOCUMENT_UNFIT",
        "",
    ),
    ({"variables": "[]"}, "variables", "WEBHOOK_VARIABLES_MALFORMED", ""),
    ({"variables": "{"}, "variables", "WEBHOOK_VARIABLES_MALFORMED", ""),
    ({"url": "https://arc.example/hook"}, "url", "WEBHOOK_HOST_NOT_ALLOWED", ""),
    ({"url": "http://arc.example/hook"}, "url", "WEBHOOK_NEEDS_HTTPS", ""),
    ({"url": "https://a:b@arc.example/hook"}, "url", "WEBHOOK_URL_MALFORMED", ""),
    ({"label": "call 13812345678"}, "label", "TEXT_HOLDS_PERSONAL_DATA", ""),
    ({"apiKey": new_id()}, None, "NOT_FOUND", ""),
]


@pytest.mark.parametrize(("given", "field", "code", "said"), WRONG)
def test_what_is_wrong_is_said(owner: Client, receiver: Receiver, given: dict[str, str], field: str | None, code: str, said: str) -> None:
    usual = {"webhook": new_id(), "apiKey": issued(owner), "label": "ARC", "url": receiver.address, "document": EVENTS}
    refused = owner.do("registerWebhook", **{**usual, **given})
    assert (refused.get("code"), refused.get("field")) == (code, field), refused
    assert said in refused["message"]
    assert said in refused["messageZh"]
    assert owner.ask("{ webhooks { totalCount } }")["webhooks"]["totalCount"] == 0
