"""Which response plans fit an alarm. Nothing is recorded of it: what a dispatcher did not decide did not happen."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from application.dispatching.plan_views import ResponsePlanView
from application.dispatching.views import AlarmView
from domain.dispatching.response_plan import fits


def fitting(alarm: AlarmView, plans: Iterable[ResponsePlanView], under_way: Collection[str]) -> list[ResponsePlanView]:
    """Those whose trigger names the alarm in most respects come first; a plan that is under way there is not proposed again."""
    named = [(fits(each.trigger, alarm.alarm_type, alarm.priority, alarm.area_class), each) for each in plans if each.code not in under_way]
    return [plan for respects, plan in sorted(named, key=lambda each: (-each[0], each[1].code)) if respects]
