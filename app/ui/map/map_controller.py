# SPDX-License-Identifier: MIT
"""Between plan and map: what is shown, with which tool, and drawn again after every edit."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QObject, QSettings, QTimer, Signal

from app.models.changes import Changes
from app.models.geounit import GeoLevel
from app.models.ids import AccountId, GeoUnitId, MeasureId, TerritoryId
from app.services.commands import SetMainMeasure
from app.ui.map.area_names import AreaNames
from app.ui.map.change_marks import ChangeMarks
from app.ui.map.critical_marks import CriticalMarks
from app.ui.map.map_camera import Bounds, MapCamera
from app.ui.map.map_context import MapContext
from app.ui.map.map_gestures import MapGestures
from app.ui.map.map_looks import MapLooks
from app.ui.map.map_memory import MapMemory
from app.ui.map.map_painter import MapPainter
from app.ui.map.map_reports import ViewReport
from app.ui.map.map_strokes import MapStrokes
from app.ui.map.map_view import MapView
from app.ui.map.tool_choice import ToolChoice
from app.ui.map.tool_options import ToolOptions
from app.ui.selection import Selection
from app.ui.session import EditSession


class MapController(QObject):
    """The map of one plan.

    Attributes:
        context: What the parts of the map share.
        options: How the tools work.
        gestures, strokes: Turn what the user does on the map into selections and edits.
        looks: What the user chose about the look of the map.
        marks: What changed since the user began to mark it.
        camera: Where the map looks.

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
        self._memory = MapMemory(session.workspace.info.plan_id)
        self._painter = MapPainter(session.workspace, view)
        self._names = AreaNames(session.workspace.geography, self._painter, view)
        self.looks = MapLooks(session, view, self._painter, self)
        self.options = ToolOptions(self)
        self.context = MapContext(session, view, self._painter, selection, self.options)
        self.camera = MapCamera(self.context)
        self.gestures = MapGestures(self.context, self)
        self.strokes = MapStrokes(self.context, self)
        self.marks = ChangeMarks(self.context, self)
        self._critical = CriticalMarks(self.context, self)
        self._tool = ToolChoice(self.context)
        self._inside = ""
        self._drawn_view = self._painter.view
        self.shows_accounts = True
        # Several edits in one turn of the event loop (a stroke, an import) are drawn once.
        self._redraw = QTimer(self, singleShot=True, interval=0)
        self._redraw.timeout.connect(self._draw_changed)
        self._pending = Changes()
        self._connect()

    # What the toolbar and the actions ask for

    @property
    def level(self) -> GeoLevel:
        """The level of the areas that are shown and edited."""
        return self._painter.level

    @property
    def view_key(self) -> str:
        """The view that is shown."""
        return self._painter.view.key

    @property
    def tool_key(self) -> str:
        """Key of the tool that is chosen."""
        return self._tool.key

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
        self._memory = MapMemory(self._session.workspace.info.plan_id, settings)
        get = self._memory.get
        if self._session.workspace.geography.has_view(key := get("level", "county")):
            self._painter.view_key = key
        if (coloring := get("coloring", "territory")) in {"territory", "deviation", "measure"}:
            self._painter.coloring = coloring
        self.shows_accounts = get("accounts", "1") == "1"
        self._view.show_points(visible=self.shows_accounts)
        self.looks.restore(self._memory, shows_accounts=self.shows_accounts)
        self._painter.draw_all()
        self.looks.draw_all()
        self.set_tool("pick")
        bounds = [float(part) for part in get("bounds", "").split(",") if part]
        if len(bounds) == 4:
            box = (bounds[0], bounds[1], bounds[2], bounds[3])
            self._view.fly_to(box, animated=False, max_zoom=13, padding=0)
        else:
            self.show_everything(animated=False)

    def set_tool(self, key: str) -> None:
        """Choose a tool of the tool table."""
        if self._tool.choose(key):
            self._critical.set_on(self._tool.spec.has_brush)
            self.state_changed.emit()

    def set_level(self, key: str) -> None:
        """Show and edit other areas: a key of the geography's `view_titles`."""
        self._painter.view_key = key
        self.gestures.hovered_unit = -1
        self._memory.set("level", key)
        self._selection.select_geounits(())
        self._painter.draw_areas()
        self.looks.draw_view()
        self._show_areas()
        self.state_changed.emit()

    def show_inside(self, key: str, units: tuple[GeoUnitId, ...]) -> None:
        """Show finer areas, some of them selected, where they are."""
        self.set_level(key)
        self._selection.select_geounits(units)
        self.camera.show_geounits(units)

    def set_coloring(self, key: str) -> None:
        """Let the colours mean something else."""
        self._painter.coloring = key
        self._memory.set("coloring", key)
        self._painter.draw_areas()
        self._painter.refresh_tints()
        self.state_changed.emit()

    def set_measure(self, measure: int) -> None:
        """Make a measure the main one; an undoable edit, as it decides about balance."""
        chosen = self._session.workspace.measure(MeasureId(measure))
        self._session.run(SetMainMeasure(chosen.id, chosen.name), self)

    def set_shows_accounts(self, shown: bool) -> None:
        """Show or hide the dots."""
        self.shows_accounts = shown
        self._memory.set("accounts", "1" if shown else "0")
        self._view.show_points(visible=shown)
        self.looks.set_shows_accounts(shown)
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
        self.looks.draw_all()
        self._show_areas()

    def hint(self) -> str:
        """How the present tool works."""
        return self._tool.hint()

    # Where to look

    def show_everything(self, *, animated: bool = True) -> None:
        """All accounts, or the United States where there are none."""
        self.camera.show_everything(animated=animated)

    def show_territory(self, territory: TerritoryId) -> None:
        """All areas of a territory."""
        self.camera.show_territory(territory)

    def show_geounit(self, geounit: GeoUnitId) -> None:
        """One area."""
        self.camera.show_geounits((geounit,))

    def show_account(self, account: AccountId) -> None:
        """One account, if it is placed."""
        self.camera.show_accounts((account,))

    def show_accounts(self, accounts: Sequence[AccountId]) -> None:
        """Some accounts, marked among the others, as far as they are placed."""
        self.camera.show_accounts(accounts)

    def mark_focus(self) -> None:
        """Mark the account that the inspector shows, and no other."""
        account = self._selection.focus.account
        self.camera.mark(() if account is None else (account,))

    def show_bounds(self, bounds: Bounds) -> None:
        """A box: west, south, east, north in degrees."""
        self._view.fly_to(bounds)

    def stop(self) -> None:
        """Let go of the view; another plan may take it."""
        self._redraw.stop()
        self.gestures.stop()
        self.strokes.stop()
        self._view.disconnect(self)
        self._view.set_selection(())
        self._view.tools.clear()
        self._view.set_points(np.zeros((0, 2)), np.zeros((0, 4), np.uint8))
        self._view.set_homes(())
        self.looks.clear()
        self._names.clear()
        self._view.set_labels("territories", ())

    # Wiring

    def _connect(self) -> None:
        self._view.view_changed.connect(self._on_view_changed)
        self._view.brush_changed.connect(self.options.set_radius)
        self._session.changed.connect(self._on_changed)
        self._selection.geounits_changed.connect(self._show_selection)
        self._selection.target_changed.connect(self._on_options)
        self._selection.focus_changed.connect(self._on_focus_changed)
        self.options.changed.connect(self._on_options)
        self.gestures.hovered.connect(self._on_hovered)
        self.strokes.message.connect(self.message)

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        self._pending |= changes
        self._redraw.start()

    def _draw_changed(self) -> None:
        changes, self._pending = self._pending, Changes()
        if changes.boundaries and not self._session.workspace.geography.has_view(self.view_key):
            self.set_level(GeoLevel.COUNTY.value)
        if changes.touches_alignment or changes.settings or changes.reps or changes.records:
            self._painter.draw_areas()
        if changes.touches_account_rows:
            self._painter.draw_points()
        elif changes.touches_alignment:
            self._painter.refresh_tints()
        if changes.reps or changes.territories or changes.all_accounts:
            self._painter.draw_homes()
        self.looks.refresh(changes)
        if changes.touches_alignment:
            self._critical.refresh()
            if self.marks.is_on:
                self.marks.refresh()
        self._tool.show()
        if self._painter.view is not self._drawn_view:
            self._show_areas()  # the same areas, drawn by other polygons
        self._show_selection()
        if self.gestures.hovered_unit >= 0:
            self._show_tooltip()

    def _on_hovered(self, number: int) -> None:
        self._show_tooltip()
        self._critical.follow(number)

    def _show_tooltip(self) -> None:
        self._view.set_tooltip(self._painter.tooltip(self.gestures.hovered_unit))

    def _on_view_changed(self, report: ViewReport) -> None:
        west, south, east, north = report.bounds
        self._memory.set("bounds", f"{west:.4f},{south:.4f},{east:.4f},{north:.4f}")
        self._names.follow(report)

    def _on_focus_changed(self) -> None:
        """The account that the inspector shows is marked, if it is not already among others."""
        if self._selection.focus.account not in self._painter.marked:
            self.mark_focus()

    def _on_options(self) -> None:
        self._tool.show()
        if self.options.inside != self._inside:
            self._show_bounds()
        self.state_changed.emit()

    def _show_bounds(self) -> None:
        """Tell the page in which larger areas strokes stay."""
        self._inside = self.options.inside
        self._view.tools.set_parents(self.context.areas.parents(self._inside))

    def _show_areas(self) -> None:
        """Tell the page again what belongs to the areas that it shows."""
        self._drawn_view = self._painter.view
        self._names.refresh()
        self._show_bounds()
        self._critical.refresh()
        if self.marks.is_on:
            self.marks.refresh()
        self._show_selection()

    def _show_selection(self) -> None:
        self._view.set_selection(self.context.areas.numbers_of(self._selection.geounits))
