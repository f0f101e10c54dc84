"""Runs cameras.feature; what only it says stands here."""

from __future__ import annotations

import asyncio

from pytest_bdd import given, scenarios, then, when

from application.surveillance.views import CameraView
from application.views import Order, Wanted
from features.city import City
from features.surveillance.conftest import registered
from features.wording import step

scenarios("cameras.feature")


@given(step('camera "{number}" of a {sector:Code} was registered'))
def camera_was_registered(city: City, number: str, sector: str) -> None:
    city.happened(registered(number, sector))


@when(step('camera "{number}" of a {sector:Code} is registered'))
def register(city: City, number: str, sector: str) -> None:
    city.act(registered(number, sector))


@then("the list of cameras shows")
def list_shows(city: City, datatable: list[list[str]]) -> None:
    city.catch_up()
    page = asyncio.run(city.tocsin.read_models.page(CameraView, Wanted(), Order(by="gb28181_id", descending=False), 100, None))
    assert [[each.gb28181_id, each.sector, each.state] for each in page.rows] == datatable
