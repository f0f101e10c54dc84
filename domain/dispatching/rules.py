"""The rules of dispatching: the sentences that forbid, for alarms, then orders, then units."""

from __future__ import annotations

from domain.rules import InvalidTransition, InvalidValue, OutsideJurisdiction

# --- Alarm -----------------------------------------------------------------------------------------------------------


class AlarmIsClosed(InvalidTransition):
    """The alarm is closed; reopen it first.

    警情已办结，请先重新打开。
    """


class AlarmIsMerged(InvalidTransition):
    """The alarm was merged; go on with the alarm it was merged into, or undo the merge.

    该警情已合并；请在合并后的警情上继续，或先撤销合并。
    """


class AlarmIsOpen(InvalidTransition):
    """The alarm is not closed; there is nothing to reopen.

    警情尚未办结，无需重新打开。
    """


class AlarmIsTriaged(InvalidTransition):
    """The alarm is triaged; change its priority, or ask for a correction of its type.

    警情已定级；请变更级别，或申请更正警情类别。
    """


class CodeNotOnList(InvalidValue):
    """The code is not on the code list in force at that time.

    该代码不在当时现行的代码表内。
    """

    code_list: str | None = None

    @classmethod
    def named(cls, code_list: str, *, field: str) -> CodeNotOnList:
        refusal = cls(field=field)
        refusal.code_list = code_list
        return refusal

    @property
    def message(self) -> str:
        return super().message if self.code_list is None else f"{super().message} The list is {self.code_list}."

    @property
    def message_zh(self) -> str:
        return super().message_zh if self.code_list is None else f"{super().message_zh}代码表：{self.code_list}。"


class AlarmNotTriaged(InvalidTransition):
    """The alarm has no priority yet; triage it first.

    警情尚未定级，请先定级。
    """


class AlarmHasNoPlace(InvalidTransition):
    """It is not known where the alarm is; resolve its location first.

    警情地点未知，请先确定地点。
    """


class AlarmHasMoved(InvalidTransition):
    """The alarm's place was changed just now; ask again.

    警情地点刚刚变更，请重试。
    """


class TooFewWanted(InvalidValue):
    """At least one unit is wanted.

    所需单位至少为一个。
    """

    on = "wanted"


class AlarmNeedsResult(InvalidTransition):
    """An alarm is not closed without a result.

    警情没有处理结果，不得办结。
    """


class NothingAchieved(InvalidValue):
    """An unfounded, harassing, duplicate or cancelled alarm achieved nothing, and a contribution needs an outcome.

    不属实、骚扰、重复或已取消的警情没有处置成果；填写贡献须同时填写成果。
    """

    on = "outcome"


class AlarmNeedsFeedback(InvalidTransition):
    """A unit was sent to the alarm; it is not closed without feedback.

    警情已派警，没有处警反馈，不得办结。
    """


class FeedbackIsFinal(InvalidTransition):
    """The final feedback is given; reopen the alarm to add to it after it is closed.

    已作最终反馈；办结后须重新打开警情方可补充。
    """


class NoDispatchOfTests(InvalidTransition):
    """A test alarm is never dispatched.

    测试警情不得派警。
    """


class NoCaseFromTests(InvalidTransition):
    """A test alarm makes no case.

    测试警情不得转为案件。
    """


class NoMergeWithTests(InvalidValue):
    """A test alarm and a real alarm are not the same happening.

    测试警情与真实警情不得合并。
    """

    on = "into"


class AlarmHasCase(InvalidTransition):
    """Another case was opened from this alarm; further offences belong into that case.

    该警情已转为其他案件；其他违法犯罪事实应并入该案件。
    """

    on = "case"


class MergeWithItself(InvalidValue):
    """An alarm cannot be merged with itself.

    警情不能与自身合并。
    """

    on = "into"


class MergeOutsideDivision(OutsideJurisdiction):
    """An alarm is merged only into one of its own division or of a division above it.

    警情只能合并到本辖区或上级辖区的警情。
    """

    on = "into"


class MergeTargetNotOpen(InvalidTransition):
    """The alarm to merge into is closed, or merged itself.

    目标警情已办结或已被合并。
    """

    on = "into"


class AlarmNotMergedThere(InvalidTransition):
    """The alarm is not merged into that one.

    该警情并未合并到所指警情。
    """

    on = "outOf"


class CameraIdMalformed(InvalidValue):
    """A camera is named by its GB/T 28181 id, which has 20 digits.

    摄像机编号须为 GB/T 28181 规定的 20 位数字。
    """

    on = "camera"


class PostNotAsked(OutsideJurisdiction):
    """This monitoring post was not asked to verify the alarm.

    未请求该监控中心(室)复核此警情。
    """

    on = "post"


