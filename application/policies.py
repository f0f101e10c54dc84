"""A policy answers a fact with a command; here is which policies answer which events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from application.commands import Command
from domain.events import Event, Recorded
from domain.rules import Rejected

E = TypeVar("E", bound=Event)


@dataclass(frozen=True, slots=True)
class Undecided:
    """A command that hangs on how things stand: who carries it out has its question answered in that moment."""

    command: Command
    question: object


Answer = Callable[[Recorded[E]], Command | Undecided | None]
Refused = Callable[[Recorded[E], Rejected], Command | None]
"""What follows where the answer was refused."""


@dataclass(frozen=True, slots=True)
class Policy:
    """`name` is stable: with the event's position it makes the command id, so that a second run changes nothing."""

    name: str
    answer: Callable[[Recorded[Any]], Command | Undecided | None]
    refused: Callable[[Recorded[Any], Rejected], Command | None] | None = None


POLICIES: dict[type[Event], list[Policy]] = {}
"""Every policy by the event it answers; the subjects' `policies` modules fill it as they are read."""


def whenever(*events: type[E], refused: Refused[E] | None = None) -> Callable[[Answer[E]], Answer[E]]:
    """Answer these events, and say what follows where a rule stands against the answer."""

    def register(answer: Answer[E]) -> Answer[E]:
        policy = Policy(f"{answer.__module__.removeprefix('application.')}.{answer.__name__}", answer, refused)
        for event in events:
            POLICIES.setdefault(event, []).append(policy)
        return answer

    return register
