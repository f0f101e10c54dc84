"""Steps on coverage by monitoring posts."""

from __future__ import annotations

from datetime import date

import pytest
from pytest_bdd import given, scenarios, then

from application.identity import OWNER
from application.jurisdiction import organisations
from application.oversight.statistics import AreaGroupUnknown, AsOf
from application.surveillance import posts
from application.surveillance.staffing import Coverage, CoverageQuestion, Staffing
from domain.ids import DivisionCode, OrganisationId, PostId
from domain.jurisdiction.events import OrganisationKind
from domain.surveillance.events import PostLevel
from features.city import City
from features.conftest import Rows
from features.wording import step

scenarios("coverage.feature")

DIVISION = DivisionCode("500103")


def stands(city: City, kind: OrganisationKind, code: str, day: str, above: str | None = None) -> None:
    parent = None if above is None else OrganisationId(above)
    city.happened(organisations.establish(OrganisationId(code), kind, code, code, DIVISION, date.fromisoformat(day), parent))


def works(city: City, name: str, station: str, day: str) -> None:
    id, since = PostId(city.id("post", name)), date.fromisoformat(day)
    city.happened(posts.establish(id, name, name, name, PostLevel.STATION, OrganisationId(station), DIVISION, since))


def staffing(city: City) -> Staffing:
    city.catch_up()
    return city.tocsin.staffing.seen_by(OWNER)


def asked(day: str, below: str | None = None, position: int | None = None) -> CoverageQuestion:
    above = None if below is None else OrganisationId(below)
    return CoverageQuestion(organisation=above, on=date.fromisoformat(day), as_of=AsOf(position))


def covered(city: City, question: CoverageQuestion, *, small: bool = False) -> Coverage:
    return city.answered(staffing(city).coverage(question, small=small))


def missing(city: City, question: CoverageQuestion) -> list[str]:
    return [each.code for each in city.answered(staffing(city).uncovered(question, 200, None))]


def is_so(city: City, question: CoverageQuestion, have: int, total: int, without: Rows) -> None:
    found = covered(city, question)
    assert (found.have, found.total) == (have, total)
    assert missing(city, question) == [row[0] for row in without]


@given(step('sub-bureau "{code}" has stood since "{day}"'))
def sub_bureau(city: City, code: str, day: str) -> None:
    stands(city, OrganisationKind.SUB_BUREAU, code, day)


@given(step('station "{code}" below "{above}" has stood since "{day}"'))
def station_below(city: City, code: str, above: str, day: str) -> None:
    stands(city, OrganisationKind.STATION, code, day, above)


@given(step('station "{code}" has stood since "{day}"'))
def station(city: City, code: str, day: str) -> None:
    stands(city, OrganisationKind.STATION, code, day)


@given(step('monitoring post "{name}" of station "{code}" has worked since "{day}"'))
def post_works(city: City, name: str, code: str, day: str) -> None:
    works(city, name, code, day)


@given(step('monitoring post "{name}" of a bank at station "{code}" has worked since "{day}"'))
def bank_works(city: City, name: str, code: str, day: str) -> None:
    id, since = PostId(city.id("post", name)), date.fromisoformat(day)
    city.happened(posts.establish(id, name, name, name, PostLevel.SOCIAL, OrganisationId(code), DIVISION, since))


@given(step('post "{name}" was closed on "{day}"'))
def closed(city: City, name: str, day: str) -> None:
    city.happened(posts.close(PostId(city.id("post", name)), date.fromisoformat(day), "rebuilt elsewhere"))


@given("so far it was known", target_fixture="position")
def known(city: City) -> int:
    return city.head()


@given(step('{count:d} further stations have stood since "{since}", {equipped:d} of them with a post since "{day}"'))
def many(city: City, count: int, since: str, equipped: int, day: str) -> None:
    for number in range(count):
        code = f"F-{number:03}"
        stands(city, OrganisationKind.STATION, code, since)
        if number < equipped:
            works(city, code, code, day)


@then(step('coverage on "{day}" is {have:d} of {total:d}, without'))
def coverage_is(city: City, day: str, have: int, total: int, datatable: Rows) -> None:
    is_so(city, asked(day), have, total, datatable)


@then(step('coverage below "{above}" on "{day}" is {have:d} of {total:d}, without'))
def coverage_below(city: City, above: str, day: str, have: int, total: int, datatable: Rows) -> None:
    is_so(city, asked(day, above), have, total, datatable)


@then(step('coverage in group "{code}" on "{day}" is {have:d} of {total:d}, without'))
def coverage_of_group(city: City, code: str, day: str, have: int, total: int, datatable: Rows) -> None:
    is_so(city, CoverageQuestion(group=code, on=date.fromisoformat(day)), have, total, datatable)


@then(step('coverage in group "{code}" is refused'))
def group_refused(city: City, code: str) -> None:
    with pytest.raises(AreaGroupUnknown):
        covered(city, CoverageQuestion(group=code))


@then(step('so far as was known then, coverage below "{above}" on "{day}" was {have:d} of {total:d}, without'))
def coverage_known(city: City, position: int, above: str, day: str, have: int, total: int, datatable: Rows) -> None:
    is_so(city, asked(day, above, position), have, total, datatable)


@then(step('coverage on "{day}" has no percentage'))
def no_percentage(city: City, day: str) -> None:
    assert covered(city, asked(day)).percent is None


@then(step('coverage on "{day}" is {percent:f} percent where a small base is asked for'))
def small_base(city: City, day: str, percent: float) -> None:
    assert covered(city, asked(day), small=True).percent == percent


@then(step('coverage on "{day}" is {have:d} of {total:d}, which is {percent:f} percent, and {without:d} are missing'))
def coverage_of_many(city: City, day: str, have: int, total: int, percent: float, without: int) -> None:
    found = covered(city, asked(day))
    assert (found.have, found.total, found.percent) == (have, total, percent)
    assert len(missing(city, asked(day))) == without
