"""The versioned facts of cameras against a day-by-day reading of the same records."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from domain.ids import CameraId, DivisionCode, OrganisationId
from domain.places import Point
from domain.surveillance.events import Builder, CameraMoved, CameraRegistered, CameraRetired, OwnerSector
from infrastructure.projections.changes import Insert, Patch
from infrastructure.projections.surveillance.facts import CameraFold
from tests.figures.pages import Pages, named

FIRST = date(2010, 1, 1)
DAYS = 12
PLACE = Point(106.55, 29.56)
NORTH = OrganisationId("N-1")
CAMERA = named("camera")
MOVES = st.tuples(st.integers(0, DAYS), st.sampled_from(["500103", "500105", "500106"]))


def day(number: int) -> date:
    return FIRST + timedelta(number)


@dataclass
class Diary:
    """In which division the camera stood on each day; a move counts until the next that was known."""

    divisions: dict[int, str] = field(default_factory=dict)
    begins: set[int] = field(default_factory=set)

    def register(self, first: int) -> None:
        self.divisions = dict.fromkeys(range(first, DAYS + 1), "500103")
        self.begins = {first}

    def move(self, on: int, to: str) -> None:
        on = max([on, min(self.begins)])
        if self.divisions[on] == to:
            return
        later = [each for each in self.begins if each > on]
        for number in range(on, min(later, default=DAYS + 1)):
            self.divisions[number] = to
        self.begins.add(on)

    def retire(self, on: int) -> None:
        self.divisions = {number: division for number, division in self.divisions.items() if number < on}


class Rows:
    def __init__(self) -> None:
        self.rows: dict[Any, dict[str, Any]] = {}

    def take(self, changes: Any) -> None:
        for change in changes:
            if isinstance(change, Insert):
                key = change.values["valid_from"], change.values["known_from"]
                assert key not in self.rows
                self.rows[key] = dict(change.values)
            else:
                assert isinstance(change, Patch)
                self.rows[change.key[1:]].update(change.values)

    def on(self, day: date, position: int) -> list[str]:
        return [
            row["division"]
            for row in self.rows.values()
            if row["valid_from"] <= day < row["valid_to"]
            and row["known_from"] <= position
            and (row["known_to"] is None or position < row["known_to"])
        ]


def registered() -> CameraRegistered:
    return CameraRegistered(
        gb28181_id=CameraId("50010300001320000001"),
        sector=OwnerSector.BANK,
        owner="ICBC",
        builder=Builder.SOCIAL,
        division=DivisionCode("500103"),
        station=NORTH,
        place=PLACE,
        range=80,
    )


def moved(to: str) -> CameraMoved:
    return CameraMoved(place=PLACE, range=80, bearing=None, field_of_view=360.0, division=DivisionCode(to), station=NORTH)


@given(first=st.integers(0, DAYS), moves=st.lists(MOVES, max_size=6), retired=st.none() | st.integers(0, DAYS))
def test_each_day_is_told_as_it_was_known_at_each_position(first: int, moves: list[tuple[int, str]], retired: int | None):
    pages, fold, rows, diary = Pages(), CameraFold(ZoneInfo("Asia/Shanghai")), Rows(), Diary()
    states: dict[Any, Any] = {}
    known: list[dict[int, str]] = [{}]

    def happen(event: Any, on: int) -> None:
        rows.take(fold.step(states, pages.write(CAMERA, event, day(on))))
        known.append(dict(diary.divisions))

    diary.register(first)
    happen(registered(), first)
    for on, to in moves:
        diary.move(on, to)
        happen(moved(to), on)
    if retired is not None:
        diary.retire(retired)
        happen(CameraRetired(reason="worn out"), retired)
    for position, divisions in enumerate(known):
        for number in range(DAYS + 1):
            assert rows.on(day(number), position) == ([divisions[number]] if number in divisions else [])
