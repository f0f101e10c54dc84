"""The legal basis: a decree, an opinion, a notice or a standard, the days on which it is in force, and what took its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar

from domain.events import Event
from domain.evolving import evolve
from domain.ids import LegalBasisId
from domain.jurisdiction.events import LegalBasisEnacted, LegalBasisKind, LegalBasisRepealed
from domain.rules import InvalidTransition, InvalidValue, free_text, required_text

_CODE = re.compile(r"[\w.\-/\[\]〔〕]{1,64}")


class LegalBasisCodeMalformed(InvalidValue):
    """A legal basis's code has 1 to 64 letters, digits, dots, hyphens, slashes or square brackets.

    依据代码由 1 至 64 个字母、数字、点、连字符、斜线或方括号组成。
    """

    on = "code"


class StandardNeedsEdition(InvalidValue):
    """A standard has an edition, and its code ends with it.

    标准须注明版本，且代码须以该版本结尾。
    """

    on = "edition"


class LegalBasisEndTooEarly(InvalidValue):
    """A legal basis ends after the day from which it is in force, and not after the day that it already ends on.

    依据的失效日须晚于其生效日，且不得晚于已定的失效日。
    """

    on = "validTo"


class LegalBasisIsRepealed(InvalidTransition):
    """The legal basis is repealed.

    该依据已废止。
    """


class LegalBasisSupersedesItself(InvalidValue):
    """A legal basis does not supersede itself.

    依据不能由自身取代。
    """

    on = "supersededBy"


class SupersedingTooLate(InvalidValue):
    """What supersedes a legal basis is in force on the day on which the other ends.

    取代原依据的新依据须在原依据失效之日已经生效。
    """

    on = "supersededBy"


@dataclass(frozen=True)
class LegalBasis:
    """A legal basis (依据)."""

    begins: ClassVar[tuple[type[Event], ...]] = (LegalBasisEnacted,)

    valid_from: date
    valid_to: date | None = None
    repealed: bool = False

    @staticmethod
    def enact(wanted: LegalBasisEnacted) -> LegalBasisEnacted:
        if not _CODE.fullmatch(wanted.code):
            raise LegalBasisCodeMalformed
        edition = free_text(wanted.edition, field="edition")
        if wanted.kind is LegalBasisKind.STANDARD and not (edition and wanted.code.endswith(edition)):
            raise StandardNeedsEdition
        if wanted.valid_to is not None and wanted.valid_to <= wanted.valid_from:
            raise LegalBasisEndTooEarly
        return replace(
            wanted,
            title_en=required_text(wanted.title_en, field="titleEn"),
            title_zh=required_text(wanted.title_zh, field="titleZh"),
            number=free_text(wanted.number, field="number"),
            edition=edition,
        )

    def repeal(
        self, own: LegalBasisId, valid_to: date, superseded_by: LegalBasisId | None, successor: LegalBasis | None
    ) -> LegalBasisRepealed:
        """Also before the end it was given from the beginning."""
        if self.repealed:
            raise LegalBasisIsRepealed
        if valid_to <= self.valid_from or (self.valid_to is not None and valid_to > self.valid_to):
            raise LegalBasisEndTooEarly
        if superseded_by == own:
            raise LegalBasisSupersedesItself
        if successor is not None and not successor.in_force_on(valid_to):
            raise SupersedingTooLate
        return LegalBasisRepealed(valid_to=valid_to, superseded_by=superseded_by)

    def in_force_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @classmethod
    def begin(cls, event: LegalBasisEnacted) -> LegalBasis:
        return cls(valid_from=event.valid_from, valid_to=event.valid_to)

    def apply(self, event: LegalBasisRepealed) -> LegalBasis:
        return evolve(self, valid_to=event.valid_to, repealed=True)
