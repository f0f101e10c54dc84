"""The schema is versionless: what was released keeps working, everything has words, and nothing goes without notice."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLNamedType, GraphQLSchema, build_schema, find_breaking_changes, find_dangerous_changes
from graphql.type import is_specified_scalar_type

from api.schema.build import schema, sdl
from api.schema.words import Language, label, parts

ROOT = Path(__file__).parents[2]
SCHEMA = schema()._schema
NOTICE = re.compile(r"\S.* until \d{4}-\d{2}\.?$", re.DOTALL)


def released() -> GraphQLSchema:
    return build_schema((ROOT / "docs" / "released.graphql").read_text(encoding="utf-8"))


def accepted() -> dict[str, str]:
    found: dict[str, str] = tomllib.loads((ROOT / "docs" / "released.toml").read_text(encoding="utf-8")).get("accepted", {})
    return found


def surprises(old: GraphQLSchema, new: GraphQLSchema) -> list[str]:
    return [change.description for change in find_dangerous_changes(old, new)]


def breaks(old: GraphQLSchema, new: GraphQLSchema) -> list[str]:
    return [change.description for change in find_breaking_changes(old, new)]


def missing(thing: Any) -> bool:
    """A scalar that GraphQL itself brings has English words of its own."""
    if isinstance(thing, GraphQLNamedType) and is_specified_scalar_type(thing):
        return False
    text = thing.description or ""
    return not any(letter.isascii() and letter.isalpha() for letter in text) or not any(ord(letter) > 0x4E00 for letter in text)


def test_the_committed_schema_is_what_is_served() -> None:
    assert (ROOT / "schema.graphql").read_text(encoding="utf-8") == sdl(), "run `make schema`"


def test_nothing_that_was_released_breaks() -> None:
    assert breaks(released(), build_schema(sdl())) == []


def test_whatever_could_surprise_a_client_is_accepted_with_a_reason() -> None:
    found = surprises(released(), build_schema(sdl()))
    assert [change for change in found if change not in accepted()] == [], "write the reason into docs/released.toml"
    assert [change for change in accepted() if change not in found] == [], "no longer so: take it out"
    assert all(accepted().values())


@pytest.mark.parametrize(
    ("old", "new", "broken"),
    [
        ("type Query { a: Int b: Int }", "type Query { a: Int }", True),
        ("type Query { a: Int }", "type Query { a: Int! }", False),
        ("type Query { a(b: Int): Int }", "type Query { a(b: Int!): Int }", True),
        ("type Query { a(b: Int! = 1): Int }", "type Query { a(b: Int!): Int }", None),
        ("enum E { A } type Query { a: E }", "enum E { A B } type Query { a: E }", None),
        ("type Query { a(b: Int = 1): Int }", "type Query { a(b: Int = 2): Int }", None),
    ],
)
def test_the_check_sees_what_it_is_for(old: str, new: str, broken: bool | None) -> None:  # noqa: FBT001 - whether it breaks, or surprises (None)
    before, after = build_schema(old), build_schema(new)
    assert bool(breaks(before, after)) is (broken is True)
    assert bool(surprises(before, after)) is (broken is None)


def test_everything_has_words_in_both_languages() -> None:
    assert [".".join(where) for _, where, thing in parts(SCHEMA) if missing(thing)] == [], "name it in api/schema/words.toml"


def test_what_goes_says_why_and_when() -> None:
    going = [
        (where, thing.deprecation_reason) for _, where, thing in parts(SCHEMA) if getattr(thing, "deprecation_reason", None) is not None
    ]
    assert [where for where, reason in going if not NOTICE.search(reason)] == [], '`@deprecated(reason: "use b until 2027-06")`'


def test_every_value_of_every_enum_has_labels() -> None:
    for kind, where, _ in parts(SCHEMA):
        if isinstance(kind, GraphQLEnumType) and len(where) > 1:
            names = [label(kind.name, where[1], language) for language in Language]
            assert names[1] != where[1], f"name {'.'.join(where)} in api/schema/labels.toml"
            assert names[0].isascii()
