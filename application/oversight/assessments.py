"""Commands on assessments."""

from __future__ import annotations

from datetime import date

from application.commands import Command, begin, change, command
from application.naming import naming
from application.oversight.scoring import understood
from domain.aggregates import Act
from domain.ids import AssessmentId, OrganisationId
from domain.oversight.assessment import Assessment
from domain.oversight.assessment_rules import EvidenceNotRecorded
from domain.oversight.events import AppealDecided, AssessmentOpened, Indicator, IndicatorScored
from domain.oversight.evidence import Evidence


@command
def open(
    assessment: AssessmentId,
    title_en: str,
    title_zh: str,
    first: date,
    last: date,
    organisations: tuple[OrganisationId, ...],
    indicators: tuple[Indicator, ...],
    legal_basis: str = "",
    override: str = "",
) -> Command:
    """Open an assessment of organisations by a scheme of weighted indicators. `override` is the reason why case counts or the
    solving rate are ranked on all the same.

    按考评方案开启考评；若仍以发案数、破案率排名，须填写突破理由。
    """

    def decide(act: Act) -> AssessmentOpened:
        opened = AssessmentOpened(
            title_en=title_en,
            title_zh=title_zh,
            first=first,
            last=last,
            assessor=act.organisation,
            organisations=organisations,
            indicators=indicators,
            legal_basis=legal_basis,
            override=override,
        )
        for each in indicators:
            understood(each)
        return Assessment.open(opened)

    begun = begin(Assessment, assessment, decide)
    for organisation in dict.fromkeys(organisations):
        begun = naming(begun, organisations={"organisations": organisation})
    return begun


@command
def score(
    assessment: AssessmentId,
    organisation: OrganisationId,
    indicator: str,
    evidence_position: int,
    value: float | None = None,
    numerator: int | None = None,
    denominator: int | None = None,
) -> Command:
    """Score an organisation by an indicator: what its statistic says at a position of the log is worked out. Where the system has no such
    statistic, its value is given, or numerator and denominator of a share.

    依据日志某一位置的统计值为单位评分，统计值由系统计算；系统无此统计的指标须填写其值，比率指标填写分子与分母。
    """
    return scored(
        assessment, organisation, indicator, Evidence(value=value, numerator=numerator, denominator=denominator, position=evidence_position)
    )


@command
def appeal(assessment: AssessmentId, organisation: OrganisationId, indicator: str, reason: str) -> Command:
    """Appeal against a score of one's own organisation.

    对本单位的评分提出申诉。
    """
    return change(Assessment, assessment, lambda it, act: it.appeal(organisation, indicator, act.organisation, reason))


@command
def dismiss_appeal(assessment: AssessmentId, organisation: OrganisationId, indicator: str, reason: str) -> Command:
    """Dismiss an appeal: the score stands. Somebody other than the scorer decides.

    驳回申诉，维持原评分；须由评分人以外的人员裁定。
    """
    return change(Assessment, assessment, lambda it, act: it.decide(organisation, indicator, None, reason, act.organisation, act.by))


@command
def uphold_appeal(
    assessment: AssessmentId,
    organisation: OrganisationId,
    indicator: str,
    reason: str,
    evidence_position: int,
    value: float | None = None,
    numerator: int | None = None,
    denominator: int | None = None,
) -> Command:
    """Uphold an appeal: the indicator is scored by other evidence, as of another position. Somebody other than the scorer decides.

    支持申诉，依据其他位置的统计值重新评分；须由评分人以外的人员裁定。
    """
    evidence = Evidence(value=value, numerator=numerator, denominator=denominator, position=evidence_position)
    return upheld(assessment, organisation, indicator, evidence, reason)


@command
def seal(assessment: AssessmentId) -> Command:
    """Seal the assessment: its scores stand, and there is a ranking.

    封存考评：评分确定并产生排名。
    """
    return change(Assessment, assessment, lambda it, act: it.seal(act.organisation))


def scored(assessment: AssessmentId, organisation: OrganisationId, indicator: str, evidence: Evidence) -> Command:
    """By evidence, wherever it comes from."""

    def decide(it: Assessment, act: Act) -> IndicatorScored:
        _insist_recorded(act, evidence)
        return it.score(organisation, indicator, evidence, act.organisation, act.by)

    return change(Assessment, assessment, decide)._replace(reads=(evidence.position,))


def upheld(assessment: AssessmentId, organisation: OrganisationId, indicator: str, evidence: Evidence, reason: str) -> Command:
    def decide(it: Assessment, act: Act) -> AppealDecided:
        _insist_recorded(act, evidence)
        return it.decide(organisation, indicator, evidence, reason, act.organisation, act.by)

    return change(Assessment, assessment, decide)._replace(reads=(evidence.position,))


def _insist_recorded(act: Act, evidence: Evidence) -> None:
    if act.recorded(evidence.position) is None:
        raise EvidenceNotRecorded
