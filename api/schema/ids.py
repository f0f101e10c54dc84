"""Ids of things as they are told: the kind, an underscore, and the name. This format is frozen; docs/graphql.md promises it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from domain import ids

KINDS: dict[Any, str] = {
    ids.AlarmId: "alarm",
    ids.ReportId: "report",
    ids.RecommendationId: "recommendation",
    ids.LinkId: "link",
    ids.VerificationId: "verification",
    ids.DuplicateId: "duplicate",
    ids.OrderId: "order",
    ids.UnitId: "unit",
    ids.ResponsePlanId: "response",
    ids.DeploymentPlanId: "deployment",
    ids.PlanActivationId: "activation",
    ids.StepId: "step",
    ids.UnitStateId: "state",
    ids.CaseId: "case",
    ids.SeriesId: "series",
    ids.RequestId: "approval",
    ids.CorrectionId: "correction",
    ids.PersonId: "person",
    ids.DivisionId: "division",
    ids.AreaGroupId: "group",
    ids.BoundaryId: "boundary",
    ids.PopulationId: "population",
    ids.LegalBasisId: "basis",
    ids.ServiceLevelId: "level",
    ids.LimitSetId: "limits",
    ids.CodeListId: "codelist",
    ids.ApiKeyId: "key",
    ids.GrantId: "grant",
    ids.ExportId: "export",
    ids.DirectiveId: "directive",
    ids.ReceiptId: "receipt",
    ids.SurveyId: "survey",
    ids.AssessmentId: "assessment",
    ids.ScoreId: "score",
    ids.BuildPlanId: "plan",
    ids.WebhookId: "webhook",
    ids.RegisteredCameraId: "camera",
    ids.DeviceId: "device",
    ids.ZoneId: "zone",
    ids.PostId: "post",
    ids.RosterId: "roster",
    ids.ShiftId: "shift",
    ids.PriorityPlaceId: "priority",
    ids.PatrolId: "patrol",
    ids.ObservationId: "observation",
    ids.InspectionId: "inspection",
    ids.FindingId: "finding",
    ids.FootageRequestId: "footage",
    ids.FootageStepId: "footagestep",
    ids.OrganisationId: "organisation",
}
"""The word each kind of id begins with, for ever. A kind that comes to be gets a word of its own."""

_HEX = re.compile(r"[0-9a-f]{32}")
_CODE = re.compile(r"[A-Za-z0-9.-]{1,64}")

Key = UUID | str


def teller(kind: Any) -> Callable[[Key], str]:
    """How ids of a kind are told: a UUID by its hexadecimal digits, an organisation by its code."""
    word = f"{KINDS[kind]}_"
    return (lambda key: word + str(key)) if kind is ids.OrganisationId else (lambda key: word + key.hex)  # type: ignore[union-attr]  # a UUID


def understood(text: str) -> tuple[Any, Key] | None:
    """The kind and the key of a told id; None where it is none."""
    word, _, name = text.partition("_")
    kind = _WORDS.get(word)
    if kind is ids.OrganisationId:
        return (kind, name) if _CODE.fullmatch(name) else None
    return (kind, UUID(name)) if kind is not None and _HEX.fullmatch(name) else None


def given(kind: Any, text: str) -> Key | None:
    """An id as callers give it: as it was told, or the bare UUID or code that they made it of."""
    if "_" in text:
        found = understood(text)
        return found[1] if found is not None and found[0] is kind else None
    if kind is ids.OrganisationId:
        return text
    try:
        return UUID(text)
    except ValueError:
        return None


_WORDS = {word: kind for kind, word in KINDS.items()}
