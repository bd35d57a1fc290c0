# SPDX-License-Identifier: MIT
"""Draws what lies on the areas beside accounts: circles, pies, rings, and what they mean."""

from dataclasses import replace

import numpy as np

from app.models.geounit import GeoLevel
from app.models.map_look import ChartStyle, MapLayer, MapLook
from app.models.measure import Measure
from app.models.units import KM_PER_MILE
from app.services.label_places import Place, territory_places
from app.services.map_figures import account_classes, area_places
from app.services.map_layers import mercator, over_land, territory_fill
from app.services.map_layers.account_marks import (
    MOST_SYMBOLS,
    circle_radii,
    class_rgba,
    class_shares,
)
from app.services.workspace import Workspace
from app.ui.formats import number
from app.ui.map.account_marks import CIRCLE_FILL, circle_section, class_entries, weight_measure
from app.ui.map.look_titles import column_title
from app.ui.map.map_messages import Rgba
from app.ui.map.show_messages import ChartMarker, LegendSection, RingMarker
from app.ui.map.show_view import ShowView

_LARGEST_PIE, _SMALLEST_PIE = 26.0, 9.0
_NO_REP: Rgba = (120, 128, 134, 255)
_NO_CIRCLES = (np.zeros((0, 2)), np.zeros((0, 4), np.uint8), np.zeros(0))


