"""The shipped mapping of a register of cameras: what is refused is told with its row, and nothing else is lost."""

from __future__ import annotations

import asyncio
import csv
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from application.desk import Desk
from application.requests import Request
from domain.ids import CommandId, OfficerId, OrganisationId
from domain.surveillance.events import Builder, CameraAccepted, CameraRegistered, OwnerSector
from infrastructure.database import Database
from tests.importing.desks import Today, appender, carried_out, head, records
from tests.registering import SOMEWHERE, division, organisation

HEADER = (
    "asset,gb28181_id,sector,owner,builder,division,station,longitude,latitude,range,bearing,field_of_view,"
    "networked,address,registered_on,standard,standard_version,accepted_on"
)
REST = "106.55,29.56,80,90,60,是,North gate,2008-05-12,,,"
ROWS = f"""{HEADER}
A1,50010300001320000001,银行,ICBC,社会资源,500103,S-1,{REST}
A2,50010300001320000001,银行,ICBC,社会资源,500103,S-1,{REST}
A3,5001030000132000000,银行,ICBC,社会资源,500103,S-1,{REST}
A4,50010300001320000004,银行,ICBC,社会资源,500199,S-1,{REST}
A5,50010300001320000005,动物园,ICBC,社会资源,500103,S-1,{REST}
A6,50010300001320000006,MARKET,M-7,POLICE,500103,S-1,106.55,29.56,,,,否,,2009-01-01,DB50/216,2006,2009-03-01
A7,50010300001320000007,银行,ICBC,社会资源,500103,S-9,{REST}
A8,50010300001320000008,银行,ICBC,社会资源,500103,S-1,206.55,29.56,80,90,60,是,,2008-05-12,,,
"""


async def founded(database: Database) -> None:
    with appender(database) as log:
        desk = Desk(log, Today(), shared=database.shared)
        for command in (division(SOMEWHERE), division("500103"), organisation("S-1")):
            await desk.carry_out(
                Request(command=command, command_id=CommandId(uuid4()), by=OfficerId("o"), organisation=OrganisationId("CQ"))
            )


def test_the_register_is_imported_and_what_is_refused_is_told(database: Database, tmp_path: Path):
    file, rejects = tmp_path / "register.csv", tmp_path / "rejects.csv"
    file.write_text(ROWS, encoding="utf-8")
    asyncio.run(founded(database))
    asyncio.run(carried_out(database, "camera-register", [file], rejects))
    events = [(record.event, record.effective_at) for record in records(database)]
    registered = [event for event, _ in events if isinstance(event, CameraRegistered)]
    assert [event.gb28181_id[-1] for event in registered] == ["1", "6"]
    assert [(event.sector, event.builder) for event in registered] == [
        (OwnerSector.BANK, Builder.SOCIAL),
        (OwnerSector.MARKET, Builder.POLICE),
    ]
    assert [(event.range, event.bearing, event.field_of_view, event.networked) for event in registered] == [
        (80, 90.0, 60.0, True),
        (50, None, 360.0, False),
    ]
    accepted = CameraAccepted(standard="DB50/216", standard_version="2006")
    assert events[-1] == (accepted, datetime(2009, 2, 28, 16, tzinfo=UTC))
    with rejects.open(encoding="utf-8", newline="") as told:
        assert {(row["row"], row["field"], row["rule"]) for row in csv.DictReader(told)} == {
            ("3", "gb28181Id", "CAMERA_NUMBER_TAKEN"),
            ("4", "gb28181Id", "DEVICE_NUMBER_OF_WRONG_LENGTH"),
            ("5", "division", "DIVISION_NOT_REGISTERED"),
            ("6", "sector", "NOT_IN_THE_CODE_LIST"),
            ("8", "station", "ORGANISATION_NOT_REGISTERED"),
            ("9", "place", "PLACE_OFF_THE_MAP"),
        }
    before = head(database)
    asyncio.run(carried_out(database, "camera-register", [file], rejects))
    assert head(database) == before
