"""Bearer tokens of an identity provider (OpenID Connect): verified once, then remembered until they expire."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from application.identity import OFFICERS, Principal, Role
from application.ports import Clock
from domain.ids import OfficerId, OrganisationId
from infrastructure.identity.jwks import Keys

ALGORITHMS = ("ES256", "ES384", "PS256", "RS256", "EdDSA", "Ed25519")
"""Signatures by a key pair alone: nothing that is verified with a secret, and never none."""
LEEWAY = 60
"""Seconds by which clocks may differ."""
REMEMBERED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """Whose tokens are taken, for whom they must be meant, and which claims say who it is.

    A claim within another is written with a dot: `realm_access.roles` as Keycloak has it.
    """

    issuer: str
    audience: str
    officer: str = "sub"
    organisation: str = "organisation"
    role: str = "realm_access.roles"
    roles: frozenset[Role] = OFFICERS


class Tokens:
    """One provider's tokens."""

    def __init__(self, provider: Provider, keys: Keys, clock: Clock) -> None:
        self._provider = provider
        self._keys = keys
        self._clock = clock
        self._known: OrderedDict[bytes, Principal] = OrderedDict()
        self._claims = jwt.JWTClaimsRegistry(
            now=lambda: int(clock.now().timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": provider.issuer},
            aud={"essential": True, "value": provider.audience},
            exp={"essential": True},
        )

    async def principal(self, token: str) -> Principal | None:
        digest = sha256(token.encode()).digest()
        known = self._known.get(digest)
        if known is None:
            known = await self._verified(token)
            if known is not None:
                self._remember(digest, known)
        return known if known is not None and known.until is not None and self._clock.now() < known.until else None

    async def _verified(self, token: str) -> Principal | None:
        try:
            claims = await self._decoded(token)
            self._claims.validate(claims)
        except (JoseError, ValueError):
            return None
        return _principal(self._provider, claims)

    async def _decoded(self, token: str) -> dict[str, Any]:
        """A key that is not known may be new: then the keys are read once more."""
        try:
            return _decode(token, await self._keys.current())
        except InvalidKeyIdError:
            return _decode(token, await self._keys.renewed())

    def _remember(self, digest: bytes, principal: Principal) -> None:
        self._known[digest] = principal
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)


def _decode(token: str, keys: KeySet | None) -> dict[str, Any]:
    if keys is None:
        raise ValueError("no keys to verify with")
    return jwt.decode(token, keys, algorithms=ALGORITHMS).claims


def _principal(provider: Provider, claims: Mapping[str, Any]) -> Principal | None:
    """Just one role: whoever has two jobs has two tokens, so that each act says in which of them it was done."""
    officer, organisation = _claim(claims, provider.officer), _claim(claims, provider.organisation)
    roles = _roles(_claim(claims, provider.role)) & provider.roles
    if not (isinstance(officer, str) and officer and isinstance(organisation, str) and organisation and len(roles) == 1):
        return None
    until = datetime.fromtimestamp(claims["exp"], UTC) + timedelta(seconds=LEEWAY)
    own = OrganisationId(organisation)
    return Principal(OfficerId(officer), own, next(iter(roles)), until, reach=(own,))


def _claim(claims: Mapping[str, Any], path: str) -> Any:
    found: Any = claims
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _roles(named: Any) -> frozenset[Role]:
    """`unit-officer` and `UNIT_OFFICER` are one; what is not ours is passed over, for a realm has roles of its own."""
    names = [named] if isinstance(named, str) else named if isinstance(named, list) else []
    known = {role.value: role for role in Role}
    spelled = (name.upper().replace("-", "_") for name in names if isinstance(name, str))
    return frozenset(known[name] for name in spelled if name in known)
