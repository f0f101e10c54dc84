"""GET /graphql for people: GraphiQL where its files are installed, else a small page that says why not. Nothing comes from elsewhere."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path

import orjson
from starlette.responses import HTMLResponse
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from api.ide.examples import examples
from api.services import ApiSettings

HERE = Path(__file__).parent
STATIC = HERE / "static"
MISSING = "missing.txt"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def page(settings: ApiSettings, today: date) -> HTMLResponse:
    installed = (STATIC / "graphiql" / "graphiql.min.js").exists()
    text = (HERE / ("page.html" if installed else "missing.html")).read_text(encoding="utf-8")
    return HTMLResponse(text.replace("{{prefill}}", _prefill(settings, today)).replace("{{why}}", escape(_why())), headers=HEADERS)


def mounts() -> list[Mount]:
    return [
        Mount("/graphql/page/own", StaticFiles(directory=HERE / "own")),
        Mount("/graphql/page/static", StaticFiles(directory=STATIC, check_dir=False)),
    ]


def _prefill(settings: ApiSettings, today: date) -> str:
    """What the page begins with; the token only in development. `<` is escaped, so that no text can end the script."""
    token = settings.token if settings.development else None
    return orjson.dumps({"token": token, "examples": examples(today)}).decode().replace("<", "\\u003c")


def _why() -> str:
    reason = STATIC / MISSING
    return reason.read_text(encoding="utf-8").strip() if reason.exists() else "`make setup` has not been run here"
