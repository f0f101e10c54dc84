"""Documents are found by their text or id, parsed, guarded and validated once, and then remembered."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from hashlib import sha256

from graphql import GraphQLError, GraphQLSchema, NoSchemaIntrospectionCustomRule, parse, specified_rules, validate
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from api.guard import QueryTooLarge, guard, usual_rows
from api.plan.executing import Planned
from api.requests import Asked
from api.services import Exposure
from api.trusted import hash_of, is_trusted

MOST_TOKENS = 1_200
LONGEST = 32 * 1024
"""Characters of a document: reading texts and comments takes time too."""
MOST_ERRORS = 10
EVERYTHING = Exposure()
RULES = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)


class DocumentRefused(Exception):  # noqa: N818 - an answer to the caller
    """A document that cannot be carried out, and why."""

    def __init__(self, *errors: GraphQLError) -> None:
        super().__init__("document refused")
        self.errors = list(errors)


@dataclass(frozen=True, slots=True)
class Known:
    """A document that was found good, what it costs at most, and whether it is one of the trusted."""

    planned: Planned
    cost: int
    trusted: bool


class Documents:
    """By the text's hash; what was used last is kept. Refused ones are not, or anybody could push the good ones out."""

    def __init__(self, schema: GraphQLSchema, exposure: Exposure = EVERYTHING, size: int = 500) -> None:
        self._schema = schema
        self._exposure = exposure
        self._rules = (*RULES, NoSchemaIntrospectionCustomRule) if exposure.hardened else RULES
        self._size = size
        self._rows = usual_rows(schema)
        self._known: OrderedDict[bytes, Known] = OrderedDict()

    def __len__(self) -> int:
        return len(self._known)

    def asked(self, question: Asked, *, free: bool = False) -> Known:
        """The document of a request, by its text or by the id of a trusted one; who is `free` may ask for others anywhere."""
        known = self.get(self._text(question))
        if self._exposure.trusted_only and not known.trusted and not free:
            raise DocumentRefused(_error("DOCUMENT_NOT_TRUSTED", "Only trusted documents may be used here. 仅允许使用受信任的文档。"))
        return known

    def get(self, text: str) -> Known:
        key = sha256(text.encode()).digest()
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._checked(text)
        self._known.move_to_end(key)
        if len(self._known) > self._size:
            self._known.popitem(last=False)
        return known

    def _text(self, question: Asked) -> str:
        if question.document is None:
            return question.text
        text = self._exposure.documents.get(hash_of(question.document))
        if text is None:
            raise DocumentRefused(_error("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound"))
        return text

    def _checked(self, text: str) -> Known:
        """The guard comes before validation, some of whose rules are dear on hostile documents."""
        if len(text) > LONGEST:
            raise DocumentRefused(QueryTooLarge("length", LONGEST))
        try:
            document = parse(text, max_tokens=MOST_TOKENS)
            cost = guard(document, self._rows)
        except GraphQLError as error:
            raise DocumentRefused(error) from error
        errors = validate(self._schema, document, self._rules, max_errors=MOST_ERRORS, hide_suggestions=True)
        if errors:
            raise DocumentRefused(*errors)
        return Known(Planned(self._schema, document), cost, is_trusted(text, self._exposure.documents))


def _error(code: str, message: str) -> GraphQLError:
    return GraphQLError(message, extensions={"code": code, "field": None})
