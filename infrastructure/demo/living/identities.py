"""In whose name the city acts: each officer with a token of the development issuer, or all with one token or key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from application.identity import Role
from domain.ids import OfficerId
from infrastructure.demo.city import BUREAU
from infrastructure.demo.living.acts import Who
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.identity.keys import NewKey, new_key

CENTRE = Who(OfficerId(f"{BUREAU}-signals"), BUREAU, Role.INTEGRATION)
"""Whoever sends what devices tell: not an officer, but an API key."""
LIFE, FRESH = timedelta(hours=12), timedelta(hours=11)


class Identities(Protocol):
    def bearer(self, who: Who) -> str: ...

    def renewed(self) -> NewKey | None:
        """A key that the centre bears from now on and that is to be issued for it; none where one bearer does everything."""
        ...


class One:
    """Everything is done by whoever bears this."""

    def __init__(self, bearer: str) -> None:
        self._bearer = bearer

    def bearer(self, who: Who) -> str:  # noqa: ARG002 - the port's own
        return self._bearer

    def renewed(self) -> None:
        return None


class Issued:
    """Tokens of the development issuer, each made when it is first needed and again before it ends; and the key of the centre."""

    def __init__(self, issuer: DevelopmentIssuer, now: Callable[[], datetime], make: Callable[[], NewKey] = new_key) -> None:
        self._issuer = issuer
        self._now = now
        self._make = make
        self._key = ""
        self._tokens: dict[Who, tuple[datetime, str]] = {}

    def renewed(self) -> NewKey:
        made = self._make()
        self._key = made.text
        return made

    def bearer(self, who: Who) -> str:
        if who == CENTRE:
            return self._key
        now = self._now()
        made, token = self._tokens.get(who, (now - LIFE, ""))
        if now - made >= FRESH:
            token = self._issuer.token(who.officer, who.organisation, who.role, now, LIFE)
            self._tokens[who] = (now, token)
        return token
