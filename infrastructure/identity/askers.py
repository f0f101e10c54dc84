"""Whoever asked for something that goes on without them: as they stand now."""

from __future__ import annotations

from application.identity import Principal, Role
from application.oversight.exports import Asker
from infrastructure.identity.keys import ApiKeys


class KnownAskers:
    """A key is looked up each time. Officers are known by their tokens alone, so that they stand as they stood when they asked."""

    def __init__(self, keys: ApiKeys) -> None:
        self._keys = keys

    async def still(self, asker: Asker) -> Principal | None:
        if asker.key is not None:
            return await self._keys.holder(asker.key)
        return Principal(asker.officer, asker.organisation, Role(asker.role), reach=(asker.organisation,))
