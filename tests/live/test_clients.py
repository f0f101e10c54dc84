"""The published clients of JavaScript, as others use them: nothing is lost or doubled however often their lines break."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from pathlib import Path

from tests import npm
from tests.api.serving import FOUNDED, served
from tests.live.breaking import breaking
from tests.live.test_subscriptions import raise_alarm

SCRIPT = Path(__file__).with_name("clients.mjs")
PAGE = Path(__file__).parents[2] / "docs" / "live.md"
RAISED = 30
EVENTS = FOUNDED + 2 * RAISED


def test_graphql_ws_graphql_sse_urql_and_apollo(sqlite_url: str, tmp_path: Path) -> None:
    (resuming,) = re.findall(r"```js\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    with served(sqlite_url, tmp_path) as city, ExitStack() as stack:
        zhang = city.client("zhang")
        for _ in range(RAISED):
            raise_alarm(zhang)
        lines = [stack.enter_context(breaking(city.address)) for _ in range(4)]
        found = json.loads(npm.run(SCRIPT, city.address, *lines, zhang.token, str(EVENTS), beside={"resuming.js": resuming}))
    whole = {"heard": list(range(1, EVENTS + 1)), "done": True, "query": "zhang"}
    assert found == {
        "socket": whole,
        "stream": whole,
        "urql": whole,
        "apollo": whole,
        "refused": "BAD_REQUEST",
        "stranger": 4403,
        "many": True,
    }
