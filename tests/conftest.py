"""What every test can ask for."""

from __future__ import annotations

from tests.databases import database, database_url, postgres_server, postgres_url, sqlite_template, sqlite_url

__all__ = ["database", "database_url", "postgres_server", "postgres_url", "sqlite_template", "sqlite_url"]
