"""What the API is given to work with: ports only, and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from application.access import Access, SeenFigures, SeenRows
from application.casework.vault import Vault
from application.courses import Courses
from application.desk import Desk
from application.dispatching.deployment import SeenDeployment
from application.dispatching.positions import Positions
from application.dispatching.rates import SeenLinkage
from application.dispatching.recommending import Surveyor
from application.feed import Feed
from application.identity import Identity
from application.jurisdiction.bounded import Gazetteer
from application.live import Hub
from application.oversight.exports import Exported
from application.ports import Clock
from application.surveillance.questions import SeenSurveillance
from application.surveillance.signals import Receiver
from application.surveillance.staffing import SeenStaffing
from application.webhooks import Webhooks


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """How much of the API those may use who may come in.

    `hardened` leaves out introspection, the page for people, and queries by GET other than trusted ones. `documents` are the trusted
    documents by their hash; with `trusted_only` there are no others.
    """

    hardened: bool = False
    documents: Mapping[str, str] = field(default_factory=dict[str, str])
    trusted_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiSettings:
    """In development the page of GET /graphql is filled in with a token, which whoever reaches the port can then read.

    `patience` is how long a query waits for the position it asked for, `deadline` how long it may take, in seconds; `budget` how
    many points of cost a principal has, which are restored within ten seconds; `exports` how many exports of one may go on at a time.
    """

    development: bool = False
    token: str | None = None
    patience: float = 0.5
    deadline: float = 10.0
    budget: int = 1_000_000
    exports: int = 3
    exposure: Exposure = field(default_factory=Exposure)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    desk: Desk
    read_models: SeenRows
    statistics: SeenFigures
    staffing: SeenStaffing
    surveillance: SeenSurveillance
    feed: Feed
    hub: Hub
    courses: Courses
    identity: Identity
    access: Access
    vault: Vault
    exported: Exported
    webhooks: Webhooks
    positions: Positions
    surveyor: Surveyor
    receiver: Receiver
    linkage: SeenLinkage
    deployment: SeenDeployment
    gazetteer: Gazetteer
    clock: Clock
    settings: ApiSettings = field(default_factory=ApiSettings)
