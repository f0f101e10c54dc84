"""Commands on access beyond one's own."""

from __future__ import annotations

from datetime import datetime

from application.commands import Command, begin, change, command
from domain.ids import CaseId, GrantId, OfficerId
from domain.jurisdiction.grant import Grant


@command
def grant(grant: GrantId, officer: OfficerId, case: CaseId, until: datetime, purpose: str) -> Command:
    """Open a case to an officer for a time and a purpose. Whether there is such a case is not told.

    在限定时间内为特定目的向民警开放案件；不透露案件是否存在。
    """
    return begin(Grant, grant, lambda act: Grant.give(act.by, officer, case, until, purpose, act.now))


@command
def break_glass(grant: GrantId, case: CaseId, purpose: str) -> Command:
    """Take access to a case in need, for four hours; one's supervisors are told. Whether there is such a case is not told.

    紧急情况下取得案件访问权，限四小时，并告知上级；不透露案件是否存在。
    """
    return begin(Grant, grant, lambda act: Grant.break_glass(act.by, act.organisation, case, purpose, act.now))


@command
def end(grant: GrantId, reason: str) -> Command:
    """End a grant before its time.

    提前终止授权。
    """
    return change(Grant, grant, lambda it, _: it.end(reason))


@command
def review(grant: GrantId, justified: bool, finding: str) -> Command:  # noqa: FBT001 - an input field of the API
    """Say whether emergency access was justified; a supervisor or auditor other than the officer does.

    复核紧急访问是否正当，须由本人以外的上级或审计人员进行。
    """
    return change(Grant, grant, lambda it, act: it.review(act.by, finding, justified=justified))
