# SPDX-License-Identifier: MIT
"""The controls over a table: filters, groups, columns, saved views, copy and export."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QInputDialog, QMenu, QToolButton, QWidget

from app.services.exporting.table import ExportTable
from app.services.tables.arranging import Wanted
from app.services.tables.filters import Filter
from app.ui.icons import icon
from app.ui.parts import button, icon_button, literal
from app.ui.tables.arranger import ValueCounts
from app.ui.tables.bulk_edit import empty_menu
from app.ui.tables.column_popup import ColumnPopup
from app.ui.tables.columns import ArrayColumn
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tables.filter_popup import FilterPopup
from app.ui.tables.filter_words import filter_words
from app.ui.tables.table_copy import sheet_maker
from app.ui.tables.table_views import TableViews
from app.ui.theme import set_kind
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.flow_layout import FlowLayout


class TableTools(QObject):
    """Buttons for the line over a table, and chips that say what is filtered and grouped.

    Args:
        table: The table.
        title: What it lists, for the name of a sheet.
        parent: The pane.

    Attributes:
        buttons: Filter, group, columns, views, copy and save, for the pane to lay out.
        chips: One per filter and one for the grouping.
        popup: The filter popup that was opened last.
        column_popup: The popup of columns that was opened last.
        name_form: The dialog that asked for the name of a view last.
        views: Saved views, once there are settings to keep them in.

    Signals:
        sheet_requested(str, object): Title of a sheet, and what makes its table in a worker.
    """

    sheet_requested = Signal(str, object)

    def __init__(self, table: CopyableTable, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self._pane = parent
        self._title = title
        self.popup: FilterPopup | None = None
        self.column_popup: ColumnPopup | None = None
        self.name_form: QInputDialog | None = None
        self.views: TableViews | None = None
        self.filter_button = _menu_button("filter", "Filter by a column", self.fill_filters)
        self.group_button = _menu_button("list", "Group rows", self.fill_groups)
        self.columns_button = icon_button("columns", "Choose columns", self.choose_columns)
        self.views_button = _menu_button("eye", "Saved views", self.fill_views)
        self.copy_button = icon_button("copy", "Copy with headers", table.copy_selection)
        self.save_button = icon_button("export", "Save this view as a sheet…", self.save_sheet)
        self.buttons: tuple[QToolButton, ...] = (
            self.filter_button,
            self.group_button,
            self.columns_button,
            self.views_button,
            self.copy_button,
            self.save_button,
        )
        self.views_button.hide()
        self.chips = QWidget()
        self._flow = FlowLayout(self.chips, gap=8)
        table.filter_requested.connect(self.ask_filter)
        table.array_model.wanted_changed.connect(self._show_chips)
        self._show_chips()

    def remember(self, settings: QSettings, key: str) -> None:
        """Keep columns and saved views in the settings from now on."""
        self.views = TableViews(self._table, settings, key)
        self.views_button.show()

    def save_sheet(self) -> None:
        """Save the rows and columns that are shown."""
        model = self._table.array_model
        columns = [model.columns()[at] for at in self._table.shown_columns()]
        make: Callable[[], ExportTable] = sheet_maker(self._title, columns, model.order())
        self.sheet_requested.emit(self._title, make)

    # Filters

    def fill_filters(self, menu: QMenu) -> None:
        """One entry per column that is shown."""
        filtered = {key for key, _ in self._wanted.filters}
        for at in self._table.shown_columns():
            described = self._table.array_model.columns()[at]
            action = menu.addAction(literal(f"{described.title}…"))
            if described.key in filtered:
                action.setIcon(icon("filter", "accent"))
            action.triggered.connect(lambda _checked=False, key=described.key: self.ask_filter(key))
        if filtered:
            menu.addSeparator()
            action = menu.addAction("Remove all filters")
            action.triggered.connect(lambda _checked=False: self._want(filters=()))

    def ask_filter(self, key: str) -> None:
        """Open the popup that filters by a column, below the column's head."""
        described = self._table.array_model.column_of(key)
        if described is None:
            return
        if self.popup is not None:
            self.popup.deleteLater()
        popup = FilterPopup(described, dict(self._wanted.filters).get(key), self._pane)
        popup.applied.connect(lambda wanted: self.set_filter(key, wanted))
        self.popup = popup
        popup.open_at(self._place_of(key))
        if not described.kind.is_number:
            self._table.array_model.arranger.count_values(described, self._offer_to(popup))

    def set_filter(self, key: str, wanted: Filter | None) -> None:
        """Filter by a column; None ends that."""
        others = tuple(pair for pair in self._wanted.filters if pair[0] != key)
        self._want(filters=others if wanted is None else (*others, (key, wanted)))

    # Groups

    def fill_groups(self, menu: QMenu) -> None:
        """One entry per column with words in it, then folding."""
        grouped = self._wanted.group_by
        for key, words in [("", "No groups"), *self._groupable()]:
            action = menu.addAction(literal(words))
            action.setCheckable(True)
            action.setChecked(key == grouped)
            action.triggered.connect(lambda _checked=False, key=key: self.group_by(key))
        if grouped:
            menu.addSeparator()
            for words, folded in (("Fold all groups", True), ("Unfold all groups", False)):
                action = menu.addAction(words)
                action.triggered.connect(
                    lambda _checked=False, folded=folded: self._table.array_model.fold_all(
                        folded=folded
                    )
                )

    def group_by(self, key: str) -> None:
        """Group the rows by a column; empty for no groups."""
        self._want(group_by=key)

    # Columns and views

    def choose_columns(self) -> None:
        """Open the popup that shows, hides and moves columns."""
        if self.column_popup is not None:
            self.column_popup.deleteLater()
        self.column_popup = ColumnPopup(self._table, self._pane)
        self.column_popup.open_below(self.columns_button)

    def fill_views(self, menu: QMenu) -> None:
        """The saved views, and what can be done with them."""
        views = self.views
        if views is None:
            return
        names = views.names()
        for name in names:
            action = menu.addAction(literal(name))
            action.triggered.connect(lambda _checked=False, name=name: views.show(name))
        if names:
            menu.addSeparator()
        menu.addAction("Save this view…").triggered.connect(lambda _checked=False: self._save())
        if names:
            removing = menu.addMenu("Remove a view")
            for name in names:
                action = removing.addAction(literal(name))
                action.triggered.connect(lambda _checked=False, name=name: views.remove(name))
        reset = menu.addAction("Back to the first view")
        reset.triggered.connect(lambda _checked=False: views.reset())

    def _save(self) -> None:
        form = QInputDialog(self._pane)
        form.setWindowTitle("Save this view")
        form.setLabelText("Columns, order, filters and groups are kept under this name:")
        form.setOkButtonText("Save")
        form.textValueSelected.connect(self._save_as)
        form.finished.connect(form.deleteLater)
        form.open()
        self.name_form = form

    def _save_as(self, name: str) -> None:
        if name.strip() and self.views is not None:
            self.views.save(name.strip())

    # Chips

    def _show_chips(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        model = self._table.array_model
        for key, wanted in self._wanted.filters:
            described = model.column_of(key)
            if described is not None:
                self._add_chip(filter_words(described, wanted), "filter", key)
        described = model.column_of(self._wanted.group_by)
        if described is not None:
            self._add_chip(f"Grouped by {described.title}", "list", "")
        self.chips.setVisible(self._flow.count() > 0)

    def _add_chip(self, words: str, icon_name: str, key: str) -> None:
        def remove() -> None:
            if key:
                self.set_filter(key, None)
            else:
                self.group_by("")

        chip = button(f"{words}  ×", remove, kind="chip", icon_name=icon_name)
        chip.setAccessibleName(f"{words}; press to remove")
        chip.setToolTip("Press to remove")
        self._flow.addWidget(chip)
        chip.show()

    # Parts

    @property
    def _wanted(self) -> Wanted:
        return self._table.array_model.wanted

    def _want(self, **changes: object) -> None:
        self._table.array_model.want(replace(self._wanted, **changes))  # pyright: ignore[reportArgumentType]  fields

    def _groupable(self) -> list[tuple[str, str]]:
        columns: list[ArrayColumn] = [
            self._table.array_model.columns()[at] for at in self._table.shown_columns()
        ]
        return [(c.key, c.title) for c in columns if c.can_group and not c.kind.is_number]

    def _place_of(self, key: str) -> QPoint:
        """Where a popup about a column belongs: below its head, or at the pointer."""
        header = self._table.horizontalHeader()
        keys = [column.key for column in self._table.array_model.columns()]
        at = keys.index(key)
        if self._table.isColumnHidden(at):
            return QCursor.pos()
        x = min(max(header.sectionViewportPosition(at), 0), header.width())
        return header.mapToGlobal(QPoint(x, header.height()))

    def _offer_to(self, popup: FilterPopup) -> Callable[[ValueCounts], None]:
        """What hands values to a popup, unless another one is open by then."""

        def offer(found: ValueCounts) -> None:
            if self.popup is popup:
                popup.show_values(found)

        return offer


def sum_label() -> ElidedLabel:
    """What is selected, in the room between search and buttons."""
    made = ElidedLabel()
    set_kind(made, "muted")
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made


def _menu_button(icon_name: str, name: str, fill: Callable[[QMenu], None]) -> QToolButton:
    """A button with a menu that is filled when it opens."""
    made = icon_button(icon_name, name)
    menu = QMenu(made)

    def refill() -> None:
        empty_menu(menu)
        fill(menu)

    menu.aboutToShow.connect(refill)
    made.setMenu(menu)
    made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return made
