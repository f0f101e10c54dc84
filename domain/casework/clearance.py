"""When a clearance is one: by arrest, exceptional with its four facts, or otherwise; and the rules that say so."""

from __future__ import annotations

from domain.casework.events import CaseCleared, ClearanceKind, ExceptionalGrounds
from domain.casework.outcomes import Outcome, outcome
from domain.rules import InvalidTransition, InvalidValue


class CaseIsCleared(InvalidTransition):
    """The case is cleared; revoke the clearance first.

    案件已破案，请先撤销破案。
    """


class CaseNotCleared(InvalidTransition):
    """The case is not cleared.

    案件尚未破案。
    """


class ClearedCountOutOfRange(InvalidValue):
    """A clearance clears at least one offence and no more than the case has.

    破案起数至少为一，且不超过本案起数。
    """

    on = "offences"


class OutcomeDoesNotFit(InvalidValue):
    """The outcome does not fit this kind of clearance.

    该结果与破案方式不符。
    """

    on = "outcome"


class ArrestMissing(InvalidTransition):
    """Clearance by arrest needs an arrest on record.

    以抓获方式破案须先登记抓获。
    """

    on = "kind"


class ExceptionalWithArrest(InvalidTransition):
    """An exceptional clearance cannot be combined with an arrest.

    例外破案不得与抓获并存。
    """

    on = "kind"


class ExceptionalNeedsFourFacts(InvalidValue):
    """An exceptional clearance needs all four: offender identified, evidence sufficient, location known, a reason beyond police control.

    例外破案须同时具备四项：嫌疑人身份已查明、证据充分、所在已知、有警方无法控制的原因。
    """

    on = "grounds"


class GroundsOnlyForExceptional(InvalidValue):
    """Only an exceptional clearance has such grounds.

    只有例外破案才填写此项依据。
    """

    on = "grounds"


class SolvedNeedsClearance(InvalidTransition):
    """This outcome means solved, but no clearance stands; clear the case first.

    该结果表示已破案，但案件尚未破案，请先办理破案。
    """

    on = "outcome"


def check(clearance: CaseCleared, *, offences: int, arrests: bool) -> None:
    """Refuse a clearance that breaks the definitions of UCR, for a case with so many offences, with or without arrests."""
    ending = outcome(clearance.outcome)
    if ending.kind is not clearance.kind:
        raise OutcomeDoesNotFit
    if not 1 <= clearance.offences <= offences:
        raise ClearedCountOutOfRange
    match clearance.kind:
        case ClearanceKind.ARREST:
            _by_arrest(clearance.grounds, arrests=arrests)
        case ClearanceKind.EXCEPTIONAL:
            _exceptional(clearance.grounds, ending, arrests=arrests)
        case ClearanceKind.OTHER:
            _no_grounds(clearance.grounds)


def _by_arrest(grounds: ExceptionalGrounds | None, *, arrests: bool) -> None:
    _no_grounds(grounds)
    if not arrests:
        raise ArrestMissing


def _exceptional(grounds: ExceptionalGrounds | None, ending: Outcome, *, arrests: bool) -> None:
    if arrests:
        raise ExceptionalWithArrest
    if grounds is None or not (grounds.offender_identified and grounds.evidence_sufficient and grounds.location_known):
        raise ExceptionalNeedsFourFacts
    if grounds.reason is not ending.nibrs:
        raise OutcomeDoesNotFit


def _no_grounds(grounds: ExceptionalGrounds | None) -> None:
    if grounds is not None:
        raise GroundsOnlyForExceptional
