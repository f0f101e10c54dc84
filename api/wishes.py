"""What webhooks wish to be told: their documents are parsed, guarded and validated as those of anybody who asks."""

from __future__ import annotations

import orjson
from graphql import DocumentNode, GraphQLSchema, OperationDefinitionNode, OperationType, print_ast

from api.documents import DocumentRefused, Documents
from api.live.telling import Telling
from api.requests import Asked
from api.services import Services
from application.identity import Principal
from application.webhooks import WebhookDocumentUnfit, Wish

SAID = 300
"""Characters of what the validation says that are handed on."""


class DocumentWishes:
    """The application's `Wishes`, by the schema."""

    def __init__(self, services: Services, schema: GraphQLSchema) -> None:
        self._documents = Documents(schema, services.settings.exposure)
        self._telling = Telling(services, schema)
        self._quiet = services.settings.exposure.hardened

    def plain(self, document: str) -> str:
        """Whoever writes a comment does not think of it as something that is kept for ever."""
        return print_ast(self._subscription(document))

    async def understood(self, document: str, variables: str, principal: Principal) -> Wish:
        node = self._subscription(document)
        try:
            return await self._telling.wish(node, Asked(document, orjson.loads(variables), None), principal)
        except DocumentRefused as refused:
            raise self._unfit(refused) from None

    def _subscription(self, document: str) -> DocumentNode:
        """Integrations write their own documents, so it need not be a trusted one."""
        try:
            node = self._documents.get(document).planned.node
        except DocumentRefused as refused:
            raise self._unfit(refused) from None
        operations = [each for each in node.definitions if isinstance(each, OperationDefinitionNode)]
        if len(operations) != 1 or operations[0].operation is not OperationType.SUBSCRIPTION:
            raise WebhookDocumentUnfit
        return node

    def _unfit(self, refused: DocumentRefused) -> WebhookDocumentUnfit:
        """Where the server is quiet about its schema, it is so here."""
        if self._quiet:
            return WebhookDocumentUnfit()
        return WebhookDocumentUnfit(" ".join(error.message for error in refused.errors)[:SAID])
