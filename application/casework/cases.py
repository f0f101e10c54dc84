"""Commands on cases, from the report to the outcome."""

from __future__ import annotations

from datetime import datetime

from application.commands import Command, begin, change, command, internal
from application.dispatching import alarms
from application.naming import naming
from domain.aggregates import Act
from domain.casework import relations
from domain.casework.case import Case
from domain.casework.correction import CorrectionRequest, corrected
from domain.casework.events import (
    CaseCleared,
    CaseFiled,
    CaseReleased,
    CaseWithdrawn,
    ClearanceKind,
    Contribution,
    ExceptionalGrounds,
    Offence,
    PersonRole,
    RefusalReason,
    ReportRegistered,
    WithdrawalReason,
)
from domain.casework.offences import total
from domain.events import At
from domain.ids import AlarmId, CaseId, CorrectionId, DivisionCode, OrganisationId, PersonId, RequestId, SeriesId
from domain.jurisdiction.events import LimitScope
from domain.places import Point


@command
def register(
    case: CaseId,
    number: str,
    division: DivisionCode,
    station: OrganisationId,
    offences: tuple[Offence, ...] = (),
    alarm: AlarmId | None = None,
    occurred_from: datetime | None = None,
    occurred_to: datetime | None = None,
    place: Point | None = None,
    address: str = "",
    summary: str = "",
    external_id: str | None = None,
) -> Command:
    """Register a report of what may be a crime; a station gives each number once. The alarm it comes from notes the case.

    接报案登记；同一单位的案件编号不得重复。来源警情同时注明该案件。
    """
    report = ReportRegistered(
        number=number,
        division=division,
        station=station,
        offences=offences,
        alarm=alarm,
        occurred_from=occurred_from,
        occurred_to=occurred_to,
        place=place,
        address=address,
        summary=summary,
        external_id=external_id,
    )
    registered = begin(Case, case, lambda act: Case.register(act, report))
    registered = naming(registered, divisions={"division": division}, organisations={"station": station})
    return registered if alarm is None else registered & alarms.open_case(alarm, case)


@internal
def there(case: CaseId) -> Command:
    """Changes nothing: what another subject's command is for has to be there, and who names it has to see it."""
    return Command((), looks=((Case, case),))


@command
def accept(case: CaseId, review_until: datetime | None = None) -> Command:
    """Accept the case; `reviewUntil` is the limit for the decision to file. Where time limits are in force, it follows from them.

    受案；可注明立案审查期限，有现行期限版本时以其为准。
    """
    accepted = change(Case, case, lambda it, act: it.accept(act, review_until))
    return accepted._replace(scopes=(LimitScope.FILING,))


@command
def extend_review(case: CaseId, until: datetime, reason: str) -> Command:
    """Extend the review before filing; the limit only moves forward.

    延长立案审查期限，期限只能后延。
    """
    return change(Case, case, lambda it, act: it.extend_review(act, until, reason))


@command
def file(case: CaseId, offences: tuple[Offence, ...] = ()) -> Command:
    """File the case: its offences are known to statistics from the effective time on. Without offences, those registered.

    立案：自业务时间起计入统计；不填案由则沿用登记的案由。
    """
    return change(Case, case, lambda it, act: it.file(act, offences))


@command
def retro_file(case: CaseId, reason: str, offences: tuple[Offence, ...] = ()) -> Command:
    """File a case late, with the reason; also one that was not filed before.

    补立案，须说明原因；也可用于此前不予立案的案件。
    """
    return change(Case, case, lambda it, act: it.retro_file(act, offences, reason))


@command
def refuse_filing(case: CaseId, reason: RefusalReason, note: str = "") -> Command:
    """Decide not to file the case.

    不予立案。
    """
    return change(Case, case, lambda it, act: it.refuse_filing(act, reason, note))


@command
def reclassify(case: CaseId, request: RequestId, offences: tuple[Offence, ...], reason: str) -> Command:
    """Change the offences. To ones at least as grave it happens at once; to lesser or not comparable ones it waits for approval.

    变更案由：改为同等或更重的立即生效；改为较轻或无法比较的须经审批。
    """
    return change(Case, case, lambda it, act: it.reclassify(act, request, offences, reason))


@command
def involve(case: CaseId, person: PersonId, role: PersonRole) -> Command:
    """Note a person as victim, witness, reporter or person of interest.

    登记涉案人员（被害人、证人、报案人或关注对象）。
    """
    return change(Case, case, lambda it, act: it.involve(act, person, role))


