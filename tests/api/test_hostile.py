"""No document of 64 kB gets further than the door, and nothing is told by trying."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest

from api.documents import DocumentRefused, Documents
from api.schema.build import schema
from tests.api.hostile import STRANGE, mixtures

SCHEMA = schema()._schema


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_a_strange_document_is_refused(text: str) -> None:
    assert len(text.encode()) <= 64 * 1024
    documents = Documents(SCHEMA)
    with pytest.raises(DocumentRefused):
        documents.get(text)
    assert len(documents) == 0, "what was refused takes no memory"


def test_a_mixture_of_them_is_good_or_refused() -> None:
    documents = Documents(SCHEMA)
    for text in mixtures(100):
        with suppress(DocumentRefused):
            documents.get(text)


# --- Nothing is told by trying ------------------------------------------------------------------------------------------

NEARLY = {
    "alarms": "{ alarmz { nodes { id } } }",
    "officer": "{ me { oficer } }",
    "first": "{ alarms(firts: 1) { nodes { id } } }",
    "Alarm ": '{ node(id: "x") { ... on Alram { id } } }',
    "Me": "{ status { ...a } } fragment a on Mee { position }",
    "AlarmId": "query ($a: AlarmD) { me { officer } }",
    "RECEIVED_AT_DESC": "{ alarms(orderBy: RECEIVED_AT_DES) { nodes { id } } }",
    "state": "{ alarms(filter: {stat: RECEIVED}) { nodes { id } } }",
    "@skip": "{ me { officer @skp(if: true) } }",
    "openAlarm": "mutation { openAlram(input: {}) { __typename } }",
    "alarmChanged": "subscription { alarmChange { position } }",
}


@pytest.mark.parametrize("right", NEARLY)
def test_a_misspelled_name_recovers_nothing(right: str) -> None:
    """The name that was meant is not told."""
    with pytest.raises(DocumentRefused) as refused:
        Documents(SCHEMA).get(NEARLY[right])
    told = " ".join(error.message for error in refused.value.errors)
    assert "Did you mean" not in told
    assert not re.search(rf"(?<!\w){re.escape(right.strip())}(?!\w)", told), told
