"""Runs webhooks.feature, with the steps that it alone says."""

from __future__ import annotations

from datetime import timedelta

from pytest_bdd import given, scenarios, then, when

from application.commands import Command
from application.jurisdiction import api_keys, webhooks
from application.jurisdiction.views import WebhookState, WebhookView
from domain.ids import ApiKeyId, OrganisationId, WebhookId
from domain.jurisdiction.events import KeyAction, PauseReason
from features.city import City
from features.wording import step
from infrastructure.identity.keys import new_key

DOCUMENT = "subscription { events { position } }"

scenarios("webhooks.feature")


def key(city: City, name: str) -> ApiKeyId:
    return ApiKeyId(city.id("key", name))


def webhook(city: City, name: str) -> WebhookId:
    return WebhookId(city.id("webhook", name))


def registered(city: City, name: str, owner: str, url: str) -> Command:
    return webhooks.register(webhook(city, name), key(city, owner), name, url, DOCUMENT)


@given(step('key "{name}" was issued for {days:d} days'))
def key_issued(city: City, name: str, days: int) -> None:
    made, until = new_key(), city.clock.now() + timedelta(days=days)
    reach, actions = (OrganisationId("S-1"),), (KeyAction.READ,)
    city.happened(api_keys.issue(key(city, name), made.prefix, made.digest, name, reach, actions, until))


@given(step('key "{name}" was revoked'))
def key_revoked(city: City, name: str) -> None:
    city.happened(api_keys.revoke(key(city, name), "lost"))


@given(step('webhook "{name}" was registered for key "{owner}" to "{url}"'))
def webhook_registered(city: City, name: str, owner: str, url: str) -> None:
    city.happened(registered(city, name, owner, url))


@when(step('webhook "{name}" is registered for key "{owner}" to "{url}"'))
def register(city: City, name: str, owner: str, url: str) -> None:
    city.act(registered(city, name, owner, url))


@when(step('webhook "{name}" is paused'))
def pause(city: City, name: str) -> None:
    city.act(webhooks.pause(webhook(city, name)))


@when(step('webhook "{name}" is resumed'))
def resume(city: City, name: str) -> None:
    city.act(webhooks.resume(webhook(city, name)))


@when(step('whoever delivers finds that webhook "{name}" is {reason:Code}'))
def suspend(city: City, name: str, reason: str) -> None:
    city.act(webhooks.suspend(webhook(city, name), PauseReason(reason)))


@when(step('webhook "{name}" is replayed from position {position:d}'))
def replay(city: City, name: str, position: int) -> None:
    city.act(webhooks.replay(webhook(city, name), position))


@when(step('webhook "{name}" is removed: "{reason}"'))
def remove(city: City, name: str, reason: str) -> None:
    city.act(webhooks.remove(webhook(city, name), reason))


@then(step('webhook "{name}" is {state:Code} because {reason:Code}'))
def is_paused(city: City, name: str, state: str, reason: str) -> None:
    shown = city.view(WebhookView, webhook(city, name))
    assert (shown.state, shown.paused_because) == (WebhookState(state), PauseReason(reason))


@then(step('webhook "{name}" is {state:Code}'))
def stands(city: City, name: str, state: str) -> None:
    assert city.view(WebhookView, webhook(city, name)).state is WebhookState(state)
