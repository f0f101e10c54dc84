"""`tocsin status`, `verify`, `rebuild`, `export` and `migrate`: how log and views fare, and looking after them."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any, BinaryIO
from uuid import UUID

import orjson
import typer
from rich.console import Console
from rich.table import Table

from api.cli.options import Database, Told, settings
from api.cli.progress import progress
from api.main import Tocsin, assemble, bring_up_to_date
from infrastructure import database as databases
from infrastructure.database import instant
from infrastructure.demo.founding import FOUNDER
from infrastructure.log import reading
from infrastructure.log.verify import verify as verify_log
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.projection import Projection
from infrastructure.projections.rebuilding import rebuild
from infrastructure.projections.status import Health, Standing, status
from infrastructure.projections.verifying import verify_views
from infrastructure.settings import Settings
from infrastructure.watching import watching

PAGE = 5_000
Names = Annotated[list[str] | None, typer.Argument(help="Which views; all where none is named.")]
Output = Annotated[Path | None, typer.Option("--output", help="A file; otherwise the standard output.")]
After = Annotated[int, typer.Option("--after", help="Begin after this position.")]


def show_status(database: Database = None) -> None:
    """Show every projection's position, lag and health, also beside a server. The exit code is 1 where one does not follow the log."""
    chosen = settings(database)
    with watching(chosen.database) as opened:
        standings, synthetic = status(opened, catalogue(chosen.zone)), _is_synthetic(opened)
    _print_status(standings, synthetic=synthetic)
    if not all(each.health in {Health.CURRENT, Health.BEHIND} for each in standings):
        raise typer.Exit(1)


def _is_synthetic(database: databases.Database) -> bool:
    with database.reading() as connection:
        return any(record.by == FOUNDER for record in reading.records(reading.read(connection, 0, 1)))


def _print_status(standings: Sequence[Standing], *, synthetic: bool) -> None:
    console = Console()
    if synthetic:
        console.print("This is the SYNTHETIC demo city: nothing in it ever happened.")
    console.print(f"Log: {max(each.position + each.lag for each in standings):,} events")
    table = Table("projection", "written", "position", "lag", "health", "what is wrong")
    for each in standings:
        written = "with its events" if each.inline else "after them"
        table.add_row(each.name, written, f"{each.position:,}", f"{each.lag:,}", each.health, each.error or "")
    console.print(table)


def verify(database: Database = None) -> None:
    """Check that the log is gapless, its versions are contiguous, and every view equals a rebuild."""
    problems = asyncio.run(_verify(settings(database)))
    for problem in problems:
        typer.echo(problem, err=True)
    if problems:
        raise Told(f"{len(problems)} things are not as they should be")
    typer.echo("The log is whole, and every view is what the log says.")


async def _verify(chosen: Settings) -> list[str]:
    async with assemble(chosen, working=False) as tocsin:
        head = await tocsin.feed.head()
        with progress("Reading the log", head, "events") as advance:
            found = await asyncio.to_thread(_log_problems, tocsin, advance)
        with progress("Comparing the views", head * len(tocsin.projections), "events") as advance:
            found += await asyncio.to_thread(_view_problems, tocsin, advance)
        return found


def _log_problems(tocsin: Tocsin, advance: Callable[[float], None]) -> list[str]:
    with tocsin.database.reading() as connection:
        return [f"log, {finding.check}: {finding.what}" for finding in verify_log(connection, progress=advance)]


def _view_problems(tocsin: Tocsin, advance: Callable[[float], None]) -> list[str]:
    differences = verify_views(tocsin.database, tocsin.projections, lambda done, _all, _speed: advance(done))
    return [f"view {each.table}, row {each.key}: {', '.join(each.columns) or 'missing or one too many'}" for each in differences]


def rebuild_views(names: Names = None, database: Database = None) -> None:
    """Work views out anew beside the live ones; readers see them all at once when they are ready."""
    asyncio.run(_rebuild(settings(database), names or []))


async def _rebuild(chosen: Settings, names: list[str]) -> None:
    async with assemble(chosen, working=False) as tocsin:
        projections = _named(tocsin.projections, names)
        with progress("Working out the views", await tocsin.feed.head(), "events") as advance:
            await asyncio.to_thread(rebuild, tocsin.database, projections, lambda done, _all, _speed: advance(done))
        typer.echo(f"Rebuilt: {', '.join(each.name for each in projections)}")


def _named(projections: Sequence[Projection], names: Sequence[str]) -> Sequence[Projection]:
    known = {each.name: each for each in projections}
    unknown = [name for name in names if name not in known]
    if unknown:
        raise Told(f"there is no projection {', '.join(unknown)}; there are {', '.join(known)}")
    return [known[name] for name in names] or projections


def export(output: Output = None, after: After = 0, database: Database = None) -> None:
    """Write the events, one JSON object a line, in the order of the log."""
    with output.open("wb") if output else nullcontext(sys.stdout.buffer) as file:
        asyncio.run(_export(settings(database), file, after))


async def _export(chosen: Settings, file: BinaryIO, after: int) -> None:
    async with assemble(chosen, working=False) as tocsin:
        head = await tocsin.feed.head()
        with progress("Exporting", head - after, "events") as advance:
            for page in _pages(tocsin, after):
                file.writelines(orjson.dumps(_line(row), option=orjson.OPT_APPEND_NEWLINE) for row in page)
                advance(page[-1][0] - after)


def _pages(tocsin: Tocsin, after: int) -> Iterator[list[reading.Row]]:
    while True:
        with tocsin.database.reading() as connection:
            page = reading.read(connection, after, PAGE)
        if not page:
            return
        yield page
        after = page[-1][0]


def _line(row: reading.Row) -> dict[str, Any]:
    position, thing, version, type, schema, data, effective_at, device_at, recorded_at, by, organisation, command, cause, correlation = row
    return {
        "position": position,
        "id": _id(thing),
        "version": version,
        "type": type,
        "schema": schema,
        "event": orjson.Fragment(bytes(data)),
        "effectiveAt": instant(effective_at),
        "deviceAt": None if device_at is None else instant(device_at),
        "recordedAt": instant(recorded_at),
        "by": by,
        "organisation": organisation,
        "commandId": _id(command),
        "causation": cause,
        "correlation": _id(correlation),
    }


def _id(value: UUID | str) -> str:
    return str(value if isinstance(value, UUID) else UUID(value))


def migrate(database: Database = None) -> None:
    """Bring the schema up to date; make the tables of views that have none, and those that another version made anew."""
    chosen = settings(database)
    databases.migrate(chosen.database)
    opened = databases.Database.open(chosen.database)
    try:
        bring_up_to_date(opened, catalogue(chosen.zone))
    finally:
        opened.close()
    typer.echo("The schema is up to date.")
