"""From rows to requests: values, conditions, groups, joins, bad rows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from infrastructure.importing.importer import Import
from infrastructure.importing.mapping import MappingError, load, parse, shipped
from infrastructure.importing.plan import Group, Plan

MAPPING = """
name = "small"

[source]
zone = "Asia/Shanghai"
times = "%Y-%m-%d %H:%M"
officer = "small-import"
organisation = "SMALL"

[group]
by = "call"
order = "received"

[[join]]
column = "call"
key = "call_id"
columns = ["lat", "lng"]

[maps.kind]
"A" = "ALARM"
"H" = "HELP"

[[first]]
name = "district"
command = "divisions.establish"
at = "2025-01-01 00:00"

[first.fields]
division = { id = "division/500103" }
code = "500103"
name_en = "Yuzhong"
name_zh = "渝中区"
level = "COUNTY"
valid_from = "2025-01-01 00:00"

[[first]]
name = "station"
command = "organisations.establish"
each = "area"
at = "2025-01-01 00:00"

[first.fields]
organisation = { text = "S{area}" }
kind = "STATION"
name_en = { text = "Station {area}" }
name_zh = { text = "{area}号派出所" }
division = "500103"
valid_from = "2025-01-01 00:00"

[[first]]
name = "register"
command = "units.register"
each = "unit"
at = "2025-01-01 00:00"
fields = { unit = { id = "unit/{unit}" }, call_sign = { column = "unit" }, kind = "CAR", station = { text = "S{area}" } }

[[command]]
name = "open"
command = "alarms.open"
at = { column = "received" }

[command.fields]
alarm = { id = "alarm/{call}" }
report = { id = "report/{call}" }
source = "CALL_110"
kind = { column = "kind", map = "kind" }
division = "500103"
station = { text = "S{area}" }
place = { longitude = { column = "lng" }, latitude = { column = "lat" } }
summary = { column = "words", default = "none given" }

[[command]]
name = "send"
command = "orders.send"
each = "row"
when = { sent = { present = true } }
at = { column = "sent" }

[command.fields]
order = { id = "order/{row}" }
alarm = { id = "alarm/{call}" }
unit = { id = "unit/{unit}" }
sequence = { column = "seq" }
override_reason = "The file does not say who was on duty"

