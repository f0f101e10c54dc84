"""The mutations of oversight by name; a name that callers know never changes."""

from __future__ import annotations

from api.schema.mutations import Build
from application.oversight import assessments, build_plans, directives, exports, surveys

MUTATIONS: dict[str, Build] = {
    "cancelExport": exports.cancel,
    "issueDirective": directives.issue,
    "acknowledgeDirective": directives.acknowledge,
    "fulfilDirective": directives.fulfil,
    "withdrawDirective": directives.withdraw,
    "setBuildPlan": build_plans.set,
    "reviseBuildPlan": build_plans.revise,
    "recordBuildProgress": build_plans.record_progress,
    "cancelBuildPlan": build_plans.cancel,
    "openAssessment": assessments.open,
    "scoreIndicator": assessments.score,
    "appealScore": assessments.appeal,
    "upholdAppeal": assessments.uphold_appeal,
    "dismissAppeal": assessments.dismiss_appeal,
    "sealAssessment": assessments.seal,
    "importSafetySurvey": surveys.take_in,
    "retractSafetySurvey": surveys.retract,
}
