"""Everything a person reads exists in English and Chinese: rules, commands, views."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterator
from inspect import cleandoc

import pytest

import application
import domain
from application.commands import REGISTRY
from application.views import View
from domain.rules import Rejected

CHINESE = re.compile(r"[\u4e00-\u9fff]")
LATIN = re.compile(r"[A-Za-z]")


def load_all() -> None:
    for package in (domain, application):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def below(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        yield child
        yield from below(child)


load_all()
RULES = sorted((rule for rule in below(Rejected) if rule.__module__.startswith(("domain", "application"))), key=lambda rule: rule.__name__)
VIEWS = sorted((view for view in below(View) if view.__module__.startswith("application")), key=lambda view: view.__name__)


def in_both_languages(text: str | None) -> bool:
    english, _, chinese = cleandoc(text or "").partition("\n\n")
    return bool(LATIN.search(english)) and not CHINESE.search(english) and bool(CHINESE.search(chinese))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_says_its_sentence_in_both_languages(rule):
    assert in_both_languages(rule.__doc__)


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_a_view_says_what_it_is_in_both_languages(view):
    assert in_both_languages(view.__doc__)


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_a_command_says_what_it_does_in_both_languages(name):
    assert in_both_languages(REGISTRY[name].__doc__)


def test_no_two_rules_share_a_code():
    codes = Counter(rule.__name__ for rule in RULES)
    assert [code for code, times in codes.items() if times > 1] == []
