"""`make bench`: every module of this folder that has `rows()`, or those that are named: `python -m benchmarks log`."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Iterator

import benchmarks
from benchmarks.table import Row, show


def rows(names: list[str]) -> Iterator[Row]:
    for name in names:
        module = importlib.import_module(f"benchmarks.{name}")
        if hasattr(module, "rows"):
            yield from module.rows()


if __name__ == "__main__":
    show(rows(sys.argv[1:] or [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if not module.name.startswith("__")]))
