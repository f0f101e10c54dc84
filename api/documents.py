"""Documents are parsed, guarded and validated once, and then remembered."""

from __future__ import annotations

from collections import OrderedDict
from hashlib import sha256

from graphql import DocumentNode, GraphQLError, GraphQLSchema, parse, specified_rules, validate
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from api.guard import guard, usual_rows

MOST_TOKENS = 2_000
MOST_ERRORS = 10
RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)


class DocumentRefused(Exception):  # noqa: N818 - an answer to the caller
    """A document that cannot be carried out, and why."""

    def __init__(self, *errors: GraphQLError) -> None:
        super().__init__("document refused")
        self.errors = list(errors)


class Documents:
    """By the text's hash; what was used last is kept. Refused ones are not, or anybody could push the good ones out."""

    def __init__(self, schema: GraphQLSchema, size: int = 500) -> None:
        self._schema = schema
        self._size = size
        self._rows = usual_rows(schema)
        self._known: OrderedDict[bytes, DocumentNode] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, text: str) -> DocumentNode:
        key = sha256(text.encode()).digest()
        document = self._known.get(key)
        if document is None:
            document = self._known[key] = self._checked(text)
        self._known.move_to_end(key)
        if len(self._known) > self._size:
            self._known.popitem(last=False)
        return document

    def _checked(self, text: str) -> DocumentNode:
        """The guard comes before validation, some of whose rules are dear on hostile documents."""
        try:
            document = parse(text, max_tokens=MOST_TOKENS)
            guard(document, self._rows)
        except GraphQLError as error:
            raise DocumentRefused(error) from error
        errors = validate(self._schema, document, RULES, max_errors=MOST_ERRORS, hide_suggestions=True)
        if errors:
            raise DocumentRefused(*errors)
        return document
