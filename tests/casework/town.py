"""The assembled system at a standing clock, for random histories of cases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import uuid4

from api.main import Tocsin
from application.commands import Command
from application.requests import Done, Request
from domain.ids import CommandId, OfficerId
from domain.rules import Rejected
from infrastructure.database import Database
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.settings import Settings
from tests.casework.stories import NOON, STATION
from tests.registering import Registry


class Stopped:
    def now(self):
        return NOON


@contextmanager
def town(database: Database) -> Iterator[Tocsin]:
    install(database, catalogue(Settings().zone))
    tocsin = Tocsin(Settings(), database, Stopped(), working=False)
    yield tocsin
    tocsin.log.close()


async def tried(tocsin: Tocsin, acts: Sequence[tuple[Command, OfficerId]]) -> list[Done | Rejected]:
    """Every act, done or refused; then the views come forward."""
    told = [(each, acts[0][1]) for each in Registry().missing(*(command for command, _ in acts))] if acts else []
    requests = [Request(command=command, command_id=CommandId(uuid4()), by=by, organisation=STATION) for command, by in (*told, *acts)]
    answers = await tocsin.desk.carry_out_in_order(requests)
    tocsin.projector.catch_up()
    return answers[len(told) :]
