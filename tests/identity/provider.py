"""An identity provider on a loopback port, with claims as Keycloak makes them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

NOW = datetime(2026, 5, 1, 8, tzinfo=UTC)


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        return self.time


class KeycloakLike:
    """Signs tokens, and publishes its keys while it is up."""

    def __init__(self) -> None:
        self.keys = [ECKey.generate_key("P-256", auto_kid=True)]
        self.up = True
        self.asked = 0
        self.issuer = ""

    def claims(self, **other: Any) -> dict[str, Any]:
        usual = {
            "iss": self.issuer,
            "aud": ["tocsin", "account"],
            "sub": "f:1:zhang",
            "typ": "Bearer",
            "azp": "console",
            "iat": int(NOW.timestamp()),
            "exp": int((NOW + timedelta(minutes=5)).timestamp()),
            "realm_access": {"roles": ["offline_access", "unit-officer"]},
            "organisation": "CQ-YZ-01",
        }
        return {name: value for name, value in (usual | other).items() if value is not None}

    def token(self, algorithm: str = "ES256", **other: Any) -> str:
        key = self.keys[-1]
        return jwt.encode({"alg": algorithm, "kid": key.kid}, self.claims(**other), key)

    def published(self, path: str) -> dict[str, Any]:
        self.asked += 1
        if path.endswith("openid-configuration"):
            return {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/certs"}
        return {"keys": [key.as_dict(private=False) for key in self.keys]}


@contextmanager
def keycloak_like() -> Iterator[KeycloakLike]:
    provider = KeycloakLike()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if provider.up else 503)
            self.end_headers()
            if provider.up:
                self.wfile.write(json.dumps(provider.published(self.path)).encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_port}/realms/police"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
