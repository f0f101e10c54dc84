"""What is told as it happens: each event is read once, and told once to all who want the same of it."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol
from uuid import UUID

from application.feed import Feed
from application.identity import Principal
from domain.events import Event, Recorded

RECENT = 10_000
"""Records kept in memory for who follows closely; who is further behind reads the log."""
PAGE = 500
REMEMBERED = 1_000
"""Messages a group keeps for those who come back."""
PAUSE = 1.0
"""Seconds until what failed is tried again."""
_log = logging.getLogger(__name__)

Record = Recorded[Event]
Tell = Callable[[Record], Awaitable[str]]
"""A record as the message that a group's subscribers get. It answers whatever happens: what goes wrong is told too."""


class Sight(Protocol):
    """What of the log a subscriber may see."""

    def scope(self, principal: Principal) -> Hashable:
        """Principals of one scope see the same of everything, and share what is worked out for them."""
        ...

    async def sees(self, principal: Principal, record: Record) -> bool:
        """Whether a principal may learn of an event at all."""
        ...


@dataclass(frozen=True, slots=True)
class Topic:
    """What somebody wants to hear of: one thing or any, some types or all; `concerns` looks closer where the record does not tell."""

    types: frozenset[str] = frozenset()
    thing: UUID | None = None
    concerns: Callable[[Record], Awaitable[bool]] | None = None

    def touches(self, record: Record) -> bool:
        return (self.thing is None or record.originator_id == self.thing) and (not self.types or type(record.event).__name__ in self.types)


async def touching(feed: Feed, topic: Topic, after: int, first: int) -> tuple[list[Record], int]:
    """The next records of the log that touch a topic, and the position up to which there are no others."""
    reading = feed.events(after, topic.types, first) if topic.thing is None else feed.of_thing(topic.thing, after, first)
    stretch = await reading
    return [record for record in stretch.records if topic.touches(record)], stretch.position


async def theirs(topic: Topic, sight: Sight, principal: Principal, record: Record) -> bool:
    """Whether a record that touches a topic is about what was asked for, and the principal's to hear."""
    if topic.concerns is not None and not await topic.concerns(record):
        return False
    return await sight.sees(principal, record)


class Subscriber(Protocol):
    """Who is told. It keeps what it cannot pass on at once, up to a bound, and never makes the teller wait."""

    def hear(self, position: int, message: str) -> None: ...

    async def room(self) -> None:
        """Wait until little is kept; asked only while catching up."""
        ...


class Hub:
    """Follows the log while anybody listens, for all who do."""

    def __init__(self, feed: Feed, sight: Sight) -> None:
        self.sight = sight
        self._feed = feed
        self._recent: deque[Record] = deque(maxlen=RECENT)
        self._groups: dict[Hashable, Group] = {}
        self._starting = asyncio.Lock()
        self._following: asyncio.Task[None] | None = None
        self._attending: list[Callable[[Sequence[Record]], object]] = []
        self.position = 0

    def attend(self, look: Callable[[Sequence[Record]], object]) -> None:
        """Show all that is read to somebody who subscribes to nothing."""
        self._attending.append(look)

    async def subscribe(
        self, key: Hashable, topic: Topic, principal: Principal, tell: Tell, subscriber: Subscriber, after: int | None
    ) -> Subscription:
        """Tell the subscriber what follows a position, or the present one; those with equal keys are told alike."""
        async with self._starting:
            if self._following is None:
                self.position = await self._feed.head()
                self._following = asyncio.create_task(self._follow())
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = Group(self, topic, principal, tell, lambda: self._groups.pop(key, None))
        return group.join(subscriber, self.position if after is None else after)

    async def since(self, topic: Topic, after: int) -> tuple[Sequence[Record], int]:
        """The next records that touch a topic, and the position up to which there are no others."""
        if after >= self.position:
            return (), after
        if self._recent and after + 1 >= self._recent[0].position:
            some = list(islice(self._recent, after + 1 - self._recent[0].position, after + PAGE + 1 - self._recent[0].position))
            return [record for record in some if topic.touches(record)], some[-1].position
        found, position = await touching(self._feed, topic, after, PAGE)
        return [record for record in found if record.position <= self.position], min(position, self.position)

    async def _follow(self) -> None:
        """Until nobody listens any more. A fault is logged and tried again."""
        try:
            while self._groups:
                try:
                    await self._advance()
                except Exception:  # noqa: BLE001 - whatever stood in the way, those who listen are told later
                    _log.exception("the log could not be followed and is tried again")
                    await asyncio.sleep(PAUSE)
        finally:
            self._following = None
            self._recent.clear()

    async def _advance(self) -> None:
        await self._feed.grown(self.position)
        stretch = await self._feed.events(self.position, (), PAGE)
        if stretch.records:
            self._recent.extend(stretch.records)
            self.position = stretch.position
            for group in self._groups.values():
                group.learn(stretch.records)
            for look in self._attending:
                look(stretch.records)


