"""Surveillance's views: cameras in the events' own commit."""

from __future__ import annotations

from infrastructure.projections.projection import Projection
from infrastructure.projections.surveillance.cameras import CAMERAS, on_camera

PROJECTIONS = (Projection(name="cameras", version=1, tables=(CAMERAS,), handlers=on_camera, inline=True),)
