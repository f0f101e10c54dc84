"""The response plan: one version of what is to be done about some kind of alarm, from its draft until another takes its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar, assert_never

from domain.dispatching.events import (
    AreaClass,
    PlanStep,
    PlanTrigger,
    ResponsePlanAdopted,
    ResponsePlanChange,
    ResponsePlanDrafted,
    ResponsePlanRevised,
    ResponsePlanSuperseded,
    WantedUnits,
)
from domain.events import Event
from domain.evolving import evolve
from domain.ids import ResponsePlanId
from domain.rules import InvalidTransition, InvalidValue, required_text

_CODE = re.compile(r"[\w.\-]{1,32}")


class PlanCodeMalformed(InvalidValue):
    """The codes of plans, of their versions and of their steps have 1 to 32 letters, digits, dots or hyphens.

    预案、版本及步骤的代码由 1 至 32 个字母、数字、点或连字符组成。
    """


class PlanNeedsSteps(InvalidValue):
    """A response plan has at least one step.

    预案至少须有一个步骤。
    """

    on = "steps"


class StepDeadlineTooShort(InvalidValue):
    """The deadline of a step is one second or more from the plan's activation.

    步骤时限自预案启动起不得少于一秒。
    """

    on = "steps"


class StepCodesAmbiguous(InvalidValue):
    """Each step of a plan has a code of its own.

    同一预案内各步骤代码不得重复。
    """

    on = "steps"


class WantedUnitsUnsound(InvalidValue):
    """Of each capability that a plan names once, at least one unit is wanted.

    预案所列每项能力仅列一次，且所需单位至少为一个。
    """

    on = "units"


class PlanIsNoDraft(InvalidTransition):
    """This version of the plan is active already or was; draft another one.

    该版预案已启用或已被取代；请另拟新版本。
    """


class PlanNotActive(InvalidTransition):
    """This version of the plan is not active.

    该版预案并非启用状态。
    """


class VersionOfAnotherPlan(InvalidValue):
    """A version takes the place of a version of the same plan.

    新版本只能取代同一预案的版本。
    """

    on = "supersedes"


@dataclass(frozen=True, slots=True)
class PlanContent:
    """What a version says."""

    name_en: str
    name_zh: str
    trigger: PlanTrigger
    units: tuple[WantedUnits, ...]
    steps: tuple[PlanStep, ...]


@dataclass(frozen=True)
class ResponsePlan:
    """A response plan (预案), one version of it."""

    begins: ClassVar[tuple[type[Event], ...]] = (ResponsePlanDrafted,)

    code: str
    edition: str
    content: PlanContent
    adopted: bool = False
    superseded: bool = False

    @staticmethod
    def draft(code: str, edition: str, content: PlanContent) -> ResponsePlanDrafted:
        sound = _sound(content)
        return ResponsePlanDrafted(
            code=_coded(code, "code"),
            edition=_coded(edition, "edition"),
            name_en=sound.name_en,
            name_zh=sound.name_zh,
            trigger=sound.trigger,
            units=sound.units,
            steps=sound.steps,
        )

    def revise(self, content: PlanContent) -> ResponsePlanRevised | None:
        if self.adopted:
            raise PlanIsNoDraft
        sound = _sound(content)
        if sound == self.content:
            return None
        return ResponsePlanRevised(
            name_en=sound.name_en, name_zh=sound.name_zh, trigger=sound.trigger, units=sound.units, steps=sound.steps
        )

    def adopt(self) -> ResponsePlanAdopted:
        if self.adopted:
            raise PlanIsNoDraft
        return ResponsePlanAdopted(code=self.code)

    def supersede(self, by: ResponsePlanId, code: str) -> ResponsePlanSuperseded:
        if code != self.code:
            raise VersionOfAnotherPlan
        self.insist_on_active(field="supersedes")
        return ResponsePlanSuperseded(superseded_by=by)

    def insist_on_active(self, *, field: str) -> None:
        if not self.adopted or self.superseded:
            raise PlanNotActive(field=field)

    @classmethod
    def begin(cls, event: ResponsePlanDrafted) -> ResponsePlan:
        return cls(code=event.code, edition=event.edition, content=_content(event))

    def apply(self, event: ResponsePlanChange) -> ResponsePlan:
        match event:
            case ResponsePlanRevised():
                return evolve(self, content=_content(event))
            case ResponsePlanAdopted():
                return evolve(self, adopted=True)
            case ResponsePlanSuperseded():
                return evolve(self, superseded=True)
            case _:
                assert_never(event)


def fits(trigger: PlanTrigger, alarm_type: str | None, priority: str | None, area_class: AreaClass | None) -> int:
    """In how many respects a trigger names an alarm; 0 where it does not fit, or names nothing at all."""
    named = ((trigger.alarm_types, alarm_type), (trigger.priorities, priority), (trigger.area_classes, area_class))
    if any(wanted and value not in wanted for wanted, value in named):
        return 0
    return sum(bool(wanted) for wanted, _ in named)


def _content(event: ResponsePlanDrafted | ResponsePlanRevised) -> PlanContent:
    return PlanContent(event.name_en, event.name_zh, event.trigger, event.units, event.steps)


def _sound(content: PlanContent) -> PlanContent:
    return PlanContent(
        required_text(content.name_en, field="nameEn"),
        required_text(content.name_zh, field="nameZh"),
        _sound_trigger(content.trigger),
        _sound_units(content.units),
        _sound_steps(content.steps),
    )


def _sound_trigger(trigger: PlanTrigger) -> PlanTrigger:
    return PlanTrigger(
        tuple(dict.fromkeys(required_text(each, field="trigger") for each in trigger.alarm_types)),
        tuple(dict.fromkeys(required_text(each, field="trigger") for each in trigger.priorities)),
        tuple(dict.fromkeys(trigger.area_classes)),
    )


def _sound_units(units: tuple[WantedUnits, ...]) -> tuple[WantedUnits, ...]:
    sound = tuple(replace(each, capability=required_text(each.capability, field="units")) for each in units)
    if len({each.capability for each in sound}) < len(sound) or any(each.count < 1 for each in sound):
        raise WantedUnitsUnsound
    return sound


def _sound_steps(steps: tuple[PlanStep, ...]) -> tuple[PlanStep, ...]:
    if not steps:
        raise PlanNeedsSteps
    if any(each.deadline < 1 for each in steps):
        raise StepDeadlineTooShort
    if len({each.code for each in steps}) < len(steps):
        raise StepCodesAmbiguous
    names = [(required_text(each.name_en, field="steps"), required_text(each.name_zh, field="steps")) for each in steps]
    return tuple(PlanStep(_coded(each.code, "steps"), *both, each.deadline) for each, both in zip(steps, names, strict=True))


def _coded(code: str, field: str) -> str:
    if not _CODE.fullmatch(code):
        raise PlanCodeMalformed(field=field)
    return code
