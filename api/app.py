"""The ASGI application: GraphQL, its page, and how the process feels."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from api.http import GraphQL
from api.ide.page import mounts
from api.services import Services


def create_app(services: Services) -> Starlette:
    async def health(_request: Request) -> JSONResponse:
        """The process answers."""
        return JSONResponse({"status": "ok"})

    async def ready(_request: Request) -> JSONResponse:
        """The log can be read and no projection stands still."""
        try:
            fine = all(each.failure is None for each in await services.feed.status())
        except Exception:  # noqa: BLE001 - whatever it is, the process cannot serve now
            fine = False
        return JSONResponse({"ready": fine}, status_code=200 if fine else 503)

    return Starlette(
        routes=[
            Route("/graphql", GraphQL(services).respond, methods=["GET", "POST"]),
            *mounts(),
            Route("/health", health, methods=["GET"]),
            Route("/ready", ready, methods=["GET"]),
        ]
    )
