"""What a process has that serves or works, before it opens a database: `tests.processes` forks from here."""

from __future__ import annotations

import api.cli  # noqa: F401 - it takes most of a start
from api.schema.build import schema

schema()
