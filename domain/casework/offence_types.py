"""The list of offence types, with names and a rank of severity; other types are allowed as plain codes of unknown severity.

Ranks 10 to 80 are the hierarchy of UCR part I (FBI, UCR Handbook 2004: criminal homicide, forcible rape, robbery, aggravated
assault, burglary, larceny-theft, motor vehicle theft; arson, which UCR counts beside the hierarchy, comes last); lower is graver.
A non-fatal shooting ranks as the aggravated assault it is in UCR. Chinese types (刑法, 2020 text) that UCR knows share its rank.
Part II offences share the rank below: UCR sets no order among them, so no order is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from domain.rules import InvalidValue

VERSION = "2025.1"
PART_TWO = 90
_CODE = re.compile(r"[A-Z0-9][A-Z0-9_.\-]{0,39}")


class OffenceTypeMalformed(InvalidValue):
    """An offence type is a code of up to 40 capital letters, digits, dots, hyphens and underscores.

    案由代码由不超过 40 个大写字母、数字、点、连字符或下划线组成。
    """

    on = "offences"


@dataclass(frozen=True, slots=True)
class OffenceType:
    code: str
    name_en: str
    name_zh: str
    rank: int


_ROWS = (
    OffenceType("HOMICIDE", "Criminal homicide", "故意杀人", 10),
    OffenceType("NEGLIGENT_MANSLAUGHTER", "Manslaughter by negligence", "过失致人死亡", 15),
    OffenceType("RAPE", "Rape", "强奸", 20),
    OffenceType("ROBBERY", "Robbery", "抢劫", 30),
    OffenceType("AGGRAVATED_ASSAULT", "Aggravated assault", "故意伤害（重伤）", 40),
    OffenceType("NON_FATAL_SHOOTING", "Non-fatal shooting", "枪击（未致死）", 40),
    OffenceType("BURGLARY", "Burglary", "入室盗窃", 50),
    OffenceType("THEFT", "Larceny-theft", "盗窃", 60),
    OffenceType("SNATCHING", "Snatch theft", "抢夺", 60),
    OffenceType("PICKPOCKETING", "Pickpocketing", "扒窃", 60),
    OffenceType("VEHICLE_THEFT", "Motor vehicle theft", "盗窃机动车", 70),
    OffenceType("ARSON", "Arson", "放火", 80),
    OffenceType("ASSAULT", "Other assault", "故意伤害（轻伤）", PART_TWO),
    OffenceType("FRAUD", "Fraud", "诈骗", PART_TWO),
    OffenceType("TELECOM_FRAUD", "Telecom and online fraud", "电信网络诈骗", PART_TWO),
    OffenceType("EXTORTION", "Extortion", "敲诈勒索", PART_TWO),
    OffenceType("CRIMINAL_DAMAGE", "Criminal damage", "故意毁坏财物", PART_TWO),
    OffenceType("DRUGS", "Drug offences", "毒品犯罪", PART_TWO),
    OffenceType("GAMBLING", "Gambling", "赌博", PART_TWO),
    OffenceType("PUBLIC_ORDER", "Picking quarrels, affray", "寻衅滋事、聚众斗殴", PART_TWO),
    OffenceType("WEAPONS", "Weapons offences", "枪支管制器具犯罪", PART_TWO),
    OffenceType("DANGEROUS_DRIVING", "Dangerous driving", "危险驾驶", PART_TWO),
)

OFFENCE_TYPES: Mapping[str, OffenceType] = MappingProxyType({row.code: row for row in _ROWS})


def offence_code(code: str) -> str:
    """The code, refused where it is malformed."""
    if not _CODE.fullmatch(code):
        raise OffenceTypeMalformed
    return code


def at_least_as_grave(after: str, before: str) -> bool:
    """Whether one type is known to be no lesser than another. Two part II types are comparable only if they are the same."""
    if after == before:
        return True
    new, old = OFFENCE_TYPES.get(after), OFFENCE_TYPES.get(before)
    if new is None or old is None:
        return False
    return new.rank <= old.rank < PART_TWO or new.rank < old.rank
