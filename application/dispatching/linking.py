"""What linkage needs to know before an alarm decides: cameras that see it, the post on duty, alarms like it, units.

Policies answer facts with commands and read nothing. A command that hangs on how things stand is given its question, and the linker
answers it in the moment in which the command is carried out, as `recommending.surveyed` does for dispatchers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol

from application.commands import Command, Step
from application.desk import Desk
from application.dispatching.recommending import Surveyor, surveyed
from application.identity import OWNER
from application.policies import Undecided
from domain.aggregates import Act, Decision
from domain.dispatching.alarm import Alarm
from domain.dispatching.duplicates import Happening, Likeness, Suspicion, suspicions
from domain.dispatching.events import LinkedCamera, PostChoice
from domain.dispatching.recommending import Needs
from domain.ids import AlarmId, CameraId, DeviceId, OrganisationId, PostId, RecommendationId
from domain.places import Point


@dataclass(frozen=True, slots=True)
class WhichCameras:
    """See the alarm, or look at the device's zone? `late` is how long after it happened it was recorded."""

    alarm: AlarmId
    late: timedelta
    device: DeviceId | None = None
    zone: int | None = None


@dataclass(frozen=True, slots=True)
class WhichPost:
    """Is on duty and sees these cameras, the best first, or is the next one up from the alarm's station?"""

    alarm: AlarmId
    cameras: tuple[CameraId, ...]


@dataclass(frozen=True, slots=True)
class WhichAlarms:
    """May be the same happening?"""

    alarm: AlarmId
    late: timedelta


@dataclass(frozen=True, slots=True)
class WhichUnits:
    """Would be there first?"""

    alarm: AlarmId
    recommendation: RecommendationId
    late: timedelta


@dataclass(frozen=True, slots=True)
class Found:
    """The best cameras, of so many that see the place."""

    cameras: tuple[LinkedCamera, ...]
    seeing: int


@dataclass(frozen=True, slots=True)
class PostOnDuty:
    post: PostId
    station: OrganisationId
    choice: PostChoice


class Surroundings(Protocol):
    """What stands around an alarm, whoever may see it: three stations act as one."""

    async def cameras(self, place: Point, device: DeviceId | None, zone: int | None, at_most: int) -> Found: ...

    async def post(self, alarm: AlarmId, cameras: Sequence[CameraId]) -> PostOnDuty | None: ...

    async def alarms(self, alarm: AlarmId, window: timedelta) -> tuple[Happening, Sequence[Happening]] | None:
        """It, and those that are open and were received within the window; without those that have it as their suggestion."""
        ...


@dataclass(frozen=True, slots=True)
class Linkage:
    """How many cameras are linked, until how late, and what is alike."""

    cameras: int
    late: timedelta
    likeness: Likeness


@dataclass(frozen=True, slots=True)
class Linker:
    """Answers questions; a command whose question has no answer is not carried out."""

    desk: Desk
    surroundings: Surroundings
    surveyor: Surveyor
    limits: Linkage

    async def decided(self, undecided: Undecided) -> Command | None:
        command, question = undecided.command, undecided.question
        match question:
            case WhichCameras() if question.late <= self.limits.late:
                return await self._linked(command, question)
            case WhichPost():
                return await self._asked(command, question)
            case WhichAlarms() if question.late <= self.limits.late:
                return await self._suggested(command, question)
            case WhichUnits() if question.late <= self.limits.late:
                return await self._recommended(command, question)
            case _:
                return None  # what happened long ago is shown by no camera, and nobody waits for it

    async def _linked(self, command: Command, question: WhichCameras) -> Command | None:
        place = await self._place(question.alarm)
        if place is None:
            return None
        found = await self.surroundings.cameras(place, question.device, question.zone, self.limits.cameras)
        if not found.cameras:
            return None
        return _deciding(command, lambda it: it.link_cameras(place, found.cameras, found.seeing))

    async def _asked(self, command: Command, question: WhichPost) -> Command | None:
        found = await self.surroundings.post(question.alarm, question.cameras)
        if found is None:
            return None
        return _deciding(command, lambda it: it.ask_for_verification(found.post, found.station, found.choice, question.cameras))

    async def _suggested(self, command: Command, question: WhichAlarms) -> Command | None:
        likeness = self.limits.likeness
        around = await self.surroundings.alarms(question.alarm, timedelta(seconds=likeness.window))
        likely = () if around is None else suspicions(*around, likeness)
        return _deciding(command, *(_suggesting(each) for each in likely)) if likely else None

    async def _recommended(self, command: Command, question: WhichUnits) -> Command | None:
        if await self._place(question.alarm) is None:
            return None
        survey = await self.surveyor.survey(OWNER, question.alarm)
        return surveyed(command, question.recommendation, Needs(), survey)

    async def _place(self, id: AlarmId) -> Point | None:
        """Of an alarm that is no test."""
        found = (await self.desk.states([(Alarm, id)], fresh=True)).get(id)
        alarm: Alarm | None = found
        return None if alarm is None or alarm.test else alarm.place


def _suggesting(suspicion: Suspicion) -> Callable[[Alarm], Decision]:
    return lambda it: it.suggest_duplicate(suspicion)


def _deciding(command: Command, *decisions: Callable[[Alarm], Decision]) -> Command:
    """With what was found. It stays the same command, so that a second run changes nothing."""
    (step,) = command.steps

    def one(decide: Callable[[Alarm], Decision]) -> Step:
        def decided(it: Any, _: Act) -> Decision:
            return decide(it)

        return Step(step.aggregate, step.id, decided)

    return command._replace(steps=tuple(map(one, decisions)))