class CameraNotLinked(InvalidValue):
    """The camera is not linked to the alarm; link it first.

    该摄像机未关联此警情，请先关联。
    """

    on = "camera"


class DuplicateNotSuggested(InvalidTransition):
    """That alarm is not suggested as the same happening, or no longer.

    所指警情未被提示为疑似重复，或提示已失效。
    """

    on = "other"


class CorrectionLacksValue(InvalidValue):
    """The correction does not say what the right value is.

    更正内容缺少正确的取值。
    """

    on = "fact"


# --- Dispatch order --------------------------------------------------------------------------------------------------


class OrderIsOver(InvalidTransition):
    """The order is over: cleared, refused, cancelled, pre-empted or timed out.

    该指令已结束：已处结、被拒绝、已取消、被调离或已超时。
    """


class OrderNotSent(InvalidTransition):
    """The order is only proposed; send it first.

    该指令仅为建议，请先下达。
    """


class OrderIsSent(InvalidTransition):
    """The order was sent; only a proposal can be sent.

    该指令已下达；只有建议可以下达。
    """


class OrderIsBeyond(InvalidTransition):
    """The order has come as far as this or farther.

    该指令已到达或超过此步骤。
    """


class OrderIsAcknowledged(InvalidTransition):
    """The unit has acknowledged the order; cancel it or take the unit off it.

    单位已确认该指令；请取消指令或调离单位。
    """


class OrderOfAnotherAlarm(InvalidValue):
    """The order does not belong to this alarm.

    该指令不属于此警情。
    """

    on = "alarm"


class OrderOfAnotherUnit(InvalidValue):
    """The order does not belong to this unit.

    该指令不属于此单位。
    """

    on = "unit"


class OverrideNeedsReason(InvalidValue):
    """Another unit than the proposed one is sent only with a reason.

    派出非建议单位须说明理由。
    """

    on = "overrideReason"


class AcknowledgeByTooEarly(InvalidValue):
    """The limit for the acknowledgement must lie after the order.

    确认时限须晚于指令下达时间。
    """

    on = "acknowledgeBy"


class LimitNotPassed(InvalidTransition):
    """The order has no limit for its acknowledgement, or the limit is not past.

    该指令没有确认时限，或时限未到。
    """


class OrderNotOnScene(InvalidTransition):
    """The unit is not on scene; a crew checks in while it is there.

    单位不在现场；仅在现场期间报平安。
    """


class CheckInHeard(InvalidTransition):
    """The crew was heard from meanwhile, or this check-in was missed before.

    期间已报平安，或该次未报平安已告警。
    """


class EscalatedBefore(InvalidTransition):
    """The order was escalated to this level before.

    该指令已升级到此级别。
    """

    on = "level"


class EscalationLevelTooLow(InvalidValue):
    """Levels of escalation begin with 1.

    升级级别从 1 开始。
    """

    on = "level"


# --- Unit ------------------------------------------------------------------------------------------------------------


class UnitHasActiveOrder(InvalidTransition):
    """The unit has an active order; stack the new one, or pre-empt or clear the active one first.

    该单位已有执行中的指令；请叠加新指令，或先调离、结束现有指令。
    """

    on = "unit"


class UnitNotOnRoster(InvalidTransition):
    """The unit is off duty or out of service; it is ordered only with a reason.

    该单位不在班或停用；派警须说明理由。
    """

    on = "overrideReason"


class UnitIsOnDuty(InvalidTransition):
    """The unit is on duty already.

    该单位已在班。
    """


class UnitIsOffDuty(InvalidTransition):
    """The unit is off duty; sign it on first.

    该单位不在班，请先签到。
    """


class UnitIsCommitted(InvalidTransition):
    """The unit has an order; clear it or take the unit off it first.

    该单位有执行中的指令；请先结束指令或调离。
    """


class StatusFollowsFromActs(InvalidValue):
    """A unit is off duty by signing off, and committed by an order; neither is set by hand.

    不在班由签退产生，出警由指令产生，均不得手工设置。
    """

    on = "status"


class UnitStateOfAnotherBase(InvalidValue):
    """This state of units is a kind of another base state.

    该自定义状态对应另一基本状态。
    """

    on = "status"


class FixFromTheFuture(InvalidValue):
    """The position's time lies after the time of recording.

    定位时间晚于入库时间。
    """

    on = "fixedAt"


class FixTooOld(InvalidValue):
    """The position is older than tracks are kept.

    定位时间早于轨迹保留期限。
    """

    on = "at"


class FixOutOfRange(InvalidValue):
    """Accuracy and speed are not negative; a heading lies within 0 and 360 degrees.

    精度与速度不得为负；航向须在 0 至 360 度之间。
    """
