"""How a request becomes what is handed to the log: everything it needs is on the stage, and the aggregates decide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from application.commands import Command, Look, Step
from application.levels import levels
from application.limits import codes_in_force, days_in_force, in_force
from application.ports import Entry, Submission
from application.refusals import VersionConflict
from application.requests import Request, content_of
from application.retaining import kept_by
from application.stage import Stage
from application.uniqueness import claims, releases
from domain.aggregates import Act, Decision
from domain.events import At, Event
from domain.ids import organisation_stream
from domain.jurisdiction.events import LimitScope
from domain.rules import AlreadyExists, EffectiveInFuture, Rejected


def decide(request: Request, stage: Stage, now: datetime) -> Submission:
    """What the log is asked to take; the stage shows it as if it had been taken. A refusal is raised as the `Rejected` it is."""
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
        content=content_of(request),
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


def attempt(request: Request, stage: Stage, now: datetime) -> Submission | Rejected:
    """The same among others: what is refused leaves the stage as it was."""
    stage.mark()
    try:
        return decide(request, stage, now)
    except Rejected as refusal:
        stage.take_back()
        return refusal


def _act(request: Request, stage: Stage, named: Sequence[UUID], effective_at: datetime, now: datetime) -> Act:
    command = request.command
    moment = measured_at(command, stage, effective_at)
    days = days_in_force(stage, command.scopes, moment)
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
        codes=codes_in_force(stage, command.scopes, moment),
    )


def measured_at(command: Command, stage: Stage, effective_at: datetime) -> datetime:
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
