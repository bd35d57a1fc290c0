# SPDX-License-Identifier: MIT
"""The visit classes, which accounts have them, and where visits per year come from."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from app.models.changes import Changes
from app.models.ids import VisitClassId
from app.models.measure import ACCOUNT_COUNT
from app.models.visit_class import VisitClass
from app.services.commands import OrderVisitClasses, RemoveVisitClass, SetVisitsMeasure
from app.services.workload.visits import NO_CLASS, UNKNOWN_CLASS
from app.ui.formats import count, hours, number, plural
from app.ui.panes.pane import Pane
from app.ui.panes.work.class_dialog import ClassDialog
from app.ui.panes.work.classify_dialog import ClassifyDialog
from app.ui.parts import button, column, icon_button, label, row
from app.ui.session import EditSession
from app.ui.tables.columns import ArrayColumn, CellKind
from app.ui.tables.copyable_table import CopyableTable
from app.ui.widgets.flow_layout import FlowLayout


class ClassesPage(Pane):
    """A table of classes with what they ask for.

    Signals:
        rows_requested(str, object): Title and ids (int64 array) of accounts to list.
    """

    rows_requested = Signal(str, object)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.summary = label("", wraps=True)
        self.table = CopyableTable("Visit classes")
        self.add = button("Add a class…", lambda: self._edit(None), icon_name="plus")
        self.edit = button("Change…", self._on_edit, icon_name="edit")
        self.remove = button("Remove", self._on_remove, icon_name="trash")
        self.up = icon_button("chevron_up", "Move the class up", lambda: self._move(-1))
        self.down = icon_button("chevron_down", "Move the class down", lambda: self._move(1))
        self.list_accounts = button("List its accounts", self._on_list, kind="link")
        self.classify = button("Class accounts by a measure…", self._on_classify, icon_name="wand")
        self.source = QComboBox()
        self.source.setAccessibleName("Where visits per year come from")
        self.source.setMinimumWidth(190)
        head = row(self.summary, margin=(12, 4, 12, 6))
        head.setStretch(0, 1)
        foot = FlowLayout(gap=8)
        source = QWidget()
        source.setLayout(row(label("Visits per year from", "muted"), self.source))
        parts = (self.add, self.edit, self.remove, self.up, self.down, self.list_accounts)
        for part in (*parts, self.classify, source):
            foot.addWidget(part)
        foot.setContentsMargins(12, 6, 12, 8)
        outer = column(head, gap=0)
        outer.addWidget(self.table, 1)
        outer.addLayout(foot)
        self.setLayout(outer)
        self.table.rows_selected.connect(lambda _rows: self._refresh_buttons())
        self.table.row_activated.connect(lambda _row: self._on_edit())
        self.source.activated.connect(self._on_source)

    def refresh(self) -> None:
        workspace = self.session.workspace
        classes = workspace.work.classes
        rows = workspace.work.class_column.rows
        usual = next((at for at, each in enumerate(classes) if each.is_default), -1)
        at = np.where(rows < 0, usual, rows)
        self.table.array_model.set_columns(self._columns(classes, at))
        self.summary.setText(self._summary())
        self._refresh_source()
        self._refresh_buttons()

    def concerns(self, changes: Changes) -> bool:
        return bool(changes.settings or changes.touches_account_rows or changes.records)

    def chosen(self) -> VisitClass | None:
        """The class that is selected, or None."""
        classes = self.session.workspace.work.classes
        rows = self.table.selected_source_rows()
        return classes[int(rows[0])] if len(rows) and rows[0] < len(classes) else None

    def _summary(self) -> str:
        work = self.session.workspace.work
        classes, column = work.classes, work.class_column
        usual = next((each.name for each in classes if each.is_default), "nothing")
        without = int((column.rows == NO_CLASS).sum())
        have = plural(without, "account has", "accounts have")
        verb = "counts" if without == 1 else "count"
        all_hours = hours(float(work.visits.hours.sum()))
        words = f"{count(float(work.visits.visits.sum()))} visits and {all_hours} a year."
        words += f" {have} no class and {verb} as {usual}."
        unknown = int((column.rows == UNKNOWN_CLASS).sum())
        if unknown:
            names = ", ".join(name for name, _ in column.unknown[:5])
            have = plural(unknown, "account has", "accounts have")
            words += f" {have} a class that is not in this list: {names}."
        return words

    def _columns(self, classes: tuple[VisitClass, ...], at: np.ndarray) -> list[ArrayColumn]:
        plan = self.session.workspace.work.visits
        size = len(classes)
        known = at >= 0
        accounts = np.bincount(at[known], minlength=size)[:size].astype(np.float64)
        visits = np.bincount(at[known], plan.visits[known], size)[:size]
        work = np.bincount(at[known], plan.hours[known], size)[:size]
        usual = ["Accounts without a class" if each.is_default else "" for each in classes]

        def numbers(values: list[float]) -> np.ndarray:
            return np.array(values, dtype=np.float64)

        def plain(value: float) -> str:
            return number(value, 0 if value % 1 == 0 else 2)

        made = [
            ("visits", "Visits a year", numbers([e.visits_per_year for e in classes]), plain),
            ("hours", "Hours a visit", numbers([e.visit_hours for e in classes]), plain),
            ("prep", "Preparation", numbers([e.preparation_hours for e in classes]), plain),
            ("accounts", "Accounts", accounts, count),
            ("all_visits", "All visits", visits, count),
            ("all_hours", "All hours", work, hours),
        ]
        return [
            ArrayColumn("name", "Class", np.array([e.name for e in classes], object), width=90),
            *(
                ArrayColumn(key, title, cells, CellKind.NUMBER, formatted=words, width=100)
                for key, title, cells, words in made
            ),
            ArrayColumn("usual", "Usual for", np.array(usual, object), width=180),
        ]

    def _refresh_source(self) -> None:
        workspace = self.session.workspace
        with QSignalBlocker(self.source):
            self.source.clear()
            self.source.addItem("The visit class", None)
            for measure in workspace.account_measures:
                if measure.id != ACCOUNT_COUNT and not measure.is_computed:
                    self.source.addItem(measure.name, int(measure.id))
            chosen = workspace.settings.visits_measure
            at = -1 if chosen is None else self.source.findData(int(chosen))
            self.source.setCurrentIndex(max(0, at))

    def _refresh_buttons(self) -> None:
        can_edit = not self.session.is_read_only
        chosen = self.chosen()
        classes = self.session.workspace.work.classes
        self.add.setEnabled(can_edit)
        self.classify.setEnabled(can_edit and len(self.session.workspace.accounts) > 0)
        self.source.setEnabled(can_edit)
        for made in (self.edit, self.remove):
            made.setEnabled(can_edit and chosen is not None)
        self.up.setEnabled(can_edit and chosen is not None and chosen.id != classes[0].id)
        self.down.setEnabled(can_edit and chosen is not None and chosen.id != classes[-1].id)
        self.list_accounts.setEnabled(chosen is not None)

    def _edit(self, chosen: VisitClass | None) -> None:
        ClassDialog(self.session, chosen, self).open()

    def _on_edit(self) -> None:
        chosen = self.chosen()
        if chosen is not None and not self.session.is_read_only:
            self._edit(chosen)

    def _on_remove(self) -> None:
        chosen = self.chosen()
        if chosen is not None:
            self.session.run_long(RemoveVisitClass(chosen.id, chosen.name), self)

    def _move(self, by: int) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        ids: list[VisitClassId] = [each.id for each in self.session.workspace.work.classes]
        at = ids.index(chosen.id)
        ids[at], ids[at + by] = ids[at + by], ids[at]
        if self.session.run(OrderVisitClasses(tuple(ids)), self):
            self.table.select_source_rows(np.array([at + by]))

    def _on_list(self) -> None:
        chosen = self.chosen()
        if chosen is None:
            return
        workspace = self.session.workspace
        at = next(i for i, each in enumerate(workspace.work.classes) if each.id == chosen.id)
        rows = workspace.work.class_column.rows
        is_own = (rows == at) | ((rows < 0) & chosen.is_default)
        self.rows_requested.emit(f"Visit class {chosen.name}", workspace.accounts.ids[is_own])

    def _on_source(self, position: int) -> None:
        chosen = self.source.itemData(position)
        name = self.source.itemText(position) if chosen is not None else ""
        self.session.run(SetVisitsMeasure(chosen, name), self)

    def _on_classify(self) -> None:
        ClassifyDialog(self.session, self).open()
