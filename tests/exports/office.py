"""Asking for exports, waiting for them and taking them away, as a client does."""

from __future__ import annotations

import asyncio
import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx

from application.commands import Command
from application.dispatching import alarms
from application.jurisdiction import area_groups, boundaries, code_lists, legal_bases, limit_sets, populations, service_levels, webhooks
from application.requests import Done, Request
from domain.areas import Area
from domain.dispatching.events import IntakeKind, ReportSource
from domain.ids import AlarmId, ApiKeyId, CommandId, DivisionCode, OfficerId, OrganisationId, ReportId, WebhookId
from domain.jurisdiction.events import CodeEntry, CodeScope, LegalBasisKind, LimitScope, PopulationKind, ResponseLimit, TimeLimit
from domain.jurisdiction.limit_set import MATTERS
from infrastructure.identity.keys import new_key
from tests.access import twins
from tests.access.twins import FIRST
from tests.api.serving import Client, Served, new_id

NORTH, SOUTH = "N1", "S1"
TYPES = (CodeEntry("THEFT", "Theft", "盗窃"),)
KEPT = tuple(TimeLimit(matter, 30) for matter in MATTERS[LimitScope.RETENTION])
CORNERS = (106.0, 29.0), (107.0, 29.0), (107.0, 30.0), (106.0, 30.0), (106.0, 29.0)
THEFT = [{"type": "THEFT", "count": 1}]

SHOWN = """{ id state list query variables document purpose requestedBy role began position rows bytes digest expiresAt reason
    downloadedAt url progress { rows bytes share } }"""
LOOK = f"query ($id: ExportId!) {{ export(id: $id) {SHOWN} }}"
ASK = """mutation ($input: RequestExportInput!) { requestExport(input: $input) { __typename
        ... on RequestExportPayload { position repeated export { id state } } ... on Refusal { code message messageZh field } } }"""
SECONDS = 60


def asked(client: Client, query: str | None, *, purpose: str = "audit", **given: Any) -> dict[str, Any]:
    """What the mutation answers."""
    values = {"commandId": new_id(), "export": new_id(), "purpose": purpose, "query": query, **given}
    answer: dict[str, Any] = client.ask(ASK, input=values)["requestExport"]
    return answer


def begun(client: Client, query: str | None, **given: Any) -> str:
    """The id of an export that was accepted."""
    answer = asked(client, query, **given)
    assert answer["__typename"] == "RequestExportPayload", answer
    return str(answer["export"]["id"])


def look(client: Client, id: str) -> dict[str, Any]:
    found: dict[str, Any] = client.ask(LOOK, id=id)["export"]
    return found


def ended(client: Client, id: str) -> dict[str, Any]:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        found = look(client, id)
        if found["state"] != "RUNNING":
            return found
        time.sleep(0.05)
    raise TimeoutError(f"the export goes on: {found}")


def taken(client: Client, id: str, **headers: str) -> httpx.Response:
    return client.http.get(f"{client.address}/exports/{id}", headers={"Authorization": f"Bearer {client.token}", **headers})


def lines(content: bytes) -> list[Any]:
    assert content == b"" or content.endswith(b"\n")
    return [json.loads(line) for line in content.splitlines()]


def exported(client: Client, query: str, **given: Any) -> list[Any]:
    """The rows of an export, from the request to the download."""
    id = begun(client, query, **given)
    found = ended(client, id)
    assert found["state"] == "COMPLETED", found
    response = taken(client, id)
    assert response.status_code == 200, response.text
    return lines(response.content)


def lived(city: Served) -> None:
    """A bureau with a station, alarms, a unit that is sent, cases with an approval and a correction, a key, and emergency access."""
    owner = city.client("owner")
    places = {"CQ": None, "N": "CQ", "S": "CQ", NORTH: "N", SOUTH: "S"}
    kinds = {"CQ": "CITY_BUREAU", "N": "SUB_BUREAU", "S": "SUB_BUREAU"}
    for code, parent in places.items():
        names = {"nameEn": code, "nameZh": code, "division": "500103", "validFrom": "2020-01-01", "parent": parent}
        done(owner, "establishOrganisation", organisation=code, kind=kinds.get(code, "STATION"), **names)
    calls = raised(city, *(NORTH if number % 3 else SOUTH for number in range(130)))
    unit = new_id()
    done(owner, "registerUnit", unit=unit, callSign="N-1", kind="CAR", station=NORTH)
    done(owner, "signOnUnit", unit=unit, crew=["O-1"])
    done(owner, "sendOrder", order=new_id(), alarm=calls[1], unit=unit)
    cases = [registered(owner, NORTH if number % 2 else SOUTH, calls[number]) for number in range(9)]
    filed(owner, cases[0])
    done(owner, "clearCase", case=cases[0], request=new_id(), kind="OTHER", outcome="COMMUNITY_RESOLUTION")
    corrected(owner, cases[1])
    key(city)
    (held,) = owner.ask("{ apiKeys { nodes { uuid } } }")["apiKeys"]["nodes"]
    told = "subscription { events { type } }"
    carried_out(city, webhooks.register(WebhookId(uuid4()), ApiKeyId(UUID(held["uuid"])), "told", "https://told.example/", told))
    done(owner, "breakGlass", grant=new_id(), case=cases[2], purpose="a life is at stake")


