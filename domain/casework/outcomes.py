"""The outcome code list: one internal code for every way a matter can end, told in three countries' words.

A crosswalk leads from the internal code outwards only. Where a foreign scheme has no word, the cell is empty: a guess would count.
UCR: FBI, Offenses Cleared, with the letters of NIBRS data element 4. Home Office: outcomes framework of April 2013.
Chinese terms: 公安机关办理刑事案件程序规定, and 破案 as statistics still use it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from domain.casework.events import ClearanceKind, ExceptionalReason, WithdrawalReason
from domain.rules import InvalidValue

VERSION = "2025.1"
"""Statistics by outcome name the version they were counted with."""


class Ucr(StrEnum):
    """What the outcome is under UCR; NONE is no clearance there."""

    ARREST = "ARREST"
    EXCEPTIONAL = "EXCEPTIONAL"
    NONE = "NONE"


class OutcomeGroup(StrEnum):
    """Groups of the England and Wales framework."""

    CHARGED = "CHARGED"
    OUT_OF_COURT_FORMAL = "OUT_OF_COURT_FORMAL"
    OUT_OF_COURT_INFORMAL = "OUT_OF_COURT_INFORMAL"
    TAKEN_INTO_CONSIDERATION = "TAKEN_INTO_CONSIDERATION"
    PROSECUTION_PREVENTED = "PROSECUTION_PREVENTED"
    EVIDENTIAL_VICTIM = "EVIDENTIAL_VICTIM"
    EVIDENTIAL = "EVIDENTIAL"
    NO_SUSPECT = "NO_SUSPECT"
    FRAUD = "FRAUD"
    TRANSFERRED = "TRANSFERRED"
    NOT_IN_PUBLIC_INTEREST = "NOT_IN_PUBLIC_INTEREST"
    DIVERSION = "DIVERSION"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One way to end. `clears` says whether the offence then counts as solved (破案)."""

    code: str
    label_en: str
    label_zh: str
    ucr: Ucr
    nibrs: ExceptionalReason | None
    home_office: tuple[str, ...]
    chinese: str
    clears: bool

    @property
    def kind(self) -> ClearanceKind | None:
        """The kind a clearance with this outcome has; None where it clears nothing."""
        if not self.clears:
            return None
        return ClearanceKind.OTHER if self.ucr is Ucr.NONE else ClearanceKind(self.ucr.value)


@dataclass(frozen=True, slots=True)
class HomeOfficeOutcome:
    """A row of the England and Wales framework."""

    code: str
    label_en: str
    label_zh: str
    group: OutcomeGroup


class OutcomeUnknown(InvalidValue):
    """There is no such code in the outcome list.

    结果代码表中没有此代码。
    """

    on = "outcome"


A, B, C, D, E = ExceptionalReason
ARREST, EXCEPTIONAL, NONE = Ucr

