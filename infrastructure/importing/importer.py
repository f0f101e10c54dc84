"""The import itself: batch after batch through the desk; what is in the log already is skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from application.desk import Desk
from application.ports import EventLog
from application.requests import Done
from domain.rules import Rejected
from infrastructure.collecting import few_collections
from infrastructure.importing.mapping import Mapping, MappingError
from infrastructure.importing.plan import Group, Plan, Planned
from infrastructure.importing.rejects import Rejects
from infrastructure.importing.rows import Table, read

BATCH = 2_000
"""Commands in one commit. A batch ends with a group, so that a crash leaves no group half done."""
ALONE = 10_000
"""The same where nobody else writes, and so waits. Ids of imported things are spread all over the indexes: a commit of
ten times as many commands writes only twice as many pages."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What has come of the file so far; `known` commands were in the log before."""

    rows: int = 0
    commands: int = 0
    known: int = 0
    refused: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.rows + other.rows, self.commands + other.commands, self.known + other.known, self.refused + other.refused)


Report = Callable[[Tally], None]


@dataclass(frozen=True, slots=True)
class Import:
    """A file read and understood, ready to be carried out."""

    plan: Plan
    table: Table

    @classmethod
    def prepare(cls, mapping: Mapping, files: Sequence[Path]) -> Import:
        plan = Plan(mapping)
        table = read(mapping, files)
        missing = plan.columns - table.columns
        if missing:
            raise MappingError(f"{table.path} has no column {', '.join(sorted(missing))}, which mapping {mapping.name} needs.")
        return cls(plan, table)

    async def carry_out(self, desk: Desk, log: EventLog, rejects: Rejects, report: Report, *, alone: bool = False) -> Tally:
        """`alone`: nobody else writes."""
        tally = Tally(rows=len(self.table.bad))
        for bad in self.table.bad:
            rejects.tell(bad.row.number, bad.rule)
        with few_collections():
            for batch in _batches(self.plan.groups(self.table.rows), ALONE if alone else BATCH):
                tally += await _carry_out(batch, desk, log, rejects)
                report(tally)
        return tally


async def _carry_out(batch: list[Group], desk: Desk, log: EventLog, rejects: Rejects) -> Tally:
    for bad in (bad for group in batch for bad in group.bad):
        rejects.tell(bad.row.number, bad.rule)
    planned = [each for group in batch for each in group.planned]
    known = await log.known([each.request.command_id for each in planned])
    fresh = [each for each in planned if each.request.command_id not in known]
    answers = await desk.carry_out_in_order([each.request for each in fresh]) if fresh else []
    refused = _refusals(fresh, answers)
    for each, rule in refused:
        rejects.tell(each.row.number, rule)
    return Tally(sum(group.rows for group in batch), len(planned), len(known), len(refused))


def _refusals(planned: Sequence[Planned], answers: Sequence[Done | Rejected]) -> list[tuple[Planned, Rejected]]:
    return [(each, answer) for each, answer in zip(planned, answers, strict=True) if isinstance(answer, Rejected)]


def _batches(groups: Iterator[Group], size: int) -> Iterator[list[Group]]:
    batch: list[Group] = []
    commands = 0
    for group in groups:
        batch.append(group)
        commands += len(group.planned)
        if commands >= size:
            yield batch
            batch, commands = [], 0
    if batch:
        yield batch
