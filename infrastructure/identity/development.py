"""An issuer for development and tests. Whoever can read its key file can be anybody: trusted only where asked for."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet

from application.identity import OFFICERS, Role
from domain.ids import OfficerId, OrganisationId
from infrastructure.identity.tokens import Provider
from infrastructure.settings import SettingRefused

PROVIDER = Provider(issuer="tocsin:development", audience="tocsin", organisation="organisation", role="role", roles=OFFICERS | {Role.OWNER})
LIFE = timedelta(hours=12)


class DevelopmentIssuer:
    """Signs tokens with a key of its own, which is made when it is first needed."""

    def __init__(self, path: Path) -> None:
        self._key = _key(path)

    def token(self, officer: OfficerId, organisation: OrganisationId, role: Role, now: datetime, life: timedelta = LIFE) -> str:
        claims = {
            "iss": PROVIDER.issuer,
            "aud": PROVIDER.audience,
            "sub": officer,
            "organisation": organisation,
            "role": role.value,
            "iat": int(now.timestamp()),
            "exp": int((now + life).timestamp()),
        }
        return jwt.encode({"alg": "ES256", "kid": self._key.kid}, claims, self._key)


class DevelopmentKeys:
    """The issuer's public key, for whoever verifies."""

    def __init__(self, path: Path) -> None:
        self._keys = KeySet([_key(path)])

    async def current(self) -> KeySet | None:
        return self._keys

    async def renewed(self) -> KeySet | None:
        return self._keys


def _key(path: Path) -> ECKey:
    """For its owner alone. Whoever comes second uses the key of whoever came first."""
    if not path.exists():
        _make(path)
    try:
        return ECKey.import_key(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, JoseError):
        raise SettingRefused(f"{path.name} holds no key of the development issuer") from None


def _make(path: Path) -> None:
    """All or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=path.parent, prefix=path.name, encoding="utf-8") as file:
        json.dump(ECKey.generate_key("P-256", auto_kid=True).as_dict(private=True), file)
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)
