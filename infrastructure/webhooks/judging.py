"""What came of attempts: what is done, what is tried again and when, and whether nothing gets through at present."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from application.webhooks import DeliveryTrouble
from infrastructure.webhooks.book import Noted
from infrastructure.webhooks.lines import Lines, Waiting
from infrastructure.webhooks.pacing import Pace
from infrastructure.webhooks.sending import Answer


@dataclass(frozen=True, slots=True)
class Came:
    """What came of something that waited. Without an answer it need not go: it is nobody's to hear any more."""

    waiting: Waiting
    answer: Answer | None


@dataclass(slots=True)
class Judge:
    """`misses` are failures one after the other; nothing goes out before `not_before`."""

    pace: Pace
    lines: Lines
    not_before: datetime | None
    misses: int = 0

    def judged(self, came: Came, now: datetime) -> Noted:
        waiting, answer = came.waiting, came.answer
        if answer is None:
            self.lines.done(waiting)
            return Noted(position=waiting.position)
        if answer.trouble is None:
            self.lines.done(waiting)
            self._reached(now)
            return Noted(position=waiting.position, at=now, status=answer.status)
        later = self._later(waiting, answer, now)
        self.lines.again(later)
        return Noted(position=waiting.position, waiting=later, at=now, status=answer.status, trouble=answer.trouble)

    @property
    def down(self) -> bool:
        """So much has failed, one after the other, that it is not about a single thing: one attempt at a time finds out when it is over."""
        return self.misses >= self.pace.parallel

    def _reached(self, now: datetime) -> None:
        if self.down:
            self.lines.hurry(now)
        self.misses = 0

    def _later(self, waiting: Waiting, answer: Answer, now: datetime) -> Waiting:
        pace, attempts = self.pace, waiting.attempts + 1
        asked = min(answer.wait, pace.lasting)
        if answer.trouble is not DeliveryTrouble.NOT_TOLD:
            self.misses += 1
        if asked or self.down:
            pause = max(asked, pace.pause(self.misses - pace.parallel + 1) if self.down else asked)
            self.not_before = max(now + pause, self.not_before or now)
        due = now + max(asked, pace.pause(attempts))
        return replace(waiting, attempts=attempts, due_at=due, failing_since=waiting.failing_since or now)
