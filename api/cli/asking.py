"""`tocsin query` and `tocsin schema`: GraphQL without a server."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import orjson
import typer

from api.cli.options import Database, Told, settings
from api.http import GraphQL
from api.main import assemble
from api.requests import Asked
from api.schema.build import sdl
from api.schema.errors_page import errors_page
from api.services import ApiSettings
from application.identity import OWNER
from infrastructure.settings import Settings

PATIENCE = 600.0
"""Seconds that a question from the command line may take."""

Document = Annotated[str | None, typer.Argument(help="A GraphQL document.")]
DocumentFile = Annotated[Path | None, typer.Option("--file", help="A file with the document instead.")]
Variables = Annotated[str, typer.Option("--variables", help="Its variables, as a JSON object.")]
Operation = Annotated[str | None, typer.Option("--operation", help="Which operation of the document to run.")]


def query(
    document: Document = None,
    file: DocumentFile = None,
    variables: Variables = "{}",
    operation: Operation = None,
    database: Database = None,
) -> None:
    """Run a GraphQL document as the database's owner, on views that are up to date, and print the answer as JSON."""
    answer = asyncio.run(_ask(settings(database), Asked(_text(document, file), _object(variables), operation)))
    typer.echo(orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z))
    if "errors" in answer:
        raise typer.Exit(1)


def print_schema() -> None:
    """Print the API's schema in the schema definition language."""
    typer.echo(sdl(), nl=False)


def print_errors() -> None:
    """Print the page of refusals, docs/errors.md, made from the rules."""
    typer.echo(errors_page(), nl=False)


async def _ask(chosen: Settings, question: Asked) -> dict[str, Any]:
    async with assemble(chosen, working=False) as tocsin:
        await asyncio.to_thread(tocsin.projector.catch_up)
        services = replace(tocsin.services(), settings=ApiSettings(patience=PATIENCE, deadline=PATIENCE))
        return await GraphQL(services).answer(question, OWNER)


def _text(document: str | None, file: Path | None) -> str:
    if (document is None) == (file is None):
        raise Told("give either a GraphQL document or --file")
    return document if document is not None else file.read_text(encoding="utf-8") if file else ""


def _object(text: str) -> dict[str, Any]:
    try:
        variables = json.loads(text)
    except json.JSONDecodeError:
        variables = None
    if not isinstance(variables, dict):
        raise Told("--variables must be a JSON object")
    return variables
