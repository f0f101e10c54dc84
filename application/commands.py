"""A command is a value: which things it changes and how each decides. The desk carries it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from hashlib import sha256
from inspect import Parameter, signature
from typing import Any, NamedTuple, ParamSpec, TypeVar
from uuid import UUID

from domain.aggregates import Act, Aggregate, Decision
from domain.events import Event
from domain.ids import CameraId, DivisionCode, DivisionId, LegalBasisId, OrganisationId
from domain.jurisdiction.events import CodeScope, LimitScope

A = TypeVar("A", bound=Aggregate)
P = ParamSpec("P")

Look = tuple[type[Aggregate], UUID]
"""A thing that a decision wants to see without changing it."""


@dataclass(frozen=True, slots=True)
class NamedDivision:
    """`field` is the input that holds the code; `on` is the day that counts where it is not the effective one."""

    field: str
    code: DivisionCode
    on: date | None = None


@dataclass(frozen=True, slots=True)
class NamedDivisionId:
    """The same by its id, for its code may have been another one's."""

    field: str
    code: DivisionId
    on: date | None = None


@dataclass(frozen=True, slots=True)
class NamedOrganisation:
    field: str
    code: OrganisationId
    on: date | None = None


@dataclass(frozen=True, slots=True)
class NamedLegalBasis:
    field: str
    code: LegalBasisId
    on: date | None = None


@dataclass(frozen=True, slots=True)
class NamedCamera:
    field: str
    code: CameraId
    on: date | None = None


@dataclass(frozen=True, slots=True)
class NamedUnitState:
    field: str
    code: str
    on: date | None = None


Named = NamedDivision | NamedDivisionId | NamedOrganisation | NamedLegalBasis | NamedCamera | NamedUnitState


class Step(NamedTuple):
    """One thing and what it decides. A new thing has no state yet: its decision is given None.

    So is that of a thing that is only `perhaps` there, for it comes to be with its first event, whoever that is.
    """

    aggregate: type[Aggregate]
    id: UUID
    decide: Callable[[Any, Act], Decision]
    new: bool = False
    perhaps: bool = False


class Command(NamedTuple):
    """Steps that happen together or not at all. `subject` is the thing an expected version speaks of.

    `reads` are the positions of records that a decision wants to see; what was recorded never changes. `names` are codes
    that must mean something on the day. `levels` are units whose station is asked for, with all that stands above it.
    `limits`: the limits of response in force are asked for; `scopes`: the time limits or codes in force of these scopes, where
    it reads records as what they tell took effect.
    """

    steps: tuple[Step, ...]
    looks: tuple[Look, ...] = ()
    name: str = ""
    content: bytes = b""
    reads: tuple[int, ...] = ()
    names: tuple[Named, ...] = ()
    levels: tuple[UUID, ...] = ()
    limits: bool = False
    scopes: tuple[LimitScope | CodeScope, ...] = ()

    def __and__(self, other: Command) -> Command:
        """Both or neither. Commands that have names keep them, joined."""
        name = f"{self.name} & {other.name}" if self.name and other.name else ""
        content = sha256(self.content + other.content).digest() if name else b""
        return Command(
            self.steps + other.steps,
            self.looks + other.looks,
            name,
            content,
            self.reads + other.reads,
            self.names + other.names,
            self.levels + other.levels,
            self.limits or other.limits,
            self.scopes + other.scopes,
        )

    @property
    def subject(self) -> UUID:
        return self.steps[0].id


def change(kind: type[A], id: UUID, decide: Callable[[A, Act], Decision], *, looks: tuple[Look, ...] = ()) -> Command:
    """A thing that exists decides."""
    return Command((Step(kind, id, decide),), looks)


def keep(kind: type[A], id: UUID, decide: Callable[[A | None, Act], Decision]) -> Command:
    """A thing that is there from its first event on decides; until then it is None."""
    return Command((Step(kind, id, decide, perhaps=True),))


def begin(
    kind: type[A],
    id: UUID,
    event: Event | Callable[[Act], Decision],
    *,
    looks: tuple[Look, ...] = (),
    reads: tuple[int, ...] = (),
) -> Command:
    """A new thing begins with its first event."""

    def decide(_none: object, act: Act) -> Decision:
        return event if isinstance(event, Event) else event(act)

    return Command((Step(kind, id, decide, new=True),), looks, reads=reads)


REGISTRY: dict[str, Callable[..., Command]] = {}
"""Every command by its name, as `cases.clear`: what the API must offer and what the log names."""


def command(build: Callable[P, Command]) -> Callable[P, Command]:
    """Offer a command to people: it gets a mutation of its own."""
    named = internal(build)
    REGISTRY[name_of(build)] = named
    return named


def internal(build: Callable[P, Command]) -> Callable[P, Command]:
    """Name a command after its function and give it a fingerprint of its arguments, so that a repeat is known.

    Standing alone it marks a command that only policies, duties and other commands give, for they did the checking.
    """
    name = name_of(build)
    parameters = signature(build).parameters
    ordered = sorted(parameters)
    defaults = {each.name: each.default for each in parameters.values() if each.default is not Parameter.empty}
    called = repr((name, *ordered)).encode()

    @wraps(build)
    def named(*args: P.args, **kwargs: P.kwargs) -> Command:
        arguments = {**defaults, **dict(zip(parameters, args, strict=False)), **kwargs} if args else {**defaults, **kwargs}
        built = build(*args, **kwargs)
        return built._replace(name=name, content=_fingerprint(called, [arguments[each] for each in ordered]))

    return named


def _fingerprint(called: bytes, values: Iterable[Any]) -> bytes:
    """What is called with which values. Ids go by their numbers, which are written much faster and mean the same."""
    written = [value.int if isinstance(value, UUID) else value for value in values]
    return sha256(called + repr(written).encode()).digest()


def name_of(build: Callable[..., Command]) -> str:
    """What a command is called, as `cases.clear`."""
    return f"{build.__module__.rpartition('.')[2]}.{build.__name__}"
