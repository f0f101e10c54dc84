"""`tocsin token` and `tocsin key`: who may use the API."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import uuid4

import typer
from rich.console import Console
from rich.table import Table

from api.cli.options import Database, Told, settings
from api.main import assemble
from application.commands import Command
from application.identity import OWNER, Role
from application.jurisdiction import api_keys
from application.jurisdiction.views import ApiKeyView
from application.requests import Request
from application.views import Order, Wanted
from domain.ids import ApiKeyId, CommandId, OfficerId, OrganisationId, uuid7
from domain.jurisdiction.events import KeyAction
from domain.rules import Rejected
from infrastructure.demo.officers import OFFICERS, DemoOfficer
from infrastructure.identity.development import DevelopmentIssuer
from infrastructure.identity.keys import new_key
from infrastructure.settings import Settings

keys = typer.Typer(help="API keys of integrations.", no_args_is_help=True)
MOST = 1_000

Officer = Annotated[str, typer.Option("--officer", help="The officer's id; no name. One of the demo city's has organisation and role.")]
Organisation = Annotated[str | None, typer.Option("--organisation", help="The code of the officer's organisation.")]
TheRole = Annotated[Role | None, typer.Option("--role", help="What the officer is here for.")]
Hours = Annotated[float, typer.Option("--hours", min=0.01, max=24 * 31, help="How long the token is good.")]


def token(officer: Officer, organisation: Organisation = None, role: TheRole = None, hours: Hours = 12) -> None:
    """Print a token of the development issuer, which a server takes only with --demo or TOCSIN_DEVELOPMENT=1."""
    who = _officer(officer, organisation, role)
    issuer = DevelopmentIssuer(settings(None).development_key)
    typer.echo(issuer.token(who.id, who.organisation, who.role, datetime.now(UTC), timedelta(hours=hours)))


def _officer(officer: str, organisation: str | None, role: Role | None) -> DemoOfficer:
    if organisation is not None and role is not None:
        return DemoOfficer(OfficerId(officer), OrganisationId(organisation), role)
    if officer in OFFICERS and organisation is None and role is None:
        return OFFICERS[officer]
    raise Told(f"say --organisation and --role, or name an officer of the demo city: {', '.join(OFFICERS)}")


@keys.command("create")
def create(
    label: Annotated[str, typer.Option("--label", help="What the key is for.")],
    organisations: Annotated[list[str], typer.Option("--organisation", help="Good for this one and all below; may be repeated.")],
    actions: Annotated[list[KeyAction], typer.Option("--action", help="What it may do; may be repeated.")],
    days: Annotated[int, typer.Option("--days", min=1, max=366, help="How long it is good.")] = 90,
    database: Database = None,
) -> None:
    """Make an API key and print it. Its secret is kept nowhere and cannot be asked for again."""
    made, now = new_key(), datetime.now(UTC)
    reach = tuple(map(OrganisationId, organisations))
    id, until = ApiKeyId(uuid7(now)), now + timedelta(days=days)
    command = api_keys.issue(
        key=id, prefix=made.prefix, digest=made.digest, label=label, organisations=reach, actions=tuple(actions), expires_at=until
    )
    asyncio.run(_carry_out(settings(database), command))
    typer.echo(made.text)


@keys.command("list")
def show(database: Database = None) -> None:
    """Show the keys, without their secrets."""
    table = Table("prefix", "label", "organisations", "actions", "until", "last used", "")
    for key, used in asyncio.run(_known(settings(database))):
        reach, actions = ", ".join(key.organisations), ", ".join(key.actions)
        table.add_row(
            key.prefix, key.label, reach, actions, f"{key.expires_at:%Y-%m-%d}", used or "never", "REVOKED" if key.revoked else ""
        )
    Console().print(table)


@keys.command("revoke")
def revoke(
    prefix: Annotated[str, typer.Argument(help="The key's prefix.")],
    reason: Annotated[str, typer.Option("--reason", help="Why.")],
    database: Database = None,
) -> None:
    """Revoke a key: from now on it is nobody's, in every process."""
    chosen = settings(database)
    found = [key for key, _ in asyncio.run(_known(chosen)) if key.prefix == prefix]
    if not found:
        raise Told(f"there is no key {prefix}")
    asyncio.run(_carry_out(chosen, api_keys.revoke(key=found[0].id, reason=reason)))
    typer.echo(f"Revoked: {prefix}")


async def _known(chosen: Settings) -> list[tuple[ApiKeyView, str]]:
    async with assemble(chosen, working=False) as tocsin:
        uses = await asyncio.to_thread(tocsin.keys.last_uses)
        page = await tocsin.read_models.page(ApiKeyView, Wanted(), Order(by="issued_at"), MOST, None)
        return [(key, f"{uses[key.id]:%Y-%m-%d %H:%M}" if key.id in uses else "") for key in page.rows]


async def _carry_out(chosen: Settings, command: Command) -> None:
    request = Request(command=command, command_id=CommandId(uuid4()), by=OWNER.officer, organisation=OWNER.organisation)
    try:
        async with assemble(chosen, working=False) as tocsin:
            await tocsin.desk.carry_out(request)
    except Rejected as refusal:
        raise Told(refusal.message) from None
