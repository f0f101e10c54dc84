"""Everybody this deployment trusts: the provider of its settings, in development its own issuer, and the holders of keys."""

from __future__ import annotations

from collections.abc import Sequence

from application.identity import Identity, Principal
from application.ports import Clock
from infrastructure.identity.development import PROVIDER, DevelopmentKeys
from infrastructure.identity.jwks import ProviderKeys, fetcher
from infrastructure.identity.keys import ApiKeys
from infrastructure.identity.tokens import Provider, Tokens
from infrastructure.settings import SettingRefused, Settings


class Trusted:
    """The first that knows the token says whose it is."""

    def __init__(self, parts: Sequence[Identity]) -> None:
        self._parts = tuple(parts)

    async def principal(self, token: str) -> Principal | None:
        for part in self._parts:
            found = await part.principal(token)
            if found is not None:
                return found
        return None


def trusted(settings: Settings, keys: ApiKeys, clock: Clock) -> Trusted:
    parts: list[Identity] = [keys]
    if settings.oidc_issuer is not None:
        parts.append(_provider(settings, settings.oidc_issuer, clock))
    if settings.development:
        parts.append(Tokens(PROVIDER, DevelopmentKeys(settings.development_key), clock))
    return Trusted(parts)


def _provider(settings: Settings, issuer: str, clock: Clock) -> Tokens:
    if settings.oidc_audience is None:
        raise SettingRefused("TOCSIN_OIDC_AUDIENCE must say for whom the tokens of TOCSIN_OIDC_ISSUER are meant")
    provider = Provider(
        issuer=issuer,
        audience=settings.oidc_audience,
        officer=settings.oidc_officer_claim,
        organisation=settings.oidc_organisation_claim,
        role=settings.oidc_role_claim,
    )
    return Tokens(provider, ProviderKeys(fetcher(issuer, settings.oidc_keys), clock), clock)
