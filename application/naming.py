"""What a command names: divisions and organisations that must stand, legal bases that must be in force on the day it takes effect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from application.commands import Command, Named, NamedCamera, NamedDivision, NamedLegalBasis, NamedOrganisation
from domain.ids import CameraId, DivisionCode, LegalBasisId, OrganisationId
from domain.rules import NotFound

NONE: Mapping[str, None] = MappingProxyType({})


class DivisionNotRegistered(NotFound):
    """No division is registered under this code for that day.

    该日没有以此代码登记的行政区划。
    """


class OrganisationNotRegistered(NotFound):
    """No organisation is registered under this code for that day.

    该日没有以此代码登记的公安机构。
    """


class DivisionNotThere(NotFound):
    """There is no division with this id on that day.

    该日没有以此编号登记的行政区划。
    """


class LegalBasisNotInForce(NotFound):
    """No legal basis with this id is in force on that day.

    该日没有以此编号登记的有效依据。
    """


class CameraNotRegistered(NotFound):
    """No camera is registered under this number.

    没有以此编号登记的摄像机。
    """


class UnitStateNotDefined(NotFound):
    """No state of units is defined under this code.

    没有以此代码定义的单位状态。
    """


def naming(
    command: Command,
    *,
    divisions: Mapping[str, DivisionCode | None] = NONE,
    organisations: Mapping[str, OrganisationId | None] = NONE,
    legal_bases: Mapping[str, LegalBasisId | None] = NONE,
    cameras: Mapping[str, CameraId | None] = NONE,
    on: date | None = None,
) -> Command:
    """The command, refused where one of these means nothing on the day; fields that were not given name nothing."""
    named: list[Named] = [NamedDivision(field, code, on) for field, code in divisions.items() if code is not None]
    named += [NamedOrganisation(field, code, on) for field, code in organisations.items() if code is not None]
    named += [NamedLegalBasis(field, id, on) for field, id in legal_bases.items() if id is not None]
    named += [NamedCamera(field, number, on) for field, number in cameras.items() if number is not None]
    return command._replace(names=(*command.names, *named))


def naming_each(
    command: Command,
    *,
    divisions: Mapping[str, Iterable[DivisionCode]] = MappingProxyType({}),
    organisations: Mapping[str, Iterable[OrganisationId]] = MappingProxyType({}),
    on: date | None = None,
) -> Command:
    """The same for fields that hold lists of codes."""
    named: list[Named] = [NamedDivision(field, code, on) for field, codes in divisions.items() for code in dict.fromkeys(codes)]
    named += [NamedOrganisation(field, code, on) for field, codes in organisations.items() for code in dict.fromkeys(codes)]
    return command._replace(names=(*command.names, *named))
