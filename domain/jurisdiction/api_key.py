"""The key of an integration: what it is good for, where, until when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from domain.events import Event
from domain.evolving import evolve
from domain.ids import OrganisationId
from domain.jurisdiction.events import ApiKeyIssued, ApiKeyRevoked, KeyAction
from domain.rules import InvalidTransition, InvalidValue, LimitExceeded, required_text

LONGEST_LIFE = timedelta(days=366)
_PREFIX = re.compile(r"[a-z2-7]{12}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class KeyPrefixMalformed(InvalidValue):
    """A key's prefix has 12 letters a to z or digits 2 to 7.

    密钥前缀由 12 个字母 a 至 z 或数字 2 至 7 组成。
    """

    on = "prefix"


class KeyDigestMalformed(InvalidValue):
    """The digest is the SHA-256 of the secret, as 64 hexadecimal digits.

    摘要须为密钥的 SHA-256，以 64 位小写十六进制表示。
    """

    on = "digest"


class KeyReachesNowhere(InvalidValue):
    """A key is good for at least one organisation.

    密钥至少须适用于一个机构。
    """

    on = "organisations"


class KeyDoesNothing(InvalidValue):
    """A key is good for at least one action.

    密钥至少须允许一种操作。
    """

    on = "actions"


class KeyLivesTooLong(LimitExceeded):
    """A key expires after now, and within 366 days.

    密钥的到期时间须在当前时间之后且不超过 366 天。
    """

    on = "expiresAt"


class KeyIsRevoked(InvalidTransition):
    """The key is revoked already.

    该密钥已被吊销。
    """


@dataclass(frozen=True)
class ApiKey:
    """A key of an integration (接口密钥)."""

    begins: ClassVar[tuple[type[Event], ...]] = (ApiKeyIssued,)

    expires_at: datetime
    revoked: bool = False

    @staticmethod
    def issue(
        prefix: str,
        digest: str,
        label: str,
        organisations: tuple[OrganisationId, ...],
        actions: tuple[KeyAction, ...],
        expires_at: datetime,
        now: datetime,
    ) -> ApiKeyIssued:
        if not _PREFIX.fullmatch(prefix):
            raise KeyPrefixMalformed
        if not _DIGEST.fullmatch(digest):
            raise KeyDigestMalformed
        if not organisations:
            raise KeyReachesNowhere
        if not actions:
            raise KeyDoesNothing
        if not now < expires_at <= now + LONGEST_LIFE:
            raise KeyLivesTooLong
        return ApiKeyIssued(
            prefix=prefix,
            digest=digest,
            label=required_text(label, field="label"),
            organisations=tuple(dict.fromkeys(organisations)),
            actions=tuple(dict.fromkeys(actions)),
            expires_at=expires_at,
        )

    def revoke(self, reason: str) -> ApiKeyRevoked:
        if self.revoked:
            raise KeyIsRevoked
        return ApiKeyRevoked(reason=required_text(reason, field="reason"))

    def is_good(self, now: datetime) -> bool:
        return not self.revoked and now < self.expires_at

    @classmethod
    def begin(cls, event: ApiKeyIssued) -> ApiKey:
        return cls(expires_at=event.expires_at)

    def apply(self, event: ApiKeyRevoked) -> ApiKey:  # noqa: ARG002 - the protocol's name
        return evolve(self, revoked=True)
