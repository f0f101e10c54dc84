"""Officers of the demo city, one for each role, so that everybody's view of it can be tried. None of them exists."""

from __future__ import annotations

from dataclasses import dataclass

from application.identity import Role
from domain.ids import OfficerId, OrganisationId
from infrastructure.demo.city import BUREAU

SUB_BUREAU = OrganisationId("DEMO-500103")
STATION = OrganisationId("DEMO-500103-01")


@dataclass(frozen=True, slots=True)
class DemoOfficer:
    id: OfficerId
    organisation: OrganisationId
    role: Role


def _officer(role: Role, organisation: OrganisationId) -> DemoOfficer:
    return DemoOfficer(OfficerId(f"demo-{role.value.lower().replace('_', '-')}"), organisation, role)


OFFICERS: dict[str, DemoOfficer] = {
    each.id: each
    for each in (
        _officer(Role.CITY_HEAD, BUREAU),
        _officer(Role.SUB_BUREAU_HEAD, SUB_BUREAU),
        _officer(Role.STATION_HEAD, STATION),
        _officer(Role.INTAKE, SUB_BUREAU),
        _officer(Role.DISPATCHER, SUB_BUREAU),
        _officer(Role.UNIT_OFFICER, STATION),
        _officer(Role.INVESTIGATOR, STATION),
        _officer(Role.VIDEO_OFFICE, BUREAU),
        _officer(Role.GOVERNANCE_OFFICE, BUREAU),
        _officer(Role.AUDITOR, BUREAU),
        _officer(Role.SYSTEM_ADMINISTRATOR, BUREAU),
        _officer(Role.SECURITY_ADMINISTRATOR, BUREAU),
        _officer(Role.AUDIT_ADMINISTRATOR, BUREAU),
    )
}
