"""`tocsin officer`: who may use the API."""

from __future__ import annotations

from typing import Annotated

import typer

from api.cli.options import settings
from application.identity import Role
from domain.ids import OfficerId, OrganisationId
from infrastructure.identity import add_officer

officers = typer.Typer(help="Officers and their tokens.", no_args_is_help=True)


@officers.command("add")
def add(
    officer: Annotated[str, typer.Argument(help="The officer's id; no name.")],
    organisation: Annotated[str, typer.Option("--organisation", help="The code of the officer's organisation.")],
    role: Annotated[Role, typer.Option("--role", help="What the officer is here for.")] = Role.DISPATCHER,
) -> None:
    """Give an officer a token and print it. It is kept nowhere in clear and cannot be asked for again."""
    typer.echo(add_officer(settings(None).officers, OfficerId(officer), OrganisationId(organisation), role))


@officers.callback()
def group() -> None:
    """Keep `add` a command of its own, also while it is the only one."""