[[command]]
name = "result"
command = "alarms.record_result"
at = { latest = ["received", "sent"] }
when = { words = { in_no_row = "open" } }
fields = { alarm = { id = "alarm/{call}" }, result = "HANDLED" }
"""

CALLS = """row,call,unit,received,sent,kind,area,seq,words
1,c2,u3,2025-03-01 10:00,2025-03-01 10:09,A,7,1,
2,c1,u1,2025-03-01 08:00,2025-03-01 08:05,H,7,2,smoke
3,c1,u2,2025-03-01 08:00,2025-03-01 08:02,H,7,1,smoke
4,c1,u3,2025-03-01 08:00,,H,7,3,smoke
"""
PLACES = "call_id,lat,lng\nc1,29.5,106.5\nc2,,\n"


def prepare(folder: Path, calls: str = CALLS, places: str = PLACES, mapping: str = MAPPING) -> Import:
    (folder / "calls.csv").write_text(calls, encoding="utf-8")
    (folder / "places.csv").write_text(places, encoding="utf-8")
    return Import.prepare(parse(mapping, "small"), [folder / "places.csv", folder / "calls.csv"])


def groups(folder: Path, calls: str = CALLS, places: str = PLACES) -> list[Group]:
    prepared = prepare(folder, calls, places)
    return list(prepared.plan.groups(prepared.table.rows))


def names(group: Group) -> list[str]:
    return [planned.request.command.name for planned in group.planned]


def bad(group: Group) -> list[tuple[int, str | None, str]]:
    return [(each.row.number, each.rule.field, each.rule.code) for each in group.bad]


def test_groups_follow_what_the_whole_file_speaks_of_in_order_of_time(tmp_path: Path):
    first, early, late = groups(tmp_path)
    assert names(first) == ["divisions.establish", "organisations.establish", *["units.register"] * 3]
    assert names(early) == ["alarms.open", "orders.send", "orders.send", "alarms.record_result"]
    assert names(late) == ["alarms.open", "orders.send", "alarms.record_result"]


def test_a_step_for_each_row_goes_in_order_of_time(tmp_path: Path):
    sends = groups(tmp_path)[1].planned[1:3]
    assert [each.row.number for each in sends] == [4, 3]
    assert sends[0].request.effective_at == datetime(2025, 3, 1, 0, 2, tzinfo=UTC)


def test_the_latest_time_of_a_group_is_found_over_rows_and_columns(tmp_path: Path):
    assert groups(tmp_path)[1].planned[-1].request.effective_at == datetime(2025, 3, 1, 0, 5, tzinfo=UTC)


def test_ids_follow_from_the_source_alone(tmp_path: Path):
    turned = "\n".join([CALLS.splitlines()[0], *reversed(CALLS.splitlines()[1:])])
    ids = [{each.request.command_id for group in groups(tmp_path, calls) for each in group.planned} for calls in (CALLS, turned)]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 12


@pytest.mark.parametrize(
    ("row", "field", "rule"),
    [
        ("5,c9,u1,yesterday,,A,7,1,", "effectiveAt", "TIME_NOT_UNDERSTOOD"),
        ("5,c9,u1,,,A,7,1,", "effectiveAt", "VALUE_MISSING"),
        ("5,c9,u1,2025-03-01 10:00,,X,7,1,", "kind", "NOT_IN_THE_CODE_LIST"),
        ("5,c9,u1,2025-03-01 10:00,2025-03-01 10:01,A,7,one,", "sequence", "NUMBER_NOT_UNDERSTOOD"),
        ("5,c9,u1,2025-03-01 10:00,,,7,1,", "kind", "VALUE_MISSING"),
    ],
)
def test_a_bad_row_says_which_field_breaks_which_rule_and_the_rest_is_planned(tmp_path: Path, row: str, field: str, rule: str):
    found = groups(tmp_path, f"{CALLS}{row}\n", f"{PLACES}c9,29,106\n")
    assert [each for group in found for each in bad(group)] == [(6, field, rule)]
    assert sum(len(group.planned) for group in found) == 12


def test_a_bad_row_does_not_take_its_group_with_it(tmp_path: Path):
    found = groups(tmp_path, f"{CALLS}5,c1,u4,2025-03-01 08:00,soon,H,7,4,smoke\n")
    assert bad(found[1]) == [(6, "effectiveAt", "TIME_NOT_UNDERSTOOD")]
    assert names(found[1]) == ["alarms.open", "orders.send", "orders.send", "alarms.record_result"]


def test_a_place_off_the_map_is_a_bad_row(tmp_path: Path):
    found = groups(tmp_path, places="call_id,lat,lng\nc1,129.5,106.5\nc2,,\n")
    assert {rule for group in found for _, _, rule in bad(group)} == {"PLACE_OFF_THE_MAP"}


def test_rows_without_their_other_half_or_with_too_few_cells_are_bad(tmp_path: Path):
    table = prepare(tmp_path, f"{CALLS}5,c8,u1,2025-03-01 10:00,,A,7,1,\n6,c1,u1\n").table
    assert [(each.row.number, each.rule.code) for each in table.bad] == [(6, "NOTHING_TO_JOIN"), (7, "ROW_INCOMPLETE")]


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('command = "orders.send"', 'command = "orders.fly"', "there is no command orders.fly"),
        ("sequence =", "sequenze =", "orders.send has no sequenze"),
        ('kind = "CAR", ', "", "units.register needs kind"),
        ('zone = "Asia/Shanghai"', 'zone = "Asia/Chungking City"', "there is no time zone"),
        ('{ column = "seq" }', '{ column = "sequel" }', "has no column sequel"),
        ('map = "kind"', 'map = "sort"', "names a map sort"),
        ('by = "call"', 'by = "calls"', "needs just one file with the columns calls"),
        ("[group]", "[grupp]", "unknown field"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused_before_anything_is_read(tmp_path: Path, before: str, after: str, message: str):
    with pytest.raises(MappingError, match=message):
        prepare(tmp_path, mapping=MAPPING.replace(before, after))


@pytest.mark.parametrize("name", shipped())
def test_shipped_mappings_fit_the_commands(name: str):
    assert Plan(load(name)).columns


def test_the_mapping_in_the_documents_fits_the_commands():
    text = (Path(__file__).parents[2] / "docs" / "import.md").read_text(encoding="utf-8")
    assert "arrived" in Plan(parse(text.partition("```toml\n")[2].partition("```")[0], "docs")).columns


def test_an_unknown_mapping_is_told_which_there_are():
    with pytest.raises(MappingError, match="sffd-calls"):
        load("nowhere")