@command
def identify_suspect(case: CaseId, person: PersonId, warrant: bool = False) -> Command:  # noqa: FBT001, FBT002 - an input field of the API
    """Identify a suspect, with a warrant or without.

    认定嫌疑人，可注明是否有逮捕令。
    """
    return change(Case, case, lambda it, act: it.identify_suspect(act, person, warrant=warrant))


@command
def record_arrest(case: CaseId, person: PersonId) -> Command:
    """Record the arrest of a suspect.

    登记抓获嫌疑人。
    """
    return change(Case, case, lambda it, act: it.record_arrest(act, person))


@command
def clear(
    case: CaseId,
    request: RequestId,
    kind: ClearanceKind,
    outcome: str,
    offences: int | None = None,
    contributions: tuple[Contribution, ...] = (),
    grounds: ExceptionalGrounds | None = None,
    dated: bool = True,  # noqa: FBT001, FBT002 - an input field of the API
    note: str = "",
) -> Command:
    """Ask that the case be cleared, with a code of the outcome list; it is once somebody else approves. Without a number, all
    its offences. By arrest needs an arrest on record, exceptionally needs its four facts.

    申请破案，结果须为结果代码表中的代码，经他人审批后生效；不填起数则为全部。抓获破案须已登记抓获，例外破案须具备四项事实。
    """

    def proposal(it: Case) -> CaseCleared:
        return CaseCleared(
            kind=kind,
            outcome=outcome,
            offences=total(it.offences) if offences is None else offences,
            contributions=contributions,
            grounds=grounds,
            dated=dated,
            note=note,
        )

    return change(Case, case, lambda it, act: it.clear(act, request, proposal(it)))


@command
def revoke_clearance(case: CaseId, reason: str) -> Command:
    """Revoke the clearance that stands.

    撤销破案。
    """
    return change(Case, case, lambda it, act: it.revoke_clearance(act, reason))


@command
def withdraw(case: CaseId, request: RequestId, reason: WithdrawalReason, note: str = "") -> Command:
    """Ask that the case be withdrawn; it is once somebody else approves.

    申请撤案，经他人审批后生效。
    """
    return change(Case, case, lambda it, act: it.withdraw(act, request, CaseWithdrawn(reason=reason, note=note)))


@command
def approve(case: CaseId, request: RequestId) -> Command:
    """Approve what waits on the case; it takes effect at the time it was proposed for. Never one's own request.

    审批同意；自申请所载业务时间起生效。不得审批本人的申请。
    """
    return change(Case, case, lambda it, act: it.approve(act, request))


@command
def reject(case: CaseId, request: RequestId, reason: str) -> Command:
    """Reject what waits on the case. Never one's own request.

    审批不同意，须说明原因。不得审批本人的申请。
    """
    return change(Case, case, lambda it, act: it.reject(act, request, reason))


@command
def conclude(case: CaseId, outcome: str) -> Command:
    """Conclude the case with a code of the outcome list; one that means solved needs a clearance.

    结案；结果表示已破案的，须已办理破案。
    """
    return change(Case, case, lambda it, act: it.conclude(act, outcome))


@command
def transfer_for_prosecution(case: CaseId) -> Command:
    """Transfer a concluded case for prosecution.

    移送起诉。
    """
    return change(Case, case, lambda it, act: it.transfer_for_prosecution(act))


@command
def suspend(case: CaseId, reason: str) -> Command:
    """Suspend the investigation.

    中止侦查。
    """
    return change(Case, case, lambda it, act: it.suspend(act, reason))


@command
def reopen(case: CaseId, reason: str) -> Command:
    """Reopen a case that is suspended, concluded, transferred, not filed or withdrawn; a clearance that stands stays.

    恢复侦查；已有的破案保持有效，直至撤销。
    """
    return change(Case, case, lambda it, act: it.reopen(act, reason))


@command
def supervise(case: CaseId, level: str, reason: str) -> Command:
    """Put the case under supervision of a level.

    挂牌督办。
    """
    return change(Case, case, lambda it, act: it.supervise(act, level, reason))


@command
def lift_supervision(case: CaseId, reason: str) -> Command:
    """Lift the supervision.

    解除督办。
    """
    return change(Case, case, lambda it, act: it.lift_supervision(act, reason))


