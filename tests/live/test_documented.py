"""What `docs/live.md` shows, run as it stands there."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest

from tests.api.serving import served
from tests.live.breaking import breaking
from tests.live.test_subscriptions import raise_alarm

PAGE = Path(__file__).parents[2] / "docs" / "live.md"
EVENTS = 40


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    """What the Python on the page defines."""
    names: dict[str, Any] = {}
    for snippet in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        exec(compile(snippet, str(PAGE), "exec"), names)  # noqa: S102 - our own page
    return names


def test_a_follower_by_gql(shown: dict[str, Any], sqlite_url: str, tmp_path: Path) -> None:
    heard: list[int] = []

    async def take(event: dict[str, Any]) -> None:
        heard.append(event["position"])
        if len(heard) == EVENTS:
            raise EOFError

    with served(sqlite_url, tmp_path) as city, breaking(city.address) as line:
        zhang = city.client("zhang")
        for _ in range(EVENTS // 2):
            raise_alarm(zhang)
        url = line.replace("http", "ws") + "/graphql"
        with pytest.raises(EOFError):
            asyncio.run(asyncio.wait_for(shown["follow"](url, zhang.token, 0, take), 20))
    assert heard == list(range(1, EVENTS + 1))


def test_a_listener_by_httpx_sse(shown: dict[str, Any], sqlite_url: str, tmp_path: Path) -> None:
    with served(sqlite_url, tmp_path) as city:
        zhang = city.client("zhang")
        raise_alarm(zhang)
        raise_alarm(zhang)
        source = shown["listen"](city.address, zhang.token, 1)
        assert [next(source)[0] for _ in range(3)] == [2, 3, 4]
        source.close()
