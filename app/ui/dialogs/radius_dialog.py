# SPDX-License-Identifier: MIT
"""Asks for a distance around a place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDoubleSpinBox, QWidget

from app.models.units import KM_PER_MILE
from app.ui.formats import uses_metric
from app.ui.parts import button, column, label, padded, row

_UNITS = (("miles", KM_PER_MILE), ("km", 1.0))


class RadiusDialog(QDialog):
    """A number and its unit.

    Args:
        place: What lies in the middle.
        parent: The window.
    """

    def __init__(self, place: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Select within a distance")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.distance = QDoubleSpinBox()
        self.distance.setRange(0.1, 5000.0)
        self.distance.setDecimals(1)
        self.distance.setValue(50.0)
        self.distance.setAccessibleName("Distance")
        self.distance.setFixedWidth(110)
        padded(self.distance)
        self.unit = QComboBox()
        self.unit.setAccessibleName("Unit of the distance")
        for name, factor in _UNITS:
            self.unit.addItem(name, factor)
        self.unit.setCurrentIndex(1 if uses_metric() else 0)
        self.select = button("Select areas", self.accept, kind="primary")
        self.select.setDefault(True)
        about = f"Select every area whose middle lies within this distance of {place}."
        self.setLayout(
            column(
                label(about, wraps=True),
                row(self.distance, self.unit, None),
                row(None, button("Cancel", self.reject), self.select),
                margin=18,
                gap=14,
            )
        )
        self.setMinimumWidth(360)
        self.distance.selectAll()

    def radius_km(self) -> float:
        """The distance in kilometres."""
        return self.distance.value() * float(self.unit.currentData())
