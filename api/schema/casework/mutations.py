"""The mutations of casework by name; a name that callers know never changes."""

from __future__ import annotations

from api.schema.mutations import Build
from application.casework import cases, corrections

MUTATIONS: dict[str, Build] = {
    "registerCase": cases.register,
    "acceptCase": cases.accept,
    "extendCaseReview": cases.extend_review,
    "fileCase": cases.file,
    "retroFileCase": cases.retro_file,
    "refuseCaseFiling": cases.refuse_filing,
    "reclassifyCase": cases.reclassify,
    "involvePerson": cases.involve,
    "identifySuspect": cases.identify_suspect,
    "recordArrest": cases.record_arrest,
    "clearCase": cases.clear,
    "revokeCaseClearance": cases.revoke_clearance,
    "withdrawCase": cases.withdraw,
    "approveCaseChange": cases.approve,
    "rejectCaseChange": cases.reject,
    "concludeCase": cases.conclude,
    "transferCaseForProsecution": cases.transfer_for_prosecution,
    "suspendCase": cases.suspend,
    "reopenCase": cases.reopen,
    "superviseCase": cases.supervise,
    "liftCaseSupervision": cases.lift_supervision,
    "sealCase": cases.seal,
    "unsealCase": cases.unseal,
    "linkCase": cases.link,
    "unlinkCase": cases.unlink,
    "mergeCase": cases.merge,
    "unmergeCase": cases.unmerge,
    "splitCase": cases.split,
    "refileCase": cases.refile,
    "transferCase": cases.transfer,
    "askForCorrection": corrections.ask,
    "approveCorrection": corrections.approve,
    "rejectCorrection": corrections.reject,
}
