# SPDX-License-Identifier: MIT
"""Draws the plan on the map: colours, legend, labels, dots, homes and tooltips."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.models.geounit import GeoLevel
from app.models.ids import AccountId, GeoUnitId
from app.models.reports import BalanceReport
from app.models.territory import Territory
from app.services.alignment import IN_DISPUTE, MIXED
from app.services.label_places import territory_places
from app.services.map_layers import (
    AreaColors,
    deviation_colors,
    measure_colors,
    mercator,
    over_land,
    territory_colors,
    territory_fill,
)
from app.services.workspace import Workspace
from app.ui.formats import compact, measure_value, plural
from app.ui.map.map_messages import HomeMarker, LegendEntry, MapLabel, Rgba
from app.ui.map.map_view import MapView

_NEUTRAL_DOT = {False: (58, 68, 74, 200), True: (226, 232, 236, 200)}
_MARKED_DOT = {False: (11, 107, 131, 255), True: (77, 181, 206, 255)}
"""The accent colour of the window, light and dark."""
_LEGEND_LINES = 12
"""Longer legends hide the map; the list at the left names every territory anyway."""


class MapPainter:
    """Turns the plan's state into what the map view takes.

    Attributes:
        level: The areas that are shown.
        coloring: "territory", "deviation" or "measure".
        is_dark: Whether the theme is dark.
        marked: Accounts whose dots stand out.
        most_legend_lines: Of a longer legend only what is no territory is shown.
    """

    def __init__(self, workspace: Workspace, view: MapView) -> None:
        self._workspace = workspace
        self._view = view
        self.level = GeoLevel.COUNTY
        self.coloring = "territory"
        self.is_dark = False
        self.marked: tuple[AccountId, ...] = ()
        self.most_legend_lines = _LEGEND_LINES
        self._shown_level: GeoLevel | None = None
        self._sent: AreaColors | None = None

    def take_choices(self, other: "MapPainter") -> None:
        """Show what another painter shows: the same areas, colouring and marked accounts."""
        self.level, self.coloring, self.marked = other.level, other.coloring, other.marked

    def draw_all(self) -> None:
        """Everything, for a fresh map or another theme."""
        self._shown_level = None
        self._draw_base_labels()
        self.draw_areas()
        self.draw_points()
        self.draw_homes()

    def draw_areas(self) -> None:
        """Areas, their colours, legend and labels."""
        if self._shown_level is not self.level:
            self._shown_level = self.level
            self._sent = None
            self._view.show_view(self._workspace.geography.view(self.level))
            self._view.set_lines(base_lines(self._workspace.geography.folder, self.level))
        colors = self._area_colors()
        self._send_colors(colors)
        self._draw_legend(colors)
        self.draw_labels()

    def _draw_base_labels(self) -> None:
        """Cities, and the states where they are large enough to read."""
        geography = self._workspace.geography
        self._view.set_places(geography.folder / "labels.json")
        states = geography.layer(GeoLevel.STATE)
        self._view.set_labels(
            "states",
            [
                MapLabel(float(lon), float(lat), name, "state", min_zoom=5, max_zoom=7)
                for name, lon, lat in zip(states.short_names, states.lon, states.lat, strict=True)
            ],
        )

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
        """A dot for every placed account, darker than the areas under it, and larger if marked."""
        accounts = self._workspace.accounts
        count = len(accounts)
        rgba = np.empty((count, 4), dtype=np.uint8)
        rgba[:] = _NEUTRAL_DOT[self.is_dark]
        radius = np.full(count, 3.0 if count < 20_000 else 2.0, dtype=np.float32)
        if self.marked:
            rows = accounts.rows_of(self.marked)
            rgba[rows], radius[rows] = _MARKED_DOT[self.is_dark], 7.0
        self._view.set_points(mercator(accounts.lon, accounts.lat), rgba, radius)

    def draw_homes(self) -> None:
        """The homes of reps in the colour of their first territory."""
        workspace = self._workspace
        homes: list[HomeMarker] = []
        for rep in workspace.reps:
            if rep.lon is None or rep.lat is None:
                continue
            held = workspace.territories_of(rep.id)
            fill = territory_fill(held[0].color_index, dark=self.is_dark) if held else None
            solid = over_land(fill, dark=self.is_dark) if fill else (120, 128, 134, 255)
            homes.append(HomeMarker(rep.lon, rep.lat, rep.name, solid))
        self._view.set_homes(homes)

    def draw_labels(self) -> None:
        """Name and rep of every territory, in its main part."""
        workspace = self._workspace
        places = territory_places(workspace, self.level)
        labels: list[MapLabel] = []
        for rank, (territory, place) in enumerate(zip(workspace.territories, places, strict=True)):
            if place is None:
                continue
            rep = workspace.rep_of(territory.id)
            sub = rep.name if rep is not None else "Vacant"
            labels.append(MapLabel(*place, territory.name, "territory", sub, rank=rank))
        self._view.set_labels("territories", labels)

    def tooltip(self, geounit: GeoUnitId) -> list[str]:
        """What the pointer shows over an area: name, holder, accounts, main measure."""
        workspace = self._workspace
        position = workspace.geography.view(self.level).position_by_geounit.get(geounit, -1)
        code = int(workspace.unit_territory(self.level)[position]) if position >= 0 else -1
        if code >= 0:
            territory = workspace.territories[code]
            rep = workspace.rep_of(territory.id)
            holder = f"{territory.name} · {rep.name if rep else 'vacant'}"
        elif code == IN_DISPUTE:
            names = (workspace.territory(t).name for t in workspace.territories_claiming(geounit))
            holder = "In dispute: " + ", ".join(names)
        else:
            holder = "Several territories" if code == MIXED else "Unassigned"
        words = [self._account_words(geounit), self._market_words(geounit)]
        return [workspace.geography.name(geounit), holder, *filter(None, words)]

    def _account_words(self, geounit: GeoUnitId) -> str:
        """How many accounts lie in an area, and their sum of the main measure."""
        workspace = self._workspace
        rows = workspace.accounts_in(geounit)
        if not len(rows):
            return ""
        main = workspace.main_account_measure
        total = float(workspace.accounts.measure(main.id)[rows].sum())
        more = f" · {main.name} {measure_value(total, main.kind)}" if main.id else ""
        return plural(len(rows), "account", "accounts") + more

    def _market_words(self, geounit: GeoUnitId) -> str:
        """The main measure of an area where that is market data."""
        workspace = self._workspace
        main = workspace.main_measure
        if main.level is None:
            return ""
        value = workspace.figures.area_value(workspace.accounts, geounit, main)
        text = "no data" if np.isnan(value) else measure_value(value, main.kind)
        return f"{main.name}: {text}"

    def fill_of(self, territory: Territory) -> Rgba:
        """The colour in which a territory's areas are drawn."""
        return territory_fill(territory.color_index, dark=self.is_dark)

    def _area_colors(self) -> AreaColors:
        workspace = self._workspace
        held = workspace.unit_territory(self.level)
        if self.coloring == "deviation":
            report = workspace.balance(workspace.main_measure.id)
            deviations = _deviations(report, workspace.territories)
            return deviation_colors(held, deviations, report.tolerance_fraction, dark=self.is_dark)
        if self.coloring == "measure":
            main = workspace.main_measure
            values = workspace.unit_values(self.level, main.id)
            # Market data may say nothing about an area; accounts always do.
            none_text = "None" if main.level is None else "No data"
            dark = self.is_dark
            return measure_colors(held, values, compact, dark=dark, none_text=none_text)
        # A region that only unites others has no area to explain.
        leaves = set(workspace.leaf_territories)
        names = [t.name if t in leaves else "" for t in workspace.territories]
        indices = [territory.color_index for territory in workspace.territories]
        return territory_colors(held, indices, names, dark=self.is_dark)

    def _draw_legend(self, colors: AreaColors) -> None:
        main = self._workspace.main_measure.name
        title = {"territory": "Territories", "deviation": f"Deviation: {main}"}.get(
            self.coloring, main
        )
        lines = colors.legend
        note = ""
        if len(lines) > self.most_legend_lines:
            named = len(self._workspace.leaf_territories)
            lines = lines[named:]
            note = f"{named} territories: see the list"
        if self.level is GeoLevel.ZIP:
            note = "ZIP areas are approximate" + (f" · {note}" if note else "")
        entries = [LegendEntry(line.text, line.rgba, line.is_hatched) for line in lines]
        self._view.set_legend(title, entries, note)


def base_lines(folder: Path, level: GeoLevel) -> list[tuple[str, Path]]:
    """The line layers of the base map for a level, in drawing order."""
    wanted = [("lake", "lakes.ply"), ("river", "rivers.lin")]
    if level is GeoLevel.ZIP:
        wanted.append(("county", "county_lines.lin"))
    if level is not GeoLevel.COUNTRY:
        wanted.append(("state", "state_lines.lin"))
    wanted.append(("country", "country_lines.lin"))
    return [(kind, folder / name) for kind, name in wanted if (folder / name).is_file()]


def _deviations(report: BalanceReport, territories: Sequence[Territory]) -> list[float | None]:
    """Per territory of the plan; None for one that only unites others."""
    by_territory = {line.territory_id: line.deviation_fraction for line in report.rows}
    return [by_territory.get(territory.id) for territory in territories]