class Group:
    """Those who want the same and may see the same. It reads at its own pace and holds up nobody else."""

    def __init__(self, hub: Hub, topic: Topic, principal: Principal, tell: Tell, dissolve: Callable[[], object]) -> None:
        self._hub = hub
        self._topic = topic
        self._principal = principal
        self._tell = tell
        self._dissolve = dissolve
        self._told: OrderedDict[int, asyncio.Future[str | None]] = OrderedDict()
        self._subscriptions: set[Subscription] = set()
        self._present: set[Subscription] = set()
        self._idle = True
        self._woken = asyncio.Event()
        self._running = asyncio.create_task(self._run())
        self.position = hub.position

    def join(self, subscriber: Subscriber, after: int) -> Subscription:
        subscription = Subscription(self, subscriber, after)
        self._subscriptions.add(subscription)
        if after >= self.position:
            self._present.add(subscription)
        else:
            subscription.catching_up = asyncio.create_task(self._catch_up(subscription))
        return subscription

    def leave(self, subscription: Subscription) -> None:
        self._subscriptions.discard(subscription)
        self._present.discard(subscription)
        if not self._subscriptions:
            self._running.cancel()
            self._dissolve()

    def learn(self, records: Sequence[Record]) -> None:
        """New records stand in the hub. Who has nothing to tell of them is moved on without being woken."""
        if not self._idle:
            return
        if any(record.position > self.position and self._topic.touches(record) for record in records):
            self._idle = False
            self._woken.set()
        else:
            self.position = max(self.position, records[-1].position)

    async def _run(self) -> None:
        while True:
            await self._woken.wait()
            self._woken.clear()
            while self.position < self._hub.position:
                try:
                    await self._go_on()
                except Exception:  # noqa: BLE001 - it is read again; nothing is passed over because of a fault
                    _log.exception("a group of subscribers could not be told and is told again")
                    await asyncio.sleep(PAUSE)
            self._idle = True

    async def _go_on(self) -> None:
        records, position = await self._hub.since(self._topic, self.position)
        for record in records:
            message = await self._message(record)
            self.position = record.position
            if message is not None:
                for subscription in tuple(self._present):
                    subscription.hear(record.position, message)
        self.position = position

    async def _catch_up(self, subscription: Subscription) -> None:
        """Told by itself what the group has been told already; from then on, no moment in between, with the group."""
        while subscription.position < self.position:
            try:
                await self._catch_up_some(subscription)
            except Exception:  # noqa: BLE001 - it is read again from where it stands
                _log.exception("a subscriber could not be told what it missed and is told again")
                await asyncio.sleep(PAUSE)
        self._present.add(subscription)

    async def _catch_up_some(self, subscription: Subscription) -> None:
        records, position = await self._hub.since(self._topic, subscription.position)
        for record in records:
            await subscription.subscriber.room()
            message = await self._message(record)
            if message is not None:
                subscription.hear(record.position, message)
        subscription.passed(position)

    async def _message(self, record: Record) -> str | None:
        """Worked out once, however many ask; None where the record is not theirs to hear."""
        known = self._told.get(record.position)
        if known is None:
            known = self._told[record.position] = asyncio.ensure_future(self._worked_out(record))
            known.add_done_callback(lambda done: self._forget(record.position, done))
            if len(self._told) > REMEMBERED:
                self._told.popitem(last=False)
        return await asyncio.shield(known)

    async def _worked_out(self, record: Record) -> str | None:
        return await self._tell(record) if await theirs(self._topic, self._hub.sight, self._principal, record) else None

    def _forget(self, position: int, done: asyncio.Future[str | None]) -> None:
        """What failed is worked out anew for the next who asks."""
        if done.cancelled() or done.exception() is not None:
            self._told.pop(position, None)


class Subscription:
    """One subscriber's place in a group."""

    def __init__(self, group: Group, subscriber: Subscriber, after: int) -> None:
        self.subscriber = subscriber
        self.catching_up: asyncio.Task[None] | None = None
        self.began = after
        self._group = group
        self._heard = after
        self._open = True

    @property
    def position(self) -> int:
        """Everything up to here has been told."""
        return self._heard if self._behind else max(self._heard, self._group.position)

    @property
    def _behind(self) -> bool:
        return self.catching_up is not None and not self.catching_up.done()

    def hear(self, position: int, message: str) -> None:
        if position > self._heard:
            self._heard = position
            self.subscriber.hear(position, message)

    def passed(self, position: int) -> None:
        self._heard = max(self._heard, position)

    def end(self) -> None:
        if self._open:
            self._open = False
            if self.catching_up is not None:
                self.catching_up.cancel()
            self._group.leave(self)
