"""What technical alarm devices tell, and the key with which it is told: issued as the city begins, and revoked as it ends."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from application.identity import Role
from domain.ids import OfficerId
from domain.jurisdiction.events import KeyAction
from infrastructure.demo.city import BUREAU, District
from infrastructure.demo.devices import EACH, ZONES, number_of
from infrastructure.demo.living.acts import Act, Who
from infrastructure.demo.living.client import Away, Client, NotServed
from infrastructure.demo.living.identities import CENTRE
from infrastructure.demo.living.pace import Pace, count
from infrastructure.demo.matter import SYNTHETIC

SHARE = 0.1
"""Of the alarms that come in, so many are told by devices."""
GENUINE = 0.5
SECURITY = Who(OfficerId(f"{BUREAU}-security"), BUREAU, Role.SECURITY_ADMINISTRATOR)
LABEL = f"{SYNTHETIC}: the devices of `tocsin simulate`"
LIFE, FRESH, AGAIN = timedelta(hours=12), timedelta(hours=11), timedelta(minutes=1)
"""How long a key is good, when the next one is issued, and when it is tried again where that went wrong."""
TELL = """mutation ($input: SignalInput!) { answer: signal(input: $input) {
  ... on SignalPayload { position opened } ... on Refusal { code message } } }"""
Told = dict[str, Any]
_log = logging.getLogger(__name__)


def signals(pace: Pace, districts: tuple[District, ...], slot: datetime, room: int) -> Iterator[Told]:
    """Those of one look at the board, and no more than there is room for."""
    random = pace.drawn("signals", slot.isoformat())
    for number in range(max(0, min(count(random, pace.expected(slot) * SHARE), room))):
        yield _signal(pace, districts, slot, number)


def _signal(pace: Pace, districts: tuple[District, ...], slot: datetime, number: int) -> Told:
    random = pace.drawn("signal", slot.isoformat(), number)
    district = random.choices(districts, cum_weights=list(accumulate(each.weight for each in districts)))[0]
    station = random.choice(district.stations)
    return {
        "device": number_of(station, random.randint(1, EACH)),
        "zone": random.randint(1, len(ZONES)),
        "externalId": f"{SYNTHETIC}/{pace.seed}/{slot.isoformat()}/{number}",
        "deviceAt": slot.isoformat(),
    }


def is_genuine(pace: Pace, alarm: str) -> bool:
    """Whether there is a burglar, or a cat: nobody knows yet, and whoever looks finds out."""
    return pace.drawn("genuine", alarm).random() < GENUINE


@dataclass(slots=True)
class Centre:
    """The alarm receiving centre: it tells what devices tell, as long as its key is good or the one bearer there is may do so."""

    client: Client
    pace: Pace
    key: str | None = None
    fresh_until: datetime | None = None
    silent: bool = False

    async def prepare(self, now: datetime) -> int | None:
        """A key where there is none that is fresh; where the log stands then."""
        if self.fresh_until is not None and now < self.fresh_until:
            return None
        self.fresh_until, self.silent, before = now + FRESH, False, self.key
        made = self.client.identities.renewed()
        if made is None:
            return None
        self.key = str(self.pace.id(now, "key", made.prefix))
        given = {"prefix": made.prefix, "digest": made.digest, "label": LABEL, "organisations": [BUREAU], "actions": [KeyAction.SIGNAL]}
        issued = {"key": self.key, **given, "expiresAt": (now + LIFE).isoformat()}
        answer = await self.client.do(Act("issueApiKey", issued, SECURITY, self.key))
        if before is not None:
            await self._revoke(before)
        if "position" not in answer:
            self._fall_silent(now, answer["message"])
        return answer.get("position")

    async def tell(self, told: Iterable[Told], now: datetime) -> list[Told]:
        """What was taken. Whoever may not tell is silent until there is another key."""
        answers = list[Told]()
        for each in () if self.silent else told:
            try:
                answer = (await self.client.ask(CENTRE, TELL, {"input": each}))["answer"]
            except NotServed as trouble:  # the key was revoked
                answer = {"message": str(trouble)}
            if "position" not in answer:
                self._fall_silent(now, answer["message"])
                break
            answers.append(answer)
        return answers

    async def end(self) -> None:
        """As well as it can be done: the key expires anyway."""
        if self.key is not None:
            await self._revoke(self.key)

    async def _revoke(self, key: str) -> None:
        try:
            await self.client.do(Act("revokeApiKey", {"key": key, "reason": f"{SYNTHETIC}: no longer needed"}, SECURITY, key))
        except (Away, NotServed) as trouble:
            _log.info("a key is left to expire: %s", trouble)

    def _fall_silent(self, now: datetime, why: str) -> None:
        """One bearer for all is left alone for hours; a key of one's own is tried anew soon."""
        self.silent = True
        if self.key is not None:
            self.fresh_until = now + AGAIN
        _log.info("devices are silent: %s", why)
