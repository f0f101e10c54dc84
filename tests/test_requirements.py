"""Nothing that was asked for is without a feature and an operation, and the page that says so is up to date."""

from __future__ import annotations

import pytest

from api.schema.build import schema
from features.promises import HERE, Requirement, page, promised, requirements

CODES = [f"R{number}" for number in range(1, 40)] + [f"G{number}" for number in range(1, 12)]
SCHEMA = schema()._schema


def operations() -> set[str]:
    roots = (SCHEMA.query_type, SCHEMA.mutation_type, SCHEMA.subscription_type)
    return {name for root in roots if root is not None for name in root.fields}


def test_all_that_was_asked_for_has_its_row() -> None:
    assert [each.code for each in requirements()] == CODES
    assert promised().keys() <= set(CODES)


@pytest.mark.parametrize("each", requirements(), ids=lambda each: each.code)
def test_each_has_a_feature_and_operations_that_there_are(each: Requirement) -> None:
    assert promised().get(each.code), "no feature has its tag"
    assert each.operations
    assert set(each.operations) <= operations()


def test_the_page_is_what_is_promised() -> None:
    assert (HERE.parent / "docs" / "requirements.md").read_text(encoding="utf-8") == page()
