"""Schemathesis against a running server: whatever fits the schema is answered, refused or told what is wrong with it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
import schemathesis
from graphql import GraphQLScalarType, ValueNode
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import nodes
from schemathesis.core.result import Ok

from api.schema.build import schema
from tests.api.serving import Client, new_id, served
from tests.live.test_subscriptions import raise_alarm

SAME = "TOCSIN_API_CASES" not in os.environ
"""The same cases every time, where nobody asks for more."""
CASES = 100 if SAME else int(os.environ["TOCSIN_API_CASES"])
SCHEMA = schema()._schema
GRAPHQL = {"Int", "Float", "String", "Boolean", "ID"}
EXPECTED = {"BAD_REQUEST", "QUERY_TOO_LARGE", "MALFORMED"}
"""Beside what a rule says, these are good answers to what fits the schema alone."""
KNOWN = [new_id() for _ in range(3)]
JUNK = st.one_of(st.sampled_from(["", "警", "x" * 300, "2024-02-30", "0"]), st.text(st.characters(exclude_characters="\0"), max_size=20))
TEXTS = st.sampled_from(["500103", "CQ-YZ-01", "CQ", "zhang"])
SCALARS: dict[str, st.SearchStrategy[str]] = {
    "Date": st.dates(date(2000, 1, 1), date(2030, 1, 1)).map(str),
    "DateTime": st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1)).map(lambda when: f"{when.isoformat()}Z"),  # noqa: DTZ001 - the text says UTC
    "UUID": st.one_of(st.sampled_from(KNOWN), st.uuids().map(str)),
    "DivisionCode": TEXTS,
    "OfficerId": TEXTS,
    "OrganisationId": TEXTS,
}
NUMBERS = {"Position": st.integers(-1, 10), "JSON": st.integers()}


def written(scalar: str) -> st.SearchStrategy[ValueNode]:
    """What a scalar may be written as: the name of something that is there, well-formed, and now and then neither."""
    if scalar in NUMBERS:
        return NUMBERS[scalar].map(nodes.Int)
    ids = st.one_of(st.sampled_from(KNOWN), st.uuids().map(str))
    good = SCALARS.get(scalar, ids)
    return st.integers(0, 19).flatmap(lambda chance: JUNK if chance == 13 else good).map(nodes.String)


for name, kind in SCHEMA.type_map.items():
    if isinstance(kind, GraphQLScalarType) and name not in GRAPHQL:
        schemathesis.graphql.scalar(name, written(name))


@pytest.fixture(scope="module")
def zhang(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    folder = tmp_path_factory.mktemp("schemathesis")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder) as running:
        yield running.client("zhang")


def test_nothing_that_fits_the_schema_is_a_surprise(zhang: Client) -> None:
    for _ in range(5):
        raise_alarm(zhang)
    found = schemathesis.graphql.from_url(f"{zhang.address}/graphql", headers={"Authorization": f"Bearer {zhang.token}"})
    operations = [each.ok() for each in found.get_all_operations() if isinstance(each, Ok)]
    answers: Counter[str] = Counter()

    @settings(
        max_examples=CASES, deadline=None, database=None, derandomize=SAME, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
    )
    @given(st.sampled_from(operations).flatmap(lambda operation: operation.as_strategy()))
    def ask(case: Any) -> None:
        response = zhang.post({"query": case.body})
        assert response.status_code in {200, 400}, (case.body, response.text)
        result = response.json()
        errors = [error["extensions"] for error in result.get("errors", [])]
        answers.update({error["code"] for error in errors} or {"answered"})
        assert all(error["code"] in EXPECTED or "messageZh" in error for error in errors), (case.body, result["errors"])

    ask()
    assert answers["answered"] > CASES // 3, "most of it is good enough to reach what is behind the door"
