"""Names of things. A caller makes the id of what it creates, so that a repeated request does no harm."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from secrets import token_bytes
from typing import NewType
from uuid import UUID, uuid5

AlarmId = NewType("AlarmId", UUID)
ReportId = NewType("ReportId", UUID)
RecommendationId = NewType("RecommendationId", UUID)
OrderId = NewType("OrderId", UUID)
UnitId = NewType("UnitId", UUID)
ResponsePlanId = NewType("ResponsePlanId", UUID)
"""One version of a response plan; its versions share the plan's code."""
DeploymentPlanId = NewType("DeploymentPlanId", UUID)
UnitStateId = NewType("UnitStateId", UUID)
"""A deployment's own state of units; it follows from the state's code."""
PlanActivationId = NewType("PlanActivationId", UUID)
StepId = NewType("StepId", UUID)
"""A step of an activated plan; it follows from the activation's id and the step's code."""
CaseId = NewType("CaseId", UUID)
SeriesId = NewType("SeriesId", UUID)
RequestId = NewType("RequestId", UUID)
CorrectionId = NewType("CorrectionId", UUID)
PersonId = NewType("PersonId", UUID)
SearchId = NewType("SearchId", UUID)
DivisionId = NewType("DivisionId", UUID)
AreaGroupId = NewType("AreaGroupId", UUID)
BoundaryId = NewType("BoundaryId", UUID)
"""An area of a division or organisation from a day on; it follows from their code and the day."""
PopulationId = NewType("PopulationId", UUID)
"""It follows from the division, the year and the kind."""
LegalBasisId = NewType("LegalBasisId", UUID)
ServiceLevelId = NewType("ServiceLevelId", UUID)
LimitSetId = NewType("LimitSetId", UUID)
CodeListId = NewType("CodeListId", UUID)
ApiKeyId = NewType("ApiKeyId", UUID)
GrantId = NewType("GrantId", UUID)
DirectiveId = NewType("DirectiveId", UUID)
BuildPlanId = NewType("BuildPlanId", UUID)
AssessmentId = NewType("AssessmentId", UUID)
ScoreId = NewType("ScoreId", UUID)
SurveyId = NewType("SurveyId", UUID)
ReceiptId = NewType("ReceiptId", UUID)
ExportId = NewType("ExportId", UUID)
WebhookId = NewType("WebhookId", UUID)
RegisteredCameraId = NewType("RegisteredCameraId", UUID)
"""A camera of the registry; `CameraId` is the number that its device tells."""
PostId = NewType("PostId", UUID)
RosterId = NewType("RosterId", UUID)
ShiftId = NewType("ShiftId", UUID)
"""A shift of a roster; it follows from the roster's id and the shift's number."""
DeviceId = NewType("DeviceId", UUID)
"""A technical alarm device of the registry; its number is what it tells of itself."""
ZoneId = NewType("ZoneId", UUID)
"""A zone of a device; it follows from the device's id and the zone's number."""
FootageRequestId = NewType("FootageRequestId", UUID)
FootageStepId = NewType("FootageStepId", UUID)
"""A step of a footage request; it follows from the request's id and its version."""
LinkId = NewType("LinkId", UUID)
"""That a camera sees an alarm; it follows from both."""
VerificationId = NewType("VerificationId", UUID)
"""What a monitoring post was asked about an alarm; it follows from the alarm's id."""
DuplicateId = NewType("DuplicateId", UUID)
"""That two alarms may be one; it follows from both."""
PriorityPlaceId = NewType("PriorityPlaceId", UUID)
PatrolId = NewType("PatrolId", UUID)
ObservationId = NewType("ObservationId", UUID)
"""What was seen on a patrol; it follows from the patrol's id and its version."""
InspectionId = NewType("InspectionId", UUID)
FindingId = NewType("FindingId", UUID)
"""A finding of an inspection; it follows from the inspection's id and the finding's number."""
CommandId = NewType("CommandId", UUID)

CameraId = NewType("CameraId", str)
"""GB/T 28181 device id, 20 digits."""
OfficerId = NewType("OfficerId", str)
OrganisationId = NewType("OrganisationId", str)
"""The organisation's own code; it is never reused."""
DivisionCode = NewType("DivisionCode", str)
"""GB/T 2260 code, six digits. Codes are reused over time, so a code means something only at a date."""

_NAMESPACE = UUID("6f1d1c5e-3f57-5a4b-9d0c-70c51a000000")


@lru_cache(4_096)
def organisation_stream(organisation: OrganisationId) -> UUID:
    """The stream in which an organisation's events stand. Remembered, for most commands name the same few."""
    return uuid5(_NAMESPACE, f"organisation/{organisation}")


BOUNDARY_MAP = uuid5(_NAMESPACE, "boundaries")
"""The stream in which all boundaries stand: whether two overlap is decided in one place."""


def boundary_id(level: str, code: str, valid_from: date) -> BoundaryId:
    return BoundaryId(uuid5(BOUNDARY_MAP, f"{level}/{code}/{valid_from}"))


def unit_state_of(code: str) -> UnitStateId:
    return UnitStateId(uuid5(_NAMESPACE, f"unit-state/{code}"))


def population_id(division: DivisionCode, year: int, kind: str) -> PopulationId:
    return PopulationId(uuid5(_NAMESPACE, f"population/{division}/{year}/{kind}"))


def shift_id(roster: RosterId, number: int) -> ShiftId:
    return ShiftId(uuid5(roster, str(number)))


def zone_of(device: UUID, number: int) -> ZoneId:
    return ZoneId(uuid5(device, f"zone/{number}"))


def step_of(activation: UUID, code: str) -> StepId:
    return StepId(uuid5(activation, f"step/{code}"))


def footage_step(footage: UUID, version: int) -> FootageStepId:
    """What happened to footage, as its register tells it."""
    return FootageStepId(uuid5(footage, f"step/{version}"))


def link_of(alarm: UUID, camera: CameraId) -> LinkId:
    return LinkId(uuid5(alarm, f"camera/{camera}"))


def verification_of(alarm: UUID) -> VerificationId:
    return VerificationId(uuid5(alarm, "verification"))


def duplicate_of(alarm: UUID, other: UUID) -> DuplicateId:
    return DuplicateId(uuid5(alarm, f"duplicate/{other}"))


def observation_of(patrol: UUID, version: int) -> ObservationId:
    return ObservationId(uuid5(patrol, f"observation/{version}"))


def finding_of(inspection: UUID, number: int) -> FindingId:
    return FindingId(uuid5(inspection, f"finding/{number}"))


def receipt_of(directive: UUID, organisation: OrganisationId) -> ReceiptId:
    """What an addressee answers to a directive."""
    return ReceiptId(uuid5(directive, f"receipt/{organisation}"))


def score_of(assessment: UUID, organisation: OrganisationId, indicator: str) -> ScoreId:
    """The score of an organisation by an indicator."""
    return ScoreId(uuid5(assessment, f"score/{organisation}/{indicator}"))


def uuid7(now: datetime) -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of Unix milliseconds, then random bits."""
    stamp = int(now.timestamp() * 1000).to_bytes(6, "big")
    random = bytearray(token_bytes(10))
    random[0] = random[0] & 0x0F | 0x70
    random[2] = random[2] & 0x3F | 0x80
    return UUID(bytes=stamp + bytes(random))