_ROWS = (
    Outcome("CHARGED", "Charged or summonsed", "起诉或传唤", ARREST, None, ("1",), "破案，移送起诉", True),
    Outcome("CHARGED_ALTERNATE", "Charged with an alternate offence", "以其他罪名起诉", ARREST, None, ("1A",), "破案，移送起诉", True),
    Outcome("CAUTION_YOUTH", "Caution, youth", "未成年人警诫", NONE, None, ("2",), "破案，训诫", True),
    Outcome(
        "CAUTION_YOUTH_ALTERNATE", "Caution, youth, alternate offence", "未成年人警诫（其他罪名）", NONE, None, ("2A",), "破案，训诫", True
    ),
    Outcome("CAUTION_ADULT", "Caution, adult", "成年人警诫", NONE, None, ("3",), "破案，训诫", True),
    Outcome(
        "CAUTION_ADULT_ALTERNATE", "Caution, adult, alternate offence", "成年人警诫（其他罪名）", NONE, None, ("3A",), "破案，训诫", True
    ),
    Outcome("TAKEN_INTO_CONSIDERATION", "Taken into consideration", "并案量刑考虑", NONE, None, ("4",), "破案，并案处理", True),
    Outcome("OFFENDER_DIED", "The offender has died", "犯罪嫌疑人死亡", EXCEPTIONAL, A, ("5",), "撤案（犯罪嫌疑人死亡）", True),
    Outcome("PENALTY_NOTICE", "Penalty notice for disorder", "扰乱秩序罚单", NONE, None, ("6",), "破案，治安罚款", True),
    Outcome("CANNABIS_WARNING", "Cannabis or khat warning", "大麻或恰特草警告", NONE, None, ("7",), "破案，治安警告", True),
    Outcome("COMMUNITY_RESOLUTION", "Community resolution", "社区调解", NONE, None, ("8",), "治安调解", True),
    Outcome(
        "PROSECUTION_DECLINED", "Not in the public interest: prosecutor", "检察机关不起诉", EXCEPTIONAL, B, ("9",), "破案，不起诉", True
    ),
    Outcome("POLICE_NO_ACTION", "Not in the public interest: police", "公安机关不予追究", NONE, None, ("10",), "终止侦查", False),
    Outcome("SUSPECT_UNDER_AGE", "The suspect is under age", "嫌疑人未达刑事责任年龄", EXCEPTIONAL, E, ("11",), "破案，不予刑事处罚", True),
    Outcome("SUSPECT_TOO_ILL", "The suspect is too ill", "嫌疑人病重", NONE, None, ("12",), "中止侦查", False),
    Outcome(
        "VICTIM_OR_WITNESS_LOST",
        "Victim or key witness dead or too ill",
        "被害人或关键证人死亡或病重",
        NONE,
        None,
        ("13",),
        "中止侦查",
        False,
    ),
    Outcome(
        "NO_SUSPECT_VICTIM_DECLINES", "No suspect, victim does not support", "无嫌疑人，被害人不配合", NONE, None, ("14",), "未破", False
    ),
    Outcome("EVIDENCE_INSUFFICIENT", "Suspect known, evidence insufficient", "有嫌疑人，证据不足", NONE, None, ("15",), "未破", False),
    Outcome(
        "VICTIM_DOES_NOT_SUPPORT", "Suspect known, victim does not support", "有嫌疑人，被害人不配合", NONE, None, ("16",), "未破", False
    ),
    Outcome(
        "VICTIM_REFUSED",
        "Evidence enough, the victim refused",
        "证据充分，被害人拒绝追诉",
        EXCEPTIONAL,
        D,
        ("16",),
        "破案，被害人不追究",
        True,
    ),
    Outcome("TIME_LIMIT_EXPIRED", "The time limit has expired", "追诉时效已过", NONE, None, ("17",), "撤案（已过追诉时效）", False),
    Outcome("NO_SUSPECT", "Investigation complete, no suspect", "侦查完毕，无嫌疑人", NONE, None, ("18",), "未破", False),
    Outcome("FRAUD_BUREAU", "Filed by the national fraud bureau", "由反诈骗中心立案", NONE, None, ("19",), "移交反诈中心", False),
    Outcome("OTHER_BODY", "Action by another body", "由其他机关处理", NONE, None, ("20",), "移交其他机关", False),
    Outcome(
        "NO_FURTHER_INVESTIGATION",
        "Further investigation not in the public interest",
        "不再继续侦查",
        NONE,
        None,
        ("21",),
        "终止侦查",
        False,
    ),
    Outcome("DIVERSION", "Diversionary or educational activity", "转处或教育措施", NONE, None, ("22",), "教育转处", False),
    Outcome("IN_CUSTODY_ELSEWHERE", "In custody elsewhere", "嫌疑人由他处羁押", EXCEPTIONAL, C, (), "破案，另案处理", True),
    Outcome("JUVENILE_NO_CUSTODY", "Juvenile, no custody", "未成年人，未予羁押", EXCEPTIONAL, E, (), "破案，责令管教", True),
    Outcome("ADMINISTRATIVE_PENALTY", "Administrative penalty", "治安管理处罚", NONE, None, (), "查处，行政处罚", True),
    Outcome("CLOSED_BY_SOURCE", "Closed, as the source says", "来源系统标记为已结", NONE, None, (), "破案（来源未注明方式）", True),
    Outcome("NO_CRIME", "There was no crime", "没有犯罪事实", NONE, None, (), "撤案（没有犯罪事实）", False),
    Outcome("PLAINLY_MINOR", "Plainly minor", "情节显著轻微", NONE, None, (), "撤案（情节显著轻微）", False),
    Outcome("AMNESTY", "Amnesty", "特赦", NONE, None, (), "撤案（特赦）", False),
    Outcome("WITHDRAWN_OTHERWISE", "Withdrawn on another ground", "其他法定撤案", NONE, None, (), "撤案（其他）", False),
)

OUTCOMES: Mapping[str, Outcome] = MappingProxyType({row.code: row for row in _ROWS})

_OF_WITHDRAWAL: Mapping[WithdrawalReason, str] = MappingProxyType(
    {
        WithdrawalReason.NO_CRIME: "NO_CRIME",
        WithdrawalReason.PLAINLY_MINOR: "PLAINLY_MINOR",
        WithdrawalReason.LIMITATION_EXPIRED: "TIME_LIMIT_EXPIRED",
        WithdrawalReason.AMNESTY: "AMNESTY",
        WithdrawalReason.SUSPECT_DIED: "OFFENDER_DIED",
        WithdrawalReason.OTHER: "WITHDRAWN_OTHERWISE",
    }
)

