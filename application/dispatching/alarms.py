"""Commands on alarms."""

from __future__ import annotations

from datetime import datetime

from application.commands import Command, begin, change, command, internal
from application.naming import naming
from domain.aggregates import Act
from domain.casework.events import Contribution
from domain.dispatching.alarm import Alarm
from domain.dispatching.events import AlarmFact, AlarmOutcome, AlarmResult, AreaClass, IntakeKind, ReportReceived, ReportSource
from domain.dispatching.recommending import Needs
from domain.ids import (
    AlarmId,
    CameraId,
    CaseId,
    CorrectionId,
    DeviceId,
    DivisionCode,
    OrderId,
    OrganisationId,
    PersonId,
    RecommendationId,
    ReportId,
)
from domain.jurisdiction.events import CodeScope
from domain.places import Point


@command
def open(
    alarm: AlarmId,
    report: ReportId,
    source: ReportSource,
    kind: IntakeKind,
    division: DivisionCode,
    station: OrganisationId,
    alarm_type: str | None = None,
    place: Point | None = None,
    address: str = "",
    summary: str = "",
    caller: PersonId | None = None,
    device: str | None = None,
    test: bool = False,  # noqa: FBT001, FBT002 - an input field of the API
    external_id: str | None = None,
    report_external_id: str | None = None,
) -> Command:
    """Open an alarm with its first report; the effective time is when it was received. A type is one of the code list in force.

    接警：登记警情及首个报警，业务时间即接警时间；有现行代码表时，警情类别须用表内代码。
    """
    opened = begin(
        Alarm,
        alarm,
        lambda act: Alarm.open(
            kind,
            division,
            station,
            alarm_type=alarm_type,
            place=place,
            address=address,
            summary=summary,
            test=test,
            external_id=external_id,
            codes=act.codes,
        ),
    )._replace(scopes=(CodeScope.ALARM_TYPE,) if alarm_type else ())
    both = opened & add_report(alarm, report, source, caller, device, external_id=report_external_id)
    return naming(both, divisions={"division": division}, organisations={"station": station})


@command
def add_report(
    alarm: AlarmId,
    report: ReportId,
    source: ReportSource,
    caller: PersonId | None = None,
    device: str | None = None,
    summary: str = "",
    external_id: str | None = None,
) -> Command:
    """Add a further report of the same happening.

    为同一警情追加报警。
    """
    return change(
        Alarm,
        alarm,
        lambda it, _: it.add_report(report, source, caller=caller, device=device, summary=summary, external_id=external_id),
    )


@internal
def open_by_device(
    alarm: AlarmId,
    report: ReportId,
    number: str,
    division: DivisionCode,
    station: OrganisationId,
    external_id: str,
    device: DeviceId | None = None,
    zone: int | None = None,
    place: Point | None = None,
    address: str = "",
    test: bool = False,  # noqa: FBT001, FBT002 - a part of what the command says
) -> Command:
    """Open an alarm that a device tells of. Nothing is asked of codes and texts: what is told of a burglary is taken."""
    opened = begin(
        Alarm,
        alarm,
        lambda _: Alarm.open(IntakeKind.ALARM, division, station, place=place, address=address, test=test, device=device, zone=zone),
    )
    return opened & add_signal(alarm, report, number, external_id, zone)


@internal
def add_signal(alarm: AlarmId, report: ReportId, number: str, external_id: str, zone: int | None = None) -> Command:
    """Add what a device tells to the alarm that it told of before."""

    def decide(it: Alarm, _: Act) -> ReportReceived | None:
        return it.add_report(report, ReportSource.TECH_ALARM, device=number, external_id=external_id or None, zone=zone)

    return change(Alarm, alarm, decide)


@command
def resolve_location(alarm: AlarmId, place: Point, division: DivisionCode, station: OrganisationId, address: str = "") -> Command:
    """Say where the alarm is, and who is responsible there.

    确定警情地点及责任单位。
    """
    resolved = change(Alarm, alarm, lambda it, _: it.resolve_location(place, division, station, address))
    return naming(resolved, divisions={"division": division}, organisations={"station": station})


@command
def triage(alarm: AlarmId, alarm_type: str, priority: str, area_class: AreaClass | None = None) -> Command:
    """Say what kind of alarm it is and how urgent. Where code lists are in force, it is said by their codes.

    警情定级：类别、级别与区域类型；有现行代码表时须用表内代码。
    """
    triaged = change(Alarm, alarm, lambda it, act: it.triage(alarm_type, priority, area_class, act.codes))
    return triaged._replace(scopes=(CodeScope.ALARM_TYPE, CodeScope.PRIORITY))


