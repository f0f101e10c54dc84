"""Commands on directives."""

from __future__ import annotations

from datetime import UTC, date

from application.commands import Command, begin, change, command
from application.naming import naming
from domain.aggregates import Act
from domain.ids import DirectiveId, OrganisationId
from domain.oversight.directive import Directive
from domain.oversight.events import DirectiveIssued


@command
def issue(
    directive: DirectiveId,
    number: str,
    title_en: str,
    title_zh: str,
    addressees: tuple[OrganisationId, ...],
    due: date,
    legal_basis: str = "",
) -> Command:
    """Issue a directive to organisations, to be fulfilled by a day.

    向有关单位下发通知，并规定完成期限。
    """

    def decide(act: Act) -> DirectiveIssued:
        wanted = DirectiveIssued(
            number=number,
            title_en=title_en,
            title_zh=title_zh,
            legal_basis=legal_basis,
            issuer=act.organisation,
            addressees=addressees,
            due=due,
        )
        return Directive.issue(wanted, act.effective_at.astimezone(UTC).date())

    issued = begin(Directive, directive, decide)
    for addressee in dict.fromkeys(addressees):
        issued = naming(issued, organisations={"addressees": addressee})
    return issued


@command
def acknowledge(directive: DirectiveId) -> Command:
    """Acknowledge a directive for one's own organisation, which it is addressed to.

    代表本单位签收通知。
    """
    return change(Directive, directive, lambda it, act: it.acknowledge(act.organisation))


@command
def fulfil(directive: DirectiveId, report: str) -> Command:
    """Report that one's own organisation has done what the directive asks.

    报告本单位已落实通知要求。
    """
    return change(Directive, directive, lambda it, act: it.fulfil(act.organisation, report))


@command
def withdraw(directive: DirectiveId, reason: str) -> Command:
    """Withdraw a directive that one's own organisation issued; nobody owes anything under it any more.

    撤回本单位下发的通知，此后不再要求落实。
    """
    return change(Directive, directive, lambda it, act: it.withdraw(act.organisation, reason))
