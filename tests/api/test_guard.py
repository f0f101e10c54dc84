"""Documents that ask for too much are refused before anything dear is done with them."""

from __future__ import annotations

import pytest
from graphql import get_introspection_query, parse

from api.documents import DocumentRefused, Documents
from api.guard import guard, usual_rows
from api.schema.build import schema
from tests.api.hostile import HOSTILE, nested

SCHEMA = schema()._schema


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
