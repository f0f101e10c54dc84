"""The shipped mappings of divisions, organisations and populations: what is refused is told with its row, and nothing else is lost."""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path

import pytest

from domain.jurisdiction.events import (
    DivisionAbolished,
    DivisionEstablished,
    OrganisationClosed,
    OrganisationEstablished,
    PopulationRecorded,
)
from infrastructure.database import Database
from infrastructure.importing.fields import source_id
from tests.importing.desks import carried_out, head, records

DIVISIONS = """id,code,name_en,name_zh,level,parent,valid_from,valid_to,successor
cq,500000,Chongqing,重庆市,市级,,1997-06-18,,
500110-1997,500110,Wansheng,万盛区,COUNTY,500000,1997-06-18,2011-10-22,500110-2011
500110-2011,500110,Qijiang,綦江区,COUNTY,500000,2011-10-22,,
twice,500110,Twice,重复,COUNTY,500000,2011-10-22,,
outside,510104,Outside,区外,COUNTY,500000,1997-06-18,,
village,500111,Village,村,VILLAGE,500000,1997-06-18,,
nameless,500112,,渝北区,COUNTY,500000,1997-06-18,,
500113-1997,500113,Banan,巴南区,COUNTY,500000,1997-06-18,2012-01-01,nowhere
500113-1997,500114,Other,他区,COUNTY,500000,1997-06-18,,
"""
ORGANISATIONS = """code,kind,name_en,name_zh,parent,division,valid_from,valid_to,successor
CQ,市局,City bureau,市公安局,,500000,2000-01-01,,
WS,SUB_BUREAU,Wansheng,万盛分局,CQ,500110,2000-01-01,,
WS-1,派出所,First,第一派出所,WS,500110,2000-01-01,2012-01-01,WS-2
WS-2,STATION,Second,第二派出所,WS,500110,2000-01-01,,
WS-3,STATION,Third,第三派出所,CQ,500110,2000-01-01,,
WS-4,STATION,Fourth,第四派出所,NONE,500110,2000-01-01,,
WS-5,STATION,Fifth,第五派出所,WS,599999,2000-01-01,,
WS-6,STATION,Sixth,第六派出所,WS,500110,2000-01-01,1999-01-01,
"""
POPULATIONS = """division,year,kind,people,source
500110,2010,常住,260000,census
500110,2010,REGISTERED,270000,police
500110,2010,FLOATING,0,police
599999,2010,RESIDENT,5,census
500110,2010,常住,many,census
500110,2010,BIRDS,5,census
"""


def rejected(path: Path) -> set[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as told:
        return {(row["row"], row["rule"]) for row in csv.DictReader(told)}


@pytest.mark.parametrize("order", ["as they stand", "the other way round"])
def test_the_registers_are_imported_and_what_is_refused_is_told(database: Database, tmp_path: Path, order: str):
    header, *rows = DIVISIONS.splitlines()
    files = {"divisions": DIVISIONS, "organisations": ORGANISATIONS, "populations": POPULATIONS}
    if order != "as they stand":
        files["divisions"] = "\n".join([header, rows[0], *reversed([row for row in rows[1:] if not row.startswith(("twice", "500113"))])])
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        asyncio.run(carried_out(database, name, [tmp_path / name], tmp_path / f"{name}.rejects"))
    events = [record.event for record in records(database)]
    abolished = [event for event in events if isinstance(event, DivisionAbolished)]
    assert [event.successors for event in abolished] == [(source_id("divisions", "division/500110-2011"),)]
    assert [event.organisation for event in events if isinstance(event, OrganisationEstablished)] == ["CQ", "WS", "WS-1", "WS-2", "WS-6"]
    assert [event.successors for event in events if isinstance(event, OrganisationClosed)] == [("WS-2",)]
    assert [event.people for event in events if isinstance(event, PopulationRecorded)] == [260_000, 270_000]
    assert rejected(tmp_path / "organisations.rejects") == {
        ("6", "PARENT_OF_WRONG_KIND"),
        ("7", "NOT_FOUND"),
        ("8", "DIVISION_NOT_REGISTERED"),
        ("9", "ORGANISATION_END_TOO_EARLY"),
    }
    assert rejected(tmp_path / "populations.rejects") == {
        ("4", "NOBODY_LIVES_THERE"),
        ("5", "DIVISION_NOT_REGISTERED"),
        ("6", "NUMBER_NOT_UNDERSTOOD"),
        ("7", "NOT_IN_THE_CODE_LIST"),
    }
    if order == "as they stand":
        established = [event.name_en for event in events if isinstance(event, DivisionEstablished)]
        assert established == ["Chongqing", "Wansheng", "Qijiang", "Banan"]
        assert rejected(tmp_path / "divisions.rejects") == {
            ("5", "DIVISION_CODE_TAKEN"),
            ("6", "DIVISION_OUTSIDE_PARENT"),
            ("7", "NOT_IN_THE_CODE_LIST"),
            ("8", "VALUE_MISSING"),
            ("9", "DIVISION_NOT_THERE"),
            ("10", "ALREADY_EXISTS"),
        }
    before = head(database)
    for name in files:
        asyncio.run(carried_out(database, name, [tmp_path / name], tmp_path / f"{name}.again"))
    assert head(database) == before
