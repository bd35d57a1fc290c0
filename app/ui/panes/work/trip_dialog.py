# SPDX-License-Identifier: MIT
"""Asks for a trip whose time the user knows."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDoubleSpinBox, QGridLayout, QLineEdit, QWidget

from app.models.territory import TravelMode
from app.models.visit_class import KnownTrip
from app.services.commands import PutKnownTrip
from app.services.home_place import place_home
from app.ui.panes.work.work_words import MODE_WORDS
from app.ui.parts import button, column, label, padded, row
from app.ui.session import EditSession


class TripDialog(QDialog):
    """Two places, minutes, mode.

    Args:
        session: The open plan.
        parent: The window.
    """

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setWindowTitle("Add a known trip")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.start, self.end = QLineEdit(), QLineEdit()
        self.start.setPlaceholderText("City, state or ZIP code")
        self.end.setPlaceholderText("City, state or ZIP code")
        self.start.setAccessibleName("From")
        self.end.setAccessibleName("To")
        self.minutes = QDoubleSpinBox()
        self.minutes.setRange(0.1, 10_000.0)
        self.minutes.setDecimals(0)
        self.minutes.setValue(60.0)
        self.minutes.setSuffix(" minutes")
        self.minutes.setAccessibleName("How long the trip takes one way")
        padded(self.minutes)
        self.mode = QComboBox()
        self.mode.setAccessibleName("How the trip is made")
        for mode, words in MODE_WORDS.items():
            if mode is not TravelMode.REMOTE:
                self.mode.addItem(words, mode.value)
        self.problem = label("", "danger", wraps=True)
        self.problem.hide()
        self.save = button("Add", self.accept, kind="primary")
        self.save.setDefault(True)
        foot = row(None, button("Cancel", self.reject), self.save)
        self.setLayout(column(self._grid(), self.problem, foot, margin=18, gap=12))
        self.setMinimumWidth(420)

    def accept(self) -> None:
        geography = self._session.workspace.geography
        places: list[tuple[float, float]] = []
        for field in (self.start, self.end):
            found = place_home(field.text(), geography) if field.text().strip() else None
            if found is None:
                name = field.text().strip() or field.accessibleName()
                self.problem.setText(
                    f"“{name}” was not found. Type a city with its state, or a ZIP code."
                )
                self.problem.show()
                field.setFocus()
                return
            places.append(found)
        trip = KnownTrip(
            0,
            self.start.text().strip(),
            places[0],
            self.end.text().strip(),
            places[1],
            self.minutes.value(),
            TravelMode(self.mode.currentData()),
        )
        if self._session.run(PutKnownTrip(trip)):
            super().accept()

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        fields = (
            ("From", self.start),
            ("To", self.end),
            ("Takes, one way", self.minutes),
            ("Made", self.mode),
        )
        for at, (words, field) in enumerate(fields):
            grid.addWidget(label(words), at, 0)
            grid.addWidget(field, at, 1)
        return grid
