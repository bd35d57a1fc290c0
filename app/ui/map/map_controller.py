# SPDX-License-Identifier: MIT
"""Between plan and map: gestures become commands, edits become colours."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from app.models.changes import Changes
from app.models.geounit import GeoLevel, split_geounit_id
from app.models.ids import AccountId, GeoUnitId, MeasureId, TerritoryId
from app.services.commands import SetMainMeasure
from app.ui.formats import plural
from app.ui.map.map_painter import MapPainter
from app.ui.map.map_reports import ClickReport, Modifiers, StrokeReport, ViewReport
from app.ui.map.map_view import MapView
from app.ui.map.paint_stroke import PaintStroke
from app.ui.map.tool_messages import MapTool
from app.ui.selection import Focus, Selection
from app.ui.session import EditSession

Bounds = tuple[float, float, float, float]
HOME_BOUNDS: Bounds = (-125.0, 24.0, -66.0, 50.0)
"""The contiguous United States: what an empty plan shows."""
_TOOLS = {"pick": MapTool.PICK, "paint": MapTool.PAINT, "lasso": MapTool.LASSO}


class MapController(QObject):
    """The map of one plan.

    Signals:
        state_changed(): Tool, level, colouring or paint target changed.
        message(str): Something that the user should know.
    """

    state_changed = Signal()
    message = Signal(str)

    def __init__(
        self, session: EditSession, view: MapView, selection: Selection, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._selection = selection
        self._settings: QSettings | None = None
        self._painter = MapPainter(session.workspace, view)
        self.tool_key = "pick"
        self.shows_accounts = True
        self._stroke = PaintStroke(session, self)
        self._hovered = -1
        # Several edits in one turn of the event loop (a stroke, an import) are drawn once.
        self._redraw = QTimer(self, singleShot=True, interval=0)
        self._redraw.timeout.connect(self._draw_changed)
        self._pending = Changes()
        self._connect()

    # What the toolbar and the actions ask for

    @property
    def level(self) -> GeoLevel:
        """The areas that are shown and edited."""
        return self._painter.level

    @property
    def coloring(self) -> str:
        """Key of what the colours mean."""
        return self._painter.coloring

    @property
    def is_settled(self) -> bool:
        """Whether every edit so far is drawn."""
        return not self._redraw.isActive() and self._view.is_settled

    def restore(self, settings: QSettings) -> None:
        """Show the plan where the user left it, and remember from now on."""
        self._settings = settings
        get = self._stored
        if (level := get("level", GeoLevel.COUNTY.value)) in {each.value for each in GeoLevel}:
            self._painter.level = GeoLevel(level)
        if (coloring := get("coloring", "territory")) in {"territory", "deviation", "measure"}:
            self._painter.coloring = coloring
        self.shows_accounts = get("accounts", "1") == "1"
        self._view.show_points(visible=self.shows_accounts)
        self._painter.draw_all()
        self.set_tool("pick")
        bounds = [float(part) for part in get("bounds", "").split(",") if part]
        if len(bounds) == 4:
            box = (bounds[0], bounds[1], bounds[2], bounds[3])
            self._view.fly_to(box, animated=False, max_zoom=13, padding=0)
        else:
            self.show_everything(animated=False)

    def set_tool(self, key: str) -> None:
        """Choose select, paint or lasso."""
        self.tool_key = key
        self._view.set_tool(_TOOLS[key])
        self._update_preview()
        self.state_changed.emit()

    def set_level(self, key: str) -> None:
        """Show and edit other areas."""
        self._painter.level = GeoLevel(key)
        self._hovered = -1
        self._store("level", key)
        self._selection.select_geounits(())
        self._painter.draw_areas()
        self.state_changed.emit()

    def set_coloring(self, key: str) -> None:
        """Let the colours mean something else."""
        self._painter.coloring = key
        self._store("coloring", key)
        self._painter.draw_areas()
        self.state_changed.emit()

    def set_measure(self, measure: int) -> None:
        """Make a measure the main one; an undoable edit, as it decides about balance."""
        chosen = self._session.workspace.measure(MeasureId(measure))
        self._session.run(SetMainMeasure(chosen.id, chosen.name), self)

    def set_shows_accounts(self, shown: bool) -> None:
        """Show or hide the dots."""
        self.shows_accounts = shown
        self._store("accounts", "1" if shown else "0")
        self._view.show_points(visible=shown)
        self.state_changed.emit()

    @property
    def is_dark(self) -> bool:
        """Whether the theme is dark; the next drawing follows it."""
        return self._painter.is_dark

    @is_dark.setter
    def is_dark(self, dark: bool) -> None:
        self._painter.is_dark = dark

    def redraw(self) -> None:
        """Draw everything again, in the theme of now."""
        self._painter.draw_all()
        self._show_selection()

    def hint(self) -> str:
        """How the present tool works, or nothing where it needs no word."""
        if self.tool_key == "lasso":
            return "Draw around areas to select them. Shift adds to the selection, Esc gives up."
        if self.tool_key != "paint":
            return ""
        target = self._selection.target
        if target is None:
            return "Choose a territory in the list: what you paint goes to it."
        name = self._session.workspace.territory(target).name
        return (
            f"You paint into {name}. Alt takes areas out, right-drag moves the map, Esc gives up."
        )

    # Where to look

    def show_everything(self, *, animated: bool = True) -> None:
        """All accounts, or the United States where there are none."""
        accounts = self._session.workspace.accounts
        placed = ~np.isnan(accounts.lon)
        self._view.fly_to(
            _bounds(accounts.lon[placed], accounts.lat[placed]) or HOME_BOUNDS, animated=animated
        )

    def show_territory(self, territory: TerritoryId) -> None:
        """All areas of a territory."""
        units = self._session.workspace.geounits_of_territory(territory)
        self._fly_to_units(units)

    def show_geounit(self, geounit: GeoUnitId) -> None:
        """One area."""
        self._fly_to_units((geounit,))

    def show_account(self, account: AccountId) -> None:
        """One account, if it is placed."""
        self.show_accounts((account,))

    def show_accounts(self, accounts: Sequence[AccountId]) -> None:
        """Some accounts, marked among the others, as far as they are placed."""
        table = self._session.workspace.accounts
        rows = table.rows_of(accounts)
        rows = rows[~np.isnan(table.lon[rows])]
        if not len(rows):
            return
        self._mark(tuple(accounts))
        lon, lat = table.lon[rows], table.lat[rows]
        west, east, south, north = lon.min(), lon.max(), lat.min(), lat.max()
        self._view.fly_to(
            (float(west) - 0.4, float(south) - 0.3, float(east) + 0.4, float(north) + 0.3)
        )

    def mark_focus(self) -> None:
        """Mark the account that the inspector shows, and no other."""
        account = self._selection.focus.account
        self._mark(() if account is None else (account,))

    def show_bounds(self, bounds: Bounds) -> None:
        """A box: west, south, east, north in degrees."""
        self._view.fly_to(bounds)

    def stop(self) -> None:
        """Let go of the view; another plan may take it."""
        self._redraw.stop()
        self._view.disconnect(self)
        self._view.set_selection(())
        self._view.set_points(np.zeros((0, 2)), np.zeros((0, 4), np.uint8))
        self._view.set_homes(())
        self._view.set_labels("territories", ())

    # Wiring

    def _connect(self) -> None:
        view, session = self._view, self._session
        view.feature_clicked.connect(self._on_clicked)
        view.feature_hovered.connect(self._on_hovered)
        view.point_clicked.connect(self._on_point_clicked)
        view.home_clicked.connect(self._on_home_clicked)
        view.stroke_moved.connect(self._on_stroke_moved)
        view.stroke_finished.connect(self._on_stroke_finished)
        view.stroke_cancelled.connect(self._on_stroke_cancelled)
        view.lasso_finished.connect(self._on_lasso)
        view.view_changed.connect(self._on_view_changed)
        session.changed.connect(self._on_changed)
        self._selection.geounits_changed.connect(self._show_selection)
        self._selection.target_changed.connect(self._on_target_changed)
        self._selection.focus_changed.connect(self._on_focus_changed)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        self._pending |= changes
        self._redraw.start()

    def _draw_changed(self) -> None:
        changes, self._pending = self._pending, Changes()
        if changes.touches_alignment or changes.settings or changes.reps or changes.records:
            self._painter.draw_areas()
        if changes.touches_account_rows:
            self._painter.draw_points()
        if changes.reps or changes.territories or changes.all_accounts:
            self._painter.draw_homes()
        self._update_preview()
        self._show_selection()
        if self._hovered >= 0:
            self._show_tooltip()

    # Gestures

    def _on_clicked(self, report: ClickReport) -> None:
        units = self._units((report.feature,))
        if not units:
            self._selection.select_geounits(())
            return
        if report.modifiers.ctrl or report.modifiers.shift:
            kept = [unit for unit in self._selection.geounits if unit != units[0]]
            added = [] if units[0] in self._selection.geounits else [units[0]]
            self._selection.select_geounits((*kept, *added))
        else:
            self._selection.select_geounits(units)
        self._selection.show(Focus(geounit=units[0]))

    def _on_hovered(self, feature: int) -> None:
        self._hovered = feature
        self._show_tooltip()

    def _show_tooltip(self) -> None:
        units = self._units((self._hovered,))
        self._view.set_tooltip(self._painter.tooltip(units[0]) if units else ())

    def _on_point_clicked(self, row: int, _modifiers: Modifiers) -> None:
        accounts = self._session.workspace.accounts
        if 0 <= row < len(accounts):
            self._selection.show(Focus(account=AccountId(int(accounts.ids[row]))))

    def _on_home_clicked(self, index: int) -> None:
        placed = [rep for rep in self._session.workspace.reps if rep.lon is not None]
        if 0 <= index < len(placed):
            self._selection.show(Focus(rep=placed[index].id))

    def _on_lasso(self, report: StrokeReport) -> None:
        units = self._units(report.features)
        if report.modifiers.ctrl or report.modifiers.shift:
            known = set(self._selection.geounits)
            units = (*self._selection.geounits, *(unit for unit in units if unit not in known))
        self._selection.select_geounits(units)

    def _on_stroke_moved(self, report: StrokeReport) -> None:
        if report.tool is MapTool.PAINT:
            self._paint(report)

    def _on_stroke_finished(self, report: StrokeReport) -> None:
        self._paint(report)
        if self._stroke.skipped:
            words = plural(self._stroke.skipped, "area", "areas")
            self.message.emit(f"Left {words} of locked territories as they are.")
        self._stroke.end()

    def _on_stroke_cancelled(self, report: StrokeReport) -> None:
        self._stroke.take_back(report.stroke)

    def _paint(self, report: StrokeReport) -> None:
        """Write what the brush has touched; the panes follow at once."""
        target = self._selection.target
        takes_out = report.modifiers.alt
        if target is None and not takes_out:
            self.message.emit("Choose a territory in the list first: painting goes to it.")
            self._view.cancel_stroke()
            return
        units = self._units(report.features)
        if not self._stroke.extend(report.stroke, units, None if takes_out else target):
            self._view.cancel_stroke()

    def _on_view_changed(self, report: ViewReport) -> None:
        west, south, east, north = report.bounds
        self._store("bounds", f"{west:.4f},{south:.4f},{east:.4f},{north:.4f}")

    # Helpers

    def _mark(self, accounts: tuple[AccountId, ...]) -> None:
        """Let the dots of these accounts stand out, and no others."""
        if accounts != self._painter.marked:
            self._painter.marked = accounts
            self._painter.draw_points()

    def _on_focus_changed(self) -> None:
        """The account that the inspector shows is marked, if it is not already among others."""
        if self._selection.focus.account not in self._painter.marked:
            self.mark_focus()

    def _on_target_changed(self) -> None:
        self._update_preview()
        self.state_changed.emit()

    def _update_preview(self) -> None:
        target = self._selection.target
        workspace = self._session.workspace
        if target is not None and workspace.has_territory(target):
            color = self._painter.fill_of(workspace.territory(target))
            self._view.set_tool(_TOOLS[self.tool_key], preview=color)

    def _show_selection(self) -> None:
        positions = self._session.workspace.geography.view(self.level).position_by_geounit
        units = self._selection.geounits
        self._view.set_selection([positions[unit] for unit in units if unit in positions])

    def _units(self, features: Sequence[int]) -> tuple[GeoUnitId, ...]:
        geounits = self._session.workspace.geography.view(self.level).geounits
        return tuple(geounits[f] for f in features if 0 <= f < len(geounits))

    def _fly_to_units(self, units: Sequence[GeoUnitId]) -> None:
        geography = self._session.workspace.geography
        boxes: list[Bounds] = []
        for unit in units:
            level, code = split_geounit_id(unit)
            layer = geography.layer(level)
            index = layer.index_of(code)
            if index >= 0:
                west, south, east, north = (float(part) for part in layer.bounds[index])
                boxes.append((west, south, east, north))
        if boxes:
            array = np.array(boxes)
            west, south = array[:, 0].min(), array[:, 1].min()
            east, north = array[:, 2].max(), array[:, 3].max()
            self._view.fly_to((float(west), float(south), float(east), float(north)))

    def _key(self, name: str) -> str:
        return f"plan/{self._session.workspace.info.plan_id}/{name}"

    def _stored(self, name: str, default: str) -> str:
        if self._settings is None:
            return default
        return str(self._settings.value(self._key(name), default))

    def _store(self, name: str, value: str) -> None:
        if self._settings is not None:
            self._settings.setValue(self._key(name), value)


def _bounds(lon: np.ndarray, lat: np.ndarray) -> Bounds | None:
    """The box around most points: the outermost 2 % at each side are left out of a large list."""
    if not len(lon):
        return None
    share = 0.02 if len(lon) > 50 else 0.0
    west, east = np.quantile(lon, [share, 1 - share])
    south, north = np.quantile(lat, [share, 1 - share])
    return float(west) - 0.5, float(south) - 0.5, float(east) + 0.5, float(north) + 0.5
