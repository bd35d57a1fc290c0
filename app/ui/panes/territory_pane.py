# SPDX-License-Identifier: MIT
"""The left pane: the plan's territories, and which of them painting goes to."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QStackedWidget, QToolButton, QWidget

from app.models.ids import GeoUnitId, TerritoryId
from app.models.reports import BalanceLine
from app.services.commands import (
    CreateTerritory,
    DeleteTerritories,
    RecolorTerritory,
    RenameTerritory,
    SetTerritoryLock,
    SplitTerritory,
)
from app.ui.area_edits import free_name, held_among
from app.ui.fonts import HEADING
from app.ui.formats import compact, count, plural
from app.ui.icons import icon
from app.ui.panes.force_chooser import ForceChooser
from app.ui.panes.pane import Pane
from app.ui.panes.territory_lines import territory_lines
from app.ui.panes.territory_list import TerritoryListModel, TerritoryOrder
from app.ui.panes.territory_menu import territory_menu
from app.ui.panes.territory_regions import add_region, move_into
from app.ui.panes.territory_view import TerritoryListView
from app.ui.parts import button, column, hairline, icon_button, label, row
from app.ui.session import EditSession
from app.ui.theme import set_kind
from app.ui.widgets.color_picker import ColorPicker
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.search_field import SearchField


class TerritoryPane(Pane):
    """Lists the territories; the active one takes what is painted on the map.

    Signals:
        territory_activated: Id of the territory that painting goes to now.
        territories_selected: Tuple of the ids that are selected.
        zoom_requested: Id of a territory to show on the map.
        build_requested: How to build: ``owners``, ``homes``, or empty for the user to choose.
        paint_requested: Id of a territory made to be painted.
        show_gaps, show_overlaps: The footer was clicked.
        forces_requested: The user wants to add, name or remove sales forces.
        divide_requested: The user wants help to divide the market.
    """

    territory_activated = Signal(int)
    territories_selected = Signal(object)
    zoom_requested = Signal(int)
    build_requested = Signal(str)
    paint_requested = Signal(int)
    show_gaps = Signal()
    show_overlaps = Signal()
    forces_requested = Signal()
    divide_requested = Signal()

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.active_territory: TerritoryId | None = None
        self._geounits: tuple[GeoUnitId, ...] = ()
        self.model = TerritoryListModel(self)
        self.view = TerritoryListView(self.model)
        self.search = SearchField("Search territories and reps")
        self._count = label("", "muted")
        self._measure = label("", "muted")
        self._picker = ColorPicker(self)
        self._recolored: TerritoryId | None = None
        self.gaps_button = self._footer_button("gap", self.show_gaps.emit)
        self.overlaps_button = self._footer_button("overlap", self.show_overlaps.emit)
        self._empty = self._make_empty_state()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._compose()
        self._connect()
        self.setMinimumWidth(256)

    def refresh(self) -> None:
        workspace = self.session.workspace
        selected = self.view.selected_ids()
        if self.active_territory is not None and not workspace.has_territory(self.active_territory):
            self.set_active(None)
        self.model.set_lines(territory_lines(workspace))
        if self.view.selected_ids() != selected:
            self.view.select_ids(selected)
        total = len(workspace.territories)
        self._count.setText(count(total) if total else "")
        self._measure.setText(workspace.main_measure.name)
        self._stack.setCurrentWidget(self.view if total else self._empty)
        for part in (self.search, self._tools):
            part.setVisible(total > 0)
        self._refresh_footer()

    def set_active(self, territory: TerritoryId | None) -> None:
        """Make a territory the one that painting goes to; says so to listeners if it is new."""
        if territory == self.active_territory:
            return
        self.active_territory = territory
        self.model.set_active(territory)
        if territory is not None:
            self.territory_activated.emit(int(territory))

    def select_territory(self, territory: TerritoryId) -> None:
        """Select and activate a territory, as a click on it would."""
        self.model.unfold_to(territory)
        self.view.select_ids((territory,))
        self.set_active(territory)
        shown = self.model.row_of(territory)
        if shown >= 0:
            self.view.scrollTo(self.model.index(shown))

    def set_selected_geounits(self, geounits: tuple[GeoUnitId, ...]) -> None:
        """Remember what is selected on the map, for splitting off."""
        self._geounits = geounits

    def add_territory(self) -> TerritoryId | None:
        """Create a territory with a free name and make it the active one."""
        workspace = self.session.workspace
        before = {territory.id for territory in workspace.territories}
        if not self.session.run(CreateTerritory(self._free_name("Territory")), self):
            return None
        made = next((t.id for t in workspace.territories if t.id not in before), None)
        if made is not None:
            self.search.clear()
            self.select_territory(made)
        return made

    def new_territory(self) -> None:
        """Add a territory and let the user type its name."""
        made = self.add_territory()
        if made is not None:
            self.view.edit_name(made)

    def new_region(self) -> None:
        """Make a region above the selected territories and let the user type its name."""
        made = add_region(self.session, self.view.selected_ids())
        if made is not None:
            self.view.select_ids((made,))
            self.view.edit_name(made)

    def split_off(self) -> None:
        """Make a territory of the areas that are selected on the map."""
        selected = self.view.selected_ids()
        source = selected[0] if selected else self.active_territory
        if source is None or not self._geounits:
            return
        stem = self.session.workspace.territory(source).name
        name = self._free_name(stem)
        self.session.run(SplitTerritory(source, self._geounits, name), self)

    def context_menu(self) -> QMenu | None:
        """The menu for the selected territories, or None where none is selected."""
        selected = self.view.selected_ids()
        if not selected:
            return None
        first = selected[0]
        handlers = {
            "zoom": lambda: self.zoom_requested.emit(int(first)),
            "rename": lambda: self.view.edit_name(first),
            "color": lambda: self._on_color_clicked(int(first), self.view.popup_position(first)),
            "lock": lambda: self._set_locks(selected),
            "split": self.split_off,
            "new_region": self.new_region,
            "delete": self.delete_selected,
        }
        amount = held_among(self.session.workspace, self._geounits, first)
        return territory_menu(self.session, selected, amount, handlers, self._on_merged, self)

    def delete_selected(self) -> None:
        """Delete the selected territories; undo brings them back."""
        selected = self.view.selected_ids()
        if selected:
            name = self.session.workspace.territory(selected[0]).name
            self.session.run(DeleteTerritories(selected, name), self)

    # Building

    def _compose(self) -> None:
        self._build = button(
            "Build territories…",
            lambda: self.build_requested.emit(""),
            icon_name="wand",
            tooltip="From today’s owners, or by the nearest rep home",
        )
        self._new = button("New", self.new_territory, icon_name="plus", tooltip="New territory")
        self._new.setAccessibleName("New territory")
        self._sort = icon_button("filter", "Sort territories")
        self._sort.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._sort.setMenu(self._sort_menu())
        self._tools = QWidget()
        self._tools.setLayout(row(self._build, self._new, gap=8))
        self._tools.layout().setStretch(0, 1)  # type: ignore[union-attr]
        title = label("Territories", size=HEADING, semibold=True)
        self.forces = ForceChooser(self.session)
        self.forces.forces_requested.connect(self.forces_requested)
        head = column(
            self.forces,
            row(title, self._count, None, self._measure, self._sort),
            self.search,
            self._tools,
            margin=(12, 10, 12, 8),
        )
        foot = column(self.gaps_button, self.overlaps_button, margin=(4, 4, 4, 4), gap=0)
        self.setLayout(column(head, self._stack, hairline(), foot, gap=0))
        self.layout().setStretch(1, 1)  # type: ignore[union-attr]

    def _connect(self) -> None:
        self.search.searched.connect(self.model.set_filter)
        self.model.rename_requested.connect(self._on_renamed)
        self.model.move_requested.connect(lambda ids, to: move_into(self.session, ids, to))
        self.view.color_clicked.connect(self._on_color_clicked)
        self.view.lock_clicked.connect(lambda territory: self._set_locks((territory,)))
        self.view.activated_by_user.connect(self._on_activated)
        self.view.delete_pressed.connect(self.delete_selected)
        self.view.customContextMenuRequested.connect(self._on_menu_requested)
        self.view.selectionModel().selectionChanged.connect(
            lambda: self.territories_selected.emit(self.view.selected_ids())
        )
        self._picker.picked.connect(self._on_color_picked)
        self._empty.chosen.connect(self._on_begin)

    def _sort_menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for order in TerritoryOrder:
            action = menu.addAction(order.value)
            action.setCheckable(True)
            action.setChecked(order is TerritoryOrder.NAME)
            action.triggered.connect(
                lambda _checked=False, wanted=order: self.model.set_order(wanted)
            )
            group.addAction(action)
        return menu

    def _make_empty_state(self) -> EmptyState:
        empty = EmptyState(
            "area",
            "No territories yet",
            "Begin with what you have today, then adjust it on the map.",
        )
        empty.add_button("owners", "From today’s owners", icon_name="users", primary=True)
        empty.add_button("homes", "By nearest rep home", icon_name="home")
        empty.add_button("divide", "Help me to choose…", icon_name="help")
        empty.add_button("scratch", "Start from scratch", icon_name="brush")
        return empty

    def _footer_button(self, icon_name: str, on_click: object) -> QPushButton:
        made = QPushButton()
        set_kind(made, "row")
        made.setIcon(icon(icon_name, "muted"))
        made.clicked.connect(on_click)  # type: ignore[arg-type]
        return made

    def _refresh_footer(self) -> None:
        report = self.session.workspace.balance(self.session.workspace.main_measure.id)
        by_line = {line.line: line for line in report.rows}
        for line, made, words in (
            (BalanceLine.UNASSIGNED, self.gaps_button, "Unassigned"),
            (BalanceLine.IN_DISPUTE, self.overlaps_button, "In dispute"),
        ):
            found = by_line.get(line)
            accounts = found.account_count if found is not None else 0
            value = f" · {compact(found.total)}" if found is not None and accounts else ""
            tail = f"{plural(accounts, 'account', 'accounts')}{value}" if accounts else "none"
            made.setText(f" {words}: {tail}")
            made.setAccessibleName(f"{words}: {tail}. Show the list.")

    # Reacting

    def _free_name(self, stem: str) -> str:
        return free_name(self.session.workspace, stem)

    def _on_begin(self, key: str) -> None:
        if key == "divide":
            self.divide_requested.emit()
            return
        if key != "scratch":
            self.build_requested.emit(key)
            return
        made = self.add_territory()
        if made is not None:
            self.paint_requested.emit(int(made))

    def _on_activated(self, territory: int) -> None:
        """Activate, and show again what is selected already but out of the inspector."""
        self.set_active(TerritoryId(territory))
        self.territories_selected.emit(self.view.selected_ids())

    def _on_merged(self, territory: TerritoryId) -> None:
        self.view.select_ids((territory,))
        if self.active_territory is None:
            self.set_active(territory)

    def _on_renamed(self, territory: int, name: str) -> None:
        self.session.run(RenameTerritory(TerritoryId(territory), name), self)

    def _on_color_clicked(self, territory: int, position: QPoint) -> None:
        self._recolored = TerritoryId(territory)
        present = self.session.workspace.territory(self._recolored)
        self._picker.open_at(position, present.color_index)

    def _on_color_picked(self, color_index: int) -> None:
        if self._recolored is not None:
            name = self.session.workspace.territory(self._recolored).name
            self.session.run(RecolorTerritory(self._recolored, color_index, name), self)

    def _set_locks(self, territories: tuple[int, ...]) -> None:
        workspace = self.session.workspace
        is_locked = not workspace.territory(TerritoryId(territories[0])).is_locked
        for territory in territories:
            wanted = TerritoryId(territory)
            name = workspace.territory(wanted).name
            self.session.run(SetTerritoryLock(wanted, is_locked, name), self)

    def _on_menu_requested(self, position: QPoint) -> None:
        menu = self.context_menu()
        if menu is not None:
            menu.aboutToHide.connect(menu.deleteLater)
            menu.popup(self.view.viewport().mapToGlobal(position))
