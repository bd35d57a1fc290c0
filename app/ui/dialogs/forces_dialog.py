# SPDX-License-Identifier: MIT
"""The sales forces of a plan: added, named, changed and removed."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QHeaderView, QLineEdit, QWidget

from app.models.changes import Changes
from app.models.ids import SalesForceId
from app.models.sales_force import FIRST_SALES_FORCE, ForceModel, SalesForce
from app.services.commands import (
    AddSalesForce,
    Command,
    RemoveSalesForce,
    RenameSalesForce,
    SetForceModel,
    SetKeepsFamilies,
    SetLevelWords,
)
from app.ui.force_words import MODEL_HINTS, MODEL_TITLES
from app.ui.formats import plural
from app.ui.parts import button, column, framed, label, row
from app.ui.session import EditSession
from app.ui.tables.columns import ArrayColumn, CellKind
from app.ui.tables.copyable_table import CopyableTable

_USUAL = "Region, District, Territory"


class ForcesDialog(QDialog):
    """A list of the sales forces, and a form for the one that is selected.

    Every change is an edit of its own, which undo takes back.

    Signals:
        divide_requested: Id of the sales force whose market the user wants to divide.
    """

    divide_requested = Signal(int)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Sales forces")
        self.resize(720, 560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._session = session
        self.force: SalesForceId = session.workspace.sales_force.id
        self.table = CopyableTable("Sales forces")
        self.name = QLineEdit()
        self.name.setAccessibleName("Name of the sales force")
        self.model = QComboBox()
        self.model.setAccessibleName("What divides its work")
        for known, title in MODEL_TITLES.items():
            self.model.addItem(title, known.value)
        self.hint = label("", "muted", wraps=True)
        self.families = QCheckBox("Keep the accounts of a family together")
        self.words = QLineEdit()
        self.words.setAccessibleName("Words for the levels of territories, from the top")
        self.words.setPlaceholderText(_USUAL)
        self.add = button("Add a sales force", self._on_add, icon_name="plus")
        self.remove = button("Remove", self._on_remove, icon_name="trash")
        self.divide = button("Divide the market…", self._on_divide, icon_name="wand")
        self._compose()
        self._connect()
        self.refresh()

    def refresh(self) -> None:
        """Show the sales forces as they are now."""
        forces = self._session.workspace.sales_forces
        if self.force not in {force.id for force in forces}:
            self.force = forces[0].id
        states = [self._session.workspace.state_of(force.id) for force in forces]
        with QSignalBlocker(self.table.selectionModel()):
            self.table.array_model.set_columns(
                [
                    _texts("name", "Name", [force.name for force in forces], 260),
                    _texts("model", "Divided by", [MODEL_TITLES[f.model] for f in forces], 150),
                    _counts("territories", "Territories", [len(s.territories) for s in states]),
                    _counts("rules", "Rules", [len(s.rules) for s in states]),
                ]
            )
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._show_form()

    def select(self, force: SalesForceId) -> None:
        """Show one in the form."""
        self.force = force
        self._show_form()

    # Building

    def _compose(self) -> None:
        intro = label(
            "Territories of one sales force should not overlap. Several sales forces may serve "
            "the same customers: inside sales, key accounts, specialists for a product.",
            "muted",
            wraps=True,
        )
        form = column(
            row(label("Name"), self.name),
            row(label("Divided by"), self.model, None, self.divide),
            self.hint,
            self.families,
            row(label("Level words"), self.words),
            label(
                "What regions and territories are called here, from the top, with commas between. "
                "Leave it empty for the usual words.",
                "muted",
                wraps=True,
            ),
            margin=12,
        )
        close = button("Close", self.accept, kind="primary")
        close.setDefault(True)
        outer = column(intro, margin=16)
        outer.addWidget(self.table, 1)
        outer.addLayout(row(self.add, self.remove, None))
        outer.addWidget(framed(form, "card"))
        outer.addLayout(row(None, close))
        self.setLayout(outer)

    def _connect(self) -> None:
        self._session.changed.connect(self._on_changed)
        self.table.rows_selected.connect(self._on_rows)
        self.name.editingFinished.connect(self._on_named)
        self.model.activated.connect(self._on_model)
        self.families.clicked.connect(self._on_families)
        self.words.editingFinished.connect(self._on_words)

    def _show_form(self) -> None:
        workspace = self._session.workspace
        place, force = self._chosen()
        with QSignalBlocker(self.table.selectionModel()):
            self.table.select_source_rows(np.array([place]))
        self.name.setText(force.name)
        self.model.setCurrentIndex(self.model.findData(force.model.value))
        self.families.setChecked(force.keeps_families)
        self.words.setText(", ".join(force.level_words))
        state = workspace.state_of(force.id)
        on = sum(rule.is_enabled for rule in state.rules)
        hint = MODEL_HINTS[force.model]
        if force.model is not ForceModel.GEOGRAPHIC and on:
            rules = plural(on, "rule is switched off", "rules are switched off")
            hint += f" If you choose Geographic, {rules} and kept; areas, names and reps stay."
        self.hint.setText(hint)
        can_edit = not self._session.is_read_only
        for part in (self.name, self.model, self.families, self.words, self.add, self.divide):
            part.setEnabled(can_edit)
        self.remove.setEnabled(can_edit and force.id != FIRST_SALES_FORCE)
        amount = len(state.territories)
        held = f" with {plural(amount, 'territory', 'territories')}" if amount else ""
        self.remove.setText(f"Remove{held}")
        if force.id == FIRST_SALES_FORCE:
            self.remove.setText("The first one stays")

    def _chosen(self) -> tuple[int, SalesForce]:
        forces = self._session.workspace.sales_forces
        return next((at, force) for at, force in enumerate(forces) if force.id == self.force)

    # Reacting

    def _run(self, command: Command) -> None:
        if not self._session.run(command):
            self._show_form()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if changes.sales_forces or changes.territories or changes.rules:
            self.refresh()

    def _on_rows(self, rows: np.ndarray) -> None:
        if len(rows):
            self.select(self._session.workspace.sales_forces[int(rows[0])].id)

    def _on_add(self) -> None:
        taken = {force.name.casefold() for force in self._session.workspace.sales_forces}
        number = len(taken) + 1
        while f"Sales force {number}".casefold() in taken:
            number += 1
        self._run(AddSalesForce(f"Sales force {number}"))
        self.select(self._session.workspace.sales_forces[-1].id)
        self.name.setFocus()
        self.name.selectAll()

    def _on_remove(self) -> None:
        _, force = self._chosen()
        self._run(RemoveSalesForce(force.id, force.name))

    def _on_divide(self) -> None:
        self.divide_requested.emit(int(self.force))

    def _on_named(self) -> None:
        _, force = self._chosen()
        if self.name.text().strip() != force.name:
            self._run(RenameSalesForce(force.id, self.name.text()))

    def _on_model(self, _place: int) -> None:
        _, force = self._chosen()
        model = ForceModel(self.model.currentData())
        if model is not force.model:
            self._run(SetForceModel(force.id, model, force.name))

    def _on_families(self, checked: bool) -> None:
        self._run(SetKeepsFamilies(self.force, checked))

    def _on_words(self) -> None:
        _, force = self._chosen()
        text = self.words.text().strip().rstrip(",")
        words = tuple(word.strip() for word in text.split(",")) if text else ()
        if words != force.level_words:
            self._run(SetLevelWords(force.id, words))


def _texts(key: str, title: str, texts: list[str], width: int) -> ArrayColumn:
    return ArrayColumn(key, title, np.array(texts, dtype=object), width=width)


def _counts(key: str, title: str, counts: list[int]) -> ArrayColumn:
    values = np.array(counts, dtype=np.float64)
    return ArrayColumn(key, title, values, CellKind.NUMBER, width=100)
