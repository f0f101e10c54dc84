"""A safety survey: how many of those asked felt safe (群众安全感). It is told beside crime figures and never mixed into them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from domain.events import Event
from domain.evolving import evolve
from domain.oversight.events import SurveyImported, SurveyRetracted
from domain.rules import InvalidTransition, InvalidValue, required_text


class SurveyEndsEarly(InvalidValue):
    """A survey ends no earlier than it begins.

    调查结束日不得早于开始日。
    """

    on = "last"


class NobodyAsked(InvalidValue):
    """A survey has at least one respondent.

    调查须至少有一名受访者。
    """

    on = "respondents"


class FeltSafeOutOfRange(InvalidValue):
    """From none to all of those asked felt safe.

    感到安全的人数须在 0 与受访人数之间。
    """

    on = "feltSafe"


class SurveyIsRetracted(InvalidTransition):
    """The survey is retracted.

    该调查已撤回。
    """


@dataclass(frozen=True)
class SafetySurvey:
    """One wave in one division. A wrong import is retracted, with its reason, and imported anew."""

    begins: ClassVar[tuple[type[Event], ...]] = (SurveyImported,)

    retracted: bool = False

    @staticmethod
    def take_in(wanted: SurveyImported) -> SurveyImported:
        if wanted.last < wanted.first:
            raise SurveyEndsEarly
        if wanted.respondents < 1:
            raise NobodyAsked
        if not 0 <= wanted.felt_safe <= wanted.respondents:
            raise FeltSafeOutOfRange
        return replace(wanted, wave=required_text(wanted.wave, field="wave"), source=required_text(wanted.source, field="source"))

    def retract(self, reason: str) -> SurveyRetracted:
        if self.retracted:
            raise SurveyIsRetracted
        return SurveyRetracted(reason=required_text(reason, field="reason"))

    @classmethod
    def begin(cls, event: SurveyImported) -> SafetySurvey:  # noqa: ARG003 - that it exists is all that counts
        return cls()

    def apply(self, event: SurveyRetracted) -> SafetySurvey:  # noqa: ARG002 - there is but one change
        return evolve(self, retracted=True)
