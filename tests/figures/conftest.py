"""Questions are awaited, on asyncio; books are empty at first."""

from __future__ import annotations

import pytest

from infrastructure.database import Database
from tests.figures.books import Books


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def books(database: Database) -> Books:
    return Books(database)
