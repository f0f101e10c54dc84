"""A directive: what organisations are told to do by a day, who has taken note of it, and who has done it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, assert_never

from domain.events import Event
from domain.evolving import evolve
from domain.ids import OrganisationId
from domain.oversight.events import (
    DirectiveAcknowledged,
    DirectiveChange,
    DirectiveFulfilled,
    DirectiveIssued,
    DirectiveWithdrawn,
)
from domain.rules import InvalidTransition, InvalidValue, OutsideJurisdiction, free_text, required_text


class DirectiveNeedsAddressees(InvalidValue):
    """A directive is addressed to at least one organisation.

    通知须至少有一个接收单位。
    """

    on = "addressees"


class DirectiveDueTooEarly(InvalidValue):
    """A directive is due no earlier than on the day on which it is issued.

    通知的完成期限不得早于下发之日。
    """

    on = "due"


class NotAddressed(OutsideJurisdiction):
    """The directive is not addressed to your organisation.

    您所在单位不是该通知的接收单位。
    """


class DirectiveOfAnotherIssuer(OutsideJurisdiction):
    """A directive is withdrawn by the organisation that issued it.

    通知只能由下发单位撤回。
    """


class DirectiveIsWithdrawn(InvalidTransition):
    """The directive is withdrawn.

    该通知已撤回。
    """


class DirectiveIsAcknowledged(InvalidTransition):
    """Your organisation has acknowledged the directive.

    您所在单位已签收该通知。
    """


class DirectiveNotAcknowledged(InvalidTransition):
    """A directive is acknowledged before its fulfilment is reported.

    须先签收通知，方可报告落实情况。
    """


class DirectiveIsFulfilled(InvalidTransition):
    """Your organisation has reported that the directive is fulfilled.

    您所在单位已报告落实该通知。
    """


@dataclass(frozen=True)
class Directive:
    """A directive (通知). Each addressee answers for itself, through officers of its own, late as well."""

    begins: ClassVar[tuple[type[Event], ...]] = (DirectiveIssued,)

    issuer: OrganisationId
    addressees: frozenset[OrganisationId]
    acknowledged: frozenset[OrganisationId] = frozenset()
    fulfilled: frozenset[OrganisationId] = frozenset()
    withdrawn: bool = False

    @staticmethod
    def issue(wanted: DirectiveIssued, issued_on: date) -> DirectiveIssued:
        """`issued_on` is the day in UTC, which is no later than any business day that could be meant."""
        if not wanted.addressees:
            raise DirectiveNeedsAddressees
        if wanted.due < issued_on:
            raise DirectiveDueTooEarly
        return replace(
            wanted,
            number=required_text(wanted.number, field="number"),
            title_en=required_text(wanted.title_en, field="titleEn"),
            title_zh=required_text(wanted.title_zh, field="titleZh"),
            legal_basis=free_text(wanted.legal_basis, field="legalBasis"),
            addressees=tuple(dict.fromkeys(wanted.addressees)),
        )

    def acknowledge(self, own: OrganisationId) -> DirectiveAcknowledged:
        self._insist_addressed(own)
        if own in self.acknowledged:
            raise DirectiveIsAcknowledged
        return DirectiveAcknowledged(addressee=own)

    def fulfil(self, own: OrganisationId, report: str) -> DirectiveFulfilled:
        self._insist_addressed(own)
        if own not in self.acknowledged:
            raise DirectiveNotAcknowledged
        if own in self.fulfilled:
            raise DirectiveIsFulfilled
        return DirectiveFulfilled(addressee=own, report=required_text(report, field="report"))

    def withdraw(self, own: OrganisationId, reason: str) -> DirectiveWithdrawn:
        if own != self.issuer:
            raise DirectiveOfAnotherIssuer
        self._insist_stands()
        return DirectiveWithdrawn(reason=required_text(reason, field="reason"))

    def _insist_addressed(self, own: OrganisationId) -> None:
        if own not in self.addressees:
            raise NotAddressed
        self._insist_stands()

    def _insist_stands(self) -> None:
        if self.withdrawn:
            raise DirectiveIsWithdrawn

    @classmethod
    def begin(cls, event: DirectiveIssued) -> Directive:
        return cls(issuer=event.issuer, addressees=frozenset(event.addressees))

    def apply(self, event: DirectiveChange) -> Directive:
        match event:
            case DirectiveAcknowledged(addressee=addressee):
                return evolve(self, acknowledged=self.acknowledged | {addressee})
            case DirectiveFulfilled(addressee=addressee):
                return evolve(self, fulfilled=self.fulfilled | {addressee})
            case DirectiveWithdrawn():
                return evolve(self, withdrawn=True)
            case _:
                assert_never(event)
