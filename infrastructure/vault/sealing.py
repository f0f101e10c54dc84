"""How values are sealed: AES-256-GCM, each bound to the place it stands in, so that moved elsewhere it does not open."""

from __future__ import annotations

from secrets import token_bytes

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12


def place(*parts: object) -> bytes:
    """What a value is bound to."""
    return "/".join(map(str, parts)).encode()


def seal(key: bytes, value: bytes, at: bytes) -> bytes:
    nonce = token_bytes(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, value, at)


def unseal(key: bytes, sealed: bytes, at: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:NONCE], sealed[NONCE:], at)
