"""The mutations of surveillance by name; a name that callers know never changes."""

from __future__ import annotations

from api.schema.mutations import Build
from application.surveillance import cameras, devices, footage, posts, rosters

MUTATIONS: dict[str, Build] = {
    "registerCamera": cameras.register,
    "acceptCamera": cameras.accept,
    "moveCamera": cameras.move,
    "networkCamera": cameras.network,
    "suspendCamera": cameras.suspend,
    "resumeCamera": cameras.resume,
    "changeCameraHealth": cameras.change_health,
    "reportCameraFault": cameras.report_fault,
    "repairCameraFault": cameras.repair_fault,
    "retireCamera": cameras.retire,
    "registerTechAlarmDevice": devices.register,
    "setDeviceZone": devices.set_zone,
    "startDeviceTest": devices.start_test,
    "endDeviceTest": devices.end_test,
    "suspendDevice": devices.suspend,
    "resumeDevice": devices.resume,
    "retireDevice": devices.retire,
    "establishMonitoringPost": posts.establish,
    "closeMonitoringPost": posts.close,
    "connectCameras": posts.connect,
    "disconnectCameras": posts.disconnect,
    "publishDutyRoster": rosters.publish,
    "swapShifts": rosters.swap,
    "reassignShift": rosters.reassign,
    "signOnShift": rosters.sign_on,
    "signOffShift": rosters.sign_off,
    "handOverShift": rosters.hand_over,
    "requestFootage": footage.request,
    "approveFootage": footage.approve,
    "certifyFootage": footage.certify,
    "refuseFootage": footage.refuse,
    "retrieveFootage": footage.retrieve,
    "sealFootage": footage.seal,
    "transferFootage": footage.transfer,
    "placeFootageHold": footage.place_hold,
    "liftFootageHold": footage.lift_hold,
    "returnFootage": footage.give_back,
    "destroyFootage": footage.destroy,
}
