"""The events of API keys, webhooks and grants."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from domain.events import Event
from domain.ids import ApiKeyId, CaseId, OfficerId, OrganisationId


class KeyAction(StrEnum):
    """What an integration's key is good for.

    接口密钥可用于的操作。
    """

    READ = "READ"
    FIGURES = "FIGURES"
    INTAKE = "INTAKE"
    DISPATCH = "DISPATCH"
    UNIT_WORK = "UNIT_WORK"
    CASEWORK = "CASEWORK"
    SIGNAL = "SIGNAL"
    CAMERA_HEALTH = "CAMERA_HEALTH"


class ApiKeyIssued(Event):
    """`prefix` names the key in its own text; of the secret there is only the SHA-256, which tells nothing of 256 random bits."""

    prefix: str
    digest: str
    label: str
    organisations: tuple[OrganisationId, ...]
    actions: tuple[KeyAction, ...]
    expires_at: datetime


class ApiKeyRevoked(Event):
    reason: str


class PauseReason(StrEnum):
    """Why a webhook delivers nothing: somebody paused it, deliveries failed too long, the receiver wants none, its key has ended.

    推送暂停的原因：人工暂停、长时间失败、接收方已注销、密钥已失效。
    """

    BY_HAND = "BY_HAND"
    FAILING = "FAILING"
    GONE = "GONE"
    KEY_ENDED = "KEY_ENDED"


class WebhookRegistered(Event):
    """What is recorded after `position` is told; without one, what is recorded after the registration itself.

    `variables` is a JSON object as text. There is no secret in here: that is kept beside the log.
    """

    key: ApiKeyId
    label: str
    url: str
    document: str
    variables: str
    position: int | None = None


class WebhookChanged(Event):
    label: str
    url: str
    document: str
    variables: str


class WebhookPaused(Event):
    reason: PauseReason


class WebhookResumed(Event):
    pass


class WebhookReplayed(Event):
    """What is recorded after `position` is told, again or for the first time."""

    position: int


class WebhookSecretChanged(Event):
    """A new secret signs; the one before it signs beside it for a time."""


class WebhookTested(Event):
    """A sample was asked for."""


class WebhookRemoved(Event):
    reason: str


WebhookChange = WebhookChanged | WebhookPaused | WebhookResumed | WebhookReplayed | WebhookSecretChanged | WebhookTested | WebhookRemoved


class AccessGranted(Event):
    officer: OfficerId
    case: CaseId
    until: datetime
    purpose: str


class GlassBroken(Event):
    """Access taken in need; it stands as an alarm with the supervisors of `organisation` until it is reviewed."""

    officer: OfficerId
    case: CaseId
    until: datetime
    purpose: str
    organisation: OrganisationId


class AccessEnded(Event):
    reason: str


class BreakGlassReviewed(Event):
    justified: bool
    finding: str


GrantChange = AccessEnded | BreakGlassReviewed
