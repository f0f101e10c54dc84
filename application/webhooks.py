"""What webhooks need beside their commands: what a document asks for, where deliveries may go, how they are signed, how far they are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from application.identity import Principal
from application.live import Tell, Topic
from domain.ids import CommandId, WebhookId
from domain.rules import InvalidTransition, InvalidValue


class WebhookDocumentUnfit(InvalidValue):
    """A webhook's document is one subscription of this schema, whose variables fit.

    推送文档须为本模式的一个订阅，且变量相符。
    """

    on = "document"
    why = ""

    def __init__(self, why: str = "") -> None:
        super().__init__()
        self.why = why and f" {why}"

    @property
    def message(self) -> str:
        return super().message + self.why

    @property
    def message_zh(self) -> str:
        return super().message_zh + self.why


class WebhookHostNotAllowed(InvalidValue):
    """Deliveries may not go to this host and port: TOCSIN_WEBHOOK_HOSTS does not name them.

    不允许推送至该主机和端口：未列入 TOCSIN_WEBHOOK_HOSTS。
    """

    on = "url"


class WebhookNeedsVault(InvalidTransition):
    """Deliveries are signed with secrets that the vault protects, and the vault has no key here.

    推送签名密钥由信息库保护，而此处未配置信息库密钥。
    """


class NotToldNow(Exception):  # noqa: N818 - a reason to try again later
    """An event could not be shown whole at this moment."""


class DeliveryTrouble(StrEnum):
    """What stands in the way of deliveries.

    推送受阻的原因。
    """

    STATUS = "STATUS"
    REDIRECTED = "REDIRECTED"
    TIMED_OUT = "TIMED_OUT"
    NOT_REACHED = "NOT_REACHED"
    NOT_TOLD = "NOT_TOLD"
    HOST_NOT_ALLOWED = "HOST_NOT_ALLOWED"
    DOCUMENT_UNFIT = "DOCUMENT_UNFIT"
    VAULT_CLOSED = "VAULT_CLOSED"
    VIEWS_BEHIND = "VIEWS_BEHIND"
    KEY_ENDED = "KEY_ENDED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to deliver. Without trouble it was taken.

    一次推送尝试；无受阻原因即为成功。
    """

    at: datetime
    status: int | None
    trouble: DeliveryTrouble | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How far a webhook is.

    推送进度。
    """

    position: int
    backlog: int
    waiting: int
    failing_since: datetime | None
    not_before: datetime | None
    trouble: DeliveryTrouble | None
    last_attempt: Attempt | None
    last_test: Attempt | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What a document asks for, and how a record is told by it; `tell` raises `NotToldNow` rather than telling less."""

    topic: Topic
    tell: Tell


class Wishes(Protocol):
    def plain(self, document: str) -> str:
        """A document in one form, without comments; `WebhookDocumentUnfit` says what is wrong with it."""
        ...

    async def understood(self, document: str, variables: str, principal: Principal) -> Wish: ...


class Webhooks(Protocol):
    def insist_allowed(self, url: str) -> None:
        """Refuse an address that deliveries may not go to."""
        ...

    async def make_secret(self, command_id: CommandId, webhook: WebhookId) -> str:
        """A secret that signs once the log has the command; the same one for the same command until then."""
        ...

    async def deliveries(self, ids: Collection[WebhookId]) -> Mapping[WebhookId, Delivery]: ...
