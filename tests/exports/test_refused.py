"""What cannot be exported is refused at the door: with its code, its field and in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from api.services import Exposure
from application.identity import Role
from domain.ids import OrganisationId
from tests.api.serving import Client, served
from tests.exports.office import ASK, SOUTH, asked, begun, ended

NUMBERED = "query ($n: [String!]) { cases(filter: {number: $n}) { nodes { id } } }"
GOOD = "{ cases { nodes { id } } }"
TRUSTED = "query Cases { cases { nodes { id number } } }"
ID = f"sha256:{sha256(TRUSTED.encode()).hexdigest()}"
WRONG: list[tuple[dict[str, Any], str, str | None]] = [
    ({"query": None}, "EXPORT_NEEDS_QUERY", "query"),
    ({"query": "  "}, "EXPORT_NEEDS_QUERY", "query"),
    ({"query": None, "documentId": "sha256:00"}, "EXPORT_DOCUMENT_UNKNOWN", "documentId"),
    ({"query": "{ cases { nodes { id "}, "EXPORT_DOCUMENT_INVALID", "query"),
    ({"query": "{ cases { nodes { nonsense } } }"}, "EXPORT_DOCUMENT_INVALID", "query"),
    ({"query": f"{{ cases {{ nodes {{ {' '.join(f'a{n}: id' for n in range(60))} }} }} }}"}, "EXPORT_DOCUMENT_INVALID", "query"),
    ({"query": "query A { cases { nodes { id } } } query B { me { role } }"}, "EXPORT_OPERATION_UNKNOWN", "operationName"),
    ({"query": GOOD, "operationName": "Other"}, "EXPORT_OPERATION_UNKNOWN", "operationName"),
    ({"query": "mutation ($input: SealCaseInput!) { sealCase(input: $input) { __typename } }"}, "EXPORT_IS_NO_QUERY", "query"),
    ({"query": "subscription { events { position } }"}, "EXPORT_IS_NO_QUERY", "query"),
    ({"query": "{ me { officer } }"}, "EXPORT_NEEDS_ONE_LIST", "query"),
    ({"query": "{ nodes(ids: []) { id } }"}, "EXPORT_NEEDS_ONE_LIST", "query"),
    ({"query": "{ cases { nodes { id } } alarms { nodes { id } } }"}, "EXPORT_NEEDS_ONE_LIST", "query"),
    ({"query": "{ ...All } fragment All on Query { cases { nodes { id } } }"}, "EXPORT_NEEDS_ONE_LIST", "query"),
    ({"query": "{ cases @include(if: true) { nodes { id } } }"}, "EXPORT_NEEDS_ONE_LIST", "query"),
    ({"query": "{ cases(first: 5) { nodes { id } } }"}, "EXPORT_PAGES_ITSELF", "query"),
    ({"query": "query ($c: Cursor) { cases(after: $c) { nodes { id } } }"}, "EXPORT_PAGES_ITSELF", "query"),
    ({"query": "{ cases(orderBy: NUMBER_ASC) { nodes { id } } }"}, "EXPORT_PAGES_ITSELF", "query"),
    ({"query": "{ events(atLeast: 4) { nodes { type } } }"}, "EXPORT_PAGES_ITSELF", "query"),
    ({"query": "{ cases { edges { node { id } } } }"}, "EXPORT_NEEDS_NODES", "query"),
    ({"query": "{ cases { nodes { id } totalCount } }"}, "EXPORT_NEEDS_NODES", "query"),
    ({"query": "{ cases { nodes @skip(if: false) { id } } }"}, "EXPORT_NEEDS_NODES", "query"),
    ({"query": "query ($n: [String!]!) { cases(filter: {number: $n}) { nodes { id } } }"}, "EXPORT_VARIABLES_INVALID", "variables"),
    ({"query": GOOD, "variables": [1]}, "EXPORT_VARIABLES_INVALID", "variables"),
    ({"query": '{ events(types: ["Nonsense"]) { nodes { type } } }'}, "EVENT_TYPE_UNKNOWN", "types"),
    ({"query": GOOD, "purpose": " "}, "TEXT_MISSING", "purpose"),
    ({"query": GOOD, "purpose": "call 13812345678"}, "TEXT_HOLDS_PERSONAL_DATA", "purpose"),
    ({"query": '{ cases(filter: {number: ["13812345678"]}) { nodes { id } } }'}, "TEXT_HOLDS_PERSONAL_DATA", "query"),
    ({"query": NUMBERED, "variables": {"n": ["13812345678"]}}, "TEXT_HOLDS_PERSONAL_DATA", "variables"),
    ({"query": NUMBERED, "variables": {"n": ["x" * 11_000]}}, "EXPORT_TEXT_TOO_LONG", "variables"),
]  # fmt: skip


@pytest.fixture(scope="module")
def owner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("refused")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder, exposure=Exposure(documents={ID.removeprefix("sha256:"): TRUSTED})) as city:
        yield city.client("owner")


@pytest.mark.parametrize(("given", "code", "field"), WRONG, ids=[f"{code}-{number}" for number, (_, code, _) in enumerate(WRONG)])
def test_what_is_wrong_is_said_with_its_field(owner: Client, given: dict[str, Any], code: str, field: str | None) -> None:
    before = owner.ask("{ status { position } exports { totalCount } }")
    answer = asked(owner, **given)
    assert (answer["code"], answer["field"]) == (code, field)
    assert answer["message"].isascii() or "上限" in answer["message"]
    assert any(ord(letter) > 0x4E00 for letter in answer["messageZh"])
    assert owner.ask("{ status { position } exports { totalCount } }") == before, "nothing is recorded"


def test_what_graphql_says_is_told_along(owner: Client) -> None:
    answer = asked(owner, "{ cases { nodes { nonsense } } }")
    assert "Cannot query field 'nonsense' on type 'Case'." in answer["message"]


def test_ids_are_no_numbers_of_somebodys(owner: Client) -> None:
    """These digits would be a phone number anywhere else."""
    for id in ("13812345678900001234567890123456", "13800138-0000-4000-8000-138123456789"):
        text = "query ($a: [AlarmId!]) { cases(filter: {alarm: $a}) { nodes { id } } }"
        assert ended(owner, begun(owner, text, variables={"a": [id]}))["rows"] == 0


def test_a_query_that_names_things_as_an_export_does_is_exported_all_the_same(owner: Client) -> None:
    text = "query list($tocsinX: [String!]) { list: cases(filter: {number: $tocsinX}) { nodes: nodes { nodes: id list: number } } }"
    assert ended(owner, begun(owner, text))["state"] == "COMPLETED"


def test_a_trusted_document_is_exported_by_its_id(owner: Client) -> None:
    found = ended(owner, begun(owner, None, documentId=ID))
    assert (found["document"], found["list"]) == (ID.removeprefix("sha256:"), "cases")
    assert "number" in found["query"]


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def test_where_only_trusted_documents_may_be_used_no_others_are_exported(tmp_path: Path) -> None:
    exposure = Exposure(hardened=True, trusted_only=True, documents={digest(text): text for text in (TRUSTED, ASK)})
    with served(f"sqlite:///{tmp_path / 'city.sqlite'}", tmp_path, exposure=exposure) as city:
        owner = city.client("owner")
        answer = asked(owner, GOOD)
        assert (answer["code"], answer["field"]) == ("EXPORT_DOCUMENT_NOT_TRUSTED", "query")
        assert asked(owner, TRUSTED)["__typename"] == "RequestExportPayload"


def test_where_hardened_the_schema_is_not_told(tmp_path: Path) -> None:
    with served(f"sqlite:///{tmp_path / 'city.sqlite'}", tmp_path, exposure=Exposure(hardened=True)) as city:
        answer = asked(city.client("owner"), "{ cases { nodes { nonsense } } }")
        assert answer["code"] == "EXPORT_DOCUMENT_INVALID"
        assert "nonsense" not in answer["message"]
        assert "Case" not in answer["message"]


@pytest.mark.parametrize(
    "role", [Role.INTAKE, Role.UNIT_OFFICER, Role.GOVERNANCE_OFFICE, Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR]
)
def test_who_may_not_export_is_refused_before_anything_is_read(tmp_path: Path, role: Role) -> None:
    with served(f"sqlite:///{tmp_path / 'city.sqlite'}", tmp_path) as city:
        answer = asked(city.client("somebody", role, OrganisationId(SOUTH)), "{ nonsense }")
        assert answer["code"] == "NOT_YOURS"
