"""Which events state the facts that a correction can put right."""

from __future__ import annotations

from domain.casework.events import (
    CaseCleared,
    CaseFact,
    CaseFiled,
    CaseReclassified,
    CaseSplit,
    JurisdictionTransferred,
    ReportRegistered,
    RetroFiled,
    SubjectKind,
)
from domain.dispatching.events import (
    AlarmFact,
    AlarmOpened,
    AlarmTriaged,
    LocationResolved,
    OrderFact,
    ReportReceived,
    UnitArrived,
    UnitCleared,
    UnitEnRoute,
    UnitOrdered,
)
from domain.events import Event

STATED_BY: dict[SubjectKind, dict[str, tuple[type[Event], ...]]] = {
    SubjectKind.ALARM: {
        AlarmFact.RECEIVED_AT: (AlarmOpened, ReportReceived),
        AlarmFact.ALARM_TYPE: (AlarmOpened, AlarmTriaged),
        AlarmFact.PLACE: (AlarmOpened, LocationResolved),
    },
    SubjectKind.ORDER: {
        OrderFact.ORDERED_AT: (UnitOrdered,),
        OrderFact.EN_ROUTE_AT: (UnitEnRoute,),
        OrderFact.ARRIVED_AT: (UnitArrived,),
        OrderFact.CLEARED_AT: (UnitCleared,),
    },
    SubjectKind.CASE: {
        CaseFact.OCCURRED_AT: (ReportRegistered,),
        CaseFact.FILED_AT: (CaseFiled, RetroFiled),
        CaseFact.CLEARED_AT: (CaseCleared,),
        CaseFact.OFFENCE_TYPE: (ReportRegistered, CaseFiled, RetroFiled, CaseReclassified, CaseSplit),
        CaseFact.PLACE: (ReportRegistered, JurisdictionTransferred),
    },
}
"""The facts that can be corrected on each kind of thing, each with the events that may hold it wrongly."""
