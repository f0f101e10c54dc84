"""Tokens of an identity provider: whose they are, and everything that makes them nobody's."""

from __future__ import annotations

import asyncio
import hmac
import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey

from application.identity import Principal, Role
from domain.ids import OfficerId, OrganisationId
from infrastructure.identity.development import PROVIDER, DevelopmentIssuer, DevelopmentKeys
from infrastructure.identity.jwks import ProviderKeys, fetcher
from infrastructure.identity.tokens import Provider, Tokens
from infrastructure.settings import SettingRefused
from tests.identity.provider import NOW, KeycloakLike, Watch, keycloak_like


@pytest.fixture
def provider() -> Iterator[KeycloakLike]:
    with keycloak_like() as running:
        yield running


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def tokens(provider: KeycloakLike, watch: Watch) -> Tokens:
    keys = ProviderKeys(fetcher(provider.issuer, None), watch)
    return Tokens(Provider(issuer=provider.issuer, audience="tocsin"), keys, watch)


def whose(tokens: Tokens, token: str) -> Principal | None:
    return asyncio.run(tokens.principal(token))


def test_a_token_as_keycloak_makes_it_tells_who_is_asking(provider: KeycloakLike, tokens: Tokens):
    station = OrganisationId("CQ-YZ-01")
    until = NOW + timedelta(minutes=6)
    found = whose(tokens, provider.token())
    assert found == Principal(OfficerId("f:1:zhang"), station, Role.UNIT_OFFICER, until, reach=(station,))


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another"},
        {"aud": None},
        {"exp": None},
        {"exp": int((NOW - timedelta(seconds=61)).timestamp())},
        {"nbf": int((NOW + timedelta(seconds=61)).timestamp())},
        {"iat": int((NOW + timedelta(seconds=61)).timestamp())},
        {"sub": None},
        {"organisation": None},
        {"organisation": ["CQ"]},
        {"realm_access": {"roles": []}},
        {"realm_access": {"roles": ["investigator", "dispatcher"]}},
        {"realm_access": {"roles": ["owner"]}},
        {"realm_access": {"roles": ["integration"]}},
        {"realm_access": "investigator"},
    ],
    ids=str,
)
def test_a_token_that_says_anything_else_is_nobodys(provider: KeycloakLike, tokens: Tokens, claims: dict[str, object]):
    assert whose(tokens, provider.token()) is not None
    assert whose(tokens, provider.token(**claims)) is None


def test_clocks_may_differ_by_a_minute(provider: KeycloakLike, tokens: Tokens):
    assert whose(tokens, provider.token(exp=int((NOW - timedelta(seconds=59)).timestamp()))) is not None
    assert whose(tokens, provider.token(nbf=int((NOW + timedelta(seconds=59)).timestamp()))) is not None


def test_a_signature_by_anybody_else_is_nothing(provider: KeycloakLike, tokens: Tokens):
    header = {"alg": "ES256", "kid": provider.keys[0].kid}
    assert whose(tokens, jwt.encode(header, provider.claims(), ECKey.generate_key("P-256"))) is None
    head, body, signature = provider.token().split(".")
    assert whose(tokens, f"{head}.{body}.") is None
    assert whose(tokens, f"{head}.{body}.{signature[::-1]}") is None
    for nonsense in ("", "a", "a.b.c", "é.é.é"):
        assert whose(tokens, nonsense) is None


def test_only_key_pairs_sign(provider: KeycloakLike, tokens: Tokens):
    """The public key is known to all: taken for a shared secret it must open nothing."""
    public = provider.keys[0].as_pem(private=False)
    for algorithm in ("HS256", "none"):
        header = {"alg": algorithm, "kid": provider.keys[0].kid}
        signed = b".".join(urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in (header, provider.claims()))
        signature = urlsafe_b64encode(hmac.digest(public, signed, "sha256")).rstrip(b"=")
        assert whose(tokens, b".".join((signed, signature)).decode()) is None


def test_a_new_key_of_the_provider_is_found(provider: KeycloakLike, tokens: Tokens, watch: Watch):
    assert whose(tokens, provider.token()) is not None
    provider.keys.append(ECKey.generate_key("P-256", auto_kid=True))
    watch.time += timedelta(minutes=2)
    assert whose(tokens, provider.token()) is not None


def test_keys_that_do_not_exist_do_not_bother_the_provider(provider: KeycloakLike, tokens: Tokens):
    for _ in range(20):
        key = ECKey.generate_key("P-256", auto_kid=True)
        assert whose(tokens, jwt.encode({"alg": "ES256", "kid": key.kid}, provider.claims(), key)) is None
    assert provider.asked == 2, "the discovery document and the keys, once"


def test_an_outage_of_the_provider_stops_nobody_for_a_day(provider: KeycloakLike, tokens: Tokens, watch: Watch):
    assert whose(tokens, provider.token()) is not None
    provider.up = False
    watch.time += timedelta(hours=23)
    later = int((watch.time + timedelta(hours=2)).timestamp())
    assert whose(tokens, provider.token(exp=later)) is not None
    watch.time += timedelta(hours=1, minutes=1)
    assert whose(tokens, provider.token(exp=later, jti="another")) is None


def test_what_was_verified_is_remembered_until_it_expires(provider: KeycloakLike, tokens: Tokens, watch: Watch):
    token = provider.token()
    first = whose(tokens, token)
    assert first is whose(tokens, token)
    watch.time = NOW + timedelta(minutes=6)
    assert whose(tokens, token) is None


def test_keys_do_not_come_over_an_open_network():
    with pytest.raises(SettingRefused):
        fetcher("http://id.example/realms/police", None)


def test_the_development_issuer_is_trusted_by_its_own_key_alone(tmp_path: Path, watch: Watch):
    own, other = DevelopmentIssuer(tmp_path / "own.json"), DevelopmentIssuer(tmp_path / "other.json")
    tokens = Tokens(PROVIDER, DevelopmentKeys(tmp_path / "own.json"), watch)
    who = (OfficerId("zhang"), OrganisationId("CQ"), Role.INTAKE, NOW)
    assert whose(tokens, own.token(*who)) is not None
    assert whose(tokens, other.token(*who)) is None
    assert (tmp_path / "own.json").stat().st_mode & 0o077 == 0


def test_a_broken_key_file_is_said_to_be_broken(tmp_path: Path):
    (tmp_path / "own.json").write_text("{}", encoding="utf-8")
    with pytest.raises(SettingRefused, match=r"own\.json"):
        DevelopmentIssuer(tmp_path / "own.json")
