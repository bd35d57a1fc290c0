# SPDX-License-Identifier: MIT
"""Draws the plan on the map: colours, legend, labels, dots, homes and tooltips."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from app.models.geounit import GeoLevel
from app.models.ids import AccountId, TerritoryId
from app.models.map_look import AccountStyle, AreaBasis, MapLook
from app.models.measure import Measure
from app.models.reports import BalanceReport
from app.models.territory import Territory
from app.services.geography.area_view import AreaView
from app.services.label_places import territory_km2, territory_places
from app.services.map_figures import (
    area_values,
    chosen_figures,
    territory_figures,
)
from app.services.map_layers import (
    AreaColors,
    deviation_colors,
    measure_colors,
    over_land,
    shaded,
    territory_colors,
    territory_fill,
)
from app.services.shown_areas import ShownAreas, colors_of_features
from app.services.workspace import Workspace
from app.ui.formats import compact, count
from app.ui.map.account_marks import Tints, account_marks, tints_of
from app.ui.map.area_words import AreaWords
from app.ui.map.base_map import base_lines, draw_base_labels
from app.ui.map.look_titles import AREA_BASES, joined, short_figure
from app.ui.map.map_messages import HomeMarker, LegendEntry, MapLabel, Rgba
from app.ui.map.map_view import MapView
from app.ui.map.show_messages import LegendSection

_LEGEND_LINES = 12
"""Longer legends hide the map; the list at the left names every territory anyway."""


class MapPainter:
    """Turns the plan's state into what the map view takes.

    Attributes:
        view_key: Key of the view that is shown; `view` is what draws it.
        coloring: "territory", "deviation" or "measure".
        is_dark: Whether the theme is dark.
        look: What the user chose about the look of the map.
        marked: Accounts whose dots stand out.
        account_section: What the marks of accounts mean; None where that needs no word.
        most_legend_lines: Of a longer legend only what is no territory is shown.
    """

    def __init__(self, workspace: Workspace, view: MapView) -> None:
        self._workspace = workspace
        self._view = view
        self._areas = ShownAreas(workspace)
        self.view_key = GeoLevel.COUNTY.value
        self.coloring = "territory"
        self.is_dark = False
        self.look = MapLook()
        self.marked: tuple[AccountId, ...] = ()
        self.account_section: LegendSection | None = None
        self.most_legend_lines = _LEGEND_LINES
        self._shown: AreaView | None = None
        self._sent: AreaColors | None = None
        self._tints: Tints | None = None

    def take_choices(self, other: "MapPainter") -> None:
        """Show what another painter shows: the same areas, colouring and marked accounts."""
        self.view_key, self.coloring, self.marked = other.view_key, other.coloring, other.marked
        self.look = other.look

    @property
    def view(self) -> AreaView:
        """The areas that are shown."""
        return self._areas.view(self.view_key)

    @property
    def level(self) -> GeoLevel:
        """The level of the areas that are shown."""
        return self.view.level

    @level.setter
    def level(self, level: GeoLevel) -> None:
        self.view_key = level.value

    def draw_all(self) -> None:
        """Everything, for a fresh map or another theme."""
        self._shown = None
        self._areas.forget()
        draw_base_labels(self._workspace.geography, self._view)
        self.draw_areas()
        self.draw_points()
        self.draw_homes()

    def draw_areas(self) -> None:
        """Areas, their colours, legend and labels."""
        view = self.view
        if self._shown is not view:
            self._shown = view
            self._sent = None
            self._view.show_view(view)
            self._view.set_lines(base_lines(self._workspace.geography.folder, view.level))
        colors = self._area_colors()
        self._send_colors(colors)
        self._draw_legend(colors)
        self.draw_labels()

    def _send_colors(self, colors: AreaColors) -> None:
        """All colours, or after a small edit only those that changed."""
        last, self._sent = self._sent, colors
        if last is None or len(last.groups) != len(colors.groups):
            self._view.set_colors(colors.rgba, colors.groups)
            return
        differs = (last.rgba != colors.rgba).any(axis=1) | (last.groups != colors.groups)
        changed = np.flatnonzero(differs)
        if len(changed):
            self._view.patch_colors(changed, colors.rgba[changed], colors.groups[changed])

    def draw_points(self) -> None:
        """A mark for every placed account, in the style that the user chose."""
        self._tints = self._wanted_tints()
        marks = account_marks(
            self._workspace, self.look, self.marked, self._tints, dark=self.is_dark
        )
        self.account_section = marks.section
        self._view.set_points(marks.xy, marks.rgba, marks.radius, marks.extra)

    def refresh_tints(self) -> None:
        """Draw the points anew where rules, families or names give them to others than so far."""
        before, now = self._tints, self._wanted_tints()
        is_same = before is now if before is None or now is None else np.array_equal(before, now)
        if not is_same:
            self.draw_points()

    def _wanted_tints(self) -> Tints | None:
        shows_who = self.coloring == "territory" and self.look.accounts is AccountStyle.DOTS
        return tints_of(self._workspace) if shows_who else None

    def draw_homes(self) -> None:
        """The homes and offices of reps in the colour of their first territory."""
        workspace = self._workspace
        homes: list[HomeMarker] = []
        for rep in workspace.reps:
            held = workspace.territories_of(rep.id)
            fill = territory_fill(held[0].color_index, dark=self.is_dark) if held else None
            solid = over_land(fill, dark=self.is_dark) if fill else (120, 128, 134, 255)
            if rep.lon is not None and rep.lat is not None:
                homes.append(HomeMarker(rep.lon, rep.lat, rep.name, solid))
            if rep.office_lon is not None and rep.office_lat is not None:
                office = f"{rep.name} (office)"
                homes.append(HomeMarker(rep.office_lon, rep.office_lat, office, solid))
        self._view.set_homes(homes)

    def draw_labels(self) -> None:
        """Name, rep and chosen figures of every territory, in its main part; the largest first."""
        workspace = self._workspace
        places = territory_places(workspace, self.level)
        ranks = self._ranks()
        figures = chosen_figures(workspace.measures, self.look.figures)
        values = territory_figures(workspace, figures)
        labels: list[MapLabel] = []
        for territory, place in zip(workspace.territories, places, strict=True):
            if place is None:
                continue
            rep = workspace.rep_of(territory.id)
            sub = rep.name if rep is not None else "Vacant"
            texts = [
                short_figure(figure, found.get(territory.id))
                for figure, found in zip(figures, values, strict=True)
            ]
            rank = ranks[territory.id]
            label = MapLabel(*place, territory.name, "territory", sub, rank=rank)
            labels.append(replace(label, figures=joined(texts)))
        self._view.set_labels("territories", labels)

    def _ranks(self) -> dict[TerritoryId, int]:
        """Territories by the land that they hold, the largest 0."""
        workspace = self._workspace
        land = territory_km2(workspace)
        order = np.argsort(-land, kind="stable").tolist()
        return {workspace.territories[position].id: rank for rank, position in enumerate(order)}

    def tooltip(self, number: int) -> list[str]:
        """What the pointer shows over a unit: name, holder, and figures."""
        return AreaWords(self._workspace, self.view, self.look.figures).lines(number)

    def fill_of(self, territory: Territory) -> Rgba:
        """The colour in which a territory's areas are drawn."""
        return territory_fill(territory.color_index, dark=self.is_dark)

    def _area_colors(self) -> AreaColors:
        """The colours of all polygons."""
        workspace, view = self._workspace, self.view
        on_polygons = self._areas.held(view)
        # A measure belongs to units; who holds what is exact on the polygons that draw them.
        held = workspace.unit_territory(view.key) if self._shows_values else on_polygons
        colors = self._colors(held)
        return colors_of_features(colors, view, on_polygons) if self._shows_values else colors

    @property
    def _shows_values(self) -> bool:
        return self.coloring == "measure" or (self.coloring == "territory" and self.look.is_shaded)

    def _colors(self, held: npt.NDArray[np.int32]) -> AreaColors:
        """Colours of units or polygons, from who holds each of them."""
        workspace = self._workspace
        if self.coloring == "deviation":
            report = workspace.balance(workspace.main_measure.id)
            deviations = _deviations(report, workspace.territories)
            return deviation_colors(held, deviations, report.tolerance_fraction, dark=self.is_dark)
        if self.coloring == "measure":
            main = self.color_measure
            values = area_values(workspace, self.view.key, main.id, self.look.classes.basis)
            # Market data may say nothing about an area; accounts always do.
            none_text = "None" if main.level is None else "No data"
            return measure_colors(
                held,
                values,
                compact,
                dark=self.is_dark,
                none_text=none_text,
                choice=self.look.classes,
            )
        # A region that only unites others has no area to explain.
        leaves = set(workspace.leaf_territories)
        names = [t.name if t in leaves else "" for t in workspace.territories]
        indices = [territory.color_index for territory in workspace.territories]
        colors = territory_colors(held, indices, names, dark=self.is_dark)
        if not self.look.is_shaded:
            return colors
        return shaded(colors, workspace.unit_values(self.view.key, self.color_measure.id))

    @property
    def color_measure(self) -> Measure:
        """The measure that colours areas: the chosen one, or the main one."""
        workspace = self._workspace
        chosen = (each for each in workspace.measures if each.id == self.look.color_measure)
        return next(chosen, workspace.main_measure)

    def _legend_title(self) -> str:
        if self.coloring == "territory":
            shade = f", stronger: more {self.color_measure.name}" if self.look.is_shaded else ""
            return f"Territories{shade}"
        if self.coloring == "deviation":
            return f"Deviation: {self._workspace.main_measure.name}"
        basis = self.look.classes.basis
        more = "" if basis is AreaBasis.TOTAL else f", {AREA_BASES[basis].lower()}"
        return f"{self.color_measure.name}{more}"

    def _draw_legend(self, colors: AreaColors) -> None:
        lines = colors.legend
        note = ""
        if len(lines) > self.most_legend_lines:
            named = len(self._workspace.leaf_territories)
            lines = lines[named:]
            note = f"{named} territories: see the list"
        label = self._workspace.geography.layer(self.level).label
        if "approximate" in label:
            kind = "Some ZIP areas" if "partly" in label else "ZIP areas"
            note = f"{kind} are approximate" + (f" · {note}" if note else "")
        entries = [
            LegendEntry(
                line.text,
                line.rgba,
                line.is_hatched,
                count="" if line.count is None else count(line.count),
            )
            for line in lines
        ]
        self._view.set_legend(self._legend_title(), entries, note)


def _deviations(report: BalanceReport, territories: Sequence[Territory]) -> list[float | None]:
    """Per territory of the plan; None for one that only unites others."""
    by_territory = {line.territory_id: line.deviation_fraction for line in report.rows}
    return [by_territory.get(territory.id) for territory in territories]
