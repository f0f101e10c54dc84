"""Commands on webhooks. Those that need the schema or a secret are given by mutations of their own, which see to it first."""

from __future__ import annotations

from application.commands import Command, begin, change, command, internal
from domain.ids import ApiKeyId, WebhookId
from domain.jurisdiction.api_key import ApiKey
from domain.jurisdiction.events import PauseReason
from domain.jurisdiction.webhook import Webhook


@internal
def register(
    webhook: WebhookId, api_key: ApiKeyId, label: str, url: str, document: str, variables: str = "{}", position: int | None = None
) -> Command:
    """Register a webhook for a key: what a subscription tells the key's holder is delivered to an address, from now or a position on.

    为接口密钥登记推送：将订阅内容送达指定地址，自当前或指定位置起。
    """
    return begin(
        Webhook,
        webhook,
        lambda act: Webhook.register(act.look(ApiKey, api_key), api_key, label, url, document, variables, position, act.now),
        looks=((ApiKey, api_key),),
    )


@internal
def revise(webhook: WebhookId, label: str, url: str, document: str, variables: str = "{}") -> Command:
    """Change where a webhook goes and what it tells, from where it stands on; what waits is tried at once.

    更改推送的地址与内容，自当前进度起生效；待送内容立即重试。
    """
    return change(Webhook, webhook, lambda it, _: it.revise(label, url, document, variables))


@command
def pause(webhook: WebhookId) -> Command:
    """Deliver nothing until it is resumed; nothing is lost meanwhile.

    暂停推送，恢复后从暂停处继续，内容不丢失。
    """
    return change(Webhook, webhook, lambda it, _: it.pause(PauseReason.BY_HAND))


@internal
def suspend(webhook: WebhookId, reason: PauseReason) -> Command:
    """Paused by whoever delivers, who has found that it cannot go on."""
    return change(Webhook, webhook, lambda it, _: it.pause(reason))


@command
def resume(webhook: WebhookId) -> Command:
    """Go on where it stood when it was paused; one whose key has ended is paused again.

    恢复推送，从暂停处继续；密钥已失效的推送将再次暂停。
    """
    return change(Webhook, webhook, lambda it, _: it.resume())


@command
def replay(webhook: WebhookId, position: int) -> Command:
    """Deliver everything after a position, again or for the first time; a position beyond the log is the log's end.

    重放：推送某位置之后的全部内容；超出日志的位置视为日志末尾。
    """
    return change(Webhook, webhook, lambda it, _: it.replay(position))


@internal
def change_secret(webhook: WebhookId) -> Command:
    """Sign with a new secret. For a day the one before it signs beside it.

    更换签名密钥；旧密钥在一天内同时签名。
    """
    return change(Webhook, webhook, lambda it, _: it.change_secret())


@command
def test(webhook: WebhookId) -> Command:
    """Deliver a sample, once, marked as such; `delivery.lastTest` says what came of it. A paused webhook is tested too.

    发送一次带测试标记的样例，结果见 delivery.lastTest；已暂停的推送也可测试。
    """
    return change(Webhook, webhook, lambda it, _: it.test())


@command
def remove(webhook: WebhookId, reason: str) -> Command:
    """Remove a webhook: nothing more is delivered, its secrets are destroyed, its history stays.

    移除推送：不再送达，签名密钥销毁，历史保留。
    """
    return change(Webhook, webhook, lambda it, _: it.remove(reason))
