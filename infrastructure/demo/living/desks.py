"""What the desk does next with an alarm: it follows from what stands on the board and from the time, and from nothing else."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random

from application.dispatching.views import AlarmState
from domain.dispatching.events import AlarmResult, AreaClass
from domain.ids import OrganisationId
from infrastructure.demo.achieving import achieved
from infrastructure.demo.kinds import ANYTHING, KINDS, Kind
from infrastructure.demo.living.acts import Act
from infrastructure.demo.living.board import OpenAlarm, Recommended
from infrastructure.demo.living.calls import dispatcher
from infrastructure.demo.living.pace import Pace
from infrastructure.demo.living.signals import is_genuine
from infrastructure.demo.matter import SYNTHETIC

"""What an alarm is taken for whose type the city does not know."""
GENUINE = Kind("INTRUSION", 1, "A technical alarm went off", 1.0, 0.8)
UNFOUNDED = replace(GENUINE, results=(AlarmResult.UNFOUNDED,))
"""What a device tells, and what comes of it; somebody is sent unless video shows that nothing is the matter."""
OF_TYPE = {kind.alarm_type: kind for kind in KINDS}
STANDS = 120
"""Seconds for which a recommendation is followed; after that the desk asks again."""
WAITS = 900
"""Seconds after which an alarm to which nobody can be sent is settled without."""
LOOKS = 6


@dataclass(frozen=True, slots=True)
class Desk:
    """`taken` are the units that are ordered already, or will be by what is done before this; `homes` are the stations of units."""

    pace: Pace
    now: datetime
    taken: Container[str]
    homes: Mapping[str, OrganisationId] = field(default_factory=dict[str, OrganisationId])

    def next(self, alarm: OpenAlarm, area: AreaClass) -> Iterator[Act]:
        """Nothing for alarms of others: whoever tries something by hand is left alone."""
        if not alarm.synthetic:
            return
        kind, drawn = self._kind(alarm), self.pace.drawn("desk", alarm.id)
        begun, urgent, sent = drawn.uniform(15, 60), drawn.random() < kind.urgent, drawn.random() < kind.sent
        if alarm.running or alarm.state is AlarmState.REFERRED or alarm.sent:
            yield from self._watched(alarm, kind, drawn)
        elif alarm.proposed is not None:
            yield from self._settled(alarm, kind, drawn, alarm.received_at, begun)
        elif alarm.test or not sent:
            yield from self._settled(alarm, kind, drawn, alarm.received_at, drawn.uniform(120, 900))
        elif alarm.state is AlarmState.RECEIVED:
            yield from self._triaged(alarm, kind, begun, urgent=urgent, area=area)
        else:
            yield from self._sent(alarm, kind, drawn, begun + drawn.uniform(10, 45 if urgent else 120))

    def _kind(self, alarm: OpenAlarm) -> Kind:
        if alarm.told_by_device:
            return GENUINE if is_genuine(self.pace, alarm.id) else UNFOUNDED
        return OF_TYPE.get(alarm.alarm_type or "", ANYTHING)

    def _due(self, since: datetime, seconds: float) -> bool:
        return self.now >= self.pace.after(since, seconds)

    def _triaged(self, alarm: OpenAlarm, kind: Kind, seconds: float, *, urgent: bool, area: AreaClass) -> Iterator[Act]:
        if self._due(alarm.received_at, seconds):
            given = {"alarmType": alarm.alarm_type or kind.alarm_type, "priority": "1" if urgent else "2", "areaClass": area}
            yield self._act("triageAlarm", alarm, {"alarm": alarm.id, **given})

    def _sent(self, alarm: OpenAlarm, kind: Kind, drawn: Random, seconds: float) -> Iterator[Act]:
        """A recommendation first; the first of its units that is still free is sent."""
        if not self._due(alarm.received_at, seconds):
            return
        standing = self._standing(alarm)
        unit = self._free(standing)
        if standing is not None and unit is not None:
            attempt = f"{alarm.sent}/{len(alarm.recommended)}"
            given = {"order": str(self.pace.id(standing.at, "order", alarm.id, attempt)), "alarm": alarm.id, "unit": unit}
            yield self._act("sendOrder", alarm, given, attempt)
        elif self.now >= self._end(alarm.received_at, WAITS):
            yield from self._settled(alarm, kind, drawn, alarm.received_at, WAITS)
        elif standing is None or not self._stands(standing):
            attempt = str(len(alarm.recommended))
            recommendation = self.pace.id(alarm.received_at, "recommendation", alarm.id, attempt)
            yield self._act("recommendUnits", alarm, {"alarm": alarm.id, "recommendation": str(recommendation)}, attempt)

    def _standing(self, alarm: OpenAlarm) -> Recommended | None:
        """The last recommendation, with the units that this desk may send: what is proposed by itself looks at the whole city."""
        if not alarm.recommended:
            return None
        last, desk = alarm.recommended[-1], dispatcher(alarm.station).organisation
        own = tuple(unit for unit in last.units if self.homes.get(unit, desk).startswith(desk))
        return None if last.units and not own else Recommended(last.at, own)

    def _stands(self, standing: Recommended) -> bool:
        return self.now < self._end(standing.at, STANDS)

    def _end(self, since: datetime, seconds: float) -> datetime:
        """However fast life goes, there is time for some looks at the board."""
        return max(self.pace.after(since, seconds), since + timedelta(seconds=LOOKS * self.pace.every))

    def _free(self, standing: Recommended | None) -> str | None:
        if standing is None or not self._stands(standing):
            return None
        return next((unit for unit in standing.units if unit not in self.taken), None)

    def _watched(self, alarm: OpenAlarm, kind: Kind, drawn: Random) -> Iterator[Act]:
        """Somebody was sent; when the last one is done, the desk writes down what came of it."""
        if alarm.running:
            return
        if alarm.state in {AlarmState.RECEIVED, AlarmState.TRIAGED}:  # nobody came: somebody else is sent
            yield from self._sent(alarm, kind, drawn, 0)
        else:
            yield from self._settled(alarm, kind, drawn, alarm.cleared_at or alarm.received_at, drawn.uniform(60, 600))

    def _settled(self, alarm: OpenAlarm, kind: Kind, drawn: Random, since: datetime, seconds: float) -> Iterator[Act]:
        if not self._due(since, seconds):
            return
        time = f"{alarm.reopened}"
        if alarm.sent:
            yield self._act(
                "recordAlarmFeedback", alarm, {"alarm": alarm.id, "final": True, "summary": f"{SYNTHETIC}: done"}, f"final/{time}"
            )
        if not alarm.has_result:
            result = AlarmResult.OTHER if alarm.test else alarm.proposed or drawn.choice(kind.results)
            if result is AlarmResult.REFERRED and alarm.state is not AlarmState.REFERRED:
                given = {"alarm": alarm.id, "to": f"{SYNTHETIC} hotline", "reason": f"{SYNTHETIC}: not a police matter"}
                yield self._act("referAlarm", alarm, given, time)
            yield self._act("recordAlarmResult", alarm, {"alarm": alarm.id, "result": result, **_achieved(kind, result, drawn)}, time)
        yield self._act("closeAlarm", alarm, {"alarm": alarm.id}, time)

    def _act(self, mutation: str, alarm: OpenAlarm, given: Mapping[str, object], time: str = "") -> Act:
        return Act(mutation, dict(given), dispatcher(alarm.station), f"{self.pace.seed}/{alarm.id}/{time}")


def _achieved(kind: Kind, result: AlarmResult, drawn: Random) -> dict[str, object]:
    outcome, contributions = achieved(kind.alarm_type, result, drawn)
    helped = [{"channel": each.channel, "role": each.role} for each in contributions]
    return {} if outcome is None else {"outcome": outcome, "contributions": helped}
