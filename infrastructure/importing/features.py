"""GeoJSON feature collections as rows: the properties of a feature are its columns, and its geometry is one more."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from infrastructure.importing.mapping import MappingError
from infrastructure.importing.row import BadRow, Row
from infrastructure.importing.rules import FeatureNotUnderstood

GEOMETRY = "geometry"
SUFFIXES = frozenset({".geojson", ".json"})


def is_geojson(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES


def header(path: Path) -> list[str]:
    """All that any feature tells of itself."""
    names = {name: None for feature in _features(path) for name in _properties(feature)}
    return [*names, GEOMETRY]


def rows(path: Path, header: list[str]) -> Iterator[Row | BadRow]:
    """Features are numbered from 1; what a feature does not tell is empty."""
    for number, feature in enumerate(_features(path), start=1):
        row = Row(number, dict.fromkeys(header, "") | {name: _text(value) for name, value in _properties(feature).items()})
        if not isinstance(feature, dict) or not isinstance(feature.get(GEOMETRY), dict):
            yield BadRow(row, FeatureNotUnderstood(field=GEOMETRY))
        else:
            row.cells[GEOMETRY] = json.dumps(feature[GEOMETRY])
            yield row


def _features(path: Path) -> list[Any]:
    try:
        collection = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise MappingError(f"{path} cannot be read: {error}") from error
    match collection:
        case {"type": "FeatureCollection", "features": list() as features}:
            return features
        case _:
            raise MappingError(f"{path} is no GeoJSON FeatureCollection.")


def _properties(feature: Any) -> Mapping[str, Any]:
    match feature:
        case {"properties": dict() as properties}:
            return properties
        case _:
            return {}


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return json.dumps(value)
