"""docs/errors.md: every refusal with its code, both messages and the input it is about, from the rules themselves."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages

import api
import application
import domain
from api.schema.refusals import KINDS, kind_of
from domain.rules import Rejected

HEAD = """# Refusals

What a command or a question may be answered with when a rule stands against it. `code` is stable and for programs, both messages are for
people, and the field is the input that the rule is about where that is always the same one. A command's refusal is an answer of the type
that heads its table; a question's stands in `errors`, its code in `extensions.code`. `tocsin errors` makes this page from the rules.
"""
OURS = ("domain.", "application.", "api.")


def errors_page() -> str:
    by_kind: dict[type[Rejected], list[type[Rejected]]] = {kind: [] for kind in KINDS}
    for rule in rules():
        by_kind[kind_of(rule)].append(rule)
    return HEAD + "".join(_table(kind, rules) for kind, rules in by_kind.items())


def rules() -> list[type[Rejected]]:
    """Every rule of ours by its code; the modules are loaded first, for a rule that nobody has loaded is unknown."""
    for package in (domain, application, api):
        for module in walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                import_module(module.name)
    return sorted((rule for rule in _below(Rejected) if rule.__module__.startswith(OURS)), key=lambda rule: _blank(rule).code)


def _below(rule: type[Rejected]) -> set[type[Rejected]]:
    return {below for each in rule.__subclasses__() for below in (each, *_below(each))}


def _blank(rule: type[Rejected]) -> Rejected:
    """The rule without the circumstances that some are raised with."""
    return rule.__new__(rule)


def _table(kind: type[Rejected], rules: list[type[Rejected]]) -> str:
    head = f"\n## {kind.__name__}\n\n{_blank(kind).message} {_blank(kind).message_zh}\n\n"
    rows = [_row(rule) for rule in rules]
    return head + "| Code | Field | Message | |\n|---|---|---|---|\n" + "".join(rows)


def _row(rule: type[Rejected]) -> str:
    blank = _blank(rule)
    field = f"`{rule.on}`" if rule.on is not None else ""
    return f"| `{blank.code}` | {field} | {blank.message} | {blank.message_zh} |\n"
