"""Where deliveries may go: nowhere, but for what is named."""

from __future__ import annotations

from collections.abc import Collection

from application.webhooks import WebhookHostNotAllowed
from domain.jurisdiction.destination import destination


class Destinations:
    """`hosts` are `host`, good for the usual port, or `host:port`; in development this machine may be reached anywhere."""

    def __init__(self, hosts: Collection[str], *, development: bool) -> None:
        self._hosts = frozenset(hosts)
        self._development = development

    def insist(self, url: str) -> None:
        """Refuse what is not plain, not encrypted or not named."""
        where = destination(url)
        named = f"{where.host}:{where.port}" in self._hosts or (where.usual and where.host in self._hosts)
        if not named and not (self._development and where.loopback):
            raise WebhookHostNotAllowed
