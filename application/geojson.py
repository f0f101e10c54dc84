"""Areas as GeoJSON has them (RFC 7946), and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from domain.areas import Area, Ring, Shape, Spot


class NoArea(ValueError):  # noqa: N818 - it reads as the sentence that the caller is shown
    """What is given is no GeoJSON Polygon or MultiPolygon."""


def area_of(geometry: object) -> Area:
    """A Polygon or a MultiPolygon. Whether its rings are sound is for the domain to say; heights are left out."""
    kind, coordinates = _parts(geometry)
    if kind == "Polygon":
        return Area((_shape(coordinates),))
    if kind == "MultiPolygon":
        return Area(tuple(_shape(each) for each in _several(coordinates)))
    raise NoArea("A GeoJSON Polygon or MultiPolygon is needed. 须为 GeoJSON 的 Polygon 或 MultiPolygon。")


def geojson(area: Area) -> Mapping[str, Any]:
    """An area of one shape is a Polygon."""
    return {"type": "Polygon", "coordinates": area[0]} if len(area) == 1 else {"type": "MultiPolygon", "coordinates": area}


def _shape(written: Any) -> Shape:
    return tuple(_ring(ring) for ring in _several(written))


def _ring(written: Any) -> Ring:
    return tuple(_spot(spot) for spot in _several(written))


def _spot(written: Any) -> Spot:
    match written:
        case [int() | float() as longitude, int() | float() as latitude, *_]:
            return float(longitude), float(latitude)
        case _:
            raise NoArea("A place in GeoJSON is a list of longitude and latitude. GeoJSON 中的点为经度和纬度的列表。")


def _parts(geometry: Any) -> tuple[Any, Any]:
    if not isinstance(geometry, Mapping):
        return None, None
    known = cast("Mapping[str, Any]", geometry)
    return known.get("type"), known.get("coordinates")


def _several(written: Any) -> Sequence[Any]:
    if isinstance(written, list | tuple):
        return cast("Sequence[Any]", written)
    raise NoArea("The coordinates of this GeoJSON are not nested as they have to be. GeoJSON 坐标的嵌套层次不正确。")
