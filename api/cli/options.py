"""What all commands take, the settings that come of it, and which errors are the user's to put right."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import sqlalchemy as sa
import typer

from api.trusted import ManifestRefused
from application.ports import LogUnavailable
from infrastructure.database import DatabaseRefused
from infrastructure.importing.mapping import MappingError
from infrastructure.projections.following import ViewsUnfinished
from infrastructure.projections.rebuilding import RebuildIsRunning
from infrastructure.settings import SettingRefused, Settings

Database = Annotated[
    str | None,
    typer.Option("--database", envvar="TOCSIN_DATABASE", help="sqlite:///FILE or postgresql://...", show_default="sqlite:///tocsin.sqlite"),
]


class Told(Exception):  # noqa: N818 - it reads as the sentence that the user is shown
    """Something the user can put right; the message is one line."""


EXPECTED = (
    Told,
    ManifestRefused,
    DatabaseRefused,
    SettingRefused,
    MappingError,
    RebuildIsRunning,
    ViewsUnfinished,
    LogUnavailable,
    OSError,
)


def one_line(error: BaseException) -> str:
    """What the error says, or where it says nothing, what its kind is for."""
    return " ".join(str(error).split()) or " ".join((type(error).__doc__ or type(error).__name__).split())


def settings(database: str | None) -> Settings:
    """The environment's settings, with the database that was named."""
    read = Settings.read()
    if database is None:
        return read
    _check(database)
    return replace(read, database=database)


def _check(database: str) -> None:
    try:
        sa.make_url(database)
    except sa.exc.ArgumentError:
        raise Told("that is not the address of a database; use sqlite:///FILE or postgresql://...") from None
