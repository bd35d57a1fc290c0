# SPDX-License-Identifier: MIT
"""Exceptions that hold: kinds at the left, the exceptions of the chosen kind beside them."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from app.models.changes import Changes
from app.models.ids import AccountId, GeoUnitId
from app.services.commands import SetKeepsFamilies, UnlockAll
from app.services.locking import lock_areas
from app.ui.formats import count
from app.ui.panes.exceptions.add_dialog import ADD_WORDS, AddDialog
from app.ui.panes.exceptions.exception_columns import exception_columns
from app.ui.panes.exceptions.exception_rows import (
    ExceptionKind,
    ExceptionRow,
    exception_counts,
    exception_rows,
)
from app.ui.panes.exceptions.releasing import RELEASE_WORDS, releasing
from app.ui.panes.pane import Pane
from app.ui.parts import button, column, row
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tables.table_tools import TableTools
from app.ui.tokens import tokens_of
from app.ui.widgets.choice_picker import Choice
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.search_field import SearchField

_KINDS_WIDTH = 190
_LOCKS = (
    ExceptionKind.ACCOUNT_LOCKS,
    ExceptionKind.AREA_LOCKS,
    ExceptionKind.TERRITORY_LOCKS,
)
_NONE_WORDS = {
    ExceptionKind.NAMED: (
        "No named accounts",
        "A named account belongs to its territory wherever it is, whatever rules and areas say.",
    ),
    ExceptionKind.FAMILIES: (
        "No families are kept together",
        "Give a family of accounts to a territory, or let all families follow their head.",
    ),
    ExceptionKind.APART: (
        "No accounts are kept apart",
        "Rivals that no territory and no rep may serve together are listed here.",
    ),
    ExceptionKind.ACCOUNT_LOCKS: (
        "No locked accounts",
        "A locked account stays with its territory: no edit, rule or builder moves it.",
    ),
    ExceptionKind.AREA_LOCKS: (
        "No locked areas",
        "Select areas on the map and lock them: they stay, whatever happens around them.",
    ),
    ExceptionKind.TERRITORY_LOCKS: (
        "No locked territories",
        "A locked territory keeps what it holds; neither hand edits nor builders change it.",
    ),
}


class ExceptionsPane(Pane):
    """Lists what holds whatever rules and areas say, finds it on the map, ends it, adds to it.

    Signals:
        go_to(object, bool): Id of a geounit or account, and whether it is an account.
        territory_requested(int): Id of a territory to show.
        accounts_requested(str, object): Title and ids of accounts to list.
        accounts_focused(object): Tuple of accounts to show together on the map.
        message(str): Something that the user should know.
    """

    go_to = Signal(object, bool)
    territory_requested = Signal(int)
    accounts_requested = Signal(str, object)
    accounts_focused = Signal(object)
    message = Signal(str)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._rows: list[ExceptionRow] = []
        self._counts: dict[ExceptionKind, int] = {}
        self._areas: tuple[GeoUnitId, ...] = ()
        self.form: AddDialog | None = None
        self.kinds = QListWidget()
        self.kinds.setAccessibleName("Kinds of exceptions")
        self.table = CopyableTable("Exceptions")
        self.tools = TableTools(self.table, "Exceptions", self)
        self.search = SearchField("Search exceptions")
        self.search.setMinimumWidth(120)
        self.search.setMaximumWidth(220)
        self.keeps_families = QCheckBox("Keep families together")
        self.keeps_families.setToolTip(
            "Accounts of a family follow its head; named accounts go their own way"
        )
        self.add_button = button("", self.add, kind="primary", icon_name="plus")
        self.go_button = button("Find on the map", self.find_selected, icon_name="target")
        self.list_button = button("List accounts", self._list_accounts, icon_name="list")
        self.release_button = button("", self.release, icon_name="unlock")
        self.unlock_all = button("Unlock everything", self._unlock_all, kind="quiet")
        self._none = EmptyState("shield", *_NONE_WORDS[ExceptionKind.NAMED])
        self._pages = QStackedWidget()
        self._compose()
        self._connect()

    @property
    def kind(self) -> ExceptionKind:
        """The kind that is listed."""
        item = self.kinds.currentItem()
        if item is None:
            return ExceptionKind.NAMED
        return ExceptionKind(item.data(Qt.ItemDataRole.UserRole))

    def show_kind(self, kind: ExceptionKind) -> None:
        """List the exceptions of one kind."""
        self._fill_kinds()
        self.kinds.setCurrentRow(list(ExceptionKind).index(kind))

    def refresh(self) -> None:
        self._fill_kinds()
        self._show_rows()

    def set_selected_areas(self, areas: tuple[GeoUnitId, ...]) -> None:
        """Know the areas that are selected on the map, to be locked."""
        self._areas = areas
        self._refresh_buttons()

    def selected_rows(self) -> list[ExceptionRow]:
        """The exceptions whose rows are selected."""
        return [self._rows[at] for at in self.table.selected_source_rows().tolist()]

    def add(self) -> None:
        """Ask for what is to be added, or lock the areas that are selected on the map."""
        workspace = self.session.workspace
        if self.kind is ExceptionKind.AREA_LOCKS:
            if self._areas:
                self.session.run(lock_areas(workspace, self._areas), self)
            else:
                self.message.emit("Select areas on the map first.")
            return
        self.open_form(self.kind)

    def open_form(self, kind: ExceptionKind, accounts: tuple[AccountId, ...] = ()) -> None:
        """Ask for what is to be added, with accounts chosen already."""
        workspace = self.session.workspace
        texts = workspace.accounts.repository.text_column("name", sorted(accounts))
        named = zip(sorted(accounts), texts.tolist(), strict=True)
        chosen = [Choice(str(account), str(name)) for account, name in named]
        form = AddDialog(workspace, kind, chosen, self.window())
        form.accepted.connect(lambda: self._on_added(form))
        self.form = form
        form.open()

    def release(self) -> None:
        """End the selected exceptions; undo brings them back."""
        command = releasing(self.kind, self.selected_rows())
        if command is not None:
            self.session.run(command, self)
        elif self.selected_rows():
            self.message.emit(
                "These families follow their head. Untick Keep families together to let all "
                "families be divided."
            )

    def find_selected(self) -> None:
        """Show the first selected exception on the map."""
        rows = self.selected_rows()
        if not rows:
            return
        first = rows[0]
        if first.geounit is not None:
            self.go_to.emit(first.geounit, False)
        elif len(first.accounts) == 1:
            self.go_to.emit(first.accounts[0], True)
        elif first.accounts:
            self.accounts_focused.emit(first.accounts)
        elif first.territory is not None:
            self.territory_requested.emit(int(first.territory))

    def stop(self) -> None:
        """Let go of what is being worked out before the plan is closed."""
        self.table.array_model.stop()

    # Composition

    def concerns(self, changes: Changes) -> bool:
        return changes.touches_alignment or changes.exceptions or changes.families

    def _compose(self) -> None:
        tools = row(self.search, self.keeps_families, None, self.unlock_all, *self.tools.buttons)
        head = column(tools, self.tools.chips, margin=(12, 8, 12, 8), gap=8)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._none)
        foot = row(
            None,
            self.list_button,
            self.go_button,
            self.release_button,
            self.add_button,
            margin=(16, 6, 12, 6),
        )
        right = QWidget()
        layout = column(head, gap=0)
        layout.addWidget(self._pages, 1)
        layout.addLayout(foot)
        right.setLayout(layout)
        self.setLayout(column(_split(self.kinds, right)))

    def _connect(self) -> None:
        self.kinds.currentRowChanged.connect(lambda _row: self._on_kind())
        self.search.searched.connect(self.table.array_model.set_filter)
        self.table.rows_selected.connect(lambda _rows: self._refresh_buttons())
        self.table.row_activated.connect(lambda _row: self.find_selected())
        self.table.message.connect(self.message)
        self.keeps_families.clicked.connect(lambda _checked: self._on_keeps())

    # Showing

    def _on_kind(self) -> None:
        with QSignalBlocker(self.search):
            self.search.clear()
        self.table.clearSelection()
        self._show_rows()

    def _fill_kinds(self) -> None:
        counts = self._counts = exception_counts(self.session.workspace)
        at = max(self.kinds.currentRow(), 0)
        with QSignalBlocker(self.kinds):
            self.kinds.clear()
            for kind in ExceptionKind:
                item = QListWidgetItem(f"{kind.value}  {count(counts[kind])}")
                item.setData(Qt.ItemDataRole.UserRole, kind.value)
                self.kinds.addItem(item)
            self.kinds.setCurrentRow(at)

    def _show_rows(self) -> None:
        workspace, kind = self.session.workspace, self.kind
        self._rows = exception_rows(workspace, kind)
        tokens = tokens_of(self.palette())
        self.table.array_model.set_columns(exception_columns(workspace, kind, self._rows, tokens))
        self._none.set_words(*_NONE_WORDS[kind])
        self._pages.setCurrentIndex(0 if self._rows else 1)
        is_families = kind is ExceptionKind.FAMILIES
        self.keeps_families.setVisible(is_families)
        with QSignalBlocker(self.keeps_families):
            self.keeps_families.setChecked(workspace.state.serving.keeps_families)
        self.add_button.setText(ADD_WORDS[kind])
        self.release_button.setText(RELEASE_WORDS[kind])
        self._refresh_buttons()

    def _refresh_buttons(self) -> None:
        rows = self.selected_rows()
        can_edit = not self.session.is_read_only
        self.release_button.setEnabled(bool(rows) and can_edit)
        self.go_button.setEnabled(bool(rows))
        has_several = any(len(each.accounts) > 1 for each in rows)
        self.list_button.setVisible(self.kind in (ExceptionKind.FAMILIES, ExceptionKind.APART))
        self.list_button.setEnabled(has_several)
        needs_areas = self.kind is ExceptionKind.AREA_LOCKS
        self.add_button.setEnabled(can_edit and (bool(self._areas) or not needs_areas))
        self.keeps_families.setEnabled(can_edit)
        self.unlock_all.setVisible(self.kind in _LOCKS)
        has_locks = any(self._counts.get(each) for each in _LOCKS)
        self.unlock_all.setEnabled(can_edit and has_locks)
        # Beside four buttons a laptop has no room for a sentence.
        for part in (self.go_button, self.release_button):
            part.setToolTip("" if rows else "Select rows of the list first")

    # Acting

    def _on_added(self, form: AddDialog) -> None:
        command, _problem = form.command()
        if command is not None:
            self.session.run(command, self)

    def _on_keeps(self) -> None:
        force = self.session.workspace.sales_force.id
        self.session.run(SetKeepsFamilies(force, self.keeps_families.isChecked()), self)
        self.invalidate()

    def _unlock_all(self) -> None:
        self.session.run(UnlockAll(), self)

    def _list_accounts(self) -> None:
        rows = [each for each in self.selected_rows() if len(each.accounts) > 1]
        if rows:
            ids = sorted({account for each in rows for account in each.accounts})
            title = rows[0].name if len(rows) == 1 else "Of several families"
            self.accounts_requested.emit(title, ids)


def _split(kinds: QWidget, right: QWidget) -> QSplitter:
    split = QSplitter(Qt.Orientation.Horizontal)
    split.setHandleWidth(1)
    split.setChildrenCollapsible(False)
    split.addWidget(kinds)
    split.addWidget(right)
    split.setStretchFactor(1, 1)
    split.setSizes([_KINDS_WIDTH, 4 * _KINDS_WIDTH])
    return split
