# SPDX-License-Identifier: MIT
"""One measure of the index with its weight as a slider and as a number."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QSlider, QWidget

from app.models.ids import MeasureId
from app.ui.parts import column, icon_button, padded, row
from app.ui.widgets.elided_label import ElidedLabel

_STEPS = 200
"""Of the slider: half a percent each."""


class WeightRow(QWidget):
    """Name, slider, percent.

    Args:
        measure: Which measure it is.
        parent: The page.

    Signals:
        grabbed(int): The user begins to slide; the measure.
        slid(int, float): The measure, and its weight from 0 to 1.
        removed(int): The measure is to leave the index.
    """

    grabbed = Signal(int)
    slid = Signal(int, float)
    removed = Signal(int)

    def __init__(self, measure: MeasureId, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.measure = measure
        self._name = ElidedLabel()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(_STEPS // 20)
        self.box = QDoubleSpinBox()
        self.box.setRange(0.0, 100.0)
        self.box.setDecimals(1)
        self.box.setSuffix("\u202f%")
        self.box.setFixedWidth(96)
        self.box.setKeyboardTracking(False)
        padded(self.box)
        self.remove = icon_button("close", "Remove from the index", self._on_remove, side=14)
        head = row(self._name, self.box, self.remove)
        head.setStretch(0, 1)
        self.setLayout(column(head, self.slider, gap=2))
        self.slider.sliderPressed.connect(lambda: self.grabbed.emit(int(self.measure)))
        self.slider.valueChanged.connect(self._on_slider)
        self.box.valueChanged.connect(self._on_box)

    def show_weight(self, name: str, share: float) -> None:
        """Show another weight, from 0 to 1; says nothing to listeners."""
        self._name.set_full_text(name)
        self.slider.setAccessibleName(f"Weight of {name}")
        self.box.setAccessibleName(f"Weight of {name} in percent")
        self.remove.setAccessibleName(f"Remove {name} from the index")
        with QSignalBlocker(self.slider), QSignalBlocker(self.box):
            if not self.slider.isSliderDown():
                self.slider.setValue(round(share * _STEPS))
            self.box.setValue(share * 100)

    def set_chosen(self, *, is_chosen: bool) -> None:
        """Mark the measure whose sensitivity is shown."""
        font = self._name.font()
        font.setBold(is_chosen)
        self._name.setFont(font)

    def _on_slider(self, step: int) -> None:
        self.slid.emit(int(self.measure), step / _STEPS)

    def _on_box(self, value: float) -> None:
        self.grabbed.emit(int(self.measure))
        self.slid.emit(int(self.measure), value / 100)

    def _on_remove(self) -> None:
        self.removed.emit(int(self.measure))
