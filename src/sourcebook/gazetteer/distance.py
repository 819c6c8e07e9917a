"""How far two points of the earth are from one another."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import Final

#: Kilometres within which two towns may be told for one another: a suburb is told as its city.
NEAR: Final = 30.0
_DIAMETER: Final = 12_742


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance of two points in WGS 84 degrees."""
    up, across = radians(other_lat - lat), radians(other_lon - lon)
    chord = sin(up / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(across / 2) ** 2
    return _DIAMETER * asin(min(1.0, sqrt(chord)))
