"""`tocsin vault rotate`: a new key for the vault, and the end of the old one."""

from __future__ import annotations

import typer

from api.cli.options import Database, Told, settings
from api.main import assemble

vault = typer.Typer(name="vault", help="The vault for personal data.", no_args_is_help=True)


@vault.command("rotate")
def rotate(database: Database = None) -> None:
    """Wrap every living person's key anew and destroy the old key: what was erased is then gone from backups, too.

    Stop the servers first, and keep no copy of the old key file.
    """
    tocsin = assemble(settings(database), working=False)
    try:
        kept = tocsin.vault.rotate()
    finally:
        tocsin.log.close()
        tocsin.database.close()
    typer.echo(f"The vault has a new key; {kept} persons were taken over.")


@vault.command("create")
def create(database: Database = None) -> None:
    """Make the vault's first key, in the file that TOCSIN_VAULT_KEY names."""
    tocsin = assemble(settings(database), working=False)
    try:
        made = tocsin.vault.create()
    finally:
        tocsin.log.close()
        tocsin.database.close()
    if not made:
        raise Told("the vault has a key already; `tocsin vault rotate` gives it a new one")
    typer.echo("The vault has a key.")
