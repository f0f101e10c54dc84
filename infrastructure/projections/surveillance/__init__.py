"""Surveillance's views: cameras in the events' own commit, how they stood on each day after it."""

from __future__ import annotations

from datetime import tzinfo

from infrastructure.projections.projection import Projection
from infrastructure.projections.surveillance.cameras import CAMERAS, on_camera
from infrastructure.projections.surveillance.facts import facts
from infrastructure.projections.surveillance.service import service


def projections(zone: tzinfo) -> tuple[Projection, ...]:
    return Projection(name="cameras", version=2, tables=(CAMERAS,), handlers=on_camera, inline=True), facts(zone), service()
