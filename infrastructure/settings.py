"""Settings, read once from the environment."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::\d{1,5})?", re.ASCII)


class SettingRefused(Exception):  # noqa: N818 - it reads as the sentence that the operator is shown
    """A setting cannot be understood; the message is one line for the operator."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Each field is the variable `TOCSIN_` and its name: TOCSIN_DATABASE, TOCSIN_ZONE."""

    database: str = "sqlite:///tocsin.sqlite"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    """Business days begin and end here."""
    host: str = "127.0.0.1"
    port: int = 8000
    development: bool = False
    """Whether the development issuer is trusted, whose key stands in `development_key`."""
    development_key: Path = Path("development-key.json")
    oidc_issuer: str | None = None
    """Whose tokens are taken, as the provider itself names it: https://id.example/realms/police."""
    oidc_audience: str | None = None
    oidc_keys: str | None = None
    """Where the provider's keys are; by default where its discovery document says."""
    oidc_officer_claim: str = "sub"
    oidc_organisation_claim: str = "organisation"
    oidc_role_claim: str = "realm_access.roles"
    vault_key: Path | None = None
    """The key of the vault for personal data; in development a file beside the SQLite database."""
    webhook_hosts: frozenset[str] = frozenset()
    """Where webhooks may deliver: `host` for the usual port, or `host:port`, separated by commas; nowhere else."""
    webhook_patience: float = 24.0
    """Hours of failure after which a webhook is paused."""
    hardened: bool = False
    """No introspection, no page for people, nothing by GET that is not trusted."""
    trusted_documents: Path | None = None
    """A manifest of documents by their hash."""
    trusted_only: bool = False
    """No documents but those of the manifest."""
    budget: int = 1_000_000
    """Points of cost that each principal may ask for within ten seconds."""
    exports: int = 3
    """Exports of one asker that may go on at a time."""
    export_rows: int = 1_000_000
    """Rows of one export."""
    export_bytes: int = 1_000_000_000
    """Bytes of one export."""
    export_hours: int = 24
    """How long an export may take, and how long it is kept after that."""
    track_days: int = 30
    """How long the tracks of units are kept."""
    footage_days: int = 30
    """How long footage is kept at least (Order 230 of 2009, art. 18), where no limit of retention is active."""
    important_footage_days: int = 730
    """The same for important material."""
    position_ahead: float = 60.0
    """Seconds by which the clock of a receiver may run ahead."""
    position_limit: float = 300.0
    """Seconds after which a position is too old for a recommendation."""
    unit_speed: float = 40.0
    """Kilometres an hour at which units are taken to travel in a straight line."""
    signal_window: float = 1_800.0
    """Seconds after an alarm in which a further signal of the same device and zone is taken for the same happening."""
    simulator: bool = True
    """Whether the demo city that `tocsin serve --demo` shows goes on living."""
    simulated_alarms: int = 1_440
    """Alarms of one of its days."""
    boundary_tolerance: float = 20.0
    """Metres of width up to which ground that two boundaries share comes of drawing one edge twice."""
    linked_cameras: int = 12
    """Cameras that are linked to an alarm by itself."""
    linkage_late: float = 600.0
    """Seconds after which an alarm that is recorded is looked at by no camera any more, and nothing is proposed to it."""
    duplicate_radius: float = 300.0
    """Metres within which two alarms may be one happening."""
    duplicate_window: float = 900.0
    """Seconds within which they may be."""
    duplicate_score: int = 60
    """Points of 100 from which on they are suggested as one."""
    drain: float = 1.0
    """Seconds between not being ready any more and taking leave: what spreads the load has to notice."""

    @classmethod
    def read(cls, environment: Mapping[str, str] = os.environ) -> Self:
        given = {name: environment[f"TOCSIN_{name.upper()}"] for name in cls.__slots__ if environment.get(f"TOCSIN_{name.upper()}")}
        return cls(**{name: _understood(name, value) for name, value in given.items()})


def _understood(name: str, value: str) -> Any:  # the fields' types differ
    try:
        match name:
            case "zone":
                return ZoneInfo(value)
            case _ if name in _READ:
                return _READ[name](value)
            case "development_key" | "vault_key" | "trusted_documents":
                return Path(value)
            case "development" | "hardened" | "trusted_only" | "simulator":
                return {"0": False, "no": False, "1": True, "yes": True}[value.lower()]
            case _:
                return value
    except (ValueError, KeyError, ZoneInfoNotFoundError):
        raise SettingRefused(f"TOCSIN_{name.upper()} cannot be {value}") from None


def _hosts(text: str) -> frozenset[str]:
    hosts = frozenset(each.strip() for each in text.lower().split(",")) - {""}
    if not all(map(_HOST.fullmatch, hosts)):
        raise ValueError
    return hosts


def _positive(text: str) -> float:
    value = float(text)
    if not 0 < value < inf:
        raise ValueError
    return value


def _countable(text: str) -> int:
    """At least one, and no more than the API's whole numbers hold."""
    value = int(text)
    if not 1 <= value < 1 << 31:
        raise ValueError
    return value


_READ: dict[str, Callable[[str], Any]] = {
    "port": int,
    "drain": float,
    "budget": _countable,
    "exports": _countable,
    "export_rows": _countable,
    "export_bytes": _countable,
    "export_hours": _countable,
    "track_days": _countable,
    "simulated_alarms": _countable,
    "footage_days": _countable,
    "important_footage_days": _countable,
    "position_ahead": _positive,
    "position_limit": _positive,
    "unit_speed": _positive,
    "signal_window": _positive,
    "boundary_tolerance": _positive,
    "linked_cameras": _countable,
    "linkage_late": _positive,
    "duplicate_radius": _positive,
    "duplicate_window": _positive,
    "duplicate_score": _countable,
    "webhook_patience": _positive,
    "webhook_hosts": _hosts,
}
