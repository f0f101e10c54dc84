"""Commands on legal bases and standards."""

from __future__ import annotations

from datetime import date

from application.commands import Command, begin, change, command
from domain.aggregates import Act
from domain.ids import LegalBasisId
from domain.jurisdiction.events import LegalBasisEnacted, LegalBasisKind, LegalBasisRepealed
from domain.jurisdiction.legal_basis import LegalBasis


@command
def enact(
    legal_basis: LegalBasisId,
    code: str,
    kind: LegalBasisKind,
    title_en: str,
    title_zh: str,
    valid_from: date,
    number: str = "",
    edition: str = "",
    valid_to: date | None = None,
) -> Command:
    """Enter a legal basis or a standard, in force from a day on.

    登记依据（政府令、意见、通知、标准等）及其生效日。
    """
    wanted = LegalBasisEnacted(
        code=code,
        kind=kind,
        title_en=title_en,
        title_zh=title_zh,
        number=number,
        edition=edition,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    return begin(LegalBasis, legal_basis, lambda _: LegalBasis.enact(wanted))


@command
def repeal(legal_basis: LegalBasisId, valid_to: date, superseded_by: LegalBasisId | None = None) -> Command:
    """End a legal basis, with what takes its place; `validTo` is the first day on which it is no longer in force.

    废止依据，并注明取代它的新依据；validTo 为其失效的首日。
    """
    other = superseded_by if superseded_by != legal_basis else None
    looks = ((LegalBasis, other),) if other is not None else ()

    def decide(it: LegalBasis, act: Act) -> LegalBasisRepealed:
        successor = act.look(LegalBasis, other) if other is not None else None
        return it.repeal(legal_basis, valid_to, superseded_by, successor)

    return change(LegalBasis, legal_basis, decide, looks=looks)
