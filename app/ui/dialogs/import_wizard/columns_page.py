# SPDX-License-Identifier: MIT
"""The second step: what the rows are, and what each column is."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.services.importing.fields import TableKind
from app.services.importing.mapping import Mapping
from app.ui.dialogs.import_wizard.column_row import ColumnRow
from app.ui.formats import count, plural
from app.ui.parts import clear_layout, column, hairline, label, row
from app.ui.theme import set_kind
from app.ui.widgets.segmented import Segmented


class ColumnsPage(QWidget):
    """Every column with its guess; nothing here writes.

    Signals:
        mapping_changed: The `Mapping` after the user changed a column.
        kind_changed: `TableKind` that the user chose.
    """

    mapping_changed = Signal(object)
    kind_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mapping: Mapping | None = None
        self.rows: dict[str, ColumnRow] = {}
        self.kind = Segmented(
            "What the rows are",
            [(TableKind.ACCOUNTS.value, "Accounts"), (TableKind.REPS.value, "Reps")],
        )
        self.kind.chosen.connect(lambda key: self.kind_changed.emit(TableKind(key)))
        self._matches = label("", "muted", wraps=True)
        self._missing = label("", "warning", wraps=True)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        inside = QWidget()
        set_kind(inside, "surface")
        inside.setLayout(self._list)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head = row(label("Each row is one of your"), self.kind, self._matches, None)
        outer = column(head, self._missing, gap=8)
        outer.addWidget(scroll, 1)
        self.setLayout(outer)

    def show_mapping(self, mapping: Mapping, row_count: int) -> None:
        """Show the columns of a file."""
        is_same = (
            self._mapping is not None
            and self._mapping.kind is mapping.kind
            and list(self.rows) == [mapped.header for mapped in mapping.columns]
        )
        self._mapping = mapping
        self.kind.set_chosen(mapping.kind.value)
        what = "accounts" if mapping.kind is TableKind.ACCOUNTS else "reps"
        known = f"{count(mapping.match_count)} of {plural(row_count, 'row', 'rows')}"
        in_plan = f"{known} are {what} that the plan already has; they are updated."
        self._matches.setText(in_plan if mapping.match_count else "All of them are new.")
        if is_same:
            for mapped in mapping.columns:
                self.rows[mapped.header].show_mapping(mapped)
        else:
            self._make_rows(mapping)
        self._show_missing(mapping)

    def mapping(self) -> Mapping | None:
        """The columns as they are now."""
        return self._mapping

    def _make_rows(self, mapping: Mapping) -> None:
        clear_layout(self._list)
        self.rows = {}
        for mapped in mapping.columns:
            made = ColumnRow(mapped, mapping.kind)
            made.changed.connect(self._on_changed)
            self.rows[mapped.header] = made
            self._list.addWidget(made)
            self._list.addWidget(hairline())
        self._list.addStretch(1)

    def _show_missing(self, mapping: Mapping) -> None:
        words = ""
        if not mapping.has_identity:
            words = "Choose the column that tells the rows apart: an id or a name."
        elif mapping.kind is TableKind.ACCOUNTS and not mapping.match_count:
            address = ("postal_code", "city", "region", "country_name", "lat")
            if not any(mapping.header_for(key) for key in address):
                words = "No column is an address, so these accounts will not be on the map yet."
        self._missing.setText(words)
        self._missing.setVisible(bool(words))

    def _on_changed(self, header: str, target: str, name: str, kind: object) -> None:
        if self._mapping is not None:
            changed = self._mapping.with_target(header, target, name, kind)  # type: ignore[arg-type]
            self.mapping_changed.emit(changed)
