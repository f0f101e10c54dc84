"""How somebody asks from outside: by GraphQL, with the policies in between."""

from __future__ import annotations

from functools import cache
from typing import Any
from uuid import uuid4

from api.documents import Documents
from api.http import GraphQL
from api.requests import Asked
from api.schema.build import schema
from application.identity import Principal, Role
from domain.ids import OfficerId, OrganisationId
from features.city import City

PAYLOAD = "position repeated"
REFUSAL = "... on Refusal { code message messageZh field } ... on VersionConflict { currentVersion }"


def officer(name: str, role: str, organisation: str) -> Principal:
    return Principal(OfficerId(name), OrganisationId(organisation), Role(role))


@cache
def documents() -> Documents:
    """Every feature asks much the same: each document is planned once."""
    return Documents(schema()._schema)  # noqa: SLF001 - as the API does


class Window:
    """Answers whoever comes; every view shows what has happened by then."""

    def __init__(self, city: City) -> None:
        self._city = city
        self._graphql = GraphQL(city.tocsin.services())
        self._graphql.documents = documents()

    def ask(self, who: Principal, text: str, **variables: Any) -> dict[str, Any]:
        self._city.catch_up()
        return self._city.answered(self._graphql.answer(Asked(text, variables, None), who))

    def data(self, who: Principal, text: str, **variables: Any) -> dict[str, Any]:
        """Of a question that nothing is wrong with."""
        answer = self.ask(who, text, **variables)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    def do(self, who: Principal, mutation: str, *, command: str | None = None, **given: Any) -> dict[str, Any]:
        """The payload of a mutation, or its refusal."""
        title = mutation[0].upper() + mutation[1:]
        text = f"""mutation ($input: {title}Input!) {{ {mutation}(input: $input) {{
            __typename ... on {title}Payload {{ {PAYLOAD} }} {REFUSAL} }} }}"""
        done: dict[str, Any] = self.data(who, text, input={"commandId": command or str(uuid4()), **given})[mutation]
        return done
