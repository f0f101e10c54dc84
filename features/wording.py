"""How steps are worded: what stands in quotation marks is one name or text and holds no such mark itself."""

from __future__ import annotations

import re

from parse import with_pattern
from pytest_bdd import parsers


@with_pattern(r'[^"]+')
def quoted(text: str) -> str:
    return text


@with_pattern(r"[A-Z_]+")
def code(text: str) -> str:
    return text


def step(words: str) -> parsers.StepParser:
    """`{name}` in quotation marks is a text, `{name:d}` a number, `{name:Code}` a code in capitals."""
    return parsers.parse(re.sub(r'"\{(\w+)\}"', r'"{\1:Quoted}"', words), extra_types={"Quoted": quoted, "Code": code})
