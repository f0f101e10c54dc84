"""The view of legal bases and standards."""

from __future__ import annotations

from collections.abc import Iterable

from application.jurisdiction.views import LegalBasisView
from domain.events import Recorded
from domain.jurisdiction.events import LegalBasisEnacted, LegalBasisRepealed
from infrastructure.projections.changes import Change, Insert, Patch
from infrastructure.projections.projection import Handlers
from infrastructure.projections.tables import table_of

LEGAL_BASES = table_of(LegalBasisView, "legal_bases")

on_legal_basis = Handlers()


@on_legal_basis(LegalBasisEnacted)
def legal_basis_enacted(record: Recorded[LegalBasisEnacted]) -> Iterable[Change]:
    event = record.event
    values = {
        "id": record.originator_id,
        "version": record.version,
        "code": event.code,
        "kind": event.kind,
        "title_en": event.title_en,
        "title_zh": event.title_zh,
        "number": event.number,
        "edition": event.edition,
        "valid_from": event.valid_from,
        "valid_to": event.valid_to,
    }
    return (Insert(LEGAL_BASES, values),)


@on_legal_basis(LegalBasisRepealed)
def legal_basis_repealed(record: Recorded[LegalBasisRepealed]) -> Iterable[Change]:
    event = record.event
    values = {"version": record.version, "valid_to": event.valid_to, "superseded_by": event.superseded_by}
    return (Patch(LEGAL_BASES, record.originator_id, values),)
