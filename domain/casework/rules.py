"""The rules of casework: each sentence that forbids, in English and in Chinese."""

from __future__ import annotations

from domain.rules import AlreadyExists, InvalidTransition, InvalidValue, LimitExceeded, NeedsSecondApprover, NotFound

# --- Where a case stands ---------------------------------------------------------------------------------------------


class CaseNotReported(InvalidTransition):
    """Only a newly registered case can be accepted.

    只有刚登记的案件才能受案。
    """


class CaseNotAccepted(InvalidTransition):
    """The case is not under review; accept it first.

    案件不在受案审查中，请先受案。
    """


class CaseAlreadyFiled(InvalidTransition):
    """The case has been filed.

    案件已经立案。
    """


class CaseNotFiled(InvalidTransition):
    """The case is not filed and under investigation.

    案件未立案或不在侦查中。
    """


class CaseNotConcluded(InvalidTransition):
    """Only a concluded case can be transferred for prosecution.

    只有已结案的案件才能移送起诉。
    """


class CaseCannotReopen(InvalidTransition):
    """Only a case that is suspended, concluded, transferred for prosecution, not filed or withdrawn can be reopened.

    只有中止、结案、移送起诉、不予立案或撤案的案件才能恢复。
    """


class CaseIsWithdrawn(InvalidTransition):
    """The case is withdrawn; reopen it or file it anew first.

    案件已撤案，请先恢复或重新立案。
    """


class CaseNotWithdrawn(InvalidTransition):
    """Only a withdrawn case can be filed anew under another case.

    只有已撤案的案件才能另案重新立案。
    """


class CaseIsRefiled(InvalidTransition):
    """The matter goes on under another case.

    该案已另案重新立案。
    """


class CaseIsMerged(InvalidTransition):
    """The case is merged into another; unmerge it first.

    案件已并入其他案件，请先撤销合并。
    """


class CaseNotMergedThere(InvalidTransition):
    """The case is not merged into that case.

    案件并未并入该案。
    """

    on = "outOf"


class MergesWithItself(InvalidValue):
    """A case cannot be merged into itself.

    案件不能并入自身。
    """

    on = "into"


class MergeTargetClosed(InvalidTransition):
    """A case can be merged only into one that is neither merged nor withdrawn.

    只能并入未被合并且未撤案的案件。
    """

    on = "into"


# --- Times and limits ------------------------------------------------------------------------------------------------


class EffectiveBeforeOccurrence(InvalidValue):
    """The effective time lies before the time of the occurrence.

    业务时间早于案发时间。
    """

    on = "effectiveAt"


class OccurrenceEndsBeforeItBegins(InvalidValue):
    """The occurrence ends before it begins.

    案发结束时间早于开始时间。
    """

    on = "occurredTo"


class OccurrenceInFuture(InvalidValue):
    """The time of the occurrence lies after the time of the report.

    案发时间晚于报案时间。
    """

    on = "occurredFrom"


class ReviewTooLong(LimitExceeded):
    """The review may not take that long by the time limits in force when the case was accepted.

    超出受案时现行的立案审查期限。
    """


class ReviewLimitMustMoveForward(InvalidValue):
    """The new limit must lie after the present one and after the time of this decision.

    新的审查期限必须晚于现有期限和本次决定的时间。
    """

    on = "until"


class FiledBeforeItsTime(InvalidValue):
    """The filing must lie between the occurrence and now.

    立案时间必须在案发时间与当前时间之间。
    """

    on = "filedAt"


class CaseNumberMalformed(InvalidValue):
    """A case number has 1 to 64 printable characters.

    案件编号须为 1 至 64 个可见字符。
    """

    on = "number"


# --- Persons ---------------------------------------------------------------------------------------------------------


class PersonNotSuspect(InvalidTransition):
    """The person is not a suspect of this case; identify the suspect first.

    此人不是本案嫌疑人，请先认定嫌疑人。
    """

    on = "person"


class SuspectMissing(InvalidTransition):
    """Nobody is identified as a suspect of this case.

    本案尚无嫌疑人。
    """


class ArrestAfterExceptionalClearance(InvalidTransition):
    """The case is cleared exceptionally, which an arrest contradicts; revoke the clearance first.

    案件已按例外方式破案，与抓获相矛盾，请先撤销破案。
    """


# --- Series, jurisdiction, supervision -------------------------------------------------------------------------------


class CaseInAnotherSeries(InvalidTransition):
    """The case belongs to another series; unlink it first.

    案件属于其他串并案，请先解除。
    """

    on = "series"


class CaseNotInSeries(InvalidTransition):
    """The case does not belong to that series.

    案件不属于该串并案。
    """

    on = "series"


class AlreadyAtStation(InvalidTransition):
    """The case is with that station already.

    案件已由该单位管辖。
    """

    on = "toStation"


class CaseNotSupervised(InvalidTransition):
    """The case is not under supervision.

    案件未被挂牌督办。
    """


# --- Four eyes -------------------------------------------------------------------------------------------------------


class ApproverIsRequester(NeedsSecondApprover):
    """Who asked for it cannot decide on it.

    申请人不得审批自己的申请。
    """


class RequestUnknown(NotFound):
    """No such request waits on this case.

    本案没有此待审批申请。
    """

    on = "request"


class RequestExists(AlreadyExists):
    """There is a request with this id already.

    该编号的申请已存在。
    """

    on = "request"


class ProposalOutdated(InvalidTransition):
    """The offences have changed since this was proposed; propose it anew.

    申请提出后案由已变更，请重新提出。
    """

    on = "request"
