"""The vault for personal data, and what happens around it: first the log, then the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from application.desk import Desk
from application.requests import Done, Request
from domain.casework.details import Details, Sought
from domain.ids import CommandId, PersonId
from domain.rules import InvalidTransition, Rejected


class VaultIsClosed(InvalidTransition):
    """The vault has no key here, so personal data can be neither recorded nor read.

    此处未配置个人信息库密钥，无法记录或查阅个人信息。
    """


class Vault(Protocol):
    """Keeps personal data beside the log, each person's under a key of their own."""

    async def put(self, command_id: CommandId, person: PersonId, details: Details) -> None:
        """Keep details, which count once the log has the command. The same command with others is an `IdempotencyConflict`."""
        ...

    async def discard(self, command_id: CommandId) -> None:
        """Forget what a refused command wanted to keep."""
        ...

    async def details(self, person: PersonId) -> Details:
        """The newest of each field that the log knows of."""
        ...

    async def holders(self, sought: Sought) -> tuple[PersonId, ...]:
        """Who has, or once gave, this detail, as far as the log knows of it and nobody is erased; in the order of their ids."""
        ...

    async def destroy(self, person: PersonId) -> None:
        """Destroy a person's key and all that was kept under it."""
        ...


async def keep(desk: Desk, vault: Vault, request: Request, person: PersonId, details: Details) -> Done:
    """Record details of a person; what the log refuses is not kept."""
    await vault.put(request.command_id, person, details)
    try:
        return await desk.carry_out(request)
    except Rejected:
        await vault.discard(request.command_id)
        raise


async def erase(desk: Desk, vault: Vault, request: Request, person: PersonId) -> Done:
    """Record the erasure, then destroy the key. Sending it again finishes what was interrupted."""
    done = await desk.carry_out(request)
    await vault.destroy(person)
    return done


async def read(desk: Desk, vault: Vault, request: Request, person: PersonId) -> Details:
    """Record the reading, then read: what cannot be recorded is not read."""
    await desk.carry_out(request)
    return await vault.details(person)


async def search(desk: Desk, vault: Vault, sought: Sought, request: Callable[[tuple[PersonId, ...]], Request]) -> tuple[PersonId, ...]:
    """Look up, record the search with whom it found, and only then tell."""
    found = await vault.holders(sought)
    await desk.carry_out(request(found))
    return found
