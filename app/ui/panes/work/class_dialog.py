# SPDX-License-Identifier: MIT
"""The fields of one visit class."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QDoubleSpinBox, QGridLayout, QLineEdit, QWidget

from app.models.ids import VisitClassId
from app.models.visit_class import VisitClass
from app.services.commands import PutVisitClass
from app.ui.formats import number
from app.ui.parts import button, column, label, literal, padded, row
from app.ui.session import EditSession

_NEW = VisitClass(VisitClassId(0), "", 4.0, 1.0, 0.25)
_MINUTES = 60.0


class ClassDialog(QDialog):
    """Name, visits per year, minutes of a visit and of its preparation.

    Args:
        session: The open plan.
        visit_class: The one to change; None adds another.
        parent: The window.
    """

    def __init__(
        self, session: EditSession, visit_class: VisitClass | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._class = visit_class or _NEW
        self.setWindowTitle("Change a visit class" if visit_class else "Add a visit class")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.name = QLineEdit(self._class.name)
        self.name.setAccessibleName("Name of the class")
        self.name.setPlaceholderText("For example A, or Key account")
        self.visits = _box("Visits per year", self._class.visits_per_year, 10_000.0, 1)
        self.minutes = _box("Minutes of a visit", self._class.visit_hours * _MINUTES, 6_000.0)
        self.preparation = _box(
            "Minutes of preparation", self._class.preparation_hours * _MINUTES, 6_000.0
        )
        self.usual = QCheckBox(literal("Accounts without a class count as this one"))
        self.usual.setChecked(self._class.is_default)
        self.usual.setEnabled(not self._class.is_default)
        self.total = label("", "muted")
        self.save = button("Save", self.accept, kind="primary")
        self.save.setDefault(True)
        foot = row(None, button("Cancel", self.reject), self.save)
        self.setLayout(column(self._grid(), self.usual, self.total, foot, margin=18, gap=12))
        self.setMinimumWidth(400)
        for box in (self.visits, self.minutes, self.preparation):
            box.valueChanged.connect(lambda _value: self._show_total())
        self._show_total()

    def accept(self) -> None:
        wanted = VisitClass(
            self._class.id,
            self.name.text(),
            self.visits.value(),
            self.minutes.value() / _MINUTES,
            self.preparation.value() / _MINUTES,
            self._class.position,
            self.usual.isChecked(),
        )
        if self._session.run(PutVisitClass(wanted)):
            super().accept()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        fields = (
            ("Name", self.name),
            ("Visits per year", self.visits),
            ("Minutes of a visit", self.minutes),
            ("Minutes before and after", self.preparation),
        )
        for at, (words, field) in enumerate(fields):
            grid.addWidget(label(words), at, 0)
            grid.addWidget(field, at, 1)
        return grid

    def _show_total(self) -> None:
        hours = self.visits.value() * (self.minutes.value() + self.preparation.value()) / _MINUTES
        self.total.setText(f"{number(hours, 1)} hours per account and year")


def _box(name: str, value: float, most: float, decimals: int = 0) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(0.0, most)
    box.setDecimals(decimals)
    box.setValue(value)
    box.setAccessibleName(name)
    padded(box)
    return box
