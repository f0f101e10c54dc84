"""A sealed case is in no export: not where it was sealed before, nor where it is sealed while the export waits to be taken."""

from __future__ import annotations

import asyncio

import pytest

from application.identity import Role
from domain.ids import OrganisationId
from tests.api.serving import Client, Served, new_id, told
from tests.exports.office import NORTH, begun, corrected, done, lines, look, raised, registered, taken

NORTHERN = OrganisationId(NORTH)
TELLING = {
    "cases": "{ cases { nodes { number } } }",
    "alarms": "{ alarms { nodes { case { number } } } }",
    "alarms by id": "{ alarms { nodes { caseId } } }",
    "approvals": "{ approvals { nodes { kind } } }",
    "corrections": "{ corrections { nodes { reason } } }",
    "events": "{ events { nodes { type } } }",
    "histories": "{ cases { nodes { history { nodes { type } } } } }",
    "events of corrections": '{ events(types: ["CorrectionRejected"]) { nodes { type } } }',
}
"""Queries that tell of a case without selecting its id."""


class Office:
    """A case of which all of these queries tell, and those who ask."""

    def __init__(self, city: Served) -> None:
        self.city = city
        owner = city.client("owner")
        for code, kind, parent in (("CQ", "CITY_BUREAU", None), ("N", "SUB_BUREAU", "CQ"), (NORTH, "STATION", "N")):
            names = {"nameEn": code, "nameZh": code, "division": "500103", "validFrom": "2020-01-01", "parent": parent}
            done(owner, "establishOrganisation", organisation=code, kind=kind, **names)
        self.owner = owner
        self.li, self.head = city.client("li", Role.INVESTIGATOR, NORTHERN), city.client("head", Role.STATION_HEAD, NORTHERN)
        (alarm,) = raised(city, NORTH)
        self.case, self.other = registered(owner, NORTH, alarm), registered(owner, NORTH)
        self.correction = corrected(owner, self.case)
        done(owner, "clearCase", case=self.case, request=new_id(), kind="OTHER", outcome="COMMUNITY_RESOLUTION")
        done(city.client("somebody"), "rejectCorrection", correction=self.correction, reason="it was right")

    def exported(self, client: Client, query: str) -> str:
        id = begun(client, query)
        self.city.tocsin.projector.catch_up()
        asyncio.run(self.city.tocsin.exporter().catch_up())
        assert look(client, id)["state"] == "COMPLETED"
        return id


@pytest.fixture
def office(waiting: Served) -> Office:
    return Office(waiting)


def test_a_case_that_is_sealed_is_not_in_it(office: Office) -> None:
    done(office.head, "sealCase", case=office.case, reason="informant")
    for query in TELLING.values():
        id = office.exported(office.li, query)
        content = taken(office.li, id).content
        assert office.case.replace("-", "") not in content.decode().replace("-", "")
        assert all(event not in content.decode() for event in ("CaseSealed", "CorrectionRejected", "ApprovalRequested"))
    numbers = {row["number"] for row in lines(taken(office.li, office.exported(office.li, TELLING["cases"])).content)}
    assert numbers == {f"A-{office.other}"}


@pytest.mark.parametrize("query", TELLING.values(), ids=TELLING)
def test_one_that_is_sealed_afterwards_takes_the_export_along(office: Office, query: str) -> None:
    id = office.exported(office.li, query)
    assert taken(office.li, id).status_code == 200
    assert lines(taken(office.li, id).content), "it tells something"
    done(office.head, "sealCase", case=office.case, reason="informant")
    response = taken(office.li, id)
    assert (response.status_code, response.json()) == (404, taken(office.li, new_id()).json()), "as if it were not there"


def test_what_does_not_tell_of_it_stays(office: Office) -> None:
    units, other = (
        office.exported(office.li, "{ units { nodes { id } } }"),
        f'{{ cases(filter: {{number: ["A-{office.other}"]}}) {{ nodes {{ id }} }} }}',
    )
    rest = office.exported(office.li, other)
    done(office.head, "sealCase", case=office.case, reason="informant")
    assert [taken(office.li, id).status_code for id in (units, rest)] == [200, 200]


def test_who_has_a_grant_takes_it_as_long_as_that_is_good(office: Office) -> None:
    done(office.head, "sealCase", case=office.case, reason="informant")
    grant = new_id()
    done(office.li, "breakGlass", grant=grant, case=office.case, purpose="a life is at stake")
    id = office.exported(office.li, TELLING["cases"])
    assert len(lines(taken(office.li, id).content)) == 2
    done(office.owner, "endAccess", grant=grant, reason="enough")
    assert taken(office.li, id).status_code == 404


def test_a_seal_that_is_lifted_gives_it_back(office: Office) -> None:
    id = office.exported(office.li, TELLING["cases"])
    done(office.head, "sealCase", case=office.case, reason="informant")
    assert taken(office.li, id).status_code == 404
    done(office.owner, "unsealCase", case=office.case, reason="over")
    assert taken(office.li, id).status_code == 200


def test_who_watches_over_grants_sees_which_cases_they_open(office: Office) -> None:
    done(office.head, "sealCase", case=office.case, reason="informant")
    done(office.li, "breakGlass", grant=new_id(), case=office.case, purpose="a life is at stake")
    auditor = office.city.client("audit", Role.AUDITOR, OrganisationId("CQ"))
    id = office.exported(auditor, "{ grants { nodes { caseId purpose } } }")
    assert [row["caseId"] for row in lines(taken(auditor, id).content)] == [told("case", office.case)]
