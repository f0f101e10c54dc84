"""A mapping made ready: from the rows of a group to the requests they stand for. Pure; it asks nothing and stores nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from inspect import Parameter, signature
from typing import Any, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from application.casework import cases, corrections
from application.commands import REGISTRY, Command
from application.dispatching import alarms, orders, units
from application.jurisdiction import boundaries, divisions, organisations, populations
from application.requests import Request
from application.surveillance import cameras
from domain.ids import CommandId, OfficerId, OrganisationId
from domain.rules import Rejected
from infrastructure.importing import conditions
from infrastructure.importing.fields import ABSENT, Context, compiled, present, source_id
from infrastructure.importing.mapping import Mapping, MappingError, Step
from infrastructure.importing.row import BadRow, Row
from infrastructure.importing.rows import grouped
from infrastructure.importing.rules import ValueMissing
from infrastructure.importing.values import moment

READ = (alarms, orders, units, cases, corrections, divisions, organisations, boundaries, populations, cameras)
"""The modules whose commands a mapping may name; reading them fills the register."""
WHOLE = "*"
LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Planned:
    """A request and the row it came from."""

    request: Request
    row: Row


@dataclass(frozen=True, slots=True)
class Group:
    """What one group of rows stands for, and which of its rows cannot be used."""

    planned: list[Planned]
    rows: int
    bad: list[BadRow]


class Plan:
    """Every step of a mapping, compiled against the commands' own signatures."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._context = Context(mapping.name, _zone(mapping), mapping.source.times, mapping.maps)
        self._context.use(mapping.group.by, *([mapping.group.order] if mapping.group.order else []))
        self._first = [Compiled(step, mapping, self._context) for step in mapping.first]
        self._steps = [Compiled(step, mapping, self._context) for step in mapping.command]

    @property
    def columns(self) -> frozenset[str]:
        return frozenset(self._context.used)

    def groups(self, rows: Sequence[Row]) -> Iterator[Group]:
        """What the file speaks of as a whole, and then group after group in order of time."""
        things = self._group("", list(rows), self._first)
        yield Group(things.planned, len(things.bad), things.bad)
        spoilt = {bad.row.number for bad in things.bad}
        groups = grouped((row for row in rows if row.number not in spoilt), self._mapping.group.by)
        for key, members in sorted(groups.items(), key=self._begins):
            yield self._group(key, members, self._steps)

    def _begins(self, group: tuple[str, list[Row]]) -> datetime:
        column = self._mapping.group.order
        if column is None:
            return LONG_AGO
        try:
            return moment(group[1][0].cells[column], self._context.times, self._context.zone, column)
        except Rejected:
            return LONG_AGO  # its step will say what is wrong with it

    def _group(self, key: str, rows: list[Row], steps: Sequence[Compiled]) -> Group:
        """A bad row is left out, and the group made anew of the others."""
        members = rows
        bad: list[BadRow] = []
        while members:
            try:
                return Group([each for step in steps for each in step.planned(key, members)], len(rows), bad)
            except BadRow as reason:
                bad.append(reason)
                members = [row for row in members if row.number != reason.row.number]
        return Group([], len(rows), bad)


class Compiled:
    """One step: its command with a function for each field."""

    def __init__(self, step: Step, mapping: Mapping, context: Context) -> None:
        self._step = step
        self._mapping = mapping.name
        self._build = _command(step, mapping)
        self._applies = conditions.condition(step.when)
        context.use(*conditions.columns(step.when), *([step.each] if step.each and step.each != WHOLE else []))
        hints = get_type_hints(self._build)
        self._fields = {name: compiled(written, hints[name], context, name) for name, written in step.fields.items()}
        self._at = compiled(step.at, datetime, context, "effectiveAt") if step.at else None
        self._needed = _needed(self._build) - set(step.fields)
        if self._needed:
            raise MappingError(f"Mapping {mapping.name}, step {step.name}: {step.command} needs {', '.join(sorted(self._needed))}.")
        self._required = _needed(self._build)
        self._by = OfficerId(step.officer or mapping.source.officer)
        self._organisation = OrganisationId(mapping.source.organisation)

    def planned(self, key: str, rows: Sequence[Row]) -> list[Planned]:
        """The step's requests for one group, in order of time."""
        planned = [self._one(key, row, rows) for row in self._instances(rows)]
        return sorted(planned, key=lambda each: each.request.effective_at or LONG_AGO) if len(planned) > 1 else planned

    def _instances(self, rows: Sequence[Row]) -> list[Row]:
        """The row that leads the group; or, with `each`, the first row of every value of that column, or every different row."""
        if self._step.each is None:
            return [row for row in rows[:1] if self._applies(row, rows)]
        found: dict[str, Row] = {}
        for row in rows:
            if self._applies(row, rows):
                found.setdefault(self._part(row), row)
        return list(found.values())

    def _one(self, key: str, row: Row, rows: Sequence[Row]) -> Planned:
        try:
            values = present({name: read(row, rows) for name, read in self._fields.items()})
            at = self._at(row, rows) if self._at else None
            if at is ABSENT or not self._required <= values.keys():
                raise ValueMissing(field=min(self._required - values.keys(), default="effectiveAt"))
            return Planned(self._request(key, row, self._build(**values), at), row)
        except Rejected as rule:
            raise BadRow(row, rule) from rule

    def _request(self, key: str, row: Row, command: Command, at: datetime | None) -> Request:
        return Request(
            command=command,
            command_id=CommandId(source_id(self._mapping, f"command/{self._step.name}/{key}/{self._part(row)}")),
            by=self._by,
            organisation=self._organisation,
            effective_at=at,
        )

    def _part(self, row: Row) -> str:
        match self._step.each:
            case None:
                return ""
            case "*":
                return row.content
            case column:
                return row.cells[column]


def _zone(mapping: Mapping) -> ZoneInfo:
    try:
        return ZoneInfo(mapping.source.zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise MappingError(f"Mapping {mapping.name}: there is no time zone {mapping.source.zone}.") from error


def _command(step: Step, mapping: Mapping) -> Callable[..., Command]:
    build = REGISTRY.get(step.command)
    if build is None:
        raise MappingError(f"Mapping {mapping.name}, step {step.name}: there is no command {step.command}.")
    unknown = set(step.fields) - set(signature(build).parameters)
    if unknown:
        raise MappingError(f"Mapping {mapping.name}, step {step.name}: {step.command} has no {', '.join(sorted(unknown))}.")
    return build


def _needed(build: Callable[..., Any]) -> set[str]:
    return {name for name, parameter in signature(build).parameters.items() if parameter.default is Parameter.empty}
