"""The command line. Every command stands in the module of its kind; here they come together."""

from __future__ import annotations

import sys

import typer

from api.cli.asking import print_errors, print_schema, query
from api.cli.keeping import export, migrate, rebuild_views, show_status, verify
from api.cli.loading import demo, import_files
from api.cli.options import EXPECTED, one_line
from api.cli.people import keys, token
from api.cli.running import serve, work
from api.cli.simulating import simulate
from api.cli.vaulting import vault

app = typer.Typer(
    name="tocsin",
    help="Alarms and cases of a city, as events.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("serve")(serve)
app.command("work")(work)
app.command("import")(import_files)
app.command("demo")(demo)
app.command("simulate")(simulate)
app.command("query")(query)
app.command("status")(show_status)
app.command("verify")(verify)
app.command("rebuild")(rebuild_views)
app.command("export")(export)
app.command("migrate")(migrate)
app.command("schema")(print_schema)
app.command("errors")(print_errors)
app.command("token")(token)
app.add_typer(keys, name="key")
app.add_typer(vault, name="vault")


def main() -> None:
    """What the user can put right is one line and exit code 1; anything else is a fault and keeps its traceback."""
    try:
        app()
    except EXPECTED as error:
        typer.echo(f"tocsin: {one_line(error)}", err=True)
        sys.exit(1)
