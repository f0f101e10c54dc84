"""`tocsin import` and `tocsin demo`: how events come in other than by the API."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer

from api.cli.options import Database, Told, settings
from api.cli.progress import progress
from api.main import Tocsin, assemble
from infrastructure.demo import chongqing
from infrastructure.demo.building import Built, StoryClock, build
from infrastructure.demo.calendar import DAYS
from infrastructure.demo.world import World
from infrastructure.demo.year import Size, begun
from infrastructure.importing.importer import Import, Tally
from infrastructure.importing.mapping import load, shipped
from infrastructure.importing.rejects import Rejects
from infrastructure.projections.following import followed
from infrastructure.projections.generations import begin
from infrastructure.projections.rebuilding import rebuild
from infrastructure.projections.status import Health, status
from infrastructure.reactor import NAME as REACTOR
from infrastructure.settings import Settings

Files = Annotated[list[Path], typer.Argument(help="CSV files; which is which is told by their columns.")]
MappingName = Annotated[str, typer.Option("--mapping", help=f"One of {', '.join(shipped())}, or a TOML file.")]
RejectsFile = Annotated[Path | None, typer.Option("--rejects", help="Where rejected rows go.", show_default="FILE.rejects.csv")]


class Scenario(StrEnum):
    YEAR = "year"
    CHONGQING = "chongqing-2010"


ScenarioName = Annotated[Scenario, typer.Option("--scenario", help="A synthetic year, or the city of a published account.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed tells the same year.")]


def import_files(files: Files, mapping: MappingName, rejects: RejectsFile = None, database: Database = None) -> None:
    """Import files of another system by a mapping. Importing again adds nothing that is there already."""
    prepared = Import.prepare(load(mapping), files)
    with Rejects(rejects or Path(f"{prepared.table.path}.rejects.csv")) as rejected:
        typer.echo(asyncio.run(_import(settings(database), prepared, rejected)))
        if rejected:
            typer.echo(f"{len(rejected):,} rows were rejected; {rejected.path} says why.", err=True)


async def _import(chosen: Settings, prepared: Import, rejects: Rejects) -> str:
    async with assemble(chosen, working=False) as tocsin:
        before, began = await tocsin.feed.head(), perf_counter()
        with progress("Importing", len(prepared.table.rows) + len(prepared.table.bad), "rows") as advance:
            alone = not tocsin.database.shared
            tally = await prepared.carry_out(tocsin.desk, tocsin.log, rejects, lambda tally: advance(tally.rows), alone=alone)
        events, seconds = await tocsin.feed.head() - before, perf_counter() - began
        await asyncio.to_thread(_show, tocsin)
        return _summary(tally, events, seconds)


def _show(tocsin: Tocsin) -> None:
    """Bring the views up to date; where most of the log is new to them, working them out anew is faster."""
    behind = [each for each in status(tocsin.database, tocsin.projections) if each.lag > each.position]
    late = {each.name for each in behind if each.health is Health.BEHIND}
    if late:
        rebuild(tocsin.database, [each for each in tocsin.projections if each.name in late])
    tocsin.projector.catch_up()


def _summary(tally: Tally, events: int, seconds: float) -> str:
    fresh = tally.commands - tally.known - tally.refused
    commands = f"{fresh:,} commands carried out, {tally.known:,} known before, {tally.refused:,} refused"
    return f"{tally.rows:,} rows: {commands}; {events:,} events in {seconds:.1f} s, {events / seconds:,.0f} a second."


def demo(seed: Seed = 1, scenario: ScenarioName = Scenario.YEAR, database: Database = None) -> None:
    """Build a city in an empty database: a synthetic year of alarms, orders and cases that never happened, or what an account tells."""
    chosen = settings(database)
    typer.echo(build_demo(chosen, seed) if scenario is Scenario.YEAR else build_chongqing(chosen))


def build_chongqing(chosen: Settings, counts: chongqing.Counts | None = None) -> str:
    began = perf_counter()
    built = asyncio.run(_built(chosen, chongqing.begun(counts or chongqing.Counts()), chongqing.ENDS, chongqing.DAYS))
    return f"Chongqing as its account of 2010 has it, in {built.position:,} events, was built in {perf_counter() - began:.0f} s."


def build_demo(chosen: Settings, seed: int, size: Size | None = None) -> str:
    began, end = perf_counter(), datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    built = asyncio.run(_built(chosen, begun(seed, end, size or Size()), end, DAYS))
    seconds = perf_counter() - began
    refused = f", {built.refused:,} commands were refused" if built.refused else ""
    return f"A SYNTHETIC city with {built.position:,} events was built in {seconds:.0f} s{refused}; nothing in it ever happened."


async def _built(chosen: Settings, world: World, end: datetime, days: int) -> Built:
    """Policies wait, for the story has told what they would do; the views are worked out in bulk beside it."""
    clock = StoryClock()
    async with assemble(chosen, clock, projecting=False) as tocsin:
        if await tocsin.feed.head():
            raise Told("the demo city needs an empty database, and this one holds events")
        with followed(tocsin.database, chosen.database, chosen.zone) as finish:
            with progress("Telling what happened", days, "days") as advance:
                built = await build(world, end, tocsin.log, clock, lambda built: advance(days - (end - built.until).days))
            with tocsin.database.writing() as connection:
                begin(connection, REACTOR, 1, built.position)
            with progress("Working out the views", built.position, "events") as advance:
                await asyncio.to_thread(finish, advance)
        return built
