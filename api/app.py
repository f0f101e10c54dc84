"""The ASGI application: GraphQL, its page, and how the process feels."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route, WebSocketRoute

from api.exports.download import Downloads
from api.http import GraphQL
from api.ide.page import mounts
from api.live.live import Live
from api.services import Services


def create_app(services: Services) -> Starlette:
    """`state.live` is who is connected: whoever stops the process tells it first."""
    graphql = GraphQL(services)
    live = Live(services, graphql)

    async def health(_request: Request) -> JSONResponse:
        """The process answers."""
        return JSONResponse({"status": "ok"})

    async def ready(_request: Request) -> JSONResponse:
        """The log can be read, no projection stands still, and the process is not about to leave."""
        try:
            fine = not live.leaving and all(each.failure is None for each in await services.feed.status())
        except Exception:  # noqa: BLE001 - whatever it is, the process cannot serve now
            fine = False
        return JSONResponse({"ready": fine}, status_code=200 if fine else 503)

    app = Starlette(
        routes=[
            Route("/graphql", graphql.respond, methods=["GET", "POST"]),
            WebSocketRoute("/graphql", live.socket),
            Route("/graphql/stream", live.stream, methods=["POST"]),
            Route("/exports/{id}", Downloads(services, graphql).respond, methods=["GET"]),
            *mounts(),
            Route("/health", health, methods=["GET"]),
            Route("/ready", ready, methods=["GET"]),
        ]
    )
    app.state.live = live
    return app
