"""In whose name the city acts: each officer with a token of the development issuer, or all with one token or key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from infrastructure.demo.living.acts import Who
from infrastructure.identity.development import DevelopmentIssuer

LIFE, FRESH = timedelta(hours=12), timedelta(hours=11)


class Identities(Protocol):
    def bearer(self, who: Who) -> str: ...


class One:
    """Everything is done by whoever bears this."""

    def __init__(self, bearer: str) -> None:
        self._bearer = bearer

    def bearer(self, who: Who) -> str:  # noqa: ARG002 - the port's own
        return self._bearer


class Issued:
    """Tokens of the development issuer, each made when it is first needed and again before it ends."""

    def __init__(self, issuer: DevelopmentIssuer, now: Callable[[], datetime]) -> None:
        self._issuer = issuer
        self._now = now
        self._tokens: dict[Who, tuple[datetime, str]] = {}

    def bearer(self, who: Who) -> str:
        now = self._now()
        made, token = self._tokens.get(who, (now - LIFE, ""))
        if now - made >= FRESH:
            token = self._issuer.token(who.officer, who.organisation, who.role, now, LIFE)
            self._tokens[who] = (now, token)
        return token
