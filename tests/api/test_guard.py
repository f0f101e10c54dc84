"""Documents that ask for too much are refused before anything dear is done with them."""

from __future__ import annotations

import pytest
from graphql import get_introspection_query, parse

from api.documents import DocumentRefused, Documents
from api.guard import guard, usual_rows
from api.schema.build import schema

SCHEMA = schema()._schema


def nested(depth: int) -> str:
    return "{ alarms { nodes " + "{ mergedInto " * depth + "{ id }" + " }" * depth + " } }"


def doubling(fragments: int) -> str:
    steps = "".join(f"fragment f{n} on Alarm {{ ...f{n + 1} ...f{n + 1} }} " for n in range(fragments))
    return "{ alarms { nodes { ...f0 } } } " + steps + f"fragment f{fragments} on Alarm {{ id }}"


HOSTILE = {
    "depth": nested(15),
    "aliases": "{ " + " ".join(f"a{n}: me {{ officer }}" for n in range(60)) + " }",
    "many aliases": "{ " + " ".join(f"a{n}: me {{ officer }}" for n in range(1_000)) + " }",
    "directives": "{ me { officer " + "@skip(if: false) " * 60 + "} }",
    "directives on the operation": "query " + "@a " * 60 + "{ me { officer } }",
    "doubling fragments": doubling(20),
    "sixty doubling fragments": doubling(60),
    "repeated fields": "{ " + "me { officer } " * 190 + "}",
    "thousands of fields": "{ " + "me { officer } " * 4_000 + "}",
    "pages within pages": "{ alarms(first: 100) { nodes { history(first: 100) { nodes { position type data by version } } } } "
    "b: alarms(first: 100) { nodes { history(first: 100) { nodes { position type data by version organisation } } } } "
    "c: alarms(first: 100) { nodes { history(first: 100) { nodes { position type data by version organisation } } } } "
    "d: alarms(first: 100) { nodes { history(first: 100) { nodes { position type data by version organisation } } } } }",
    "unbounded pages": "query ($n: Int!) { alarms(first: $n) { nodes { station { history(first: $n) { nodes { position type data "
    "by version "
    "effectiveAt recordedAt deviceAt commandId causation correlation organisation "
    "thing a: type b: type c: type d: type e: type f: type } } } } } }",
    "lists within lists": "{ alarms(first: 100) { nodes { orders { alarm { orders { alarm { orders "
    "{ alarm { orders { id } } } } } } } } } }",
    "pages in a fragment": "{ alarms(first: 100) { nodes { a: history { ...e } b: history { ...e } c: history { ...e } "
    "d: history { ...e } } } } "
    "fragment e on EventConnection { edges { node { position type data by version commandId organisation effectiveAt recordedAt deviceAt "
    "a: type b: type c: type d: type e: type f: type g: type h: type i: type j: type } } }",
    "deep nesting": "{ a " * 600 + "}" * 600,
    "deep lists": "{ alarms(filter: " + "[" * 600 + "]" * 600 + ") { nodes { id } } }",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_document_is_refused(text: str) -> None:
    documents = Documents(SCHEMA)
    with pytest.raises(DocumentRefused) as refused:
        documents.get(text)
    assert len(refused.value.errors) <= 11
    assert len(documents) == 0, "what was refused takes no memory"


@pytest.mark.parametrize(
    "name",
    [
        "depth",
        "aliases",
        "directives",
        "doubling fragments",
        "repeated fields",
        "pages within pages",
        "unbounded pages",
        "lists within lists",
        "pages in a fragment",
    ],
)
def test_the_guard_itself_refuses_it_in_both_languages(name: str) -> None:
    with pytest.raises(DocumentRefused, match="document refused") as refused:
        Documents(SCHEMA).get(HOSTILE[name])
    (error,) = refused.value.errors
    assert error.extensions is not None
    assert error.extensions["code"] == "QUERY_TOO_LARGE"
    assert "查询过大" in error.message


def test_circles_of_fragments_end() -> None:
    with pytest.raises(DocumentRefused, match="refused"):
        Documents(SCHEMA).get("{ alarms { nodes { ...a } } } fragment a on Alarm { ...b } fragment b on Alarm { ...a }")


def test_an_ordinary_document_passes() -> None:
    guard(parse(nested(5)), usual_rows(SCHEMA))


def test_introspection_passes() -> None:
    query = get_introspection_query(input_value_deprecation=True, specified_by_url=True, directive_is_repeatable=True)
    assert Documents(SCHEMA).get(query) is not None


def test_a_document_is_checked_once_and_the_memory_is_bounded() -> None:
    documents = Documents(SCHEMA, size=2)
    first = documents.get("{ me { officer } }")
    assert documents.get("{ me { officer } }") is first
    documents.get("{ me { role } }")
    documents.get("{ me { officer } }")
    documents.get("{ me { organisation } }")
    assert len(documents) == 2
    assert documents.get("{ me { officer } }") is first, "what was used last stays"


@pytest.mark.parametrize(
    "text",
    [
        "{ mee { officer } }",
        "{ alarms(firts: 3) { nodes { id } } }",
        '{ alarm(id: "x") { ...on Alram { id } } }',
        "{ alarms(orderBy: RECEIVED_AT_DES) { nodes { id } } }",
    ],
)
def test_a_wrong_name_is_not_answered_with_the_right_one(text: str) -> None:
    with pytest.raises(DocumentRefused) as refused:
        Documents(SCHEMA).get(text)
    assert "Did you mean" not in "".join(error.message for error in refused.value.errors)
