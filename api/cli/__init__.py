"""The command line."""

from infrastructure.collecting import few_collections

# What these bring with them is there to stay, and looking through it for garbage again and again takes a fifth of a start.
with few_collections():
    from api.cli.commands import app, main

__all__ = ["app", "main"]
