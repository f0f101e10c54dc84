"""Every event that the domain has can be written and read back; what is not known is refused."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, ClassVar

import hypothesis.strategies as st
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from domain.events import Event
from domain.places import Point
from infrastructure.log.codec import CODEC, Codec, UnknownEvent, UnreadableEvent

KEPT = sorted(CODEC.types(), key=lambda event: event.__name__)

st.register_type_strategy(Point, st.builds(Point, st.floats(-180, 180), st.floats(-90, 90)))
st.register_type_strategy(str, st.text(st.characters(exclude_categories=["Cs"])))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


class Counted(Event):
    """Its first schema had `number`, its second `numbers` without a unit."""

    numbers: tuple[int, ...]
    unit: str

    upcasters: ClassVar[Any] = (
        lambda values: {"numbers": [values["number"]]},
        lambda values: {**values, "unit": "m"},
    )


def descendants(event: type[Event]) -> set[type[Event]]:
    return {each for child in event.__subclasses__() for each in {child, *descendants(child)}}


def test_every_event_of_the_domain_is_kept():
    assert {event for event in descendants(Event) if event.__module__.startswith("domain.")} == set(KEPT)


@pytest.mark.parametrize("event", KEPT, ids=lambda event: event.__name__)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_event_reads_back_from_json(event, data):
    made = data.draw(st.builds(event))
    name, schema, written = CODEC.encode(made)
    json.loads(written)
    read = CODEC.decode(1, name, schema, written)
    assert (type(read), read) == (event, made)
    assert all(type(getattr(read, field)) is type(getattr(made, field)) for field in event.__dataclass_fields__)


def test_older_schemas_are_brought_up_step_by_step():
    codec = Codec([Counted])
    present = Counted(numbers=(3,), unit="m")
    assert codec.encode(present)[:2] == ("Counted", 3)
    assert codec.decode(1, "Counted", 1, b'{"number":3}') == present
    assert codec.decode(1, "Counted", 2, b'{"numbers":[3]}') == present
    assert codec.decode(1, *codec.encode(present)) == present
    assert msgspec.json.decode(codec.present("Counted", 1, b'{"number":3}')) == {"numbers": [3], "unit": "m"}


@pytest.mark.parametrize("schema", [0, 4])
def test_a_schema_that_is_not_known_is_refused(schema):
    with pytest.raises(UnreadableEvent, match=f"position 7 cannot be read as Counted: its schema is {schema}, this program knows 3"):
        Codec([Counted]).decode(7, "Counted", schema, b"{}")


def test_a_type_that_is_not_known_is_refused():
    with pytest.raises(UnknownEvent, match="position 7 is of the unknown type Counted"):
        CODEC.decode(7, "Counted", 1, b"{}")
    with pytest.raises(UnknownEvent, match="Counted"):
        CODEC.encode(Counted(numbers=(), unit="m"))


def test_what_does_not_fit_its_type_is_refused():
    with pytest.raises(UnreadableEvent, match="position 7 cannot be read as DivisionRenamed"):
        CODEC.decode(7, "DivisionRenamed", 1, b'{"name_en":1}')
    with pytest.raises(UnreadableEvent, match="position 7"):
        CODEC.decode(7, "DivisionRenamed", 1, b"not json")


def test_two_types_of_one_name_are_refused():
    with pytest.raises(ValueError, match="two event types are called Counted"):
        Codec([Counted, Counted])
