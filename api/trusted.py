"""Trusted documents: what the clients of our own may ask, by the hash of its text, from a manifest as graphql-codegen writes it."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import orjson

SCHEME = "sha256:"


class ManifestRefused(Exception):  # noqa: N818 - it reads as the sentence that the operator is shown
    """A manifest of trusted documents that cannot be used; the message is one line."""


def read_manifest(path: Path | None) -> dict[str, str]:
    """The documents by their hash: `{"<hash>": "<document>", ...}`. One whose text is not what its hash says is refused."""
    if path is None:
        return {}
    try:
        content = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError:
        raise ManifestRefused(f"{path} is not JSON") from None
    if not isinstance(content, dict) or not all(isinstance(text, str) for text in content.values()):
        raise ManifestRefused(f"{path} must map hashes to documents")
    return {_verified(path, id, text): text for id, text in content.items()}


def hash_of(id: str) -> str:
    """The hash in a document's id, with or without its scheme; the older spelling of clients is the bare hash."""
    return id.removeprefix(SCHEME).lower()


def is_trusted(text: str, documents: Mapping[str, str]) -> bool:
    return bool(documents) and sha256(text.encode()).hexdigest() in documents


def _verified(path: Path, id: str, text: str) -> str:
    if hash_of(id) != sha256(text.encode()).hexdigest():
        raise ManifestRefused(f"{path}: {id[:80]} is not the SHA-256 of its document; set graphql-codegen's hashAlgorithm to sha256")
    return hash_of(id)
