"""Surveillance's views: cameras, devices, posts and rosters in the events' own commit, how cameras stood on each day after it."""

from __future__ import annotations

from datetime import tzinfo

from infrastructure.projections.projection import Projection
from infrastructure.projections.surveillance.cameras import CAMERAS, on_camera
from infrastructure.projections.surveillance.devices import DEVICE_ZONES, DEVICES, on_device
from infrastructure.projections.surveillance.facts import facts
from infrastructure.projections.surveillance.footage import FOOTAGE_REQUESTS, FOOTAGE_STEPS, on_footage
from infrastructure.projections.surveillance.incidents import incidents
from infrastructure.projections.surveillance.inspections import FINDINGS, INSPECTIONS, on_inspection
from infrastructure.projections.surveillance.patrols import OBSERVATIONS, PATROLS, on_patrol
from infrastructure.projections.surveillance.posts import MONITORING_POSTS, POST_CAMERAS, on_post
from infrastructure.projections.surveillance.priority import PRIORITY_PLACES, on_priority_place
from infrastructure.projections.surveillance.rosters import DUTY_ROSTERS, SHIFTS, on_roster
from infrastructure.projections.surveillance.service import service


def projections(zone: tzinfo) -> tuple[Projection, ...]:
    return (
        Projection(name="cameras", version=2, tables=(CAMERAS,), handlers=on_camera, inline=True),
        Projection(name="devices", version=1, tables=(DEVICES, DEVICE_ZONES), handlers=on_device, inline=True),
        Projection(name="monitoring_posts", version=1, tables=(MONITORING_POSTS, POST_CAMERAS), handlers=on_post, inline=True),
        Projection(name="duty_rosters", version=2, tables=(DUTY_ROSTERS, SHIFTS), handlers=on_roster, inline=True),
        Projection(name="footage", version=1, tables=(FOOTAGE_REQUESTS, FOOTAGE_STEPS), handlers=on_footage, inline=True),
        Projection(name="priority_places", version=1, tables=(PRIORITY_PLACES,), handlers=on_priority_place, inline=True),
        Projection(name="patrols", version=2, tables=(PATROLS, OBSERVATIONS), handlers=on_patrol, inline=True),
        Projection(name="inspections", version=1, tables=(INSPECTIONS, FINDINGS), handlers=on_inspection, inline=True),
        facts(zone),
        service(),
        incidents(zone),
    )
