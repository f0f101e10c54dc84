"""The shipped mapping of boundaries: a bad feature is told of by itself, and the rest goes in."""

from __future__ import annotations

import asyncio
import csv
import json
from pathlib import Path
from typing import Any

import pytest

from domain.jurisdiction.events import BoundaryChanged, BoundaryLevel
from infrastructure.database import Database
from infrastructure.importing.importer import Import
from infrastructure.importing.mapping import MappingError, load
from tests.importing.desks import carried_out, head, records
from tests.importing.test_cameras import founded

SQUARE = [[106.0, 29.0], [106.1, 29.0], [106.1, 29.1], [106.0, 29.1], [106.0, 29.0]]


def feature(code: Any, ring: Any, day: str = "2006-01-01", kind: str = "Polygon") -> dict[str, Any]:
    properties = {"code": code, "name": "x", "valid_from": day}
    return {"type": "Feature", "properties": properties, "geometry": {"type": kind, "coordinates": [ring]}}


def moved(degrees: float) -> list[list[float]]:
    return [[longitude + degrees, latitude] for longitude, latitude in SQUARE]


FEATURES = [
    feature(500103, SQUARE),
    feature("500100", moved(0.05)),
    feature("500100", [*moved(1)[:2], *moved(1)[3:1:-1], moved(1)[0]]),
    feature("500100", moved(1)[:-1]),
    feature("500100", [[106.0, 89.0], [107.0, 89.0], [107.0, 91.0], [106.0, 89.0]]),
    feature("599999", moved(2)),
    feature("500100", [106.0, 29.0], kind="Point"),
    {"type": "Feature", "properties": {"code": "500100", "valid_from": "2006-01-01"}, "geometry": None},
    feature("500100", moved(3), day="1.1.2006"),
    feature("500100", moved(4), day="1985-01-01"),
    feature("500100", [["106", 29.0], *SQUARE[1:]]),
    feature("", moved(5)),
    feature("500100", moved(0.1)),
]


def test_bad_features_are_rejected_and_the_rest_goes_in(database: Database, tmp_path: Path):
    file, rejects = tmp_path / "divisions.geojson", tmp_path / "rejects.csv"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": FEATURES}), encoding="utf-8")
    asyncio.run(founded(database))
    asyncio.run(carried_out(database, "division-boundaries", [file], rejects))
    drawn = [record.event for record in records(database) if isinstance(record.event, BoundaryChanged)]
    assert [(event.level, event.code, event.area[0][0][0]) for event in drawn] == [
        (BoundaryLevel.COUNTY, "500103", (106.0, 29.0)),
        (BoundaryLevel.COUNTY, "500100", (106.1, 29.0)),
    ]
    with rejects.open(encoding="utf-8", newline="") as told:
        reasons = {row["row"]: row for row in csv.DictReader(told)}
    assert {(number, row["field"], row["rule"]) for number, row in reasons.items()} == {
        ("2", "area", "BOUNDARIES_OVERLAP"),
        ("3", "area", "AREA_CROSSES_ITSELF"),
        ("4", "area", "RING_NOT_CLOSED"),
        ("5", "area", "AREA_OFF_THE_MAP"),
        ("6", "division", "DIVISION_NOT_REGISTERED"),
        ("7", "area", "AREA_NOT_UNDERSTOOD"),
        ("8", "geometry", "FEATURE_NOT_UNDERSTOOD"),
        ("9", "valid_from", "TIME_NOT_UNDERSTOOD"),
        ("10", "division", "DIVISION_NOT_REGISTERED"),
        ("11", "area", "AREA_NOT_UNDERSTOOD"),
        ("12", "division", "VALUE_MISSING"),
    }
    assert reasons["2"]["reason"].endswith("The other one is 500103.")
    assert reasons["2"]["reason_zh"].endswith("对方为 500103。")
    before = head(database)
    asyncio.run(carried_out(database, "division-boundaries", [file], rejects))
    assert head(database) == before


def test_a_corrected_feature_is_another_one(database: Database, tmp_path: Path):
    file, rejects = tmp_path / "divisions.geojson", tmp_path / "rejects.csv"
    asyncio.run(founded(database))
    for ring in (SQUARE, moved(1)):
        file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature("500103", ring)]}), encoding="utf-8")
        asyncio.run(carried_out(database, "division-boundaries", [file], rejects))
    drawn = [record.event.area[0][0][0] for record in records(database) if isinstance(record.event, BoundaryChanged)]
    assert drawn == [(106.0, 29.0), (107.0, 29.0)]


@pytest.mark.parametrize("text", ["{", '{"type": "Feature"}', "[]"])
def test_what_is_no_collection_is_not_begun(tmp_path: Path, text: str):
    file = tmp_path / "divisions.geojson"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError):
        Import.prepare(load("division-boundaries"), [file])
