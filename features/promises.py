"""What was asked for and where it is promised: `python -m features.promises` prints docs/requirements.md.

A scenario, or a whole feature, names the requirements that it keeps by tags: `@R17`. `pytest -m R17` tries them.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
ASKED = HERE.parent / "docs" / "requirements.toml"
_TAG = re.compile(r"@([RG]\d+)\b")
HEAD = """# What was asked for, and where it is kept

Each row is one of the requirements of the city (R) or of the house (G), with the features that promise it and the GraphQL
operations that answer it. A test fails where one has none. `pytest -m R17` tries what a row promises. `make schema` writes
this page, from `requirements.toml` and the tags in `features/`.

| | Asked for | Features | GraphQL |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Requirement:
    code: str
    zh: str
    en: str
    operations: tuple[str, ...]


@cache
def requirements() -> tuple[Requirement, ...]:
    told = tomllib.loads(ASKED.read_text(encoding="utf-8"))
    return tuple(Requirement(code, each["zh"], each["en"], tuple(each["operations"])) for code, each in told.items())


@cache
def promised() -> dict[str, list[str]]:
    """The features that keep each requirement, by their path without its ending."""
    found: dict[str, list[str]] = {}
    for file in sorted(HERE.rglob("*.feature")):
        name = file.relative_to(HERE).with_suffix("").as_posix()
        for code in dict.fromkeys(_TAG.findall(file.read_text(encoding="utf-8"))):
            found.setdefault(code, []).append(name)
    return found


def page() -> str:
    return HEAD + "".join(f"{row}\n" for row in _rows())


def _rows() -> Iterator[str]:
    for each in requirements():
        features = ", ".join(f"[{name}](../features/{name}.feature)" for name in promised().get(each.code, ()))
        operations = ", ".join(f"`{name}`" for name in each.operations)
        yield f"| {each.code} | {each.en}. {each.zh} | {features} | {operations} |"


if __name__ == "__main__":
    sys.stdout.write(page())
