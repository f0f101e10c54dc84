"""Commands on the keys of integrations."""

from __future__ import annotations

from datetime import datetime

from application.commands import Command, begin, change, command
from domain.ids import ApiKeyId, OrganisationId
from domain.jurisdiction.api_key import ApiKey
from domain.jurisdiction.events import KeyAction


@command
def issue(
    key: ApiKeyId,
    prefix: str,
    digest: str,
    label: str,
    organisations: tuple[OrganisationId, ...],
    actions: tuple[KeyAction, ...],
    expires_at: datetime,
) -> Command:
    """Issue a key for an integration. Whoever asks makes the secret and tells only its SHA-256; the key is `tocsin_PREFIX_SECRET`.

    签发接口密钥。密钥由申请方生成，仅提交其 SHA-256；密钥格式为 tocsin_前缀_密钥。
    """
    return begin(ApiKey, key, lambda act: ApiKey.issue(prefix, digest, label, organisations, actions, expires_at, act.now))


@command
def revoke(key: ApiKeyId, reason: str) -> Command:
    """Revoke a key: from now on it is nobody's, in every process.

    吊销接口密钥，立即在所有进程中失效。
    """
    return change(ApiKey, key, lambda it, _: it.revoke(reason))