_HOME_OFFICE_ROWS = (
    HomeOfficeOutcome("1", "Charged or summonsed", "起诉或传唤", OutcomeGroup.CHARGED),
    HomeOfficeOutcome("1A", "Charged or summonsed, alternate offence", "以其他罪名起诉或传唤", OutcomeGroup.CHARGED),
    HomeOfficeOutcome("2", "Caution, youth", "未成年人警诫", OutcomeGroup.OUT_OF_COURT_FORMAL),
    HomeOfficeOutcome("2A", "Caution, youth, alternate offence", "未成年人警诫（其他罪名）", OutcomeGroup.OUT_OF_COURT_FORMAL),
    HomeOfficeOutcome("3", "Caution, adult", "成年人警诫", OutcomeGroup.OUT_OF_COURT_FORMAL),
    HomeOfficeOutcome("3A", "Caution, adult, alternate offence", "成年人警诫（其他罪名）", OutcomeGroup.OUT_OF_COURT_FORMAL),
    HomeOfficeOutcome("4", "Taken into consideration", "并案量刑考虑", OutcomeGroup.TAKEN_INTO_CONSIDERATION),
    HomeOfficeOutcome("5", "Offender has died", "犯罪嫌疑人死亡", OutcomeGroup.PROSECUTION_PREVENTED),
    HomeOfficeOutcome("6", "Penalty notice for disorder", "扰乱秩序罚单", OutcomeGroup.OUT_OF_COURT_FORMAL),
    HomeOfficeOutcome("7", "Cannabis or khat warning", "大麻或恰特草警告", OutcomeGroup.OUT_OF_COURT_INFORMAL),
    HomeOfficeOutcome("8", "Community resolution", "社区调解", OutcomeGroup.OUT_OF_COURT_INFORMAL),
    HomeOfficeOutcome("9", "Not in the public interest: prosecutor", "检察机关：不符合公共利益", OutcomeGroup.PROSECUTION_PREVENTED),
    HomeOfficeOutcome("10", "Not in the public interest: police", "警方：不符合公共利益", OutcomeGroup.PROSECUTION_PREVENTED),
    HomeOfficeOutcome("11", "Suspect under age", "嫌疑人未达责任年龄", OutcomeGroup.PROSECUTION_PREVENTED),
    HomeOfficeOutcome("12", "Suspect too ill", "嫌疑人病重", OutcomeGroup.PROSECUTION_PREVENTED),
    HomeOfficeOutcome("13", "Victim or key witness dead or too ill", "被害人或关键证人死亡或病重", OutcomeGroup.PROSECUTION_PREVENTED),
    HomeOfficeOutcome("14", "No suspect identified, victim does not support", "无嫌疑人，被害人不支持", OutcomeGroup.EVIDENTIAL_VICTIM),
    HomeOfficeOutcome("15", "Suspect identified, evidence insufficient", "有嫌疑人，证据不足", OutcomeGroup.EVIDENTIAL),
    HomeOfficeOutcome("16", "Suspect identified, victim does not support", "有嫌疑人，被害人不支持", OutcomeGroup.EVIDENTIAL_VICTIM),
    HomeOfficeOutcome("17", "Time limit expired", "追诉时效已过", OutcomeGroup.PROSECUTION_PREVENTED),
    HomeOfficeOutcome("18", "Investigation complete, no suspect", "侦查完毕，无嫌疑人", OutcomeGroup.NO_SUSPECT),
    HomeOfficeOutcome("19", "Filed by the national fraud bureau", "由国家反诈骗机构立案", OutcomeGroup.FRAUD),
    HomeOfficeOutcome("20", "Action by another body", "由其他机关处理", OutcomeGroup.TRANSFERRED),
    HomeOfficeOutcome(
        "21", "Further investigation not in the public interest", "继续侦查不符合公共利益", OutcomeGroup.NOT_IN_PUBLIC_INTEREST
    ),
    HomeOfficeOutcome("22", "Diversionary, educational or intervention activity", "转处、教育或干预措施", OutcomeGroup.DIVERSION),
)

HOME_OFFICE: Mapping[str, HomeOfficeOutcome] = MappingProxyType({row.code: row for row in _HOME_OFFICE_ROWS})


def outcome(code: str) -> Outcome:
    """The outcome with this code, or the refusal that there is none."""
    found = OUTCOMES.get(code)
    if found is None:
        raise OutcomeUnknown
    return found


def outcome_of_withdrawal(reason: WithdrawalReason) -> Outcome:
    """A withdrawal is an outcome too; a suspect's death clears under UCR and is a withdrawal in China."""
    return OUTCOMES[_OF_WITHDRAWAL[reason]]
