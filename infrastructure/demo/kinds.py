"""What happens in the city, how often, at what urgency, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from random import Random

from domain.dispatching.events import AlarmResult, IntakeKind


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of alarm. `sent`, `urgent` and `case` are shares; `offence` is what a case of it is about."""

    alarm_type: str
    weight: int
    summary: str
    sent: float
    urgent: float = 0.1
    case: float = 0.0
    offence: str = ""
    intake: IntakeKind = IntakeKind.ALARM
    results: tuple[AlarmResult, ...] = (AlarmResult.HANDLED,)


FALSE_ALARMS = (AlarmResult.UNFOUNDED, AlarmResult.UNFOUNDED, AlarmResult.HANDLED)
KINDS = (
    Kind("THEFT", 150, "Something was stolen", 0.26, 0.05, 0.72, "THEFT"),
    Kind("PICKPOCKETING", 40, "A phone or purse was taken in a crowd", 0.18, 0.10, 0.60, "PICKPOCKETING"),
    Kind("BURGLARY", 45, "A home or shop was broken into", 0.80, 0.30, 0.85, "BURGLARY"),
    Kind("VEHICLE_THEFT", 25, "A vehicle is gone", 0.30, 0.10, 0.80, "VEHICLE_THEFT"),
    Kind("SNATCHING", 8, "A bag was snatched", 0.90, 0.80, 0.80, "SNATCHING"),
    Kind("ROBBERY", 5, "Somebody was robbed", 1.00, 1.00, 0.90, "ROBBERY"),
    Kind("TELECOM_FRAUD", 70, "Money was sent to a fraudster", 0.04, 0.30, 0.85, "TELECOM_FRAUD"),
    Kind("FRAUD", 25, "A dishonest deal", 0.10, 0.05, 0.55, "FRAUD"),
    Kind("ASSAULT", 60, "A fight, people are hurt", 0.80, 0.60, 0.35, "ASSAULT", results=(AlarmResult.HANDLED, AlarmResult.MEDIATED)),
    Kind("CRIMINAL_DAMAGE", 20, "Something was damaged on purpose", 0.30, 0.10, 0.40, "CRIMINAL_DAMAGE"),
    Kind("DRUGS", 10, "Suspicion of drugs", 0.80, 0.20, 0.45, "DRUGS"),
    Kind("GAMBLING", 14, "Gambling", 0.70, 0.05, 0.20, "GAMBLING"),
    Kind("DISPUTE", 130, "Neighbours, family or customers quarrel", 0.26, 0.05, results=(AlarmResult.MEDIATED, AlarmResult.ADVISED)),
    Kind("TRAFFIC_COLLISION", 110, "A collision on the road", 0.24, 0.25, results=(AlarmResult.HANDLED, AlarmResult.REFERRED)),
    Kind("NOISE", 50, "Noise at night", 0.12, 0.0, results=(AlarmResult.ADVISED, AlarmResult.MEDIATED)),
    Kind("LOST_PERSON", 20, "A child or an old person is missing", 0.70, 0.60, intake=IntakeKind.HELP),
    Kind("HELP", 70, "Help is needed", 0.20, 0.20, intake=IntakeKind.HELP, results=(AlarmResult.HANDLED, AlarmResult.ADVISED)),
    Kind("INTRUSION", 35, "A technical alarm went off", 0.60, 0.50, results=FALSE_ALARMS),
    Kind("SILENT_CALL", 45, "Nobody spoke, or a prank", 0.0, 0.0, results=(AlarmResult.HARASSMENT, AlarmResult.UNFOUNDED)),
    Kind("ADVICE", 60, "A question", 0.0, 0.0, intake=IntakeKind.COMPLAINT, results=(AlarmResult.ADVISED, AlarmResult.REFERRED)),
)  # fmt: skip
ANYTHING = Kind("OTHER", 1, "Something else", 0.5)
"""What nobody has a kind for."""
NAMES = {
    "THEFT": ("Theft", "盗窃"),
    "PICKPOCKETING": ("Pickpocketing", "扒窃"),
    "BURGLARY": ("Burglary", "入室盗窃"),
    "VEHICLE_THEFT": ("Vehicle theft", "盗窃机动车"),
    "SNATCHING": ("Snatching", "抢夺"),
    "ROBBERY": ("Robbery", "抢劫"),
    "TELECOM_FRAUD": ("Telecom fraud", "电信网络诈骗"),
    "FRAUD": ("Fraud", "诈骗"),
    "ASSAULT": ("Assault", "打架斗殴"),
    "CRIMINAL_DAMAGE": ("Criminal damage", "故意毁坏财物"),
    "DRUGS": ("Drugs", "涉毒"),
    "GAMBLING": ("Gambling", "赌博"),
    "DISPUTE": ("Dispute", "纠纷"),
    "TRAFFIC_COLLISION": ("Traffic collision", "交通事故"),
    "NOISE": ("Noise", "噪音扰民"),
    "LOST_PERSON": ("Missing person", "人员走失"),
    "HELP": ("Help", "群众求助"),
    "INTRUSION": ("Technical alarm", "技防报警"),
    "SILENT_CALL": ("Silent call", "无声或骚扰电话"),
    "ADVICE": ("Advice", "咨询"),
    "OTHER": ("Other", "其他"),
}
"""What each type of alarm is called on the city's code list."""
OFFENCES = tuple(kind for kind in KINDS if kind.case)

_KINDS = list(accumulate(kind.weight for kind in KINDS))
_OFFENCES = list(accumulate(kind.weight * kind.case for kind in OFFENCES))


def some_kind(random: Random) -> Kind:
    return random.choices(KINDS, cum_weights=_KINDS)[0]


def some_offence(random: Random) -> Kind:
    """A kind that makes cases, as people report it at a counter."""
    return random.choices(OFFENCES, cum_weights=_OFFENCES)[0]
