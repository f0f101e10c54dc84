"""The published audit of GraphQL over HTTP against a running server: 61 of 61."""

from __future__ import annotations

import json
from pathlib import Path

from tests import npm
from tests.api.serving import served

CHECKS = 61


def test_the_audit_finds_nothing(tmp_path: Path) -> None:
    with served(f"sqlite:///{tmp_path / 'city.sqlite'}", tmp_path) as city:
        auditor = city.client("auditor")
        results = json.loads(npm.run(Path(__file__).with_name("audit.mjs"), f"{city.address}/graphql", auditor.token))
    assert [each for each in results if each["status"] != "ok"] == []
    assert len(results) == CHECKS
