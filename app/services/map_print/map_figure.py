# SPDX-License-Identifier: MIT
"""The map itself on a page: land, areas, borders, lines, dots, homes and names."""

import json
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.map_look import MapLayer
from app.services.alignment import IN_DISPUTE
from app.services.map_layers import Rgba, mercator, over_land
from app.services.map_print.borders import Edges, closed, dissolved, edges_of, traced
from app.services.map_print.content import MapContent, PrintDots, PrintHome, PrintLabel
from app.services.map_print.drawing import (
    Box,
    Clip,
    Dots,
    Fill,
    Frame,
    HomeSign,
    Item,
    Stroke,
)
from app.services.map_print.frame import MapFrame
from app.services.map_print.joints import with_joints
from app.services.map_print.label_placing import LabelPlacer, TextMeasure
from app.services.map_print.overlays import circle_items, drawn_items, pie_items, ring_items
from app.services.map_print.rings import fills_on_page, lines_on_page, rings_on_page
from app.services.map_print.stripes import stripes

WATER: Rgba = (211, 224, 232, 255)
LAND: Rgba = (246, 244, 239, 255)
_EDGE: Rgba = (92, 98, 104, 255)
_UNIT_BORDER = (72, 70, 64)
_UNIT_SHARE = 0.36
_COAST: Rgba = (146, 164, 176, 255)
_TERRITORY_BORDER: Rgba = (34, 38, 44, 255)
_HATCH: Rgba = (86, 84, 80, 255)
_STRIPES = 2.4
# All lines are opaque: a document would hold a line that lets something show through as an area,
# with twenty times the points.
_LINES: dict[str, tuple[Rgba, float]] = {
    "river": ((170, 200, 217, 255), 0.35),
    "county": ((122, 120, 114, 255), 0.3),
    "state": ((84, 82, 78, 255), 0.45),
    "country": ((66, 64, 62, 255), 0.65),
}
_FIRST_ZOOM = {"lake": 3.5, "river": 4.5, "county": 6.5, "state": 2.5, "country": 0.0}
_LAST_ZOOM = {"river": 8.5}
_FAR_ZOOM = 4.0
"""Below it countries are small and their borders lie close together."""
_FAR_COUNTRY: tuple[Rgba, float] = ((132, 130, 126, 255), 0.35)
_OTHER_LINE: tuple[Rgba, float] = ((122, 120, 114, 255), 0.35)
_POINTS_PER_PIXEL = 0.4
"""Dots of the screen are smaller on paper, which is read closer and holds more."""
_SAME_PLACE = 0.4
"""Dots of one kind nearer than this cannot be told apart on paper, and one of them is drawn."""
_HOME_RADIUS = 4.6
_SEAM = 0.2
_FINEST_UNIT, _FULL_UNIT = 2.0, 9.0
"""Typical size of an area in points from which its border shows, and shows in full."""


@dataclass(frozen=True, slots=True)
class MapOptions:
    """What of a map is drawn.

    Attributes:
        step: Grid of the shapes in points; half a pixel of the device.
        hidden: Boxes on the map that names must leave free, for example of the scale bar.
    """

    labels: bool = True
    dots: bool = True
    step: float = 0.1
    hidden: tuple[Box, ...] = ()


def map_items(
    content: MapContent, frame: MapFrame, options: MapOptions, measure: TextMeasure
) -> list[Item]:
    """Everything inside the map's edge, in drawing order."""
    items: list[Item] = [Clip(frame.box), Frame(frame.box, WATER)]
    rings = rings_on_page(content.polygons, frame, options.step)
    edges = edges_of(with_joints(rings, edges_of(rings)))
    items += _areas(content, edges)
    items += _base_lines(content, frame, options.step)
    items.append(Stroke(traced(edges, edges.is_coast), _COAST, 0.4))
    border = edges.is_first & edges.differs(content.groups)
    if MapLayer.TERRITORY_BORDERS.value not in content.hidden:
        items.append(Stroke(traced(edges, border), _TERRITORY_BORDER, 1.1))
    items += _overlays(content, frame, options, measure)
    items += [Clip(None), Frame(frame.box, None, _EDGE, 0.6)]
    return items


def _overlays(
    content: MapContent, frame: MapFrame, options: MapOptions, measure: TextMeasure
) -> list[Item]:
    """What stands on the areas, in the order of the screen."""
    hidden = content.hidden
    items: list[Item] = []
    if MapLayer.DRAWN_AREAS.value not in hidden:
        items += drawn_items(content.drawn, frame)
    if MapLayer.CIRCLES.value not in hidden:
        items += circle_items(content.circles, frame)
    if options.dots and MapLayer.ACCOUNTS.value not in hidden:
        items += _dots(content.dots, frame)
    if MapLayer.RINGS.value not in hidden:
        items += ring_items(content.rings, frame)
    pies = [] if MapLayer.CHARTS.value in hidden else pie_items(content.pies, frame)
    homes = [] if MapLayer.HOMES.value in hidden else _home_signs(content.homes, frame)
    items += [*pies, *homes]
    if options.labels:
        signs = [(each.x, each.y, each.radius) for each in (*pies, *homes)]
        soft = [Box(x - r, y - r, 2 * r, 2 * r) for x, y, r in signs]
        placer = LabelPlacer(frame, measure, soft, options.hidden)
        labels = () if MapLayer.LABELS.value in hidden else content.labels
        cities = () if MapLayer.CITIES.value in hidden else _cities(content)
        placer.place_all((*labels, *cities))
        items += placer.items
    return items


