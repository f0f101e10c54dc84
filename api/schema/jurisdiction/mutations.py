"""The mutations of jurisdiction by name; a name that callers know never changes."""

from __future__ import annotations

from api.schema.mutations import Build
from application.jurisdiction import (
    api_keys,
    area_groups,
    boundaries,
    divisions,
    grants,
    legal_bases,
    organisations,
    populations,
    service_levels,
    webhooks,
)

MUTATIONS: dict[str, Build] = {
    "establishDivision": divisions.establish,
    "renameDivision": divisions.rename,
    "abolishDivision": divisions.abolish,
    "establishOrganisation": organisations.establish,
    "renameOrganisation": organisations.rename,
    "closeOrganisation": organisations.close,
    "mergeOrganisations": organisations.merge,
    "splitOrganisation": organisations.split,
    "setDirectOrders": organisations.set_direct_orders,
    "setDivisionBoundary": boundaries.draw_division,
    "setOrganisationBoundary": boundaries.draw_organisation,
    "recordPopulation": populations.record,
    "establishAreaGroup": area_groups.establish,
    "changeAreaGroupMembers": area_groups.change_members,
    "abolishAreaGroup": area_groups.abolish,
    "enactLegalBasis": legal_bases.enact,
    "repealLegalBasis": legal_bases.repeal,
    "draftServiceLevel": service_levels.draft,
    "reviseServiceLevel": service_levels.revise,
    "activateServiceLevel": service_levels.activate,
    "issueApiKey": api_keys.issue,
    "revokeApiKey": api_keys.revoke,
    "pauseWebhook": webhooks.pause,
    "resumeWebhook": webhooks.resume,
    "replayWebhook": webhooks.replay,
    "testWebhook": webhooks.test,
    "removeWebhook": webhooks.remove,
    "grantAccess": grants.grant,
    "breakGlass": grants.break_glass,
    "endAccess": grants.end,
    "reviewBreakGlass": grants.review,
}
