"""The command line on a small demo city: every command does its work, and every mistake is one clear line."""

from __future__ import annotations

import itertools
import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api import cli
from api.cli.loading import build_demo
from api.cli.options import settings
from infrastructure.database import Database
from infrastructure.demo.year import Size

SMALL = Size(alarms=400, counter=60)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('city') / 'city.sqlite'}"
    assert "SYNTHETIC" in build_demo(settings(url), 1, SMALL)
    return url


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.app, words, catch_exceptions=False)


def told(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *words: str) -> str:
    """The one line that a mistake is answered with."""
    monkeypatch.setattr(sys, "argv", ["tocsin", *words])
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == 1
    output = capsys.readouterr()
    assert output.err.count("\n") == 1
    assert output.err.startswith("tocsin: ")
    return output.err


def test_status_shows_every_projection_and_that_the_city_is_synthetic(city: str):
    answer = run("status", "--database", city)
    assert answer.exit_code == 0
    assert "SYNTHETIC" in answer.stdout
    assert {"case_list", "alarm_board", "figures"} <= set(answer.stdout.replace("│", " ").split())
    assert "BEHIND" not in answer.stdout


def test_a_query_prints_json(city: str):
    answer = run("query", "query Q($n: Int!) { alarms(first: $n) { nodes { id summary } } }", "--variables", '{"n": 3}', "--database", city)
    assert answer.exit_code == 0
    nodes = json.loads(answer.stdout)["data"]["alarms"]["nodes"]
    assert len(nodes) == 3
    assert all("Synthetic" in node["summary"] for node in nodes)


def test_a_query_may_stand_in_a_file(city: str, tmp_path: Path):
    (tmp_path / "query.graphql").write_text("{ cases(first: 1) { totalCount } }", encoding="utf-8")
    answer = run("query", "--file", str(tmp_path / "query.graphql"), "--database", city)
    assert json.loads(answer.stdout)["data"]["cases"]["totalCount"] > 60


def test_a_query_with_errors_prints_them_and_fails(city: str):
    answer = run("query", "{ nothing }", "--database", city)
    assert answer.exit_code == 1
    assert "errors" in json.loads(answer.stdout)


def test_log_and_views_are_whole_before_and_after_a_rebuild(city: str):
    assert run("verify", "--database", city).exit_code == 0
    assert "case_list" in run("rebuild", "case_list", "figures", "--database", city).stdout
    assert run("verify", "--database", city).exit_code == 0


def test_the_export_has_every_event_once_and_in_order(city: str, tmp_path: Path):
    assert run("export", "--output", str(tmp_path / "events.ndjson"), "--database", city).exit_code == 0
    events = [json.loads(line) for line in (tmp_path / "events.ndjson").read_text(encoding="utf-8").splitlines()]
    assert [event["position"] for event in events] == list(range(1, len(events) + 1))
    assert all(event["recordedAt"] <= later["recordedAt"] for event, later in itertools.pairwise(events))
    assert events[0]["type"] == "DivisionEstablished"
    assert run("export", "--after", str(len(events) - 2), "--database", city).stdout.count("\n") == 2


def test_the_schema_is_printed():
    assert "type Mutation" in run("schema").stdout


def test_an_officer_gets_a_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TOCSIN_DEVELOPMENT_KEY", str(tmp_path / "key.json"))
    for words in (("--officer", "demo-dispatcher"), ("--officer", "O-17", "--organisation", "ORG-1", "--role", "AUDITOR")):
        assert run("token", *words).stdout.count(".") == 2
    assert (tmp_path / "key.json").stat().st_mode & 0o077 == 0


def test_a_key_is_made_listed_and_revoked(sqlite_url: str):
    made = run("key", "create", "--label", "ARC", "--organisation", "ORG-1", "--action", "INTAKE", "--database", sqlite_url).stdout.strip()
    _, prefix, secret = made.split("_", 2)
    listed = run("key", "list", "--database", sqlite_url).stdout
    assert prefix in listed
    assert secret not in listed
    assert "REVOKED" not in listed
    assert run("key", "revoke", prefix, "--reason", "lost", "--database", sqlite_url).exit_code == 0
    assert "REVOKED" in run("key", "list", "--database", sqlite_url).stdout


def test_migrate_may_be_repeated(database_url: str):
    assert run("migrate", "--database", database_url).exit_code == 0
    assert run("migrate", "--database", database_url).exit_code == 0
    assert run("status", "--database", database_url).exit_code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("status", "--database", "city"), "not the address of a database"),
        (("status", "--database", "oracle://city"), "not a database Tocsin knows"),
        (("status", "--database", "sqlite:////nowhere/at/all/city.sqlite"), "city.sqlite"),
        (("status", "--database", "postgresql://127.0.0.1:1/city"), "cannot be reached"),
        (("import", "--mapping", "nowhere", "file.csv"), "There is no mapping nowhere"),
        (("import", "--mapping", "sffd-calls", "nowhere.csv"), "nowhere.csv cannot be read"),
        (("query",), "either a GraphQL document or --file"),
        (("query", "{ a }", "--variables", "[]"), "--variables must be a JSON object"),
        (("query", "--file", "nowhere.graphql"), "nowhere.graphql"),
        (("work", "--database", "sqlite:///city.sqlite"), "an SQLite file belongs to one process"),
    ],
)
def test_a_mistake_is_told_in_one_line(
    words: tuple[str, ...],
    says: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.chdir(tmp_path)
    assert says in told(capsys, monkeypatch, *words)


def test_a_database_in_use_is_told_in_one_line(city: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    held = Database.open(city)
    try:
        assert "is in use by process" in told(capsys, monkeypatch, "verify", "--database", city)
    finally:
        held.close()


def test_the_demo_city_wants_an_empty_database(city: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    assert "needs an empty database" in told(capsys, monkeypatch, "demo", "--database", city)


def test_an_unknown_projection_is_told_with_those_there_are(city: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    assert "case_list" in told(capsys, monkeypatch, "rebuild", "nothing", "--database", city)
