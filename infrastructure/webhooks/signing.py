"""How a delivery shows who sent it, by the convention of Standard Webhooks."""

from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID


def delivery_id(webhook: UUID, position: int) -> str:
    """The same however often a position is delivered: by this a receiver knows what it has already."""
    return f"webhook_{webhook.hex}_{position}"


def sample_id(webhook: UUID, position: int) -> str:
    """Of a sample that was asked for at a position."""
    return f"webhook_{webhook.hex}_test_{position}"


def headers(secrets: Sequence[bytes], id: str, body: bytes, now: datetime) -> dict[str, str]:
    """Every secret in force signs; a receiver is content with one signature that it knows."""
    stamp = str(int(now.timestamp()))
    signed = b".".join((id.encode(), stamp.encode(), body))
    signatures = (b64encode(hmac.digest(secret, signed, "sha256")).decode() for secret in secrets)
    return {"webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": " ".join(f"v1,{each}" for each in signatures)}
