"""How a case stands to others: series, merge, split, filing anew, and the station that has it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from domain.aggregates import Act
from domain.casework import offences
from domain.casework.case import Case
from domain.casework.events import (
    CaseAbsorbed,
    CaseLinked,
    CaseMerged,
    CaseRefiled,
    CaseSplit,
    CaseUnlinked,
    CaseUnmerged,
    JurisdictionTransferred,
    ReportRegistered,
)
from domain.casework.offences import Offences
from domain.casework.rules import (
    AlreadyAtStation,
    CaseInAnotherSeries,
    CaseIsRefiled,
    CaseNotInSeries,
    CaseNotMergedThere,
    CaseNotWithdrawn,
    FiledBeforeItsTime,
    MergesWithItself,
    MergeTargetClosed,
)
from domain.casework.stages import Stage
from domain.events import At
from domain.ids import CaseId, DivisionCode, OrganisationId, SeriesId
from domain.rules import required_text


def link(it: Case, act: Act, series: SeriesId) -> CaseLinked | None:
    it.require_open(act)
    if it.series not in {None, series}:
        raise CaseInAnotherSeries
    return None if it.series == series else CaseLinked(series=series)


def unlink(it: Case, act: Act, series: SeriesId, reason: str) -> CaseUnlinked:
    it.require_open(act)
    if it.series != series:
        raise CaseNotInSeries
    return CaseUnlinked(series=series, reason=required_text(reason, field="reason"))


def merge(it: Case, act: Act, case: CaseId, into: CaseId, reason: str) -> CaseMerged:
    it.require_open(act)
    if case == into:
        raise MergesWithItself
    it.require_not_withdrawn()
    return CaseMerged(into=into, reason=required_text(reason, field="reason"))


def absorb(it: Case, source: CaseId) -> CaseAbsorbed:
    if it.merged_into is not None or it.stage is Stage.WITHDRAWN:
        raise MergeTargetClosed
    return CaseAbsorbed(source=source)


def unmerge(it: Case, out_of: CaseId, reason: str) -> CaseUnmerged:
    if it.merged_into != out_of:
        raise CaseNotMergedThere
    return CaseUnmerged(out_of=out_of, reason=required_text(reason, field="reason"))


def split(it: Case, act: Act, as_case: CaseId, leaving: Offences, reason: str) -> CaseSplit:
    it.require_filed(act)
    it.require_uncleared()
    remaining = offences.without(it.offences, offences.required(leaving))
    return CaseSplit(as_case=as_case, offences=leaving, remaining=remaining, reason=required_text(reason, field="reason"))


def registered_before(act: Act, report: ReportRegistered, filed_at: datetime) -> At:
    """What was split off stands as registered and filed when the case it comes from was."""
    before = report.occurred_from is not None and filed_at < report.occurred_from
    if before or filed_at > act.now:
        raise FiledBeforeItsTime
    return At(Case.register(replace(act, effective_at=filed_at), report), filed_at)


def transfer(it: Case, act: Act, to_station: OrganisationId, to_division: DivisionCode, reason: str) -> JurisdictionTransferred:
    it.require_open(act)
    it.require_not_withdrawn()
    if to_station == it.station:
        raise AlreadyAtStation
    return JurisdictionTransferred(
        from_station=it.station,
        from_division=it.division,
        to_station=OrganisationId(required_text(to_station, field="toStation")),
        to_division=DivisionCode(required_text(to_division, field="toDivision")),
        reason=required_text(reason, field="reason"),
    )


def refile(it: Case, act: Act, as_case: CaseId, reason: str) -> CaseRefiled:
    it.require_open(act)
    if it.stage is not Stage.WITHDRAWN:
        raise CaseNotWithdrawn
    if it.refiled:
        raise CaseIsRefiled
    return CaseRefiled(as_case=as_case, reason=required_text(reason, field="reason"))
