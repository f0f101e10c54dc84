"""Area groups: members of each time, and who belongs to a group on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.commands import NamedDivision, NamedOrganisation
from application.jurisdiction import area_groups
from domain.ids import AreaGroupId, DivisionCode, OrganisationId, uuid7
from domain.jurisdiction.area_group import (
    AreaGroup,
    AreaGroupChangeTooEarly,
    AreaGroupCodeMalformed,
    AreaGroupEndTooEarly,
    AreaGroupIsAbolished,
    AreaGroupIsEmpty,
)
from domain.jurisdiction.area_groups import members_on
from domain.jurisdiction.events import AreaGroupAbolished, AreaGroupChanged, AreaGroupEstablished, AreaGroupMembers, OrganisationKind
from domain.oversight.counted_areas import CountedAreaGroup, CountedDivision, CountedOrganisation, organisations_in
from domain.rules import Rejected
from features.city import MORNING

D1997, D2006, D2011 = (date(year, 1, 1) for year in (1997, 2006, 2011))
A, B, C = (OrganisationId(code) for code in "ABC")
YUZHONG, WANSHENG = DivisionCode("500103"), DivisionCode("500110")


def establish(organisations: tuple[OrganisationId, ...] = (A,), divisions: tuple[DivisionCode, ...] = ()) -> AreaGroupEstablished:
    return AreaGroup.establish("主城", "Main city", "主城区", organisations, divisions, D1997)


def test_members_are_named_once_and_in_one_order():
    assert establish((B, A, B)).organisations == (A, B)


def test_a_group_has_a_code_and_members():
    with pytest.raises(AreaGroupIsEmpty):
        establish(())
    with pytest.raises(AreaGroupCodeMalformed):
        AreaGroup.establish("main city", "Main city", "主城区", (A,), (), D1997)
    assert establish((), (YUZHONG,)).divisions == (YUZHONG,)


def test_members_follow_the_members_before_them():
    group = AreaGroup.begin(establish())
    assert group.change((B,), (YUZHONG,), D2006) == AreaGroupChanged(organisations=(B,), divisions=(YUZHONG,), valid_from=D2006)
    assert group.change((A, A), (), D2006) is None
    with pytest.raises(AreaGroupChangeTooEarly):
        group.change((B,), (), D1997)


def test_a_group_ends_once_and_after_it_began():
    group = AreaGroup.begin(establish())
    assert group.abolish(D2011) == AreaGroupAbolished(valid_to=D2011)
    with pytest.raises(AreaGroupEndTooEarly):
        group.abolish(D1997)
    ended = group.apply(AreaGroupAbolished(valid_to=D2011))
    with pytest.raises(AreaGroupIsAbolished):
        ended.abolish(D2011)
    with pytest.raises(AreaGroupIsAbolished):
        ended.change((B,), (), D2011)
    assert ended.change((B,), (), D2006) is not None


def test_members_must_stand_on_the_day_from_which_they_count():
    command = area_groups.change_members(AreaGroupId(uuid7(MORNING)), D2006, (A, A, B), (YUZHONG,))
    assert command.names == (
        NamedDivision("divisions", YUZHONG, D2006),
        NamedOrganisation("organisations", A, D2006),
        NamedOrganisation("organisations", B, D2006),
    )


MEMBERS = st.frozensets(st.sampled_from([A, B, C])).map(tuple)
DAYS = st.integers(-5, 60).map(lambda days: D1997 + timedelta(days))


@given(st.lists(st.one_of(st.tuples(MEMBERS, DAYS), DAYS), max_size=12))
def test_whatever_is_decided_each_day_has_the_members_last_given_for_it(acts: list[tuple[tuple[OrganisationId, ...], date] | date]):
    group, told, end = AreaGroup.begin(establish()), {D1997: (A,)}, date.max
    for act in acts:
        try:
            event = group.abolish(act) if isinstance(act, date) else group.change(act[0], (), act[1])
        except Rejected:
            continue
        if isinstance(event, AreaGroupChanged):
            told[event.valid_from] = event.organisations
        elif event is not None:
            end = event.valid_to
        group = group if event is None else group.apply(event)
    for day in (D1997 + timedelta(days) for days in range(-5, 61)):
        expected = None if day < D1997 or day >= end else told[max(since for since in told if since <= day)]
        found = members_on(day, group.periods, group.valid_to)
        assert (found and found.organisations) == expected


def counted(
    code: str, division: DivisionCode, since: date = D1997, until: date | None = None, parent: str | None = None
) -> CountedOrganisation:
    above = OrganisationId(parent) if parent else None
    return CountedOrganisation(
        code=OrganisationId(code), parent=above, kind=OrganisationKind.STATION, division=division, valid_from=since, valid_to=until
    )


def codes(group: CountedAreaGroup, day: date, organisations: list[CountedOrganisation]) -> list[str]:
    wansheng = CountedDivision(code=WANSHENG, parent=None, valid_from=D1997, valid_to=D2011)
    qijiang = CountedDivision(code=WANSHENG, parent=None, valid_from=D2011)
    return [each.code for each in organisations_in(group, day, [wansheng, qijiang], organisations)]


def test_a_group_takes_in_what_existed_on_the_day_below_its_organisations_and_in_its_divisions():
    below = [counted("B", YUZHONG), counted("B1", YUZHONG, until=D2011, parent="B"), counted("B2", YUZHONG, since=D2011, parent="B")]
    placed = [counted("old", WANSHENG), counted("new", WANSHENG, since=D2011), counted("else", YUZHONG)]
    before, after = AreaGroupMembers(D1997, (A,), ()), AreaGroupMembers(D2006, (B,), (WANSHENG,))
    group = CountedAreaGroup(code="主城", periods=(before, after), valid_to=date(2020, 1, 1))
    assert codes(group, D1997, below + placed) == []
    assert codes(group, D2006, below + placed) == ["B", "B1", "old"]
    assert codes(group, D2011, below + placed) == ["B", "B2", "new"]
    assert codes(group, date(2020, 1, 1), below + placed) == []
