"""The desk carries commands out: load, decide, append all or nothing, retry a conflict, answer with the position."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Any, NamedTuple
from uuid import UUID

from application.commands import Command, Look, Step
from application.levels import levels, missing
from application.limits import codes_in_force, days_in_force, in_force
from application.memory import Memory
from application.places import Places
from application.ports import Appended, Clock, CommandReused, Entry, EventLog, KeyTaken, Outcome, Submission, VersionMoved
from application.queues import Queues
from application.refusals import IdempotencyConflict, TooBusy, VersionConflict
from application.retaining import Retentions, SameAlways, kept_by
from application.stage import Stage
from application.uniqueness import RULES, claims, releases
from application.versions import Versions
from domain.aggregates import Act, Decision
from domain.areas import Geometry
from domain.events import At, Event
from domain.ids import CommandId, OfficerId, OrganisationId, organisation_stream
from domain.jurisdiction.events import LimitScope
from domain.jurisdiction.organisation import Organisation
from domain.rules import AlreadyExists, EffectiveInFuture, Rejected

ATTEMPTS = 4
FOR_NO_TIME = SameAlways()


class Request(NamedTuple):
    """A command with who asks for it. Without `effective_at` it happens now."""

    command: Command
    command_id: CommandId
    by: OfficerId
    organisation: OrganisationId
    effective_at: datetime | None = None
    device_at: datetime | None = None
    expected_version: int | None = None
    causation: int | None = None
    correlation: UUID | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """What was asked for is in the log, now or since an earlier sending; `position` is where a reader must be to see it."""

    position: int
    recorded_at: datetime
    repeated: bool


class Desk:
    """Carries out commands of this process. `shared` says that other processes write the same log."""

    def __init__(
        self,
        log: EventLog,
        clock: Clock,
        *,
        shared: bool,
        memory: int = 10_000,
        zone: tzinfo = UTC,
        geometry: Geometry | None = None,
        retentions: Retentions = FOR_NO_TIME,
    ) -> None:
        self._log = log
        self._clock = clock
        self._shared = shared
        self._memory = Memory(memory)
        self._places = Places(log, zone, geometry)
        self._versions = Versions(log, self._memory, shared=shared)
        self._queues = Queues()
        self._retentions = retentions

    async def carry_out(self, request: Request) -> Done:
        """Carry out one command; a refusal is raised as the `Rejected` it is."""
        ids = _touched(request.command)
        async with self._queues.hold(ids):
            for attempt in range(ATTEMPTS):
                try:
                    stage = await self._stage([request], fresh=attempt > 0)
                    submission = _decide(request, stage, self._clock.now())
                except Rejected as refusal:
                    if attempt == 0 and self._shared:
                        continue  # what another process recorded meanwhile may allow it
                    return await self._known(request, refusal)
                (outcome,) = await self._append([submission], ids)
                if isinstance(outcome, VersionMoved):
                    self._insist(request, outcome)
                    continue
                return self._settle(request, stage, outcome)
        raise TooBusy

    async def carry_out_in_order(self, requests: Sequence[Request]) -> list[Done | Rejected]:
        """Carry out commands one after the other in one commit; each is answered by itself."""
        ids = {id for request in requests for id in _touched(request.command)}
        async with self._queues.hold(ids):
            stage = await self._stage(requests, fresh=self._shared)
            answers: list[Done | Rejected | Submission] = [_attempt(request, stage, self._clock.now()) for request in requests]
            submissions = [answer for answer in answers if isinstance(answer, Submission)]
            outcomes = iter(await self._append(submissions, ids))
            merged = [next(outcomes) if isinstance(answer, Submission) else answer for answer in answers]
            clean = all(isinstance(each, Appended) and not each.repeated for each in merged)
            if clean:
                self._memory.keep(stage.states())
                return [_done(each) for each in merged if isinstance(each, Appended)]
            self._memory.forget(ids)
        return [await self._again(request, each) for request, each in zip(requests, merged, strict=True)]

    async def states(self, looks: Sequence[Look], *, fresh: bool = False) -> dict[UUID, Any]:
        """How things stand, as far as they exist and are of the kind that was named; `fresh` asks the log once more."""
        kinds = {id: kind for kind, id in looks}
        stage = Stage(self._memory.recall(kinds), {}, await self._places.of((), fresh=False))
        await stage.catch_up(self._log, kinds, fresh=fresh)
        return {id: kept.state for id, kept in stage.states().items() if isinstance(kept.state, kinds[id])}

    async def _append(self, submissions: Sequence[Submission], ids: Collection[UUID]) -> list[Outcome]:
        """Whoever is not told the outcome, by a fault or because the caller went away, no longer knows how things stand."""
        try:
            return await self._log.append_all(submissions)
        except BaseException:
            self._memory.forget(ids)
            raise
        finally:
            self._places.heed(submissions)
            self._versions.heed(submissions)

    async def _again(self, request: Request, answer: Done | Rejected | Outcome) -> Done | Rejected:
        """An answer of a batch in which something was refused: what hung on it is decided anew, alone."""
        if isinstance(answer, Appended):
            return _done(answer)
        try:
            return await self.carry_out(request)
        except Rejected as refusal:
            return refusal

    async def _known(self, request: Request, refusal: Rejected) -> Done:
        """A refused command may be one that was done before: then its first result is the answer."""
        found = await self._log.find(request.command_id)
        if found is None:
            raise refusal
        content, appended = found
        if content != _content(request):
            raise IdempotencyConflict
        return _done(replace(appended, repeated=True))

    def _insist(self, request: Request, moved: VersionMoved) -> None:
        if any(step.new and step.id == moved.originator_id for step in request.command.steps):
            raise AlreadyExists
        if request.expected_version is not None and moved.originator_id == request.command.subject:
            raise VersionConflict(moved.current)

    def _settle(self, request: Request, stage: Stage, outcome: Appended | KeyTaken | CommandReused) -> Done:
        match outcome:
            case Appended(repeated=False):
                self._memory.keep(stage.states())
                return _done(outcome)
            case Appended():
                self._memory.forget(_touched(request.command))
                return _done(outcome)
            case KeyTaken(key=key):
                raise RULES[key.kind]
            case CommandReused():
                raise IdempotencyConflict

    async def _stage(self, requests: Sequence[Request], *, fresh: bool) -> Stage:
        """The states that the commands need, from memory where they are known and from the log where not.

        What one of them begins is not looked for: if the log has it after all, the log will say so.
        """
        kinds = {step.id: step.aggregate for request in requests for step in request.command.steps}
        kinds.update((id, kind) for request in requests for kind, id in request.command.looks)
        reads = {position for request in requests for position in request.command.reads}
        named = [each for request in requests for each in request.command.names]
        places = await self._places.of(named, fresh=fresh)
        kinds.update(places.kinds)
        begun = {step.id for request in requests for step in request.command.steps if step.new}
        stage = Stage(self._memory.recall(kinds.keys() - begun), await self._log.records(reads) if reads else {}, places)
        stage.retention = await self._retentions.at(self._clock.now())
        await stage.catch_up(self._log, {id: kind for id, kind in kinds.items() if id not in begun}, fresh=fresh)
        await self._bring_levels(stage, {unit for request in requests for unit in request.command.levels}, fresh=fresh)
        now = self._clock.now()
        await self._versions.bring(
            stage, [(each.command, _measured_at(each.command, stage, each.effective_at or now)) for each in requests]
        )
        return stage

    async def _bring_levels(self, stage: Stage, units: Collection[UUID], *, fresh: bool) -> None:
        """The organisations above units, from each to the next; what is named and not registered ends it."""
        asked: set[UUID] = set()
        while units and (further := missing(stage, units) - asked):
            asked |= further
            stage.recall(self._memory.recall(further))
            await stage.catch_up(self._log, dict.fromkeys(further, Organisation), fresh=fresh)


def _attempt(request: Request, stage: Stage, now: datetime) -> Submission | Rejected:
    stage.mark()
    try:
        return _decide(request, stage, now)
    except Rejected as refusal:
        stage.take_back()
        return refusal


def _decide(request: Request, stage: Stage, now: datetime) -> Submission:
    command = request.command
    if request.expected_version is not None and stage.version(command.subject) != request.expected_version:
        raise VersionConflict(stage.version(command.subject))
    effective_at = _not_in_future(request.effective_at or now, now)
    named = stage.places.find(command.names, effective_at, stage.look)
    act = _act(request, stage, named, effective_at, now)
    looked = [(id, stage.version(id)) for id in _looked(command, stage, named, act)]
    entries = tuple([entry for step in command.steps if (entry := _entry(step, stage, act)) is not None])
    stood = _stood(command, entries, stage) if len(entries) < len(command.steps) else ()
    return Submission(
        command_id=request.command_id,
        name=command.name,
        content=_content(request),
        by=request.by,
        organisation=request.organisation,
        entries=entries,
        device_at=request.device_at,
        causation=request.causation,
        correlation=request.correlation,
        # What decided that nothing is new for it must stand as it did, or that would be decided of what is no more.
        seen=(*looked, *stood),
        claims=tuple([(key, entry.originator_id) for entry in entries for key in claims(entry.event)]),
        releases=tuple([entry.originator_id for entry in entries if releases(entry.event)]),
    )


def _act(request: Request, stage: Stage, named: Sequence[UUID], effective_at: datetime, now: datetime) -> Act:
    command = request.command
    measured_at = _measured_at(command, stage, effective_at)
    days = days_in_force(stage, command.scopes, measured_at)
    return Act(
        by=request.by,
        organisation=request.organisation,
        effective_at=effective_at,
        now=now,
        seen={(kind, id): stage.state(kind, id) for kind, id in _needed(command)},
        records=stage.records,
        levels={unit: levels(stage, unit) for unit in command.levels},
        named={(each.field, str(each.code)): stage.look(id) for each, id in zip(command.names, named, strict=True)},
        geometry=stage.places.geometry,
        zone=stage.places.zone,
        retention=kept_by(days.get(LimitScope.RETENTION)) or stage.retention,
        limits=in_force(stage, effective_at) if command.limits else None,
        days=days,
        codes=codes_in_force(stage, command.scopes, measured_at),
    )


def _measured_at(command: Command, stage: Stage, effective_at: datetime) -> datetime:
    """What puts a record right is held to what counted for that record."""
    return min([stage.records[each].effective_at for each in command.reads if each in stage.records], default=effective_at)


def _looked(command: Command, stage: Stage, named: Sequence[UUID], act: Act) -> Iterable[UUID]:
    """What the decision sees and does not change, the organisations above units among it."""
    yield from (id for _, id in command.looks)
    yield from named
    yield from (id for each in act.levels.values() for id in map(organisation_stream, each) if stage.knows(id))


def _stood(command: Command, entries: Sequence[Entry], stage: Stage) -> list[tuple[UUID, int]]:
    """What was asked to decide and did not change."""
    changed = {entry.originator_id for entry in entries}
    return [(step.id, stage.version(step.id)) for step in command.steps if not step.new and step.id not in changed]


def _entry(step: Step, stage: Stage, act: Act) -> Entry | None:
    if step.new and stage.knows(step.id):
        raise AlreadyExists
    decision = step.decide(_state(step, stage), act)
    event, effective_at = _timed(decision, act)
    return None if event is None else Entry(step.id, stage.take(step.aggregate, step.id, event), event, effective_at)


def _state(step: Step, stage: Stage) -> Any:
    if step.new or (step.perhaps and not stage.knows(step.id)):
        return None
    return stage.state(step.aggregate, step.id)


def _timed(decision: Decision, act: Act) -> tuple[Event | None, datetime]:
    if isinstance(decision, At):
        return decision.event, _not_in_future(decision.effective_at, act.now)
    return decision, act.effective_at


def _not_in_future(effective_at: datetime, now: datetime) -> datetime:
    if effective_at > now:
        raise EffectiveInFuture
    return effective_at


def _needed(command: Command) -> list[Look]:
    """What must exist before: all that is changed or looked at, but for what the command itself begins or what comes to be by itself."""
    begun = {step.id for step in command.steps if step.new or step.perhaps}
    return [(step.aggregate, step.id) for step in command.steps if step.id not in begun] + list(command.looks)


def _touched(command: Command) -> Collection[UUID]:
    return {step.id for step in command.steps} | {id for _, id in command.looks}


def _content(request: Request) -> bytes:
    """The command's fingerprint with the effective time that was asked for: another time is another command."""
    moment = request.effective_at.isoformat() if request.effective_at else ""
    return request.command.content + moment.encode()


def _done(appended: Appended) -> Done:
    return Done(appended.last, appended.recorded_at, appended.repeated)
