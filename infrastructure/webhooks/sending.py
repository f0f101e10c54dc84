"""One attempt over HTTP: nothing is followed, nothing is kept, and little is read."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpx

from application.webhooks import DeliveryTrouble
from infrastructure.webhooks.pacing import asked_to_wait

READ = 64 * 1024
"""So much of an answer is read away, so that its connection can be used again."""
ALWAYS = {"Content-Type": "application/json", "User-Agent": "Tocsin-Webhooks/1"}
KEPT = 100
"""Connections that stay open between deliveries."""
OKAY = range(200, 300)
ELSEWHERE = range(300, 400)
GONE = 410


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an attempt. Without trouble it was taken."""

    status: int | None
    trouble: DeliveryTrouble | None = None
    wait: timedelta = timedelta(0)

    @property
    def gone(self) -> bool:
        """The receiver wants nothing any more."""
        return self.status == GONE


def new_client() -> httpx.AsyncClient:
    """Trusts whom the machine trusts, uses no proxy, and takes no cookies from one receiver to another."""
    jar = CookieJar(DefaultCookiePolicy(allowed_domains=()))
    return httpx.AsyncClient(
        verify=ssl.create_default_context(),
        trust_env=False,
        follow_redirects=False,
        cookies=jar,
        timeout=None,  # noqa: S113 - the whole attempt has its time
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=KEPT),  # a slow receiver must not take the others' places
    )


async def send(client: httpx.AsyncClient, url: str, headers: Mapping[str, str], body: bytes, patience: timedelta, now: datetime) -> Answer:
    try:
        async with (
            asyncio.timeout(patience.total_seconds()),
            client.stream("POST", url, headers={**ALWAYS, **headers}, content=body) as got,
        ):
            await _read_away(got)
            return _understood(got, now)
    except TimeoutError:
        return Answer(None, DeliveryTrouble.TIMED_OUT)
    except (httpx.HTTPError, httpx.InvalidURL, OSError):
        return Answer(None, DeliveryTrouble.NOT_REACHED)


def _understood(got: httpx.Response, now: datetime) -> Answer:
    if got.status_code in OKAY:
        return Answer(got.status_code)
    trouble = DeliveryTrouble.REDIRECTED if got.status_code in ELSEWHERE else DeliveryTrouble.STATUS
    return Answer(got.status_code, trouble, asked_to_wait(got.headers.get("retry-after"), now))


async def _read_away(got: httpx.Response) -> None:
    """The status has come: whatever happens to the rest of the answer changes nothing of it."""
    left = READ
    try:
        async for piece in got.aiter_raw():
            left -= len(piece)
            if left <= 0:
                return
    except httpx.HTTPError:
        return
