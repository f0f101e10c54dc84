"""The code lists of casework: outcomes with their crosswalk, and offence types, each with its version."""

from __future__ import annotations

from typing import Any, get_type_hints

import strawberry

from api.schema.shapes import built, described, many, told
from domain.casework import offence_types, outcomes
from domain.casework.events import ClearanceKind


def _listing(name: str, entry: type, description: str, **extra: Any) -> Any:
    """A list of entries and the version of the list."""
    columns = {column: told(column, hint) for column, hint in {**get_type_hints(entry), **extra}.items()}
    kind = built(f"{name}Entry", columns, defaults={}, description=described(entry))
    return built(name, {"version": str, "entries": many(kind)}, defaults={}, description=description)


OutcomeCodes = _listing("OutcomeCodes", outcomes.Outcome, "How a case can end. 处理结果代码表。", kind=ClearanceKind | None)
HomeOfficeCodes = _listing(
    "HomeOfficeCodes", outcomes.HomeOfficeOutcome, "The outcomes framework of England and Wales. 英格兰和威尔士结果框架。"
)
OffenceTypes = _listing("OffenceTypes", offence_types.OffenceType, "Known offence types; other codes are allowed. 案由代码表。")


def _outcome_codes() -> Any:
    return OutcomeCodes(version=outcomes.VERSION, entries=list(outcomes.OUTCOMES.values()))


def _home_office_codes() -> Any:
    return HomeOfficeCodes(version=outcomes.VERSION, entries=list(outcomes.HOME_OFFICE.values()))


def _offence_types() -> Any:
    return OffenceTypes(version=offence_types.VERSION, entries=list(offence_types.OFFENCE_TYPES.values()))


def code_queries() -> dict[str, Any]:
    return {
        "outcome_codes": strawberry.field(resolver=_outcome_codes, graphql_type=OutcomeCodes),
        "home_office_codes": strawberry.field(resolver=_home_office_codes, graphql_type=HomeOfficeCodes),
        "offence_types": strawberry.field(resolver=_offence_types, graphql_type=OffenceTypes),
    }
