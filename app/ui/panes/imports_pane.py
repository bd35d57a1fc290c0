# SPDX-License-Identifier: MIT
"""Imports: every table that came in, and what became of each of its rows."""

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from app.models.changes import Changes
from app.services.importing.ledger import LedgerEntry, read_ledger
from app.ui.formats import plural
from app.ui.panes.import_card import ImportCard
from app.ui.panes.import_columns import ledger_columns
from app.ui.panes.pane import Pane
from app.ui.parts import button, column, icon_button, label, row
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable
from app.ui.widgets.empty_state import EmptyState

_LIST_WIDTH, _CARD_WIDTH = 380, 420


class ImportsPane(Pane):
    """The imports at the left, newest first; the chosen one at the right.

    Signals:
        table_requested(ExportTable): Rows to save as a sheet.
        account_activated(int): Id of the account of a row that was double-clicked.
        import_requested(): The user wants to bring something in.
    """

    table_requested = Signal(object)
    account_activated = Signal(int)
    import_requested = Signal()

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.entries: tuple[LedgerEntry, ...] = ()
        self._shown: LedgerEntry | None = None
        self.table = CopyableTable("Imports")
        self.table.setSelectionMode(CopyableTable.SelectionMode.SingleSelection)
        self.card = ImportCard(session)
        self.summary = label("")
        self._stack = QStackedWidget()
        self._compose()
        self.table.rows_selected.connect(self._on_selected)
        self.card.rows.table_requested.connect(self.table_requested)
        self.card.rows.account_activated.connect(self.account_activated)

    def refresh(self) -> None:
        self.entries = read_ledger(self.session.workspace.document.store)
        self._stack.setCurrentIndex(0 if self.entries else 1)
        rows = sum(entry.row_count for entry in self.entries)
        self.summary.setText(
            f"{plural(len(self.entries), 'import', 'imports')}, {plural(rows, 'row', 'rows')}"
        )
        self.table.array_model.set_columns(ledger_columns(self.entries))
        if self.entries:
            shown = self._shown.id if self._shown else None
            ids = [entry.id for entry in self.entries]
            self.show_import(ids.index(shown) if shown in ids else 0)
        else:
            self._shown = None
            self.card.rows.forget()

    def concerns(self, changes: Changes) -> bool:
        # What rows became is named by the names of now.
        return bool(
            changes.touches_account_rows or changes.records or changes.reps or changes.territories
        )

    def show_import(self, place: int) -> None:
        """Show one import.

        Args:
            place: In the order from the newest to the oldest.
        """
        self._show(place)
        self.table.select_source_rows(np.array([place]))

    def stop(self) -> None:
        """Let go of the plan before it is closed."""
        self.card.stop()

    def _compose(self) -> None:
        copy = icon_button("copy", "Copy with headers", self.table.copy_selection)
        more = button("Import…", self.import_requested.emit, icon_name="import")
        head = row(self.summary, None, copy, more, margin=(12, 8, 12, 8))
        left = QWidget()
        left.setLayout(column(head, self.table, gap=0))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setHandleWidth(1)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.card)
        split.setStretchFactor(1, 1)
        split.setSizes([_LIST_WIDTH, _CARD_WIDTH])
        empty = EmptyState(
            "import",
            "Nothing was imported yet",
            "Every import is listed here, with what became of each row of its file.",
        )
        empty.add_button("import", "Import a spreadsheet…", icon_name="import", primary=True)
        empty.chosen.connect(lambda _key: self.import_requested.emit())
        self._stack.addWidget(split)
        self._stack.addWidget(empty)
        self.setLayout(column(self._stack))

    def _on_selected(self, rows: np.ndarray) -> None:
        if len(rows) and int(rows[0]) < len(self.entries):
            self._show(int(rows[0]))

    def _show(self, place: int) -> None:
        if self._shown is self.entries[place]:
            return
        self._shown = self.entries[place]
        self.card.show_entry(self._shown)
