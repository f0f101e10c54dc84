"""The police organisation: city bureau, sub-bureau, station, office. Organisations are not divisions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import DivisionCode, OrganisationId
from domain.jurisdiction.events import (
    DirectOrdersSet,
    OrganisationChange,
    OrganisationClosed,
    OrganisationEstablished,
    OrganisationKind,
    OrganisationMoved,
    OrganisationRenamed,
)
from domain.rules import InvalidTransition, InvalidValue, required_text

_CODE = re.compile(r"[\w.\-]{1,64}")

ABOVE: dict[OrganisationKind, frozenset[OrganisationKind]] = {
    OrganisationKind.CITY_BUREAU: frozenset(),
    OrganisationKind.SUB_BUREAU: frozenset({OrganisationKind.CITY_BUREAU}),
    OrganisationKind.STATION: frozenset({OrganisationKind.SUB_BUREAU}),
    OrganisationKind.OFFICE: frozenset({OrganisationKind.CITY_BUREAU, OrganisationKind.SUB_BUREAU, OrganisationKind.STATION}),
}
"""What may stand above what. An organisation may also stand alone: a file need not bring the whole hierarchy."""


class OrganisationCodeMalformed(InvalidValue):
    """An organisation's code has 1 to 64 letters, digits, dots or hyphens.

    机构代码由 1 至 64 个字母、数字、点或连字符组成。
    """

    on = "organisation"


class ParentOfWrongKind(InvalidValue):
    """A station stands under a sub-bureau, a sub-bureau under a city bureau, an office under any of them.

    派出所隶属于分局，分局隶属于市局，科室可隶属于其中任一机构。
    """

    on = "parent"


class ParentIsClosed(InvalidTransition):
    """The organisation above is closed on that day.

    上级机构届时已撤销。
    """

    on = "parent"


class OrganisationNameTooEarly(InvalidValue):
    """A new name begins after the name before it.

    新名称的生效日须晚于原名称的生效日。
    """

    on = "validFrom"


class OrganisationMoveTooEarly(InvalidValue):
    """An organisation moves after the day from which it stands under the present one.

    机构调整隶属关系的生效日须晚于现隶属关系的生效日。
    """

    on = "validFrom"


class OrganisationMoveAhead(InvalidValue):
    """A move is recorded once its day has come: until then those above reach what they reach now.

    隶属关系的调整须在生效日当日或之后登记；此前上级的管辖范围不变。
    """

    on = "validFrom"


class OrganisationEndTooEarly(InvalidValue):
    """An organisation ends after the day from which it, and its present name, are valid.

    机构的终止日须晚于其及现名称的生效日。
    """

    on = "validTo"


class OrganisationIsClosed(InvalidTransition):
    """The organisation is closed on or before that day.

    该机构届时已撤销。
    """


class OrganisationSucceedsItself(InvalidValue):
    """An organisation is not its own successor.

    机构不能是自身的继任者。
    """

    on = "successors"


class MergeNeedsSeveral(InvalidValue):
    """At least one organisation is merged into another.

    须至少有一个机构并入另一机构。
    """

    on = "organisations"


class SplitNeedsSeveral(InvalidValue):
    """An organisation is split into two others at least.

    机构须拆分为至少两个机构。
    """

    on = "into"


@dataclass(frozen=True)
class Organisation:
    """A police organisation (公安机构). `since` is the day of its latest name, `placed` that from which it stands under `parent`."""

    begins: ClassVar[tuple[type[Event], ...]] = (OrganisationEstablished,)

    code: OrganisationId
    kind: OrganisationKind
    valid_from: date
    since: date
    valid_to: date | None = None
    direct_orders: bool = False
    parent: OrganisationId | None = None
    placed: date | None = None

    @staticmethod
    def establish(
        organisation: OrganisationId,
        kind: OrganisationKind,
        name_en: str,
        name_zh: str,
        division: DivisionCode,
        valid_from: date,
        above: Organisation | None,
    ) -> OrganisationEstablished:
        if not _CODE.fullmatch(organisation):
            raise OrganisationCodeMalformed
        if above is not None and above.kind not in ABOVE[kind]:
            raise ParentOfWrongKind
        if above is not None and above.valid_to is not None and above.valid_to <= valid_from:
            raise ParentIsClosed
        return OrganisationEstablished(
            organisation=organisation,
            kind=kind,
            name_en=required_text(name_en, field="nameEn"),
            name_zh=required_text(name_zh, field="nameZh"),
            parent=above.code if above else None,
            division=DivisionCode(required_text(division, field="division")),
            valid_from=valid_from,
        )

    def rename(self, name_en: str, name_zh: str, valid_from: date) -> OrganisationRenamed:
        if self.valid_to is not None and valid_from >= self.valid_to:
            raise OrganisationIsClosed
        if valid_from <= self.since:
            raise OrganisationNameTooEarly
        return OrganisationRenamed(
            name_en=required_text(name_en, field="nameEn"), name_zh=required_text(name_zh, field="nameZh"), valid_from=valid_from
        )

    def move(self, above: Organisation, valid_from: date, today: date) -> OrganisationMoved | None:
        if self.valid_to is not None and valid_from >= self.valid_to:
            raise OrganisationIsClosed
        if above.kind not in ABOVE[self.kind]:
            raise ParentOfWrongKind
        if not above.stands_on(valid_from):
            raise ParentIsClosed
        if above.code == self.parent:
            return None
        if valid_from <= (self.placed or self.valid_from):
            raise OrganisationMoveTooEarly
        if valid_from > today:
            raise OrganisationMoveAhead
        return OrganisationMoved(parent=above.code, valid_from=valid_from)

    def close(self, valid_to: date, successors: tuple[OrganisationId, ...] = ()) -> OrganisationClosed:
        if self.valid_to is not None:
            raise OrganisationIsClosed
        if valid_to <= self.since:
            raise OrganisationEndTooEarly
        if self.code in successors:
            raise OrganisationSucceedsItself
        return OrganisationClosed(valid_to=valid_to, successors=tuple(dict.fromkeys(successors)))

    def set_direct_orders(self, *, allowed: bool) -> DirectOrdersSet | None:
        return None if allowed == self.direct_orders else DirectOrdersSet(allowed=allowed)

    def stands_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @classmethod
    def begin(cls, event: OrganisationEstablished) -> Organisation:
        return cls(code=event.organisation, kind=event.kind, valid_from=event.valid_from, since=event.valid_from, parent=event.parent)

    def apply(self, event: OrganisationChange) -> Organisation:
        match event:
            case OrganisationRenamed(valid_from=valid_from):
                return evolve(self, since=valid_from)
            case OrganisationMoved(parent=parent, valid_from=valid_from):
                return evolve(self, parent=parent, placed=valid_from)
            case OrganisationClosed(valid_to=valid_to):
                return evolve(self, valid_to=valid_to)
            case DirectOrdersSet(allowed=allowed):
                return evolve(self, direct_orders=allowed)
            case _:
                assert_never(event)
