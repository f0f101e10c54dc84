"""The schema says what the application can do, all of it."""

from __future__ import annotations

from datetime import date
from typing import Any, get_type_hints

import pytest
from graphql import GraphQLInputObjectType, GraphQLObjectType, GraphQLUnionType, get_named_type

from api.documents import DocumentRefused, Documents
from api.ide.examples import examples
from api.schema.build import COMMANDS, schema, sdl
from api.schema.casework.persons import PERSONAL
from api.schema.dispatching.recommending import SURVEYED
from api.schema.jurisdiction.webhooks import PREPARED, SIGNED
from api.schema.queries import several
from api.schema.things import TYPES, VIEWS
from application.commands import REGISTRY

SCHEMA = schema()._schema


def named(name: str) -> Any:
    kind = SCHEMA.get_type(name)
    assert kind is not None, name
    return kind


def test_every_command_has_a_mutation() -> None:
    assert {id(build) for build in COMMANDS.values()} == {id(build) for build in REGISTRY.values()}, (
        "name it in api/schema/<subject>/mutations.py"
    )
    assert SCHEMA.mutation_type is not None
    assert set(SCHEMA.mutation_type.fields) == {
        *COMMANDS,
        *PERSONAL,
        *PREPARED,
        *SIGNED,
        "requestExport",
        "reportPositions",
        "reportCameraHealth",
        *SURVEYED,
        "signal",
        "carryOut",
    }
    command = named("CommandInput")
    assert set(command.fields) == set(COMMANDS)
    assert "input CommandInput @oneOf {" in sdl()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_mutation_takes_one_input_and_answers_with_a_union(name: str) -> None:
    assert SCHEMA.mutation_type is not None
    field = SCHEMA.mutation_type.fields[name]
    assert list(field.args) == ["input"]
    given = get_named_type(field.args["input"].type)
    assert isinstance(given, GraphQLInputObjectType)
    assert str(given.fields["commandId"].type) == "UUID!"
    assert {"effectiveAt", "deviceAt", "expectedVersion"} <= set(given.fields)
    answer = get_named_type(field.type)
    assert isinstance(answer, GraphQLUnionType)
    payload, *refusals = answer.types
    assert {"position", "recordedAt", "repeated"} < set(payload.fields), "and at least one thing"
    assert all([interface.name for interface in refusal.interfaces] == ["Refusal"] for refusal in refusals)
    assert field.description is not None
    assert any(ord(letter) > 0x4E00 for letter in field.description), "in both languages"


@pytest.mark.parametrize("view", VIEWS.values(), ids=lambda view: view.__name__)
def test_every_view_can_be_read_alone_and_as_a_list(view: Any) -> None:
    kind = TYPES[view].__name__
    name = kind[0].lower() + kind[1:]
    assert SCHEMA.query_type is not None
    assert {name, several(name)} <= set(SCHEMA.query_type.fields)
    kind = named(TYPES[view].__name__)
    assert isinstance(kind, GraphQLObjectType)
    columns = set(get_type_hints(view)) - {"key", "filters", "orders"}
    assert len(kind.fields) >= len(columns)


def test_every_query_of_stored_data_takes_at_least() -> None:
    assert SCHEMA.query_type is not None
    without = {name for name, field in SCHEMA.query_type.fields.items() if "atLeast" not in field.args}
    assert without - {"person", "findPersons", "footageEvidence"} <= {
        "me",  # persons and evidence are told from the log and the vault, which are never behind
        "status",
        "outcomeCodes",
        "homeOfficeCodes",
        "offenceTypes",
        "enumLabels",
        "responsibilities",
    }


def test_the_schema_can_be_printed() -> None:
    assert "type Alarm implements Node {" in sdl()
    assert sdl() == sdl()


FIXED = {
    "contributionTally": """query ($of: String, $since: Date!, $by: ContributionChannel!, $on: Date) {
        contributionTally(organisation: $of, since: $since, by: $by, asOf: $on) { outcome count } }""",
    "solvingRate": """{ solvingRate(period: {from: "2015-04-20", to: "2015-12-31"}, area: {division: "500106"}, types: ["THEFT"],
        definitions: [PERIOD, COHORT, WINDOW_30D, WINDOW_90D, WINDOW_365D], asOf: {position: 123})
        { definition numerator denominator value ci { low high } backlogClearances pending position
          cases(first: 50) { nodes { id number } } } }""",
    "solvingRate at a time": """{ solvingRate(period: {from: "2015-04-20", to: "2015-12-31"}, definitions: [PERIOD],
        asOf: {recordedAt: "2016-01-01T00:00:00+08:00"}, unit: OFFENCE, showSmall: true) { value } }""",
    "responseTimes": """{ responseTimes(period: {from: "2020-01-01", to: "2020-12-31"}, area: {organisation: "X"}, priority: "3",
        basis: FIRST_ARRIVING) { segment p50 p90 n excluded { reason n } runs(first: 5) { nodes { id } } } }""",
    "bridge": """{ bridge(period: {from: "2015-01-01", to: "2015-12-31"}, types: [], from: PERIOD, to: COHORT)
        { item side amount cases(first: 50) { nodes { id number } pageInfo { hasNextPage endCursor } } } }""",
    "cameras": """{ cameraCounts(by: SECTOR, asOf: "2010-06-24") { key count }
        counted: cameraCounts(by: BUILDER, organisation: "X", recordedAsOf: {position: 123}) { key count total share position }
        cameraAcceptance(asOf: "2010-06-24") { standard standardVersion accepted total share }
        cameraOnlineRate(period: {from: "2010-01-01", to: "2010-06-24"}) { online inService share suspended }
        camerasSeeing(place: {longitude: 106.55, latitude: 29.56}, atMost: 5) { distance reason online camera { gb28181Id } } }""",
    "others": """{ alarmCounts(period: {from: "2015-01-01", to: "2015-12-31"}) { alarms reports counted { nodes { id } } }
        caseCounts(period: {from: "2015-01-01", to: "2015-12-31"}) { knownBooked knownRestated cases(measure: CLEARED) { nodes { id } } }
        outcomeMix(period: {from: "2015-01-01", to: "2015-12-31"}) { code labelZh n share cases { nodes { case { state } } } }
        trend(period: {from: "2015-01-01", to: "2015-12-31"}, measure: FILED, granularity: MONTH, byType: true) { start type amount } }""",
}


@pytest.mark.parametrize("text", FIXED.values(), ids=FIXED)
def test_the_fixed_names_of_figures_stand(text: str) -> None:
    Documents(SCHEMA).get(text)


@pytest.mark.parametrize("text", examples(date(2024, 2, 29)))
def test_the_examples_of_the_page_are_valid(text: str) -> None:
    Documents(SCHEMA).get(text)


def test_only_one_time_can_be_asked_for() -> None:
    with pytest.raises(DocumentRefused):
        Documents(SCHEMA).get(FIXED["solvingRate"].replace("position: 123", 'position: 123, recordedAt: "2016-01-01T00:00:00Z"'))
