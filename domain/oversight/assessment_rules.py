"""What stands against an assessment, its scores, appeals and seal."""

from __future__ import annotations

from domain.rules import InvalidTransition, InvalidValue, NeedsSecondApprover, NotFound, OutsideJurisdiction


class PeriodEndsEarly(InvalidValue):
    """An assessment period ends no earlier than it begins.

    考评期的结束日不得早于开始日。
    """

    on = "last"


class AssessmentNeedsOrganisations(InvalidValue):
    """An assessment is of at least one organisation.

    考评须至少有一个被考评单位。
    """

    on = "organisations"


class IndicatorCodeTwice(InvalidValue):
    """Each indicator of a scheme has a code of its own.

    同一考评方案中指标代码不得重复。
    """

    on = "indicators"


class WeightNegative(InvalidValue):
    """An indicator's weight is no less than 0; without weight it is shown and does not rank.

    指标权重不得小于 0；权重为 0 的指标仅供参考，不参与排名。
    """

    on = "indicators"


class WeightsNotHundred(InvalidValue):
    """The weights of a scheme add up to 100.

    考评方案各指标权重之和须为 100。
    """

    on = "indicators"


class TargetNotPositive(InvalidValue):
    """An indicator's target is above 0.

    指标目标值须大于 0。
    """

    on = "indicators"


class RanksOnCaseCounts(InvalidValue):
    """A scheme does not rank on case counts or the solving rate (ministry opinion Gong Tong Zi [2015] No. 32), which makes stations refuse
    to file: give such an indicator the weight 0, or record an override with its reason.

    考评方案不得以发案数、破案率排名（公通字〔2015〕32号）：以此排名会导致有案不立。请将该指标权重设为 0，或登记突破理由。
    """

    on = "override"


class NotAssessed(NotFound):
    """The organisation is not among those that are assessed.

    该单位不在被考评单位之列。
    """

    on = "organisation"


class IndicatorUnknown(NotFound):
    """The scheme has no indicator of this code.

    考评方案中没有此代码的指标。
    """

    on = "indicator"


class ValueMissing(InvalidValue):
    """A score rests on a value.

    评分须填写指标值。
    """

    on = "value"


class ValueIsComputed(InvalidValue):
    """The value of this indicator is what its statistic says as of the position; give none.

    该指标的值由系统按其统计口径在所填位置计算，请勿填写。
    """

    on = "value"


class StatisticSilent(InvalidValue):
    """As of this position the statistic says nothing of this organisation and period that you may be told.

    在此位置，该统计对该单位及考评期没有可告知的值。
    """

    on = "evidencePosition"


class ParametersNotUnderstood(InvalidValue):
    """The parameters of an indicator are such as its statistic takes, as `definition=COHORT; types=THEFT, ROBBERY`.

    指标参数须为其统计所接受的形式，如 `definition=COHORT; types=THEFT, ROBBERY`。
    """

    on = "indicators"


class ShareMalformed(InvalidValue):
    """A share is given by its numerator and denominator alone, the one from 0 up to the other.

    比率指标只填写分子与分母，分子须在 0 与分母之间。
    """

    on = "numerator"


class BaseTooSmall(InvalidValue):
    """A share of fewer than 30 is not scored.

    分母小于 30 的比率不予评分。
    """

    on = "denominator"


class EvidenceNotRecorded(InvalidValue):
    """Nothing stands at this position of the log, so that no evidence is true for it.

    日志中没有此位置，不能作为依据。
    """

    on = "evidencePosition"


class AssessmentIsSealed(InvalidTransition):
    """The assessment is sealed; nothing is scored, appealed or decided any more.

    考评已封存，不得再评分、申诉或裁定。
    """


class AssessmentNotSealed(InvalidTransition):
    """There is a ranking once the assessment is sealed.

    考评封存后方有排名。
    """

    on = "assessment"


class IndicatorNotScored(InvalidTransition):
    """There is no score to appeal against.

    尚无评分可申诉。
    """


class AppealPending(InvalidTransition):
    """An appeal against this score is pending; decide it first.

    该评分有申诉待裁定，请先裁定。
    """


class NoAppealPending(InvalidTransition):
    """No appeal against this score is pending.

    该评分没有待裁定的申诉。
    """


class AppealsPending(InvalidTransition):
    """Appeals are pending; an assessment is sealed once all are decided.

    尚有申诉待裁定，全部裁定后方可封存。
    """


class NotAllScored(InvalidTransition):
    """Not every organisation is scored by every indicator; in the list of scores those that are missing stand without points.

    尚有单位或指标未评分；评分列表中得分为空者即是。
    """


class AppealOfOthers(OutsideJurisdiction):
    """An organisation appeals against its own scores only.

    只能对本单位的评分提出申诉。
    """

    on = "organisation"


class AssessesItself(InvalidValue):
    """Nobody assesses their own organisation.

    不得考评本单位。
    """

    on = "organisations"


class AssessmentOfAnotherAssessor(OutsideJurisdiction):
    """An assessment is scored, decided and sealed by the organisation that opened it.

    评分、裁定与封存由开启考评的单位进行。
    """


class AppealOfOneself(NeedsSecondApprover):
    """An appeal is decided by somebody other than who gave the score.

    申诉须由评分人以外的人员裁定。
    """
