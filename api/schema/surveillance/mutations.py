"""The mutations of surveillance by name; a name that callers know never changes."""

from __future__ import annotations

from api.schema.mutations import Build
from application.surveillance import cameras

MUTATIONS: dict[str, Build] = {
    "registerCamera": cameras.register,
    "retireCamera": cameras.retire,
}
