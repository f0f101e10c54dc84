"""Commands on units."""

from __future__ import annotations

from datetime import datetime

from application.commands import Command, NamedUnitState, begin, change, command, internal
from application.naming import naming
from domain.dispatching.events import UnitStatus
from domain.dispatching.unit import Unit
from domain.ids import OfficerId, OrganisationId, UnitId
from domain.places import Point


@command
def register(unit: UnitId, call_sign: str, kind: str, station: OrganisationId, capabilities: tuple[str, ...] = ()) -> Command:
    """Register a unit; it is off duty until it signs on.

    登记处警单位；签到前为不在班。
    """
    registered = begin(Unit, unit, lambda _: Unit.register(call_sign, kind, station, capabilities))
    return naming(registered, organisations={"station": station})


@internal
def there(unit: UnitId) -> Command:
    """Changes nothing: the unit that another subject's command names has to be there, and who names it has to see it."""
    return Command((), looks=((Unit, unit),))


@command
def sign_on(unit: UnitId, crew: tuple[OfficerId, ...] = ()) -> Command:
    """Sign the unit on with its crew.

    单位签到及其组员。
    """
    return change(Unit, unit, lambda it, _: it.sign_on(crew))


@command
def sign_off(unit: UnitId) -> Command:
    """Sign the unit off.

    单位签退。
    """
    return change(Unit, unit, lambda it, _: it.sign_off())


@command
def change_status(unit: UnitId, status: UnitStatus, custom: str = "") -> Command:
    """Say what the unit does now; `custom` is the code of a state of the deployment's own, which is a kind of this status.

    变更单位状态；custom 为本地自定义状态的代码，须对应该基本状态。
    """
    if not custom:
        return change(Unit, unit, lambda it, _: it.change_status(status))
    named = NamedUnitState("custom", custom)
    changed = change(Unit, unit, lambda it, act: it.change_status(status, custom, act.named["custom", custom].base))
    return changed._replace(names=(named,))


@command
def sample_position(unit: UnitId, place: Point, fixed_at: datetime) -> Command:
    """Record a coarse position; a fix older than the last one is passed over.

    记录单位的粗略位置；早于上次定位的忽略。
    """
    return change(Unit, unit, lambda it, act: it.sample_position(place, fixed_at, act.now))


@command
def change_crew(unit: UnitId, crew: tuple[OfficerId, ...]) -> Command:
    """Change the crew.

    变更组员。
    """
    return change(Unit, unit, lambda it, _: it.change_crew(crew))


@command
def change_capabilities(unit: UnitId, capabilities: tuple[str, ...]) -> Command:
    """Say what the unit can do from now on, all of it.

    变更单位能力，填写全部能力。
    """
    return change(Unit, unit, lambda it, _: it.change_capabilities(capabilities))
