"""The outcome list against the frameworks it leads to, row by row, and the page that documents it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from domain.casework.events import ClearanceKind, ExceptionalReason, WithdrawalReason
from domain.casework.offence_types import OFFENCE_TYPES, PART_TWO, OffenceTypeMalformed, at_least_as_grave, offence_code
from domain.casework.outcomes import (
    HOME_OFFICE,
    OUTCOMES,
    VERSION,
    Outcome,
    OutcomeGroup,
    OutcomeUnknown,
    Ucr,
    outcome,
    outcome_of_withdrawal,
)

PAGE = Path(__file__).parents[2] / "docs" / "outcomes.md"

FRAMEWORK = [
    ("1", "charged", "CHARGED"),
    ("1A", "charged", "CHARGED_ALTERNATE"),
    ("2", "out of court, formal", "CAUTION_YOUTH"),
    ("2A", "out of court, formal", "CAUTION_YOUTH_ALTERNATE"),
    ("3", "out of court, formal", "CAUTION_ADULT"),
    ("3A", "out of court, formal", "CAUTION_ADULT_ALTERNATE"),
    ("4", "taken into consideration", "TAKEN_INTO_CONSIDERATION"),
    ("5", "prosecution prevented", "OFFENDER_DIED"),
    ("6", "out of court, formal", "PENALTY_NOTICE"),
    ("7", "out of court, informal", "CANNABIS_WARNING"),
    ("8", "out of court, informal", "COMMUNITY_RESOLUTION"),
    ("9", "prosecution prevented", "PROSECUTION_DECLINED"),
    ("10", "prosecution prevented", "POLICE_NO_ACTION"),
    ("11", "prosecution prevented", "SUSPECT_UNDER_AGE"),
    ("12", "prosecution prevented", "SUSPECT_TOO_ILL"),
    ("13", "prosecution prevented", "VICTIM_OR_WITNESS_LOST"),
    ("14", "evidential, victim", "NO_SUSPECT_VICTIM_DECLINES"),
    ("15", "evidential", "EVIDENCE_INSUFFICIENT"),
    ("16", "evidential, victim", "VICTIM_DOES_NOT_SUPPORT"),
    ("17", "prosecution prevented", "TIME_LIMIT_EXPIRED"),
    ("18", "no suspect", "NO_SUSPECT"),
    ("19", "fraud", "FRAUD_BUREAU"),
    ("20", "transferred", "OTHER_BODY"),
    ("21", "not in public interest", "NO_FURTHER_INVESTIGATION"),
    ("22", "diversion", "DIVERSION"),
]


@pytest.mark.parametrize(("code", "group", "internal"), FRAMEWORK)
def test_each_row_of_the_england_and_wales_framework(code, group, internal):
    assert HOME_OFFICE[code].group is OutcomeGroup[group.replace(",", "").replace(" ", "_").upper()]
    assert OUTCOMES[internal].home_office == (code,)


def test_the_framework_is_complete_and_leads_back():
    assert [row.code for row in HOME_OFFICE.values()] == [code for code, _, _ in FRAMEWORK]
    assert {code for row in OUTCOMES.values() for code in row.home_office} == set(HOME_OFFICE)


@pytest.mark.parametrize(
    ("letter", "codes"),
    [
        ("A", {"OFFENDER_DIED"}),
        ("B", {"PROSECUTION_DECLINED"}),
        ("C", {"IN_CUSTODY_ELSEWHERE"}),
        ("D", {"VICTIM_REFUSED"}),
        ("E", {"JUVENILE_NO_CUSTODY", "SUSPECT_UNDER_AGE"}),
    ],
)
def test_each_letter_of_nibrs_element_4(letter, codes):
    exceptional = [row for row in OUTCOMES.values() if row.nibrs is ExceptionalReason(letter)]
    assert {row.code for row in exceptional} == codes
    assert all(row.ucr is Ucr.EXCEPTIONAL and row.kind is ClearanceKind.EXCEPTIONAL for row in exceptional)


def test_a_suspects_death_has_three_names():
    died = OUTCOMES["OFFENDER_DIED"]
    assert (died.ucr, died.nibrs, died.home_office, died.clears) == (Ucr.EXCEPTIONAL, ExceptionalReason.DEATH_OF_OFFENDER, ("5",), True)
    assert died.chinese == "撤案（犯罪嫌疑人死亡）"
    assert outcome_of_withdrawal(WithdrawalReason.SUSPECT_DIED) is died


@pytest.mark.parametrize("reason", WithdrawalReason)
def test_every_withdrawal_is_one_in_chinese_and_only_death_clears(reason):
    ending = outcome_of_withdrawal(reason)
    assert ending.chinese.startswith("撤案")
    assert ending.clears is (reason is WithdrawalReason.SUSPECT_DIED)


@pytest.mark.parametrize("row", OUTCOMES.values(), ids=lambda row: row.code)
def test_what_ucr_counts_clears_and_only_exceptional_has_a_letter(row: Outcome):
    assert row.clears or row.ucr is Ucr.NONE
    assert (row.nibrs is not None) is (row.ucr is Ucr.EXCEPTIONAL)
    assert row.label_en
    assert row.label_zh
    assert row.chinese
    assert (row.kind is None) is not row.clears


def test_administrative_closing_is_no_clearance_under_ucr():
    for code in ("CLOSED_BY_SOURCE", "ADMINISTRATIVE_PENALTY", "POLICE_NO_ACTION"):
        assert OUTCOMES[code].ucr is Ucr.NONE


def test_what_is_not_on_the_list_is_refused():
    with pytest.raises(OutcomeUnknown):
        outcome("SOLVED")


class TestOffenceTypes:
    def test_the_hierarchy_of_part_one(self):
        graver_first = ["HOMICIDE", "RAPE", "ROBBERY", "AGGRAVATED_ASSAULT", "BURGLARY", "THEFT", "VEHICLE_THEFT", "ARSON", "FRAUD"]
        for graver, lesser in pairwise(graver_first):
            assert at_least_as_grave(graver, lesser)
            assert not at_least_as_grave(lesser, graver)

    def test_names_stand_in_both_languages(self):
        assert (OFFENCE_TYPES["THEFT"].name_zh, OFFENCE_TYPES["FRAUD"].name_zh) == ("盗窃", "诈骗")
        assert all(row.code == code and row.name_en and row.name_zh for code, row in OFFENCE_TYPES.items())

    def test_what_has_no_order_is_not_compared(self):
        assert OFFENCE_TYPES["FRAUD"].rank == OFFENCE_TYPES["EXTORTION"].rank == PART_TWO
        assert not at_least_as_grave("FRAUD", "EXTORTION")
        assert not at_least_as_grave("UNHEARD_OF", "THEFT")
        assert not at_least_as_grave("HOMICIDE", "UNHEARD_OF")
        assert at_least_as_grave("UNHEARD_OF", "UNHEARD_OF")

    @pytest.mark.parametrize("code", ["", "theft", "盗窃", "A B", "_A", "A" * 41])
    def test_a_code_has_its_form(self, code):
        with pytest.raises(OffenceTypeMalformed):
            offence_code(code)


def test_the_page_tells_the_list():
    page = PAGE.read_text(encoding="utf-8")
    assert f"Version {VERSION}" in page
    missing = [line for line in (*outcome_lines(), *framework_lines(), *type_lines()) if line not in page.splitlines()]
    assert missing == []


def outcome_lines() -> list[str]:
    return [
        f"| {row.code} | {row.label_en} | {row.label_zh} | {row.ucr}{f' {row.nibrs}' if row.nibrs else ''} "
        f"| {', '.join(row.home_office)} | {row.chinese} | {'yes' if row.clears else ''} |".replace("  |", " |")
        for row in OUTCOMES.values()
    ]


def framework_lines() -> list[str]:
    return [f"| {row.code} | {row.label_en} | {row.label_zh} | {row.group} |" for row in HOME_OFFICE.values()]


def type_lines() -> list[str]:
    return [f"| {row.code} | {row.name_en} | {row.name_zh} | {row.rank} |" for row in OFFENCE_TYPES.values()]