class OverlayPainter:
    """Turns the plan and the user's choices into overlays.

    Attributes:
        look: What the user chose.
        is_dark: Whether the theme is dark.
        account_section: What the marks of accounts mean; None where that needs no word.
    """

    def __init__(self, workspace: Workspace, view: ShowView) -> None:
        self._workspace = workspace
        self._view = view
        self.look = MapLook()
        self.is_dark = False
        self.account_section: LegendSection | None = None
        self._chart_section: LegendSection | None = None
        self._sent: dict[str, object] = {}

    def draw_all(self, level: GeoLevel | str) -> None:
        """Everything but the legend, which `draw_legend` makes of it."""
        self._sent.clear()
        self.draw_layers()
        self.draw_charts(level)
        self.draw_rings()

    def draw_layers(self) -> None:
        """Which layers show, how strongly and in which order."""
        self._view.set_layers(self.look)

    def draw_charts(self, level: GeoLevel | str) -> None:
        """Circles or pies; none where the user chose none."""
        style = self.look.charts
        self._chart_section = None
        charts: tuple[ChartMarker, ...] = ()
        circles = _NO_CIRCLES
        if style is ChartStyle.PIES:
            charts = self._pies()
        elif style is not ChartStyle.NONE:
            circles = self._circles(level)
        # An edit while there are none must not make the page draw anything again.
        if len(circles[0]) or self._is_news("circles", len(circles[0])):
            self._sent["circles"] = len(circles[0])
            self._view.set_circles(*circles)
        if self._is_news("charts", charts):
            self._view.set_charts(charts)

    def draw_rings(self) -> None:
        """Rings around where each rep's days begin, in the colour of the first territory."""
        choice, workspace = self.look.rings, self._workspace
        km = KM_PER_MILE if choice.unit == "mi" else 1.0
        rings: list[RingMarker] = []
        for rep in workspace.reps:
            base = rep.base
            if base is None:
                continue
            held = workspace.territories_of(rep.id)
            fill = territory_fill(held[0].color_index, dark=self.is_dark) if held else _NO_REP
            solid = over_land(fill, dark=self.is_dark)
            for distance in choice.distances:
                words = f"{number(distance, 0 if distance == round(distance) else 1)} {choice.unit}"
                rings.append(RingMarker(*base, distance * km, words, solid))
        if self._is_news("rings", rings):
            self._view.set_rings(rings)

    def draw_legend(self) -> None:
        """What shows and needs a word."""
        sections: list[LegendSection] = []
        accounts, charts = self.account_section, self._chart_section
        if accounts is not None and self._shows(MapLayer.ACCOUNTS):
            sections.append(accounts)
        layer = MapLayer.CHARTS if self.look.charts is ChartStyle.PIES else MapLayer.CIRCLES
        if charts is not None and self._shows(layer):
            if sections and _same_classes(sections[0], charts):
                # Symbols and slices of one column have the same colours: once is enough.
                sections = [replace(sections[0], title=charts.title)]
            else:
                sections.append(charts)
        if self._is_news("legend", sections):
            self._view.set_legend(sections)

    def _is_news(self, name: str, content: object) -> bool:
        """Whether the page has something else so far; it is told next."""
        if name in self._sent and self._sent[name] == content:
            return False
        self._sent[name] = content
        return True

    def clear(self) -> None:
        """Let another plan take the map."""
        self._view.set_layers(MapLook())
        self._view.set_circles(*_NO_CIRCLES)
        self._view.set_charts(())
        self._view.set_rings(())
        self._view.set_legend(())

    def _shows(self, layer: MapLayer) -> bool:
        look = self.look.look_of(layer)
        return look.is_shown and look.opacity > 0

    def _circles(self, level: GeoLevel | str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        workspace, measure = self._workspace, self._measure()
        if self.look.charts is ChartStyle.AREA_CIRCLES:
            lon, lat = area_places(workspace, level)
            values = workspace.unit_values(level, measure.id)
        else:
            places, totals = self._places(), self._totals(measure)
            held = [(place, totals[i]) for i, place in enumerate(places) if place is not None]
            lon = np.array([place[0] for place, _ in held])
            lat = np.array([place[1] for place, _ in held])
            values = np.array([total for _, total in held])
        radii = circle_radii(values)
        shown = np.flatnonzero(radii > 0)
        rgba = np.empty((len(shown), 4), np.uint8)
        rgba[:] = CIRCLE_FILL[self.is_dark]
        largest = float(values[shown].max(initial=0.0))
        self._chart_section = circle_section(measure.name, largest, dark=self.is_dark)
        return mercator(lon[shown], lat[shown]), rgba, radii[shown]

    def _pies(self) -> tuple[ChartMarker, ...]:
        workspace = self._workspace
        measure = weight_measure(workspace, self.look)
        classes = account_classes(workspace, self.look.pie_column, measure.id)
        values = workspace.accounts.measure(measure.id)
        count = len(workspace.territories)
        shares = class_shares(workspace.account_territory, classes.of_row, values, count)
        totals = shares.sum(axis=1)
        most = float(totals.max(initial=0.0))
        colors = [class_rgba(code, dark=self.is_dark) for code in range(MOST_SYMBOLS + 1)]
        charts: list[ChartMarker] = []
        for position, place in enumerate(self._places()):
            whole = float(totals[position])
            if place is None or whole <= 0:
                continue
            parts: list[float] = (shares[position] / whole).tolist()
            slices = tuple(
                (rgba, part) for rgba, part in zip(colors, parts, strict=True) if part > 0
            )
            radius = max(_SMALLEST_PIE, _LARGEST_PIE * (whole / most) ** 0.5)
            charts.append(ChartMarker(*place, radius, slices))
        title = f"{measure.name} by {column_title(self.look.pie_column)}"
        entries = class_entries(classes, dark=self.is_dark, with_shapes=False)
        self._chart_section = LegendSection(title, entries)
        return tuple(charts)

    def _measure(self) -> Measure:
        """The measure of circles on areas and territories, which may be market data."""
        workspace = self._workspace
        if self.look.weight is None:
            return workspace.main_measure
        return next(
            (m for m in workspace.measures if m.id == self.look.weight), workspace.main_measure
        )

    def _places(self) -> tuple[Place | None, ...]:
        """Per territory where its label stands at the level at which it is whole."""
        return territory_places(self._workspace, GeoLevel.COUNTY)

    def _totals(self, measure: Measure) -> list[float]:
        totals = {row.territory_id: row.total for row in self._workspace.balance(measure.id).rows}
        return [totals.get(each.id, 0.0) for each in self._workspace.territories]


def _same_classes(one: LegendSection, other: LegendSection) -> bool:
    """Whether two sections name the same classes in the same colours."""
    pairs = [(each.text, each.rgba) for each in one.entries]
    return pairs == [(each.text, each.rgba) for each in other.entries]