def governed(city: Served) -> None:
    """Some of everything that a city is watched and governed with; a second time it changes nothing."""
    station, since = OrganisationId(NORTH), FIRST.date()
    limits = (ResponseLimit(priority="1", acknowledgement=60),)
    acts = [
        *(
            twins.Act("", lambda _, each=each: each)
            for each in (  # type: ignore[misc]  # bound here
                area_groups.establish(twins.named("office", "group"), "MAIN", "Main", "主城", since, (station,)),
                boundaries.draw_organisation(station, Area(((CORNERS,),)), since),
                populations.record(DivisionCode("500103"), 2024, PopulationKind.RESIDENT, 630_000, "yearbook"),
                legal_bases.enact(twins.named("office", "decree"), "O-230", LegalBasisKind.DECREE, "Order 230", "市长令第230号", since),
                limit_sets.draft(twins.named("office", "limits"), "kept-1", LimitScope.RETENTION, KEPT),
                code_lists.draft(twins.named("office", "codes"), "types-1", CodeScope.ALARM_TYPE, TYPES),
                service_levels.draft(twins.named("office", "level"), "2026-1", limits),
            )
        ),
        *twins.dispatching("office", station),
        *twins.surveillance("office", station),
        *twins.governing("office", station),
        *twins.alarmed("office", station),
        *twins.surveying(),
        *twins.planning(),
        *twins.responding("office", "waiting alarm"),
        *twins.caring("office", station),
        *twins.patrolling("office", station),
        *twins.deploying("office", station),
        *twins.fetching("office", twins.named("office", "camera"), twins.named("office", "decree"), alarm=twins.named("office", "alarm")),
    ]
    requests = [
        Request(
            command=act.command(None),  # type: ignore[arg-type]  # none of these looks at the city
            command_id=CommandId(uuid5(twins.NAMES, f"office/{number}")),
            by=act.by,
            organisation=act.at,
            effective_at=FIRST + timedelta(hours=number),
        )
        for number, act in enumerate(acts)
    ]
    with ThreadPoolExecutor(1) as aside:
        answers = aside.submit(asyncio.run, city.tocsin.desk.carry_out_in_order(requests)).result()
    assert [each for each in answers if not isinstance(each, Done)] == []
    deadline = time.monotonic() + SECONDS
    while city.client("owner").ask("{ shifts(filter: {state: [PLANNED]}) { nodes { id } } }")["shifts"]["nodes"]:
        assert time.monotonic() < deadline, "the clock has not missed the shift that is long over"
        time.sleep(0.05)


def done(client: Client, mutation: str, **given: Any) -> dict[str, Any]:
    """Carried out; a refusal fails the test."""
    answer = client.do(mutation, **given)
    assert answer["__typename"].endswith("Payload"), (mutation, answer)
    return answer


def raised(city: Served, *stations: str) -> list[str]:
    """An alarm at each of them, all in one commit."""
    ids = [AlarmId(UUID(new_id())) for _ in stations]
    carried_out(city, *map(_opened, ids, stations))
    return [str(id) for id in ids]


def _opened(id: AlarmId, station: str) -> Command:
    report, source = ReportId(uuid4()), ReportSource.CALL_110
    return alarms.open(id, report, source, IntakeKind.ALARM, DivisionCode("500103"), OrganisationId(station))


def carried_out(city: Served, *commands: Command) -> None:
    """By the desk itself, in one commit."""
    requests = [
        Request(command=each, command_id=CommandId(uuid4()), by=OfficerId("owner"), organisation=OrganisationId("CQ")) for each in commands
    ]
    with ThreadPoolExecutor(1) as aside:
        answers = aside.submit(asyncio.run, city.tocsin.desk.carry_out_in_order(requests)).result()
    assert [each for each in answers if not isinstance(each, Done)] == []


def registered(client: Client, station: str, alarm: str | None = None) -> str:
    id = new_id()
    given = {"number": f"A-{id}", "division": "500103", "station": station, "offences": THEFT, "alarm": alarm}
    done(client, "registerCase", case=id, **given)
    return id


def filed(client: Client, case: str) -> int:
    """The position of the filing."""
    done(client, "acceptCase", case=case)
    return int(done(client, "fileCase", case=case, offences=THEFT)["position"])


def corrected(client: Client, case: str) -> str:
    """It is filed, and a correction of when is asked for."""
    id = new_id()
    given = {"subject": "CASE", "case": case, "fact": "FILED_AT", "corrects": filed(client, case), "reason": "typed late"}
    done(client, "askForCorrection", correction=id, **given, instant=datetime.now(UTC).isoformat())
    return id


def key(city: Served, *, until: datetime | None = None) -> Client:
    """The holder of a key that reads everything of the north."""
    made, owner = new_key(), city.client("owner")
    given = {"prefix": made.prefix, "digest": made.digest, "label": "statistics", "organisations": [NORTH], "actions": ["READ"]}
    expires = until or datetime.now(UTC) + timedelta(days=1)
    done(owner, "issueApiKey", key=new_id(), **given, expiresAt=expires.isoformat())
    return replace(owner, token=made.text)
