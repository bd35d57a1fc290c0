# SPDX-License-Identifier: MIT
"""Every row of one import: what became of it, and why; searched, copied and saved."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from app.services.import_targets import accounts_of_targets, names_of_targets
from app.services.importing.ledger import LedgerEntry, agrees, read_outcomes
from app.services.importing.outcomes import Outcome
from app.services.ledger_rows import OUTCOME_WORDS, LedgerRows, ledger_rows
from app.ui.formats import count
from app.ui.panes.frozen_work import LARGE
from app.ui.panes.import_columns import became_title, row_columns
from app.ui.parts import button, column, icon_button, label, row
from app.ui.session import EditSession
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tasks import Task, TaskRunner
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.search_field import SearchField

_ALL = -1


class ImportRows(QWidget):
    """The rows of one import in a table.

    Args:
        session: The open plan.
        parent: The widget that holds it.

    Signals:
        table_requested(ExportTable): The rows that are shown, to save as a sheet.
        account_activated(int): Id of the account of a row that was double-clicked.
    """

    table_requested = Signal(object)
    account_activated = Signal(int)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tasks = TaskRunner(self)
        self._entry: LedgerEntry | None = None
        self.rows: LedgerRows | None = None
        self._outcome = _ALL
        self.table = CopyableTable("Rows of the import")
        self.search = SearchField("Search rows")
        self.search.setFixedWidth(170)
        self.chips = {code: self._chip(code) for code in (_ALL, *map(int, Outcome))}
        self.save = button("Save as a sheet…", self._on_save, icon_name="export")
        self.warning = label("", "warning", wraps=True)
        self._note = EmptyState("clock", "Reading the rows…", "")
        self._stack = QStackedWidget()
        self._compose()
        self.search.searched.connect(lambda _text: self._apply_filter())
        self.table.row_activated.connect(self._on_activated)

    def show_entry(self, entry: LedgerEntry) -> None:
        """Read and show the rows of an import."""
        self._entry, self.rows = entry, None
        workspace = self._session.workspace
        packed = read_outcomes(workspace.document.store, entry.id)
        names = names_of_targets(workspace, entry.kind)
        if entry.row_count < LARGE:
            self._show(entry, ledger_rows(packed, names))
            return
        self._note.set_words("Reading the rows…", f"{count(entry.row_count)} rows")
        self._stack.setCurrentIndex(1)
        self._tasks.run(
            Task(
                "Reading the rows",
                lambda _context: ledger_rows(packed, names),
                lambda rows: self._show(entry, rows),
            )
        )

    def forget(self) -> None:
        """Show nothing; what is still being read is dropped when it comes."""
        self._entry = self.rows = None

    def stop(self) -> None:
        """Wait until nothing runs."""
        self.forget()
        self._tasks.stop()

    def show_outcome(self, code: int) -> None:
        """List the rows with one outcome; -1 lists all."""
        self._outcome = code
        self._refresh_chips()
        self._apply_filter()

    def _compose(self) -> None:
        tools = FlowLayout(gap=6)
        for part in (*self.chips.values(), self.search):
            tools.addWidget(part)
        copy = icon_button("copy", "Copy with headers", self.table.copy_selection)
        head = row(margin=(12, 4, 12, 6), gap=6)
        head.addLayout(tools, 1)
        head.addWidget(copy)
        head.addWidget(self.save)
        full = QWidget()
        full.setLayout(column(head, self.warning, self.table, gap=0))
        self.warning.setContentsMargins(12, 0, 12, 6)
        self.warning.hide()
        self._stack.addWidget(full)
        self._stack.addWidget(self._note)
        self.setLayout(column(self._stack))

    def _chip(self, code: int) -> QPushButton:
        made = button("", lambda: self.show_outcome(code), kind="chip")
        made.setCheckable(True)
        return made

    def _show(self, entry: LedgerEntry, rows: LedgerRows | None) -> None:
        if self._entry is not entry:
            return
        self.rows = rows
        if rows is None:
            self._note.set_words(
                "The rows were not kept",
                "Imports of earlier versions kept only the counts. Import the file again to see"
                " what becomes of each row.",
            )
            self._stack.setCurrentIndex(1)
            return
        is_whole = agrees(entry, rows.outcomes)
        self.warning.setText(
            "" if is_whole else "These rows are not those that were counted: the file was changed."
        )
        self.warning.setVisible(not is_whole)
        self._outcome = _ALL
        self._refresh_chips()
        self.table.array_model.set_columns(row_columns(entry.kind, rows))
        self._apply_filter()
        self._stack.setCurrentIndex(0)

    def _refresh_chips(self) -> None:
        counts = self.rows.outcomes.counts() if self.rows else (0, 0, 0, 0)
        for code, chip in self.chips.items():
            words = "All" if code == _ALL else OUTCOME_WORDS[Outcome(code)]
            amount = sum(counts) if code == _ALL else counts[code]
            chip.setText(f"{words}  {count(amount)}")
            chip.setVisible(code == _ALL or amount > 0)
            chip.setChecked(code == self._outcome)

    def _apply_filter(self) -> None:
        if self.rows is None:
            return
        outcome = None if self._outcome == _ALL else Outcome(self._outcome)
        self.table.array_model.set_filter("", self.rows.kept(outcome, self.search.text()))
        self.save.setEnabled(self.table.array_model.rowCount() > 0)

    def _on_save(self) -> None:
        if self.rows is None or self._entry is None:
            return
        order = self.table.array_model.order()
        stem = self._entry.file_name.rpartition(".")[0] or self._entry.file_name
        title = f"{stem} rows"
        self.table_requested.emit(self.rows.as_table(title, became_title(self._entry.kind), order))

    def _on_activated(self, source_row: int) -> None:
        if self.rows is None or self._entry is None:
            return
        target = self.rows.outcomes.targets[source_row : source_row + 1]
        (account,) = accounts_of_targets(self._session.workspace, self._entry.kind, target)
        if account:
            self.account_activated.emit(int(account))
