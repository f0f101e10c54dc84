"""The mutations of dispatching by name; a name that callers know never changes."""

from __future__ import annotations

from api.schema.mutations import Build
from application.dispatching import alarms, orders, units

MUTATIONS: dict[str, Build] = {
    "openAlarm": alarms.open,
    "addReport": alarms.add_report,
    "resolveAlarmLocation": alarms.resolve_location,
    "triageAlarm": alarms.triage,
    "changeAlarmPriority": alarms.change_priority,
    "linkCamera": alarms.link_camera,
    "mergeAlarm": alarms.merge,
    "unmergeAlarm": alarms.unmerge,
    "referAlarm": alarms.refer,
    "takeInitialMeasures": alarms.take_initial_measures,
    "recordAlarmFeedback": alarms.record_feedback,
    "recordAlarmResult": alarms.record_result,
    "closeAlarm": alarms.close,
    "reopenAlarm": alarms.reopen,
    "proposeOrder": orders.propose,
    "sendOrder": orders.send,
    "sendProposedOrder": orders.send_proposed,
    "acknowledgeOrder": orders.acknowledge,
    "refuseOrder": orders.refuse,
    "reportUnitEnRoute": orders.en_route,
    "reportUnitArrived": orders.arrive,
    "clearOrder": orders.clear,
    "cancelOrder": orders.cancel,
    "preemptOrder": orders.preempt,
    "divertUnit": orders.divert,
    "timeOutOrder": orders.time_out,
    "escalateOrder": orders.escalate,
    "registerUnit": units.register,
    "signOnUnit": units.sign_on,
    "signOffUnit": units.sign_off,
    "changeUnitStatus": units.change_status,
    "sampleUnitPosition": units.sample_position,
    "changeUnitCrew": units.change_crew,
    "changeUnitCapabilities": units.change_capabilities,
}
