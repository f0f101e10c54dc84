"""Commands on organisations."""

from __future__ import annotations

from datetime import date
from functools import reduce

from application.commands import Command, begin, change, command
from application.jurisdiction.boundaries import ending
from application.naming import naming, naming_each
from domain.aggregates import Act
from domain.ids import DivisionCode, OrganisationId, organisation_stream
from domain.jurisdiction.events import OrganisationEstablished, OrganisationKind, OrganisationMoved
from domain.jurisdiction.organisation import MergeNeedsSeveral, Organisation, SplitNeedsSeveral

SEVERAL = 2


@command
def establish(
    organisation: OrganisationId,
    kind: OrganisationKind,
    name_en: str,
    name_zh: str,
    division: DivisionCode,
    valid_from: date,
    parent: OrganisationId | None = None,
) -> Command:
    """Establish an organisation under the one above it.

    设立公安机构及其上级机构。
    """
    looks = ((Organisation, organisation_stream(parent)),) if parent else ()

    def decide(act: Act) -> OrganisationEstablished:
        above = act.look(Organisation, organisation_stream(parent)) if parent else None
        return Organisation.establish(organisation, kind, name_en, name_zh, division, valid_from, above)

    begun = begin(Organisation, organisation_stream(organisation), decide, looks=looks)
    return naming(begun, divisions={"division": division}, on=valid_from)


@command
def rename(organisation: OrganisationId, name_en: str, name_zh: str, valid_from: date) -> Command:
    """Give the organisation another name from a day on.

    公安机构更名。
    """
    return change(Organisation, organisation_stream(organisation), lambda it, _: it.rename(name_en, name_zh, valid_from))


@command
def move(organisation: OrganisationId, parent: OrganisationId, valid_from: date) -> Command:
    """Put the organisation under another one from a day on that has come; those above reach it from then on.

    调整公安机构的隶属关系；上级的管辖范围自生效日起随之变化。
    """

    def decide(it: Organisation, act: Act) -> OrganisationMoved | None:
        return it.move(act.named["parent", parent], valid_from, act.today)

    moved = change(Organisation, organisation_stream(organisation), decide)
    return naming(moved, organisations={"parent": parent}, on=valid_from)


@command
def close(organisation: OrganisationId, valid_to: date, successors: tuple[OrganisationId, ...] = ()) -> Command:
    """Close the organisation; `validTo` is the first day on which it is no more.

    撤销公安机构；validTo 为其不复存在的首日。
    """
    return _closed(organisation, valid_to, successors, "successors")


@command
def merge(organisations: tuple[OrganisationId, ...], into: OrganisationId, valid_to: date) -> Command:
    """Close organisations in favour of one that takes their place, all of them together or none.

    将若干机构并入一个承接机构，同时撤销。
    """
    merged = [_closed(each, valid_to, (into,), "into") for each in dict.fromkeys(organisations)]
    if not merged:
        raise MergeNeedsSeveral
    return reduce(lambda one, other: one & other, merged)


@command
def split(organisation: OrganisationId, into: tuple[OrganisationId, ...], valid_to: date) -> Command:
    """Close an organisation in favour of several that take its place.

    将机构拆分为若干承接机构，并予以撤销。
    """
    if len(set(into)) < SEVERAL:
        raise SplitNeedsSeveral
    return _closed(organisation, valid_to, into, "into")


@command
def set_direct_orders(organisation: OrganisationId, allowed: bool) -> Command:  # noqa: FBT001 - an input field of the API
    """Allow those above to order the organisation's units directly, past the levels in between, or no longer.

    设定是否允许上级越级直接指挥该机构的单位（扁平化指挥）。
    """
    return change(Organisation, organisation_stream(organisation), lambda it, _: it.set_direct_orders(allowed=allowed))


def _closed(organisation: OrganisationId, valid_to: date, successors: tuple[OrganisationId, ...], field: str) -> Command:
    """What takes its place must stand on the day on which it is no more."""
    stream = organisation_stream(organisation)
    closed = change(Organisation, stream, lambda it, _: it.close(valid_to, successors))
    closed &= ending(lambda act: act.look(Organisation, stream), valid_to)
    return naming_each(closed, organisations={field: [each for each in successors if each != organisation]}, on=valid_to)
