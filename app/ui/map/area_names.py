# SPDX-License-Identifier: MIT
"""Names of the areas that the map shows and edits, for the part that the window shows."""

import numpy as np
import numpy.typing as npt

from app.services.geography.area_view import AreaView
from app.services.geography.geography import Geography
from app.ui.map.map_messages import MapLabel
from app.ui.map.map_painter import MapPainter
from app.ui.map.map_reports import ViewReport
from app.ui.map.map_view import MapView

_FIRST_ZOOM = {"metro": 6.5, "zip3": 6.5, "county": 7.75, "zip": 10.5}
"""From here on names have room; countries and states are named by the base map."""
_OWN_FIRST_ZOOM = 7.0
_WITHOUT = ("country", "state")
_MOST = 500
"""More than this do not fit a screen."""

FloatArray = npt.NDArray[np.float64]


class AreaNames:
    """Sends the names of the areas in view whenever the map looks elsewhere.

    Args:
        geography: Where the label points of areas are.
        painter: Knows which areas are shown.
    """

    def __init__(self, geography: Geography, painter: MapPainter, view: MapView) -> None:
        self._geography = geography
        self._painter = painter
        self._view = view
        self._report: ViewReport | None = None
        self._placed: AreaView | None = None
        self._lon_lat = np.empty((0, 2))
        self._count = 0

    def follow(self, report: ViewReport) -> None:
        """The map looks elsewhere."""
        self._report = report
        self.refresh()

    def refresh(self) -> None:
        """The map shows other areas."""
        shown = self._painter.view
        first = _FIRST_ZOOM.get(shown.key, _OWN_FIRST_ZOOM)
        report = self._report
        is_near = report is not None and report.zoom >= first and shown.key not in _WITHOUT
        labels = self._labels(shown, report, first) if is_near and report is not None else []
        if labels or self._count:
            self._view.set_labels("areas", labels)
        self._count = len(labels)

    def clear(self) -> None:
        """No names any more."""
        self._view.set_labels("areas", ())
        self._count = 0

    def _labels(self, shown: AreaView, report: ViewReport, first: float) -> list[MapLabel]:
        if self._placed is not shown:
            self._placed, self._lon_lat = shown, label_points(self._geography, shown)
        lon, lat = self._lon_lat.T
        west, south, east, north = report.bounds
        # Areas without a point are NaN, which is inside of nothing.
        inside = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        return [
            MapLabel(
                float(lon[number]),
                float(lat[number]),
                short_name(shown.key, str(shown.names[number])),
                "area",
                min_zoom=first,
            )
            for number in np.flatnonzero(inside)[:_MOST].tolist()
        ]


def label_points(geography: Geography, shown: AreaView) -> FloatArray:
    """Longitude and latitude in degrees of every area of the view's own kind, as rows.

    A group stands in the middle of the label points of its areas; NaN for what stands nowhere.
    """
    layer = geography.layer(shown.level)
    lon_lat = np.column_stack((layer.lon, layer.lat)).astype(np.float64)
    count = shown.own_count
    if shown.group_of is None:
        own = shown.units.depth[:count] == shown.level.depth
        points = np.full((count, 2), np.nan)
        points[own] = lon_lat[shown.units.index[:count][own]]
        return points
    member = (shown.group_of >= 0) & (shown.group_of < count)
    group = shown.group_of[member]
    sums = [np.bincount(group, lon_lat[member, axis], count) for axis in (0, 1)]
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.column_stack(sums) / np.bincount(group, minlength=count)[:, np.newaxis]


def short_name(key: str, name: str) -> str:
    """What is written into an area: a code, or a name without what lies around it.

    Args:
        key: Of the view.
        name: As lists show it, like "60601 Chicago, IL".
    """
    if key == "zip":
        return name.split(" ", 1)[0]
    if key == "zip3":
        return name.removeprefix("ZIP3 ")
    if key not in {"county", "metro"}:
        return name
    return name.split(", ", 1)[0].removesuffix(" County").removesuffix(" Parish")
