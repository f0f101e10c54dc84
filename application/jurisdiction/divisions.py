"""Commands on divisions."""

from __future__ import annotations

from datetime import date

from application.commands import Command, NamedDivisionId, begin, change, command
from application.jurisdiction.boundaries import ending
from domain.ids import DivisionCode, DivisionId
from domain.jurisdiction.division import Division
from domain.jurisdiction.events import DivisionLevel


@command
def establish(
    division: DivisionId,
    code: DivisionCode,
    name_en: str,
    name_zh: str,
    level: DivisionLevel,
    valid_from: date,
    parent: DivisionCode | None = None,
) -> Command:
    """Say which division a code means from a day on.

    设立行政区划：自某日起代码所指的区划。
    """
    return begin(Division, division, lambda _: Division.establish(code, name_en, name_zh, level, parent, valid_from))


@command
def rename(division: DivisionId, name_en: str, name_zh: str, valid_from: date) -> Command:
    """Give the division another name from a day on.

    行政区划更名。
    """
    return change(Division, division, lambda it, _: it.rename(name_en, name_zh, valid_from))


@command
def abolish(division: DivisionId, valid_to: date, successors: tuple[DivisionId, ...] = ()) -> Command:
    """End the division; `validTo` is the first day on which it is no more, and on which its successors have to be there.

    撤销行政区划；validTo 为其不复存在的首日，其继任者该日须已设立。
    """
    abolished = change(Division, division, lambda it, _: it.abolish(division, valid_to, successors))
    named = tuple(NamedDivisionId("successors", each, valid_to) for each in dict.fromkeys(successors) if each != division)
    return (abolished & ending(lambda act: act.look(Division, division), valid_to))._replace(names=named)
