"""Which division lies in which, and how divisions change over time."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ids import DivisionCode, DivisionId
from domain.jurisdiction.division import (
    Division,
    DivisionCodeMalformed,
    DivisionEndTooEarly,
    DivisionIsAbolished,
    DivisionNameTooEarly,
    DivisionOutsideParent,
    DivisionSucceedsItself,
)
from domain.jurisdiction.divisions import covers
from domain.jurisdiction.events import DivisionAbolished, DivisionEstablished, DivisionLevel, DivisionRenamed

OWN, OTHER = DivisionId(UUID(int=1)), DivisionId(UUID(int=2))
CODES = st.from_regex(r"[1-9][0-9]([0-9]{2}){2}([0-9]{3})?", fullmatch=True).map(DivisionCode)
D1997, D2006, D2011, D2015 = (date(year, 1, 1) for year in (1997, 2006, 2011, 2015))


@pytest.mark.parametrize(
    ("parent", "child", "expected"),
    [
        ("500000", "500112", True),
        ("500000", "500100", True),
        ("500100", "500112", True),
        ("500200", "500112", False),
        ("500112", "500112", True),
        ("500112", "500112004", True),
        ("500112", "500113", False),
        ("500112", "500100", False),
        ("500000", "510000", False),
        ("110000", "500112", False),
        ("SF", "SF", True),
        ("SF", "SF-1", False),
        ("500000", "SF", False),
    ],
)
def test_a_division_covers_itself_and_what_lies_below(parent: str, child: str, *, expected: bool):
    assert covers(DivisionCode(parent), DivisionCode(child)) is expected


@given(CODES, CODES, CODES)
def test_covering_is_an_order(a: DivisionCode, b: DivisionCode, c: DivisionCode):
    assert covers(a, a)
    if covers(a, b) and covers(b, c):
        assert covers(a, c)


def establish(code: str, parent: str | None) -> DivisionEstablished:
    return Division.establish(DivisionCode(code), "Yubei", "渝北区", DivisionLevel.COUNTY, DivisionCode(parent) if parent else None, D1997)


@pytest.mark.parametrize(("code", "parent"), [("500112", "500000"), ("500112", None), ("SOUTH", "CITY"), ("94112", "SF")])
def test_a_division_is_established_within_its_parent(code: str, parent: str | None):
    assert establish(code, parent).parent == parent


@pytest.mark.parametrize(("code", "parent"), [("500112", "510000"), ("500112", "500112"), ("SOUTH", "SOUTH"), ("500112", "CN")])
def test_a_division_is_not_established_outside_its_parent(code: str, parent: str):
    with pytest.raises(DivisionOutsideParent):
        establish(code, parent)


@pytest.mark.parametrize("code", ["", "50 0112", "x" * 33])
def test_a_code_has_a_form(code: str):
    with pytest.raises(DivisionCodeMalformed):
        establish(code, None)


def yubei(**days: date) -> Division:
    return Division(code=DivisionCode("500112"), level=DivisionLevel.COUNTY, **days)


def test_a_name_follows_the_name_before_it():
    division = yubei(valid_from=D2006, since=D2006)
    assert division.rename("Qijiang", "綦江区", D2011) == DivisionRenamed(name_en="Qijiang", name_zh="綦江区", valid_from=D2011)
    with pytest.raises(DivisionNameTooEarly):
        division.rename("Qijiang", "綦江区", D2006)
    with pytest.raises(DivisionIsAbolished):
        yubei(valid_from=D2006, since=D2006, valid_to=D2011).rename("Qijiang", "綦江区", D2011)


def test_a_late_record_renames_a_division_within_its_time():
    assert yubei(valid_from=D1997, since=D1997, valid_to=D2011).rename("Wansheng", "万盛区", D2006).valid_from == D2006


def test_a_division_ends_once_and_after_it_began():
    division = yubei(valid_from=D2006, since=D2006)
    assert division.abolish(OWN, D2011, (OTHER, OTHER)) == DivisionAbolished(valid_to=D2011, successors=(OTHER,))
    with pytest.raises(DivisionEndTooEarly):
        division.abolish(OWN, D2006)
    with pytest.raises(DivisionSucceedsItself):
        division.abolish(OWN, D2011, (OWN,))
    with pytest.raises(DivisionIsAbolished):
        division.apply(DivisionAbolished(valid_to=D2011)).abolish(OWN, D2015)


def test_a_division_lives_from_its_events():
    division = Division.begin(establish("500112", None)).apply(DivisionRenamed(name_en="Y", name_zh="渝", valid_from=D2006))
    assert division == yubei(valid_from=D1997, since=D2006)
