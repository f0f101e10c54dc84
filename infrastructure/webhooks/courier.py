"""Delivers for one webhook: looks through the log, and brings what waits, each thing's in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from time import monotonic
from uuid import UUID

from application.casework.vault import VaultIsClosed
from application.identity import Principal
from application.jurisdiction.views import WebhookState
from application.live import Record, touching
from application.webhooks import DeliveryTrouble, NotToldNow, WebhookDocumentUnfit, Wish
from domain.jurisdiction.events import PauseReason
from domain.rules import InvalidValue
from infrastructure.access.access import FOLLOW_BEHIND
from infrastructure.webhooks.book import Book
from infrastructure.webhooks.bringing import Bringer, KeyHasEnded
from infrastructure.webhooks.judging import Came, Judge
from infrastructure.webhooks.lines import Lines, Waiting
from infrastructure.webhooks.office import Office
from infrastructure.webhooks.sending import Answer

MOST_WAITING = 500
"""More than this of one webhook is not written down: the log itself keeps the rest."""
PAGE = 200
POLL = 1.0
"""Seconds until a look is taken even if nothing called for one, or until what failed is tried again."""
STORED = 2.0
"""Seconds after which the position is written down although nothing was found on the way."""
FAREWELL = 2.0
"""Seconds for what is on its way when the courier is called off."""
BEHIND = 2.0
_log = logging.getLogger(__name__)


class Courier:
    """Until cancelled."""

    def __init__(self, office: Office, webhook: UUID) -> None:
        self._office = office
        self._webhook = webhook
        self._book = Book(office.database, webhook)
        self._called = asyncio.Event()
        self._out: set[asyncio.Task[None]] = set()
        self._came: list[Came] = []
        self._bringer = Bringer(office, webhook, self._book, lambda: self._registered)
        self._judge = Judge(office.pace, Lines([]), None)
        self._rest = POLL
        self._wish: tuple[int, Principal, Wish] | None = None

    def call(self) -> None:
        """There may be something to do."""
        self._called.set()

    async def run(self) -> None:
        """A fault is logged and everything read anew: what was not written down is delivered again."""
        try:
            while True:
                try:
                    await self._open()
                    while True:
                        await self._round()
                        await self._wait()
                except Exception:  # noqa: BLE001 - whatever stood in the way, nothing is passed over because of it
                    _log.exception("webhook %s could not go on and tries again", self._webhook)
                    await self._call_back(0)
                    await asyncio.sleep(POLL)
        finally:
            await self._call_back(FAREWELL)
            with suppress(Exception):
                await self._note()

    async def _open(self) -> None:
        self._came.clear()
        self._registered = await asyncio.to_thread(self._book.registered)
        self._standing, waiting = await asyncio.to_thread(self._book.opened, self._registered)
        self._lines = Lines(waiting)
        self._judge = Judge(self._office.pace, self._lines, self._standing.not_before, self._judge.misses)
        self._looked, self._stored = self._standing.position, monotonic()

    async def _round(self) -> None:
        self._called.clear()
        self._rest = POLL
        await self._note()
        self._registered = await asyncio.to_thread(self._book.registered)
        await self._take_up()
        if self._registered.state is not WebhookState.DELIVERING:
            return
        holder = await self._office.keys.holder(self._registered.api_key)
        if holder is None:
            await self._pause(PauseReason.KEY_ENDED)
        else:
            await self._go_on(holder)

    async def _take_up(self) -> None:
        """What was ordered since the last round: to begin elsewhere, to try anew, to send a sample."""
        if self._registered.begun > self._standing.begun:
            await self._start_over(lambda: self._book.begin_again(self._registered, self._standing))
        elif self._registered.renewed > self._standing.renewed:
            await self._start_over(lambda: self._book.renew(self._registered, self._standing, self._office.clock.now()))
        if self._registered.tested > self._standing.tested:
            await self._test()

    async def _start_over(self, write: Callable[[], None]) -> None:
        await self._call_back(0)
        await self._note()
        await asyncio.to_thread(write)
        self._judge.misses = 0
        await self._open()

    async def _go_on(self, holder: Principal) -> None:
        trouble = await self._stands_still(holder)
        if trouble is None:
            wish = await self._wished(holder)
            trouble = await self._look(wish, holder)
            self._bring_what_is_due(wish)
        if trouble is not self._standing.trouble:
            await asyncio.to_thread(self._book.in_trouble, trouble)
            self._standing = replace(self._standing, trouble=trouble)

    async def _stands_still(self, holder: Principal) -> DeliveryTrouble | None:
        """What nobody outside can be blamed for; nothing is tried until it is put right."""
        try:
            self._office.destinations.insist(self._registered.url)
            await self._wished(holder)
            await asyncio.to_thread(self._office.secrets.signing, self._webhook, self._office.clock.now())
        except WebhookDocumentUnfit:
            return DeliveryTrouble.DOCUMENT_UNFIT
        except InvalidValue:
            return DeliveryTrouble.HOST_NOT_ALLOWED
        except VaultIsClosed:
            return DeliveryTrouble.VAULT_CLOSED
        return None

    async def _wished(self, holder: Principal) -> Wish:
        version, known = self._registered.version, self._wish
        if known is None or known[:2] != (version, holder):
            wish = await self._office.wishes.understood(self._registered.document, self._registered.variables, holder)
            known = self._wish = (version, holder, wish)
        return known[2]

    async def _look(self, wish: Wish, holder: Principal) -> DeliveryTrouble | None:
        """What can be seen only once a view has come so far is not passed over: it is looked at when it has."""
        room = MOST_WAITING - len(self._lines)
        if room <= 0:
            return None
        records, upto = await touching(self._office.feed, wish.topic, self._looked, min(PAGE, room))
        if records and not await self._shown_up_to(records[-1].position):
            return DeliveryTrouble.VIEWS_BEHIND
        found = [each for each in await self._office.access.shown(holder, records) if await _concerns(wish, each)]
        now = self._office.clock.now()
        await self._move(upto, [Waiting(position=each.position, thing=each.originator_id, due_at=now) for each in found])
        return None

    async def _shown_up_to(self, position: int) -> bool:
        return all([await self._office.feed.reached(position, view, BEHIND) for view in FOLLOW_BEHIND])

    async def _move(self, upto: int, waiting: Sequence[Waiting]) -> None:
        """Written down where something was found, and now and then: what is looked at twice changes nothing."""
        if upto > self._looked:
            self.call()  # there may be more
        self._looked = upto
        passed = upto - self._standing.position
        if waiting or passed >= PAGE or (passed and monotonic() - self._stored > STORED):
            await asyncio.to_thread(self._book.move, self._standing, upto, waiting)
            self._standing, self._stored = replace(self._standing, position=upto), monotonic()
        for each in waiting:
            self._lines.add(each)

    def _bring_what_is_due(self, wish: Wish) -> None:
        now = self._office.clock.now()
        if self._judge.not_before is not None and now < self._judge.not_before:
            self._rest = min(POLL, (self._judge.not_before - now).total_seconds())
            return
        most = 1 if self._judge.down else self._office.pace.parallel
        for each in self._lines.take(now, most):
            task = asyncio.create_task(self._bring(each, wish))
            self._out.add(task)
            task.add_done_callback(self._out.discard)
        due = self._lines.next_due()
        if due is not None and len(self._out) < most:
            self._rest = min(POLL, max(0.0, (due - now).total_seconds()))

    async def _bring(self, waiting: Waiting, wish: Wish) -> None:
        try:
            came = Came(waiting, await self._bringer.brought(waiting, wish))
        except KeyHasEnded:
            came = None
        except (NotToldNow, VaultIsClosed, InvalidValue):
            came = Came(waiting, Answer(None, DeliveryTrouble.NOT_TOLD))
        except Exception:  # noqa: BLE001 - it is tried again, whatever it was
            _log.exception("webhook %s could not be told of position %d", self._webhook, waiting.position)
            came = Came(waiting, Answer(None, DeliveryTrouble.NOT_TOLD))
        if came is not None:
            self._came.append(came)
        self.call()

    async def _test(self) -> None:
        position = self._registered.tested
        answer = await self._bringer.sampled(position)
        await asyncio.to_thread(self._book.tested, position, self._office.clock.now(), answer.status, answer.trouble)
        self._standing = replace(self._standing, tested=position)

    async def _note(self) -> None:
        """Write down what came of attempts, and draw the line under what has failed too long."""
        came, self._came = self._came, []
        if not came:
            return
        now = self._office.clock.now()
        noted = [self._judge.judged(each, now) for each in came]
        await asyncio.to_thread(self._book.note, self._standing, noted, self._judge.not_before)
        if any(each.answer is not None and each.answer.gone for each in came):
            await self._pause(PauseReason.GONE)
        since = self._lines.failing_since()
        if since is not None and now - since >= self._office.pace.lasting:
            await self._pause(PauseReason.FAILING)

    async def _pause(self, reason: PauseReason) -> None:
        await self._office.pause(self._webhook, self._registered.version, reason)

    async def _wait(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(self._rest):
                await self._called.wait()

    async def _call_back(self, seconds: float) -> None:
        """What is on its way may arrive for so long; what has not been answered then is sent again."""
        out = tuple(self._out)
        if out and seconds:
            await asyncio.wait(out, timeout=seconds)
        for each in out:
            each.cancel()
        if out:
            await asyncio.wait(out)


async def _concerns(wish: Wish, record: Record) -> bool:
    return wish.topic.concerns is None or await wish.topic.concerns(record)