def _areas(content: MapContent, edges: Edges) -> list[Item]:
    """Fills by colour, stripes over what is in dispute, and the borders of the areas."""
    # What shows through is mixed with the land here: printers and viewers differ in doing it.
    colors = np.array(content.rgba, np.uint8)
    if MapLayer.FILL.value in content.hidden:
        colors[:] = 0
    known, class_of = np.unique(colors, axis=0, return_inverse=True)
    class_of = class_of.reshape(-1).astype(np.int64)
    is_plain = MapLayer.UNIT_BORDERS.value in content.hidden
    share = 0.0 if is_plain else _UNIT_SHARE * _unit_strength(edges)
    items: list[Item] = []
    borders: list[Item] = []
    for each, paths in dissolved(edges, class_of).items():
        red, green, blue, alpha = (int(part) for part in known[each])
        fill = over_land((red, green, blue, alpha), dark=False)
        # A hair of its own colour around each fill closes the seams between neighbouring ones.
        items += [Fill(paths, fill), Stroke(closed(paths), fill, _SEAM)]
        if share:
            own = edges.is_first & (class_of[edges.feature] == each)
            borders.append(Stroke(traced(edges, own), _mixed(fill, _UNIT_BORDER, share), 0.25))
    disputed = np.where(content.groups == IN_DISPUTE, 0, -1)
    found = dissolved(edges, disputed).values()
    items += [Stroke(stripes(each, _STRIPES), _HATCH, 0.45) for each in found]
    return items + borders


def _mixed(below: Rgba, above: tuple[int, int, int], share: float) -> Rgba:
    """A colour over another one, as one that lets nothing show through."""
    red, green, blue = (round(below[i] + (above[i] - below[i]) * share) for i in range(3))
    return red, green, blue, 255


def _unit_strength(edges: Edges) -> float:
    """0 to 1: how much of the borders of areas shows; none where areas are mere specks."""
    if not len(edges.feature):
        return 0.0
    points = edges.points[edges.tail] * edges.step
    order = np.argsort(edges.feature, kind="stable")
    feature = edges.feature[order]
    first = np.flatnonzero(np.r_[True, feature[1:] != feature[:-1]])
    size = np.maximum.reduceat(points[order], first) - np.minimum.reduceat(points[order], first)
    typical = float(np.median(np.sqrt(size[:, 0] * size[:, 1])))
    return min(1.0, max(0.0, (typical - _FINEST_UNIT) / (_FULL_UNIT - _FINEST_UNIT)))


def _base_lines(content: MapContent, frame: MapFrame, step: float) -> list[Item]:
    items: list[Item] = []
    for kind, path in content.lines:
        layer = MapLayer.WATER if kind in {"lake", "river"} else MapLayer.BASE_LINES
        if layer.value in content.hidden:
            continue
        if not _FIRST_ZOOM.get(kind, 0.0) <= frame.zoom <= _LAST_ZOOM.get(kind, 99.0):
            continue
        if kind == "lake":
            items.append(Fill(fills_on_page(path, frame, step), WATER))
            continue
        is_far = kind == "country" and frame.zoom < _FAR_ZOOM
        rgba, width = _FAR_COUNTRY if is_far else _LINES.get(kind, _OTHER_LINE)
        items.append(Stroke(lines_on_page(path, frame, step), rgba, width))
    return [each for each in items if not isinstance(each, Fill | Stroke) or len(each.paths)]


def _dots(dots: PrintDots, frame: MapFrame) -> list[Item]:
    """Dots by colour and size; of those that fall on one place, one."""
    xy = frame.place(dots.xy) if len(dots.xy) else np.zeros((0, 2))
    box = frame.box
    shown = (xy >= (box.left, box.top)).all(axis=1) & (xy <= (box.right, box.bottom)).all(axis=1)
    rows = np.flatnonzero(shown)
    if not len(rows):
        return []
    place = np.rint(xy[rows] / _SAME_PLACE).astype(np.int64)
    kind = np.column_stack([dots.radius[rows] * 100, dots.rgba[rows]]).astype(np.int64)
    _, kind_of = np.unique(kind, axis=0, return_inverse=True)
    table = np.column_stack([kind_of.reshape(-1), place])
    _, kept = np.unique(table, axis=0, return_index=True)
    rows, kind_of = rows[kept], kind_of.reshape(-1)[kept]
    items: list[Item] = []
    for each in np.unique(kind_of).tolist():
        alike = rows[kind_of == each]
        red, green, blue, _ = (int(part) for part in dots.rgba[alike[0]])
        radius = float(dots.radius[alike[0]]) * _POINTS_PER_PIXEL
        items.append(Dots(xy[alike], (red, green, blue, 255), radius))
    # Marked accounts are the larger ones and come last.
    return sorted(items, key=lambda each: each.radius if isinstance(each, Dots) else 0.0)


def _home_signs(homes: tuple[PrintHome, ...], frame: MapFrame) -> list[HomeSign]:
    if not homes:
        return []
    lon, lat = np.array([h.lon for h in homes]), np.array([h.lat for h in homes])
    points: npt.NDArray[np.float64] = frame.place(mercator(lon, lat))
    box = frame.box.inside(_HOME_RADIUS)
    return [
        HomeSign(float(x), float(y), _HOME_RADIUS, home.rgba)
        for home, (x, y) in zip(homes, points, strict=True)
        if box.left <= x <= box.right and box.top <= y <= box.bottom
    ]


def _cities(content: MapContent) -> tuple[PrintLabel, ...]:
    if content.cities_path is None:
        return ()
    listed: list[tuple[str, float, float, int]] = json.loads(
        content.cities_path.read_text(encoding="utf-8")
    )
    return tuple(
        PrintLabel(lon, lat, name, "city", rank=rank, tier=tier)
        for rank, (name, lon, lat, tier) in enumerate(listed)
    )
