"""An identity provider's public keys: fetched when needed, and kept while the provider is out of reach."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Protocol
from urllib.parse import urlsplit
from urllib.request import urlopen

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from application.ports import Clock
from infrastructure.settings import SettingRefused

_LOG = logging.getLogger(__name__)
FRESH = timedelta(hours=1)
KEPT = timedelta(hours=24)
"""A provider that cannot be reached must not stop dispatching; a day is enough to mend it."""
PAUSE = timedelta(minutes=1)
"""Between two attempts, whoever asks for keys that do not exist."""
SECONDS = 5
LARGEST = 1 << 20


class Keys(Protocol):
    async def current(self) -> KeySet | None:
        """The keys as they are known; None where there are none to trust."""
        ...

    async def renewed(self) -> KeySet | None:
        """The keys once more from their source, for a token names one that is not known."""
        ...


class ProviderKeys:
    """The keys behind an address, remembered."""

    def __init__(self, fetch: Callable[[], dict[str, Any]], clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._keys: KeySet | None = None
        self._fetched: datetime | None = None
        self._tried: datetime | None = None
        self._lock = asyncio.Lock()

    async def current(self) -> KeySet | None:
        if self._age() > FRESH:
            await self._renew()
        return self._keys if self._age() <= KEPT else None

    async def renewed(self) -> KeySet | None:
        await self._renew()
        return self._keys if self._age() <= KEPT else None

    def _age(self) -> timedelta:
        return timedelta.max if self._fetched is None else self._clock.now() - self._fetched

    async def _renew(self) -> None:
        """At most one attempt at a time, and one a minute."""
        async with self._lock:
            if self._tried is not None and self._clock.now() - self._tried < PAUSE:
                return
            self._tried = self._clock.now()
            try:
                keys = KeySet.import_key_set(await asyncio.to_thread(self._fetch))  # type: ignore[arg-type]  # checked as it is read
            except (OSError, ValueError, KeyError, TypeError, JoseError) as error:
                _LOG.warning("the identity provider's keys cannot be read: %s", type(error).__name__)
                return
            self._keys, self._fetched = keys, self._tried


def fetcher(issuer: str, address: str | None) -> Callable[[], dict[str, Any]]:
    """Reads the keys from their address, or from where the issuer's discovery document says they are."""
    _check(address or issuer)

    def fetch() -> dict[str, Any]:
        found = address or _read(f"{issuer.rstrip('/')}/.well-known/openid-configuration")["jwks_uri"]
        _check(found)
        return _read(found)

    return fetch


def _check(address: str) -> None:
    """Keys that come over an open network would be anybody's."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in {"127.0.0.1", "localhost", "::1"}):
        raise SettingRefused("the identity provider's address must begin with https://")


def _read(address: str) -> dict[str, Any]:
    with urlopen(address, timeout=SECONDS) as answer:  # noqa: S310 - https, or this machine
        content = json.loads(answer.read(LARGEST))
    if not isinstance(content, dict):
        raise TypeError("not an object")
    return content
