"""The composition root: here the application's ports are plugged into the infrastructure."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx
import sqlalchemy as sa

from api.exports.pages import ReadPages
from api.schema.build import schema
from api.services import ApiSettings, Exposure, Services
from api.trusted import read_manifest
from api.wishes import DocumentWishes
from application.courses import Courses
from application.desk import Desk
from application.dispatching.linking import Linkage, Linker
from application.dispatching.recommending import StraightLine, Surveyor
from application.live import Hub
from application.ports import Clock
from application.retaining import SameAlways
from application.surveillance.signals import Receiver
from domain.dispatching.duplicates import Likeness
from domain.retention import Retention
from infrastructure.access.access import PolicyAccess
from infrastructure.access.seen import Seen
from infrastructure.database import Database, DatabaseRefused, SqliteDatabase
from infrastructure.exports.exporter import Exporter, Limits
from infrastructure.exports.store import ExportStore
from infrastructure.feed import LogFeed
from infrastructure.identity.askers import KnownAskers
from infrastructure.identity.keys import ApiKeys
from infrastructure.identity.trusted import trusted
from infrastructure.jurisdiction.geometry import ShapelyGeometry
from infrastructure.jurisdiction.retaining import ActiveRetention
from infrastructure.jurisdiction.whereabouts import DrawnGazetteer
from infrastructure.log.appender import Appender
from infrastructure.log.waking import Bell, Listener
from infrastructure.positions.store import SqlPositions
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install, pointers, unfit
from infrastructure.projections.inline import Inline
from infrastructure.projections.projection import Projection
from infrastructure.projections.projector import Projector
from infrastructure.projections.rebuilding import rebuild
from infrastructure.reactor import Reactor
from infrastructure.reading_models import SqlReadModels
from infrastructure.schedule import Schedule
from infrastructure.settings import Settings
from infrastructure.statistics.deployment import SqlDeployment
from infrastructure.statistics.figures import SeenFigures
from infrastructure.statistics.linkage import SqlLinkage
from infrastructure.surveillance.lines import SqlLines
from infrastructure.surveillance.linking import SqlSurroundings
from infrastructure.surveillance.registry import SeenRegistry
from infrastructure.surveillance.staffing import SqlStaffing
from infrastructure.vault.secrets import SqlSecrets
from infrastructure.vault.vault import SqlVault
from infrastructure.webhooks.couriers import Couriers
from infrastructure.webhooks.destinations import Destinations
from infrastructure.webhooks.office import Office
from infrastructure.webhooks.pacing import Pace
from infrastructure.webhooks.webhooks import SqlWebhooks
from infrastructure.working import Working

_LOG = logging.getLogger(__name__)


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class Tocsin:
    """One process's Tocsin, assembled; entering it starts what runs in the background.

    `projecting` False leaves every view to a rebuild that follows: for loading much at once. `working` says whether
    this process brings projections forward, reacts to events and keeps the timetable; by default it does where the
    database is its own.
    """

    def __init__(
        self, settings: Settings, database: Database, clock: Clock, *, projecting: bool = True, working: bool | None = None
    ) -> None:
        self.settings = settings
        self.database = database
        self.clock = clock
        self.projections = catalogue(settings.zone)
        self.bell = Bell()
        self.log = Appender(database, clock, self.bell, Inline(self.projections) if projecting else None)
        geometry = ShapelyGeometry(settings.boundary_tolerance)
        by_setting = Retention(settings.footage_days, settings.important_footage_days, "setting", settings.track_days)
        self.desk = Desk(self.log, clock, shared=database.shared, zone=settings.zone, geometry=geometry, retentions=SameAlways(by_setting))
        self.retention = ActiveRetention(database, by_setting)
        self.projector = Projector(database, self.projections, self.bell)
        self.seen = Seen(clock)
        self.read_models = SqlReadModels(database, self.projections, self.seen)
        self.feed = LogFeed(database, self.projections, self.bell, self.projector.reached)
        self.statistics = SeenFigures(database, settings.zone, self.seen, clock)
        self.staffing = SqlStaffing(database, settings.zone, self.seen, clock)
        self.surveillance = SeenRegistry(database, settings.zone, self.seen, clock)
        self.access = PolicyAccess(database, self.seen, self.desk, self.feed, self.projections)
        self.vault = _vault(settings, database)
        self.secrets = SqlSecrets(database, self.vault.ring)
        self.destinations = Destinations(settings.webhook_hosts, development=settings.development)
        self.pace = Pace(lasting=timedelta(hours=settings.webhook_patience))
        self.keys = ApiKeys(database, clock)
        self.identity = trusted(settings, self.keys, clock)
        self.exported = ExportStore(database, self.seen)
        ahead = timedelta(seconds=settings.position_ahead)
        self.positions = SqlPositions(database, self.seen, clock, ahead=ahead, kept=self.retention.of_positions)
        self.surveyor = Surveyor(self.desk, self.positions, StraightLine(settings.unit_speed), settings.position_limit)
        lines = SqlLines(database, self.seen)
        window = timedelta(seconds=settings.signal_window)
        self.receiver = Receiver(self.desk, self.log, lines, self.access, clock, window)
        self.gazetteer = DrawnGazetteer(database, settings.zone, clock)
        self.linker = Linker(self.desk, SqlSurroundings(database, clock, settings.zone), self.surveyor, _linkage(settings))
        self.reactor = Reactor(database, self.desk, self.bell, self.linker.decided)
        self._working = projecting and (not database.shared if working is None else working)

    def services(self, *, token: str | None = None) -> Services:
        """What the API is given; a token is shown on the page, for whoever reaches the port."""
        return Services(
            desk=self.desk,
            read_models=self.read_models,
            statistics=self.statistics,
            staffing=self.staffing,
            surveillance=self.surveillance,
            feed=self.feed,
            hub=Hub(self.feed, self.access),
            courses=Courses(self.feed, "station", "division", "unit"),
            identity=self.identity,
            access=self.access,
            vault=self.vault,
            exported=self.exported,
            webhooks=SqlWebhooks(self.database, self.secrets, self.destinations, self.clock),
            positions=self.positions,
            surveyor=self.surveyor,
            receiver=self.receiver,
            linkage=SqlLinkage(self.statistics),
            deployment=SqlDeployment(self.database, self.settings.zone, self.seen, self.clock),
            gazetteer=self.gazetteer,
            clock=self.clock,
            settings=ApiSettings(
                development=token is not None,
                token=token,
                budget=self.settings.budget,
                exports=self.settings.exports,
                exposure=_exposure(self.settings),
            ),
        )

    def exporter(self) -> Exporter:
        """The job that reads exports; it wants the schema, which other commands can do without."""
        pages = ReadPages(self.services(), schema()._schema)  # noqa: SLF001 - documents are carried out on the core's schema
        life = timedelta(hours=self.settings.export_hours)
        limits = Limits(rows=self.settings.export_rows, bytes=self.settings.export_bytes, life=life)
        return Exporter(self.exported, self.desk, self.clock, pages, KnownAskers(self.keys), limits)

    async def __aenter__(self) -> Self:
        self._stack = AsyncExitStack()
        self._stack.callback(self.database.close)
        self._stack.callback(self.log.close)
        self._stack.callback(self.keys.write_uses)
        self._stack.enter_context(Listener(self.database, self.bell))
        if self._working:
            self._stack.enter_context(self.projector)
            schedule = Schedule(self.database, self.desk, self.clock, self.positions)
            couriers = Couriers(self.bell, self._office)
            runs = [self.reactor.run, self.exporter().run, couriers.run]
            await self._stack.enter_async_context(Working(self.database, runs, schedule))
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._stack.aclose()

    def _office(self, client: httpx.AsyncClient) -> Office:
        return Office(
            database=self.database,
            desk=self.desk,
            feed=self.feed,
            access=self.access,
            keys=self.keys,
            secrets=self.secrets,
            wishes=DocumentWishes(self.services(), schema()._schema),  # noqa: SLF001 - as in HTTP, the core's schema
            destinations=self.destinations,
            clock=self.clock,
            client=client,
            pace=self.pace,
        )


def _linkage(settings: Settings) -> Linkage:
    likeness = Likeness(settings.duplicate_radius, settings.duplicate_window, settings.duplicate_score)
    return Linkage(settings.linked_cameras, timedelta(seconds=settings.linkage_late), likeness)


def _vault(settings: Settings, database: Database) -> SqlVault:
    """In development the key may be made, beside the SQLite file; nowhere else does one come about by itself."""
    if settings.vault_key is not None or not settings.development or not isinstance(database, SqliteDatabase):
        return SqlVault(database, settings.vault_key)
    path = Path(str(sa.make_url(settings.database).database))
    return SqlVault(database, path.with_name(f"{path.name}-vault-key.json"), making=True)


def _exposure(settings: Settings) -> Exposure:
    documents = read_manifest(settings.trusted_documents)
    return Exposure(hardened=settings.hardened, documents=documents, trusted_only=settings.trusted_only)


def assemble(settings: Settings, clock: Clock | None = None, *, projecting: bool = True, working: bool | None = None) -> Tocsin:
    """Open the database and plug everything together; `DatabaseRefused` says in one line why it cannot be."""
    database = Database.open(settings.database)
    try:
        _prepare(database, settings)
        return Tocsin(settings, database, clock or SystemClock(), projecting=projecting, working=working)
    except BaseException:
        database.close()
        raise


def _prepare(database: Database, settings: Settings) -> None:
    """An SQLite file gets the tables of new and changed projections by itself; a server gets them from `tocsin migrate`."""
    projections = catalogue(settings.zone)
    if isinstance(database, SqliteDatabase):
        bring_up_to_date(database, projections)
        return
    with database.reading() as connection:
        installed = sa.inspect(connection).has_table("projections") and pointers(connection).keys() >= {each.name for each in projections}
        stale = installed and names(unfit(connection, projections))
    if not installed:
        raise DatabaseRefused("some views have no tables yet: run `tocsin migrate`")
    if stale:
        raise DatabaseRefused(f"another version of Tocsin, or another zone, made the views {stale}: run `tocsin migrate`")


def bring_up_to_date(database: Database, projections: Sequence[Projection]) -> None:
    """Tables for projections that have none; what another version of the program has made is worked out anew."""
    install(database, projections)
    with database.reading() as connection:
        stale = unfit(connection, projections)
    if stale:
        _LOG.warning("another version of Tocsin, or another zone, made the views %s: they are worked out anew", names(stale))
        rebuild(database, stale)


def names(projections: Sequence[Projection]) -> str:
    return ", ".join(each.name for each in projections)
