"""Organisations: what stands above what, names and ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from application.commands import NamedOrganisation
from application.jurisdiction import organisations
from domain.ids import DivisionCode, OrganisationId, organisation_stream
from domain.jurisdiction.events import OrganisationClosed, OrganisationEstablished, OrganisationKind, OrganisationMoved, OrganisationRenamed
from domain.jurisdiction.organisation import (
    MergeNeedsSeveral,
    Organisation,
    OrganisationCodeMalformed,
    OrganisationEndTooEarly,
    OrganisationIsClosed,
    OrganisationMoveAhead,
    OrganisationMoveTooEarly,
    OrganisationNameTooEarly,
    OrganisationSucceedsItself,
    ParentIsClosed,
    ParentOfWrongKind,
    SplitNeedsSeveral,
)

CITY, SUB, STATION, OFFICE = OrganisationKind
D1997, D2006, D2011 = (date(year, 1, 1) for year in (1997, 2006, 2011))
CODE, OTHER = OrganisationId("500112-01"), OrganisationId("500112-02")


def above(kind: OrganisationKind, valid_to: date | None = None) -> Organisation:
    return Organisation(code=OrganisationId("above"), kind=kind, valid_from=D1997, since=D1997, valid_to=valid_to)


def establish(kind: OrganisationKind, parent: Organisation | None, code: OrganisationId = CODE) -> OrganisationEstablished:
    return Organisation.establish(code, kind, "Yubei", "渝北", DivisionCode("500112"), D2006, parent)


@pytest.mark.parametrize(
    ("kind", "parent"),
    [(SUB, CITY), (STATION, SUB), (OFFICE, CITY), (OFFICE, SUB), (OFFICE, STATION)],
)
def test_an_organisation_stands_under_its_kind_of_parent(kind: OrganisationKind, parent: OrganisationKind):
    assert establish(kind, above(parent)).parent == "above"


@pytest.mark.parametrize("kind", OrganisationKind)
def test_an_organisation_may_stand_alone(kind: OrganisationKind):
    assert establish(kind, None).parent is None


@pytest.mark.parametrize(
    ("kind", "parent"),
    [(CITY, CITY), (SUB, SUB), (SUB, STATION), (STATION, CITY), (STATION, STATION), (OFFICE, OFFICE)],
)
def test_an_organisation_stands_under_no_other_kind(kind: OrganisationKind, parent: OrganisationKind):
    with pytest.raises(ParentOfWrongKind):
        establish(kind, above(parent))


def test_an_organisation_is_not_established_under_a_closed_one():
    assert establish(STATION, above(SUB, valid_to=D2011)).kind is STATION
    with pytest.raises(ParentIsClosed):
        establish(STATION, above(SUB, valid_to=D2006))


def test_a_code_has_a_form():
    with pytest.raises(OrganisationCodeMalformed):
        establish(STATION, None, OrganisationId("a b"))


def test_an_organisation_moves_under_what_may_stand_above_it_once_the_day_has_come():
    above = Organisation(code=OTHER, kind=OrganisationKind.SUB_BUREAU, valid_from=D2006, since=D2006)
    state = Organisation(code=CODE, kind=STATION, valid_from=D2006, since=D2006)
    moved = state.move(above, D2011, D2011)
    assert moved == OrganisationMoved(parent=OTHER, valid_from=D2011)
    assert state.apply(moved).move(above, D2011, D2011) is None
    with pytest.raises(OrganisationMoveAhead):
        state.move(above, D2011, D2006)
    with pytest.raises(OrganisationMoveTooEarly):
        state.move(above, D2006, D2011)
    with pytest.raises(ParentIsClosed):
        state.move(above.apply(OrganisationClosed(valid_to=D2011)), D2011, D2011)
    with pytest.raises(ParentOfWrongKind):
        state.move(replace(above, kind=STATION), D2011, D2011)
    with pytest.raises(OrganisationIsClosed):
        state.apply(OrganisationClosed(valid_to=D2011)).move(above, D2011, D2011)


def test_a_name_follows_the_name_before_it():
    state = Organisation(code=CODE, kind=STATION, valid_from=D2006, since=D2006)
    assert state.rename("North", "北", D2011) == OrganisationRenamed(name_en="North", name_zh="北", valid_from=D2011)
    with pytest.raises(OrganisationNameTooEarly):
        state.rename("North", "北", D2006)
    with pytest.raises(OrganisationIsClosed):
        state.apply(OrganisationClosed(valid_to=D2011)).rename("North", "北", D2011)


def test_an_organisation_closes_once_and_after_it_began():
    state = Organisation(code=CODE, kind=STATION, valid_from=D2006, since=D2006)
    assert state.close(D2011, (OTHER,)) == OrganisationClosed(valid_to=D2011, successors=(OTHER,))
    with pytest.raises(OrganisationEndTooEarly):
        state.close(D2006)
    with pytest.raises(OrganisationSucceedsItself):
        state.close(D2011, (CODE,))
    with pytest.raises(OrganisationIsClosed):
        state.apply(OrganisationClosed(valid_to=D2011)).close(D2011)


def test_establishing_looks_at_the_parent():
    command = organisations.establish(CODE, STATION, "Yubei", "渝北", DivisionCode("500112"), D2006, OTHER)
    assert command.looks == ((Organisation, organisation_stream(OTHER)),)
    assert organisations.establish(CODE, CITY, "City", "市", DivisionCode("500000"), D2006).looks == ()


def test_merging_closes_each_once_in_favour_of_one_that_must_stand():
    command = organisations.merge((CODE, OTHER, CODE), OrganisationId("500112-03"), D2011)
    assert [step.id for step in command.steps if step.aggregate is Organisation] == [organisation_stream(CODE), organisation_stream(OTHER)]
    assert set(command.names) == {NamedOrganisation("into", OrganisationId("500112-03"), D2011)}
    with pytest.raises(MergeNeedsSeveral):
        organisations.merge((), OTHER, D2011)


def test_splitting_needs_several_that_must_stand():
    third = OrganisationId("500112-03")
    assert organisations.split(CODE, (OTHER, third), D2011).names == tuple(
        NamedOrganisation("into", each, D2011) for each in (OTHER, third)
    )
    with pytest.raises(SplitNeedsSeveral):
        organisations.split(CODE, (OTHER, OTHER), D2011)


def test_what_is_said_to_follow_must_stand():
    assert organisations.close(CODE, D2011, (OTHER,)).names == (NamedOrganisation("successors", OTHER, D2011),)
