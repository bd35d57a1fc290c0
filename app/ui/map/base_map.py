# SPDX-License-Identifier: MIT
"""The calm part of the map: lines, and names of countries, states and cities."""

import math
from pathlib import Path

import numpy as np

from app.models.geounit import GeoLevel
from app.services.geography.geography import Geography
from app.ui.map.map_messages import MapLabel
from app.ui.map.map_view import MapView

_DIVIDED = "US"
_LAST_UNDIVIDED_ZOOM = 3.4
_LEAST_LAST_ZOOM = 6.5
_NAME_PX = 52
"""A country is named from where it is as wide as this."""
_EQUATOR_KM = 40_075.0
_WORLD_PX = 256
"""Width of the whole map at zoom 0."""


def draw_base_labels(geography: Geography, view: MapView) -> None:
    """Cities, and the states where they are large enough to read."""
    view.set_places(geography.folder / "labels.json")
    states = geography.layer(GeoLevel.STATE)
    view.set_labels(
        "states",
        [
            MapLabel(float(lon), float(lat), name, "state", min_zoom=5, max_zoom=7)
            for name, lon, lat in zip(states.short_names, states.lon, states.lat, strict=True)
        ],
    )
    _draw_country_labels(geography, view)


def _draw_country_labels(geography: Geography, view: MapView) -> None:
    """Countries while they are small on the map, the largest first."""
    countries = geography.layer(GeoLevel.COUNTRY)
    order: list[int] = np.argsort(-countries.area_km2, kind="stable").tolist()
    labels: list[MapLabel] = []
    for rank, position in enumerate(order):
        first = _first_zoom(float(countries.area_km2[position]), float(countries.lat[position]))
        place = float(countries.lon[position]), float(countries.lat[position])
        name = countries.names[position]
        # Inside the divided country its states and territories say where one is.
        is_divided = countries.codes[position] == _DIVIDED
        last = _LAST_UNDIVIDED_ZOOM if is_divided else max(_LEAST_LAST_ZOOM, first + 2)
        label = MapLabel(*place, name, "country", min_zoom=first, max_zoom=last, rank=rank)
        labels.append(label)
    view.set_labels("countries", labels)


def _first_zoom(area_km2: float, lat: float) -> float:
    """From which zoom on the name of a country has room in it.

    Args:
        lat: Where it lies, in degrees: the map shows the same area larger towards the poles.
    """
    if area_km2 <= 0:
        return 0.0
    wide_km = math.sqrt(area_km2) / math.cos(math.radians(lat))
    return max(0.0, math.log2(_NAME_PX * _EQUATOR_KM / (_WORLD_PX * wide_km)))


def base_lines(folder: Path, level: GeoLevel) -> list[tuple[str, Path]]:
    """The line layers of the base map for a level, in drawing order."""
    wanted = [("lake", "lakes.ply"), ("river", "rivers.lin")]
    if level is GeoLevel.ZIP:
        wanted.append(("county", "county_lines.lin"))
    if level.depth > GeoLevel.STATE.depth:
        # States that are units themselves have borders already; twice, they outdo the countries'.
        wanted.append(("state", "state_lines.lin"))
    wanted.append(("country", "country_lines.lin"))
    return [(kind, folder / name) for kind, name in wanted if (folder / name).is_file()]
