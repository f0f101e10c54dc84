"""What can be read of surveillance. Cameras are written in the events' own commit."""

from __future__ import annotations

from datetime import datetime

from application.views import View
from domain.ids import CameraId, DivisionCode, OrganisationId, RegisteredCameraId
from domain.places import Point
from domain.surveillance.events import Builder, CameraHealth, CameraState, OwnerSector


class CameraView(View):
    """A camera: whose it is, where it stands and looks, and whether it works.

    摄像机：权属、位置与朝向、运行状况。
    """

    filters = (
        "gb28181_id",
        "sector",
        "owner",
        "builder",
        "division",
        "station",
        "state",
        "health",
        "networked",
        "standard",
        "registered_at",
    )
    orders = ("gb28181_id", "registered_at")

    id: RegisteredCameraId
    version: int
    gb28181_id: CameraId
    state: CameraState
    health: CameraHealth | None
    sector: OwnerSector
    owner: str
    builder: Builder
    division: DivisionCode
    station: OrganisationId
    place: Point
    address: str
    range: int
    bearing: float | None
    field_of_view: float
    networked: bool
    standard: str | None
    standard_version: str | None
    accepted_at: datetime | None
    fault: str | None
    registered_at: datetime
    retired_at: datetime | None
