"""The webhook: what an integration is told of without asking, and where."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import ApiKeyId
from domain.jurisdiction.api_key import ApiKey
from domain.jurisdiction.destination import destination
from domain.jurisdiction.events import (
    PauseReason,
    WebhookChange,
    WebhookChanged,
    WebhookPaused,
    WebhookRegistered,
    WebhookRemoved,
    WebhookReplayed,
    WebhookResumed,
    WebhookSecretChanged,
    WebhookTested,
)
from domain.rules import InvalidTransition, InvalidValue, LimitExceeded, required_text

LONGEST_DOCUMENT = 32 * 1024
LONGEST_VARIABLES = 8 * 1024


class WebhookDocumentTooLong(LimitExceeded):
    """A webhook's document has at most 32,768 characters, its variables have at most 8,192.

    推送文档不得超过 32768 个字符，变量不得超过 8192 个字符。
    """

    on = "document"


class WebhookVariablesMalformed(InvalidValue):
    """The variables are one JSON object.

    变量须为一个 JSON 对象。
    """

    on = "variables"


class WebhookKeyEnded(InvalidTransition):
    """The webhook's key is revoked or has expired; register the webhook anew for another key.

    该推送的接口密钥已吊销或到期；请用其他密钥重新登记。
    """

    on = "apiKey"


class WebhookIsPaused(InvalidTransition):
    """The webhook is paused already.

    该推送已暂停。
    """


class WebhookNotPaused(InvalidTransition):
    """The webhook is not paused.

    该推送未暂停。
    """


class WebhookIsRemoved(InvalidTransition):
    """The webhook is removed.

    该推送已移除。
    """


@dataclass(frozen=True)
class Webhook:
    """What the holder of a key is told of, and where (推送)."""

    begins: ClassVar[tuple[type[Event], ...]] = (WebhookRegistered,)

    key: ApiKeyId
    paused: bool = False
    removed: bool = False

    @staticmethod
    def register(
        owner: ApiKey, key: ApiKeyId, label: str, url: str, document: str, variables: str, position: int | None, now: datetime
    ) -> WebhookRegistered:
        if not owner.is_good(now):
            raise WebhookKeyEnded
        destination(url)
        return WebhookRegistered(
            key=key,
            label=required_text(label, field="label"),
            url=url,
            document=_fitting(document),
            variables=written(variables),
            position=position,
        )

    def revise(self, label: str, url: str, document: str, variables: str) -> WebhookChanged:
        self._insist_there()
        destination(url)
        return WebhookChanged(label=required_text(label, field="label"), url=url, document=_fitting(document), variables=written(variables))

    def pause(self, reason: PauseReason) -> WebhookPaused:
        self._insist_there()
        if self.paused:
            raise WebhookIsPaused
        return WebhookPaused(reason=reason)

    def resume(self) -> WebhookResumed:
        self._insist_there()
        if not self.paused:
            raise WebhookNotPaused
        return WebhookResumed()

    def replay(self, position: int) -> WebhookReplayed:
        self._insist_there()
        return WebhookReplayed(position=position)

    def change_secret(self) -> WebhookSecretChanged:
        self._insist_there()
        return WebhookSecretChanged()

    def test(self) -> WebhookTested:
        self._insist_there()
        return WebhookTested()

    def remove(self, reason: str) -> WebhookRemoved:
        self._insist_there()
        return WebhookRemoved(reason=required_text(reason, field="reason"))

    def _insist_there(self) -> None:
        if self.removed:
            raise WebhookIsRemoved

    @classmethod
    def begin(cls, event: WebhookRegistered) -> Webhook:
        return cls(key=event.key)

    def apply(self, event: WebhookChange) -> Webhook:
        match event:
            case WebhookPaused():
                return evolve(self, paused=True)
            case WebhookResumed():
                return evolve(self, paused=False)
            case WebhookRemoved():
                return evolve(self, removed=True)
            case WebhookChanged() | WebhookReplayed() | WebhookSecretChanged() | WebhookTested():
                return self
            case _:
                assert_never(event)


def written(variables: str) -> str:
    """Variables in one form, however they were typed."""
    if len(variables) > LONGEST_VARIABLES:
        raise WebhookDocumentTooLong(field="variables")
    try:
        values = json.loads(variables)
    except ValueError:
        raise WebhookVariablesMalformed from None
    if not isinstance(values, dict):
        raise WebhookVariablesMalformed
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _fitting(document: str) -> str:
    if len(document) > LONGEST_DOCUMENT:
        raise WebhookDocumentTooLong
    return document