@command
def change_priority(alarm: AlarmId, priority: str, reason: str) -> Command:
    """Change the priority, by the code list in force where there is one; the original one stays visible.

    变更警情级别，有现行代码表时须用表内代码；最初级别保留可见。
    """
    changed = change(Alarm, alarm, lambda it, act: it.change_priority(priority, reason, act.codes))
    return changed._replace(scopes=(CodeScope.PRIORITY,))


@command
def link_camera(alarm: AlarmId, camera: CameraId) -> Command:
    """Link a registered camera that sees the place, by its number.

    关联可见现场的已登记摄像机（按编号）。
    """
    return naming(change(Alarm, alarm, lambda it, _: it.link_camera(camera)), cameras={"camera": camera})


@internal
def recommend(
    alarm: AlarmId,
    recommendation: RecommendationId,  # noqa: ARG001 - a part of what the command says
    wanted: int = 1,
    capabilities: tuple[str, ...] = (),
    stations: tuple[OrganisationId, ...] = (),
) -> Command:
    """Rank all units by when they would be there, and record who is recommended and why others are not.
    Positions are as they are at this moment.

    按到达时间对全部单位排序，记录推荐单位及不推荐的原因；位置取当前值。
    """
    Needs(wanted, capabilities, stations)  # refuses what cannot be

    def decide(it: Alarm, _: Act) -> None:
        it.insist_on_dispatchable()  # `recommending.surveyed` gives the units

    return change(Alarm, alarm, decide)


@command
def merge(alarm: AlarmId, into: AlarmId, reason: str) -> Command:
    """Merge an alarm into another that is the same happening; it can be undone.

    将警情合并到同一事件的另一警情，可撤销。
    """
    merged = change(Alarm, alarm, lambda it, act: it.merge(alarm, into, act.look(Alarm, into), reason), looks=((Alarm, into),))
    return merged & change(Alarm, into, lambda it, _: it.absorb(alarm))


@command
def unmerge(alarm: AlarmId, out_of: AlarmId, reason: str) -> Command:
    """Undo a merge: the alarm stands on its own again, in the state it had.

    撤销合并：警情恢复到合并前的状态。
    """
    return change(Alarm, alarm, lambda it, _: it.unmerge(out_of, reason)) & change(Alarm, out_of, lambda it, _: it.release(alarm))


@command
def refer(alarm: AlarmId, to: str, reason: str) -> Command:
    """Hand the alarm to another agency.

    将警情移交其他部门。
    """
    return change(Alarm, alarm, lambda it, _: it.refer(to, reason))


@command
def take_initial_measures(alarm: AlarmId, measures: str) -> Command:
    """Record what was done at once, even where others are competent.

    记录先期处置。
    """
    return change(Alarm, alarm, lambda it, _: it.take_initial_measures(measures))


@command
def record_feedback(
    alarm: AlarmId,
    summary: str = "",
    order: OrderId | None = None,
    final: bool = False,  # noqa: FBT001, FBT002 - an input field of the API
) -> Command:
    """Record feedback from the scene; none follows the final one.

    记录处警反馈；最终反馈之后不再追加。
    """
    return change(Alarm, alarm, lambda it, _: it.record_feedback(summary, order, final=final))


@command
def record_result(
    alarm: AlarmId,
    result: AlarmResult,
    disposition: str = "",
    outcome: AlarmOutcome | None = None,
    contributions: tuple[Contribution, ...] = (),
) -> Command:
    """Record what came of the alarm, what was achieved and by what; it may be changed until the alarm is closed.

    记录警情处理结果、处置成果及其贡献；办结前可变更。
    """
    return change(Alarm, alarm, lambda it, _: it.record_result(result, disposition, outcome, contributions))


@command
def close(alarm: AlarmId) -> Command:
    """Close the alarm.

    办结警情。
    """
    return change(Alarm, alarm, lambda it, _: it.close())


@command
def reopen(alarm: AlarmId, reason: str) -> Command:
    """Reopen a closed alarm; nothing recorded is lost.

    重新打开已办结的警情，原记录保留。
    """
    return change(Alarm, alarm, lambda it, _: it.reopen(reason))


@internal
def open_case(alarm: AlarmId, case: CaseId) -> Command:
    """Note on the alarm the case that was opened from it: a part of registering the case."""
    return change(Alarm, alarm, lambda it, _: it.open_case(case))


@internal
def there(alarm: AlarmId) -> Command:
    """Changes nothing: what another subject's command is for has to be there, and who names it has to see it."""
    return Command((), looks=((Alarm, alarm),))


@internal
def correct(
    alarm: AlarmId,
    correction: CorrectionId,
    fact: AlarmFact,
    corrects: int,
    reason: str,
    instant: datetime | None = None,
    code: str | None = None,
    place: Point | None = None,
) -> Command:
    """Apply a correction that a second person approved."""
    return change(Alarm, alarm, lambda it, _: it.correct(correction, fact, corrects, reason, instant=instant, code=code, place=place))