@command
def link(case: CaseId, series: SeriesId) -> Command:
    """Put the case into a series; counts do not change.

    串并案；不影响统计。
    """
    return change(Case, case, lambda it, act: relations.link(it, act, series))


@command
def unlink(case: CaseId, series: SeriesId, reason: str) -> Command:
    """Take the case out of its series.

    解除串并案。
    """
    return change(Case, case, lambda it, act: relations.unlink(it, act, series, reason))


@command
def merge(case: CaseId, into: CaseId, reason: str) -> Command:
    """Merge the case into another, with which it is counted from then on.

    合并案件：此后并入目标案件统计。
    """
    return change(Case, case, lambda it, act: relations.merge(it, act, case, into, reason)) & change(
        Case, into, lambda it, _act: relations.absorb(it, case)
    )


@command
def unmerge(case: CaseId, out_of: CaseId, reason: str) -> Command:
    """Undo a merge; the case stands again where it stood.

    撤销合并；案件恢复合并前的状态。
    """
    return change(Case, case, lambda it, _act: relations.unmerge(it, out_of, reason)) & change(
        Case, out_of, lambda _it, _act: CaseReleased(source=case)
    )


@command
def split(
    case: CaseId,
    as_case: CaseId,
    number: str,
    offences: tuple[Offence, ...],
    reason: str,
    filed_at: datetime | None = None,
    place: Point | None = None,
    address: str = "",
    summary: str = "",
) -> Command:
    """Split offences off a filed case; they go on as a filed case of their own. `filedAt` is when they were filed, if not now.

    拆分案件：部分案由另成一案并视为已立案；可注明其原立案时间。
    """

    def of_its_own(act: Act) -> At:
        source = act.look(Case, case)
        report = ReportRegistered(
            number=number,
            division=source.division,
            station=source.station,
            offences=offences,
            occurred_from=source.occurred_from,
            place=place,
            address=address,
            summary=summary,
            split_from=case,
        )
        return relations.registered_before(act, report, filed_at or act.effective_at)

    return (
        change(Case, case, lambda it, act: relations.split(it, act, as_case, offences, reason))
        & begin(Case, as_case, of_its_own)
        & change(Case, as_case, lambda it, act: At(CaseFiled(offences=it.offences), filed_at or act.effective_at))
    )


@command
def refile(
    case: CaseId,
    as_case: CaseId,
    number: str,
    reason: str,
    offences: tuple[Offence, ...] = (),
    place: Point | None = None,
    address: str = "",
    summary: str = "",
) -> Command:
    """Take up a withdrawn matter again, on new facts, as another case. Without offences, those of the withdrawn case.

    撤案后发现新的事实，另案重新登记；不填案由则沿用原案。
    """

    def anew(act: Act) -> ReportRegistered:
        withdrawn = act.look(Case, case)
        report = ReportRegistered(
            number=number,
            division=withdrawn.division,
            station=withdrawn.station,
            offences=offences or withdrawn.offences,
            occurred_from=withdrawn.occurred_from,
            place=place,
            address=address,
            summary=summary,
            refiled_from=case,
        )
        return Case.register(act, report)

    return change(Case, case, lambda it, act: relations.refile(it, act, as_case, reason)) & begin(Case, as_case, anew)


@command
def transfer(case: CaseId, to_station: OrganisationId, to_division: DivisionCode, reason: str) -> Command:
    """Transfer the case to another station.

    移送其他单位管辖。
    """
    transferred = change(Case, case, lambda it, act: relations.transfer(it, act, to_station, to_division, reason))
    return naming(transferred, divisions={"toDivision": to_division}, organisations={"toStation": to_station})


@internal
def apply_correction(case: CaseId, correction: CorrectionId) -> Command:
    """Put a fact of the case right as an approved request says; the request is done with it."""
    return change(Case, case, lambda it, act: corrected(it, correction, act.look(CorrectionRequest, correction).for_case(case))) & change(
        CorrectionRequest, correction, lambda it, _act: it.applied()
    )


@command
def seal(case: CaseId, reason: str) -> Command:
    """Seal the case: from now on it is there only for those who have a grant, the one who sealed it included.

    封存案件：此后仅获授权者可见，封存人亦不例外。
    """
    return change(Case, case, lambda it, _: it.seal(reason))


@command
def unseal(case: CaseId, reason: str) -> Command:
    """Unseal the case.

    解除案件封存。
    """
    return change(Case, case, lambda it, _: it.unseal(reason))
