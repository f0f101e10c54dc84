"""The plain recomputation gives the published figures, so that it may judge the system's."""

from __future__ import annotations

from datetime import date

from tests.importing.data import CALLS, PERSONS, ROLLING, data
from tests.importing.plain import FATAL, NON_FATAL, WINDOW, cases, filed, nearest_rank, rate, read, seconds


def test_the_recomputation_gives_the_published_case_counts():
    found = cases(data(PERSONS))
    assert len(found) == 3_479
    assert rate(filed(found, date(2015, 4, 20), date(2015, 12, 31))) == (168, 665)
    assert len(filed(found, date(2014, 4, 20), date(2015, 4, 19))) == 498
    assert len(filed(found, date(2015, 4, 21), date(2016, 4, 19))) == 839
    late = filed(found, date(2015, 1, 1), date(2016, 12, 31))
    assert sum(case.status == "OPEN" for case in late) == 1_146
    assert sum(case.status == "OPEN/WARRANT" for case in late) == 1


def test_the_recomputation_gives_every_published_rolling_rate():
    found = cases(data(PERSONS))
    published = read(data(ROLLING))
    assert len(published) == 1_461
    for row in published:
        day = date.fromisoformat(row["CASE_DATE"])
        window = filed(found, day - WINDOW, day)
        assert len(window) == float(row["incidents_total"])
        for type, column in ((NON_FATAL, "closure_rate_nonfatal"), (FATAL, "closure_rate_fatal")):
            cleared, of = rate([case for case in window if type in case.types])
            assert abs(cleared / of - float(row[column])) < 1e-9


def test_the_runs_have_missing_intervals():
    runs = read(data(CALLS))
    assert len(runs) == 10_410
    measured, excluded = seconds(runs, "TOTAL")
    assert len(measured) + excluded.total() == 10_410
    assert excluded["MISSING"] == 1_716


def test_nearest_rank():
    assert [nearest_rank([15, 20, 35, 40, 50], percent) for percent in (5, 30, 40, 50, 100)] == [15, 20, 20, 35, 50]
