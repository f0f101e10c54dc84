"""Commands on area groups."""

from __future__ import annotations

from datetime import date

from application.commands import Command, begin, change, command
from application.naming import naming_each
from domain.ids import AreaGroupId, DivisionCode, OrganisationId
from domain.jurisdiction.area_group import AreaGroup


@command
def establish(
    area_group: AreaGroupId,
    code: str,
    name_en: str,
    name_zh: str,
    valid_from: date,
    organisations: tuple[OrganisationId, ...] = (),
    divisions: tuple[DivisionCode, ...] = (),
) -> Command:
    """Name several organisations and divisions together, such as the main city.

    设立片区（如主城区），由若干机构与行政区划组成。
    """
    begun = begin(AreaGroup, area_group, lambda _: AreaGroup.establish(code, name_en, name_zh, organisations, divisions, valid_from))
    return naming_each(begun, divisions={"divisions": divisions}, organisations={"organisations": organisations}, on=valid_from)


@command
def change_members(
    area_group: AreaGroupId,
    valid_from: date,
    organisations: tuple[OrganisationId, ...] = (),
    divisions: tuple[DivisionCode, ...] = (),
) -> Command:
    """Give the area group other members from a day on: these and no others.

    调整片区组成：自某日起仅含所列机构与行政区划。
    """
    changed = change(AreaGroup, area_group, lambda it, _: it.change(organisations, divisions, valid_from))
    return naming_each(changed, divisions={"divisions": divisions}, organisations={"organisations": organisations}, on=valid_from)


@command
def abolish(area_group: AreaGroupId, valid_to: date) -> Command:
    """End the area group; `validTo` is the first day on which it is no more.

    撤销片区；validTo 为其不复存在的首日。
    """
    return change(AreaGroup, area_group, lambda it, _: it.abolish(valid_to))
