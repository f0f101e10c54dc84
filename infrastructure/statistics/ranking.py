"""Who stands where in an assessment that is sealed."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from application.oversight.governing import Ranked
from application.oversight.views import AssessmentState, AssessmentView
from domain.ids import AssessmentId
from domain.oversight.assessment_rules import AssessmentNotSealed
from domain.rules import NotFound
from infrastructure.projections.oversight.assessments import ASSESSMENTS, SCORES
from infrastructure.statistics.inquiry import Limits

DIGITS = 4
"""As many as points have."""


def ranking(connection: sa.Connection, assessment: AssessmentId, limits: Limits | None) -> Sequence[Ranked]:
    """All of it for whoever may see the assessment; equals share a rank, and the next one counts them all."""
    shown = [] if limits is None else limits.rows(AssessmentView)
    state = connection.execute(sa.select(ASSESSMENTS.c.state).where(ASSESSMENTS.c.id == assessment, *shown)).scalar_one_or_none()
    if state is None:
        raise NotFound(field="assessment")
    if state is not AssessmentState.SEALED:
        raise AssessmentNotSealed
    added = sa.select(SCORES.c.organisation, sa.func.sum(SCORES.c.points).label("points"))
    rows = connection.execute(added.where(SCORES.c.assessment == assessment).group_by(SCORES.c.organisation))
    points = sorted((-round(row.points, DIGITS), row.organisation) for row in rows)
    better = [each for each, _ in points]
    return [Ranked(rank=better.index(each) + 1, organisation=organisation, points=-each) for each, organisation in points]
