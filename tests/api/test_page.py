"""The page at GET /graphql, in a real browser: it works, and nothing comes from elsewhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from api.ide import install, page
from tests.api.serving import Served, served

CHROMIUM = shutil.which("chromium")
HERE_ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
HTML = {"Accept": "text/html"}


def needed(what: str, *, there: bool) -> None:
    """In CI everything must be there; elsewhere a test may say what it misses."""
    if not there and os.environ.get("CI") == "true":
        pytest.fail(f"{what} is missing")
    if not there:
        pytest.skip(f"NO {what.upper()}: the page goes untested")


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("page")
    with served(f"sqlite:///{folder / 'city.sqlite'}", folder, development=True) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    needed("chromium", there=CHROMIUM is not None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", HERE_ALONE])
        yield browser
        browser.close()


@pytest.fixture
def watched(browser: Browser, city: Served) -> Iterator[tuple[Page, list[Request], list[str]]]:
    """A page, all its requests and all its complaints."""
    tab = browser.new_page()
    requests, sockets, complaints = list[Request](), list[str](), list[str]()
    tab.on("request", lambda request: requests.append(request))  # noqa: PLW0108 - playwright marks its handlers, and a bound method cannot be marked
    tab.on("websocket", lambda opened: sockets.append(opened.url))
    tab.on("console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None)
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    yield tab, requests, complaints
    tab.close()
    assert all(request.url.startswith((city.address, "data:", "blob:")) for request in requests), "nothing is loaded from elsewhere"
    assert all(url.startswith(city.address.replace("http", "ws")) for url in sockets)
    assert complaints == []


def test_graphiql_runs_the_first_example(city: Served, watched: tuple[Page, list[Request], list[str]]) -> None:
    needed("GraphiQL", there=(page.STATIC / "graphiql" / "graphiql.min.js").exists())
    tab, _, _ = watched
    tab.goto(f"{city.address}/graphql")
    with tab.expect_response(lambda response: "Board" in (response.request.post_data or "")) as answered:
        tab.get_by_label("Execute query").first.click()
    assert answered.value.json()["data"]["alarms"]["totalCount"] == 0
    tab.locator(".result-window", has_text="totalCount").wait_for()
    assert tab.locator("[role=tab]").count() >= 3


def test_without_its_files_a_page_of_our_own_works(
    city: Served, watched: tuple[Page, list[Request], list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "STATIC", tmp_path)
    (tmp_path / page.MISSING).write_text("there is no npm on this <machine>", encoding="utf-8")
    tab, _, _ = watched
    tab.goto(f"{city.address}/graphql")
    assert "there is no npm on this <machine>" in tab.inner_text("body")
    tab.get_by_role("button").click()
    tab.locator("#answer", has_text="totalCount").wait_for()


def test_the_page_is_strict_and_holds_no_address_of_elsewhere(city: Served) -> None:
    response = city.http.get(f"{city.address}/graphql", headers=HTML)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "https://" not in response.text
    assert "http://" not in response.text


def test_the_token_is_filled_in_for_developers_only(city: Served, sqlite_url: str, tmp_path: Path) -> None:
    assert city.token is not None
    assert city.token in city.http.get(f"{city.address}/graphql", headers=HTML).text
    with served(sqlite_url, tmp_path) as earnest:
        assert '"token":null' in city.http.get(f"{earnest.address}/graphql", headers=HTML).text


def test_every_file_of_the_page_is_known_with_its_hash() -> None:
    files = install.wanted()
    assert len(files) == 7
    assert all(len(file.hash) == 64 for file in files)
    text = (page.HERE / "page.html").read_text(encoding="utf-8")
    missing = [file.name for file in files if f"/static/{file.name}" not in text]
    assert missing == ["js-cookie/js.cookie.min.js"], "the only one that our page has no use for"


def test_a_file_that_is_not_the_expected_one_is_not_installed(tmp_path: Path) -> None:
    file = install.wanted()[0]
    target = tmp_path / "node_modules" / file.package / file.path
    target.parent.mkdir(parents=True)
    target.write_text("something else", encoding="utf-8")
    with pytest.raises(install.NotInstalled, match="not the file that was expected"):
        install._verified(file, tmp_path)


def test_without_npm_the_reason_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(install.NotInstalled, match="no npm"):
        install.install(install.wanted())
