"""Runs languages.feature; what only it says stands here."""

from __future__ import annotations

import re
from typing import Any

import httpx
import pytest
from pytest_bdd import scenarios, then, when

from api.app import create_app
from application.identity import OWNER
from features.asking import Window
from features.city import City
from features.wording import step

scenarios("languages.feature")

LABELS = "{ enumLabels { name values { value en: label(lang: EN) zh: label(lang: ZH) } } }"
BACKWARDS = '{ caseCounts(period: {from: "2026-03-02", to: "2026-03-01"}) { position } }'
HAN, LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{3}")
LOADED = re.compile(r"""(?:src|href|from|import)\s*=?\s*["']([^"']+)["']""")


@pytest.fixture
def told() -> dict[str, Any]:
    """What somebody was answered last."""
    return {}


@then("every value of every enum has a label in English and one in Chinese")
def labels(city: City) -> None:
    found = Window(city).data(OWNER, LABELS)["enumLabels"]
    assert found
    nameless = [
        (kind["name"], each) for kind in found for each in kind["values"] if not (HAN.search(each["zh"]) or kind["name"] in OWN_WORDS)
    ]
    assert nameless == []


OWN_WORDS = {"Language"}
"""Whose values are names of their own."""


@when(step('somebody opens an alarm in division "{division}"'))
def opens(city: City, told: dict[str, Any], division: str) -> None:
    given = {"source": "CALL_110", "kind": "ALARM", "division": division, "station": "S-1"}
    told |= Window(city).do(OWNER, "openAlarm", alarm=str(city.id("alarm", "A-1")), report=str(city.id("report", "A-1")), **given)


@then(step('the refusal names the field "{field}", and says the same in English and in Chinese'))
def refusal(told: dict[str, Any], field: str) -> None:
    assert told["field"] == field
    assert re.fullmatch(r"[A-Z_]+", told["code"])
    assert LATIN.search(told["message"])
    assert HAN.search(told["messageZh"])


@when("somebody asks for figures of a period that ends before it begins")
def backwards(city: City, told: dict[str, Any]) -> None:
    (error,) = Window(city).ask(OWNER, BACKWARDS)["errors"]
    told |= {"en": error["message"], "zh": error["extensions"]["messageZh"]}


@then("the error says so in English and in Chinese")
def in_both(told: dict[str, Any]) -> None:
    assert LATIN.search(told["en"])
    assert HAN.search(told["zh"])


@when("somebody opens the page")
def opens_page(city: City, told: dict[str, Any]) -> None:
    async def get() -> httpx.Response:
        app = create_app(city.tocsin.services())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://tocsin") as client:
            return await client.get("/graphql", headers={"Accept": "text/html"})

    page = city.answered(get())
    told |= {"text": page.text, "policy": page.headers["content-security-policy"]}


@then("what it loads comes from the same host")
def same_host(told: dict[str, Any]) -> None:
    assert "<html" in told["text"]
    assert [each for each in LOADED.findall(told["text"]) if "//" in each] == []


@then("the browser is told to load nothing from another")
def policy(told: dict[str, Any]) -> None:
    rules = dict(rule.strip().partition(" ")[::2] for rule in told["policy"].split(";") if rule.strip())
    assert rules["default-src"] in {"'none'", "'self'"}
    assert all("http" not in sources and "*" not in sources for sources in rules.values())
