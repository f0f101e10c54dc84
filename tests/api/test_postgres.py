"""The same over PostgreSQL: what differs between the databases is below the API, and must not show."""

from __future__ import annotations

from pathlib import Path

from infrastructure.database import Database
from infrastructure.projections.catalogue import catalogue
from infrastructure.projections.generations import install
from infrastructure.settings import Settings
from tests.api.serving import FOUNDED, new_id, served, told


def _with_views(url: str) -> None:
    database = Database.open(url)
    install(database, catalogue(Settings().zone))
    database.close()


def test_a_command_a_list_the_feed_and_a_figure(postgres_url: str, tmp_path: Path) -> None:
    _with_views(postgres_url)
    with served(postgres_url, tmp_path) as city:
        zhang = city.client("zhang")
        given = {
            "source": "CALL_110",
            "kind": "ALARM",
            "division": "500103",
            "station": "CQ-YZ-01",
            "place": {"longitude": 106.5, "latitude": 29.5},
        }
        ids = [new_id() for _ in range(5)]
        for alarm in ids:
            done = zhang.do(
                "openAlarm", "alarm { state place { latitude } reportsReceived { source } }", alarm=alarm, report=new_id(), **given
            )
            assert done["alarm"] == {"state": "RECEIVED", "place": {"latitude": 29.5}, "reportsReceived": [{"source": "CALL_110"}]}
        text = "query ($c: Cursor) { alarms(first: 3, after: $c) { totalCount nodes { id } pageInfo { endCursor } } }"
        first = zhang.ask(text)["alarms"]
        second = zhang.ask(text, c=first["pageInfo"]["endCursor"])["alarms"]
        assert [node["id"] for node in first["nodes"] + second["nodes"]] == [told("alarm", id) for id in ids[::-1]]
        assert first["totalCount"] == 5
        told_of = '{ events(first: 100, types: ["AlarmOpened", "ReportReceived"]) { nodes { position } } }'
        assert len(zhang.ask(told_of)["events"]["nodes"]) == 10
        year = 'period: {from: "2000-01-01", to: "2100-01-01"}'
        counts = zhang.ask(f"query ($p: Position) {{ alarmCounts({year}, atLeast: $p) {{ alarms reports }} }}", p=done["position"])
        assert counts["alarmCounts"] == {"alarms": 5, "reports": 5}
        status = zhang.ask("{ status { healthy position } }")["status"]
        assert status["healthy"]
        assert status["position"] >= FOUNDED + 10
