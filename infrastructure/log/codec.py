"""How events become JSON and events again: a closed set of types, each with its schema version and its upcasters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Any

import msgspec

import domain.casework.events
import domain.dispatching.events
import domain.jurisdiction.events
import domain.oversight.events
import domain.surveillance.events
from domain.events import Event
from domain.rules import Rejected

STORED: tuple[ModuleType, ...] = (
    domain.casework.events,
    domain.dispatching.events,
    domain.jurisdiction.events,
    domain.oversight.events,
    domain.surveillance.events,
)
"""The pages whose events are kept. A type that stands on none of them is neither written nor read."""


class UnknownEvent(Exception):  # noqa: N818 - it reads as the sentence that the operator is shown
    """An event's type is not among those that are kept."""


class UnreadableEvent(Exception):  # noqa: N818 - it reads as the sentence that the operator is shown
    """A stored event does not fit its type."""


class Encoded(Event):
    """An event of another application, encoded already; it can be written but is of no type we read."""

    type: str
    data: bytes


class Codec:
    """Encodes by class, decodes by bare name."""

    def __init__(self, events: Iterable[type[Event]]) -> None:
        self._encode = msgspec.json.Encoder().encode
        self._schemas: dict[type[Event], tuple[str, int]] = {}
        self._decoders: dict[str, tuple[type[Event], int, msgspec.json.Decoder[Any]]] = {}
        for event in events:
            name, schema = event.__name__, 1 + len(event.upcasters)
            if name in self._decoders:
                raise ValueError(f"two event types are called {name}")
            self._schemas[event] = name, schema
            self._decoders[name] = event, schema, msgspec.json.Decoder(event)

    def encode(self, event: Event) -> tuple[str, int, bytes]:
        """The event's type, its schema version and its values."""
        known = self._schemas.get(type(event))
        if known is None:
            if isinstance(event, Encoded):
                return event.type, 1, event.data
            raise UnknownEvent(f"{type(event).__name__} is not a type of event that is kept")
        return (*known, self._encode(event))

    def decode(self, position: int, name: str, schema: int, data: bytes) -> Event:
        known = self._decoders.get(name)
        if known is None:
            raise UnknownEvent(f"the event at position {position} is of the unknown type {name}; a newer program may have written it")
        event, current, decoder = known
        try:
            if schema == current:
                return decoder.decode(data)  # type: ignore[no-any-return]  # the decoder was made for the event's type
            return _upcast(event, schema, current, data)
        except (msgspec.MsgspecError, ValueError, Rejected) as error:
            raise UnreadableEvent(f"the event at position {position} cannot be read as {name}: {error}") from error

    def read(self, name: str, data: bytes) -> Event:
        """An event of the present schema that stands nowhere yet."""
        return self.decode(0, name, self._decoders[name][1] if name in self._decoders else 1, data)

    def present(self, name: str, schema: int, data: bytes) -> bytes:
        """The event's values by the present schema."""
        known = self._decoders.get(name)
        return data if known is None or known[1] == schema else self._encode(self.decode(0, name, schema, data))

    def types(self) -> Iterator[type[Event]]:
        return iter(self._schemas)


def _upcast(event: type[Event], schema: int, current: int, data: bytes) -> Event:
    if not 1 <= schema < current:
        raise ValueError(f"its schema is {schema}, this program knows {current}")
    values = msgspec.json.decode(data)
    for upcast in event.upcasters[schema - 1 :]:
        values = upcast(values)
    return msgspec.convert(values, event)


def stored_events() -> Iterator[type[Event]]:
    for page in STORED:
        for thing in vars(page).values():
            if isinstance(thing, type) and issubclass(thing, Event) and thing.__module__.startswith(page.__name__):
                yield thing


CODEC = Codec(stored_events())
