"""What the API is given to work with: ports only, and its settings."""

from __future__ import annotations

from dataclasses import dataclass, field

from application.desk import Desk
from application.feed import Feed
from application.identity import Identity
from application.oversight.statistics import Statistics
from application.ports import Clock
from application.views import ReadModels


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiSettings:
    """In development the page of GET /graphql is filled in with a token, which whoever reaches the port can then read.

    `patience` is how long a query waits for the position it asked for, `deadline` how long it may take, in seconds.
    """

    development: bool = False
    token: str | None = None
    patience: float = 0.5
    deadline: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    desk: Desk
    read_models: ReadModels
    statistics: Statistics
    feed: Feed
    identity: Identity
    clock: Clock
    settings: ApiSettings = field(default_factory=ApiSettings)
