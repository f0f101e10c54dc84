"""The mutations of jurisdiction by name; a name that callers know never changes."""

from __future__ import annotations

from api.schema.mutations import Build
from application.jurisdiction import api_keys, divisions, organisations

MUTATIONS: dict[str, Build] = {
    "establishDivision": divisions.establish,
    "renameDivision": divisions.rename,
    "abolishDivision": divisions.abolish,
    "establishOrganisation": organisations.establish,
    "renameOrganisation": organisations.rename,
    "closeOrganisation": organisations.close,
    "issueApiKey": api_keys.issue,
    "revokeApiKey": api_keys.revoke,
}
