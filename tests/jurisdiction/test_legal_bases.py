"""Legal bases: what a standard says of itself, when something is in force, and what takes its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.jurisdiction import legal_bases
from domain.ids import LegalBasisId
from domain.jurisdiction.events import LegalBasisEnacted, LegalBasisKind, LegalBasisRepealed
from domain.jurisdiction.legal_basis import (
    LegalBasis,
    LegalBasisCodeMalformed,
    LegalBasisEndTooEarly,
    LegalBasisIsRepealed,
    LegalBasisSupersedesItself,
    StandardNeedsEdition,
    SupersedingTooLate,
)
from domain.rules import Rejected, TextMissing

D2006, D2009, D2016 = date(2006, 9, 1), date(2009, 1, 1), date(2016, 1, 1)
OWN, OTHER = LegalBasisId(UUID(int=1)), LegalBasisId(UUID(int=2))
DECREE = LegalBasisEnacted(
    code="ORDER-196",
    kind=LegalBasisKind.DECREE,
    title_en="Order 196",
    title_zh="管理办法",
    number="市长令第196号",
    edition="",
    valid_from=D2006,
)
STANDARD = replace(DECREE, code="DB50/216-2006", kind=LegalBasisKind.STANDARD, number="DB50/216", edition="2006")


def test_a_standard_names_its_edition():
    assert LegalBasis.enact(STANDARD) == STANDARD
    for edition in ("", "2016"):
        with pytest.raises(StandardNeedsEdition):
            LegalBasis.enact(replace(STANDARD, edition=edition))


def test_a_legal_basis_has_code_title_and_an_end_after_its_beginning():
    assert LegalBasis.enact(replace(DECREE, code="渝公治〔2006〕293")).code == "渝公治〔2006〕293"
    for rule, wrong in (
        (LegalBasisCodeMalformed, replace(DECREE, code="order 196")),
        (TextMissing, replace(DECREE, title_zh=" ")),
        (LegalBasisEndTooEarly, replace(DECREE, valid_to=D2006)),
    ):
        with pytest.raises(rule):
            LegalBasis.enact(wrong)


def test_what_takes_its_place_is_in_force_that_day():
    old, new = LegalBasis.begin(DECREE), LegalBasis(valid_from=D2009)
    assert old.repeal(OWN, D2009, OTHER, new) == LegalBasisRepealed(valid_to=D2009, superseded_by=OTHER)
    assert old.repeal(OWN, D2009, None, None) == LegalBasisRepealed(valid_to=D2009)
    with pytest.raises(SupersedingTooLate):
        old.repeal(OWN, D2009 - timedelta(1), OTHER, new)
    with pytest.raises(LegalBasisSupersedesItself):
        old.repeal(OWN, D2009, OWN, None)
    with pytest.raises(LegalBasisEndTooEarly):
        old.repeal(OWN, D2006, None, None)
    with pytest.raises(LegalBasisIsRepealed):
        old.apply(LegalBasisRepealed(valid_to=D2009)).repeal(OWN, D2016, None, None)


def test_repealing_looks_at_what_takes_its_place():
    assert legal_bases.repeal(OWN, D2009, OTHER).looks == ((LegalBasis, OTHER),)
    assert legal_bases.repeal(OWN, D2009).looks == ()
    assert legal_bases.repeal(OWN, D2009, OWN).looks == ()


DAYS = st.integers(-3, 20).map(lambda days: D2006 + timedelta(days))


@given(st.none() | DAYS.filter(lambda day: day > D2006), st.lists(DAYS, max_size=4))
def test_it_is_in_force_on_one_stretch_of_days_that_only_gets_shorter(term: date | None, ends: list[date]):
    basis = LegalBasis.begin(replace(DECREE, valid_to=term))
    days = [D2006 + timedelta(days) for days in range(-3, 30)]
    before = {day for day in days if basis.in_force_on(day)}
    for end in ends:
        try:
            basis = basis.apply(basis.repeal(OWN, end, None, None))
        except Rejected:
            continue
        now = {day for day in days if basis.in_force_on(day)}
        assert now <= before
        assert now == {day for day in days if D2006 <= day < end}
        before = now
