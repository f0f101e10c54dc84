"""The desk carries commands out: load, decide, append all or nothing, retry a conflict, answer with the position."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from typing import Any
from uuid import UUID

from application.commands import Command, Look
from application.deciding import attempt, decide, measured_at
from application.levels import missing
from application.memory import Memory
from application.places import Places
from application.ports import Appended, Clock, CommandReused, EventLog, KeyTaken, Outcome, Submission, VersionMoved
from application.queues import Queues
from application.refusals import IdempotencyConflict, TooBusy, VersionConflict
from application.requests import Done, Request, content_of
from application.retaining import Retentions, SameAlways
from application.stage import Stage
from application.uniqueness import RULES
from application.versions import Versions
from domain.areas import Geometry
from domain.jurisdiction.organisation import Organisation
from domain.rules import AlreadyExists, Rejected

ATTEMPTS = 4
FOR_NO_TIME = SameAlways()


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
                    submission = decide(request, stage, self._clock.now())
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
            answers: list[Done | Rejected | Submission] = [attempt(request, stage, self._clock.now()) for request in requests]
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
        if content != content_of(request):
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
        await self._versions.bring(stage, [(each.command, measured_at(each.command, stage, each.effective_at or now)) for each in requests])
        return stage

    async def _bring_levels(self, stage: Stage, units: Collection[UUID], *, fresh: bool) -> None:
        """The organisations above units, from each to the next; what is named and not registered ends it."""
        asked: set[UUID] = set()
        while units and (further := missing(stage, units) - asked):
            asked |= further
            stage.recall(self._memory.recall(further))
            await stage.catch_up(self._log, dict.fromkeys(further, Organisation), fresh=fresh)


def _touched(command: Command) -> Collection[UUID]:
    return {step.id for step in command.steps} | {id for _, id in command.looks}


def _done(appended: Appended) -> Done:
    return Done(appended.last, appended.recorded_at, appended.repeated)
