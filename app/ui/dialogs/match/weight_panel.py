# SPDX-License-Identifier: MIT
"""How much each part of the fit counts, on sliders."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QSlider, QWidget

from app.models.rep_match import MOST_WEIGHT, MatchPart, MatchWeights
from app.ui.dialogs.match.match_words import PART_WORDS
from app.ui.fonts import CAPTION
from app.ui.formats import percent
from app.ui.parts import button, column, label, row


class WeightPanel(QWidget):
    """One slider per part; the shares beside them add up to 100 %.

    Signals:
        moved: A slider moves.
        settled: The user has let go of a slider.
    """

    moved = Signal()
    settled = Signal()

    def __init__(self, weights: MatchWeights, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sliders: dict[MatchPart, QSlider] = {}
        self._shares = {part: label("", "muted", size=CAPTION) for part in MatchPart}
        self.usual = button("Back to the usual weights", self._back, kind="link")
        lines = column(label("What counts how much", semibold=True), gap=6)
        for part in MatchPart:
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(0, int(MOST_WEIGHT))
            slider.setPageStep(1)
            slider.setAccessibleName(PART_WORDS[part])
            slider.valueChanged.connect(self._on_moved)
            slider.sliderReleased.connect(self.settled)
            self.sliders[part] = slider
            head = row(label(PART_WORDS[part]), None, self._shares[part])
            lines.addLayout(column(head, slider, gap=2))
        lines.addLayout(row(self.usual, None))
        self.setLayout(lines)
        self.set_weights(weights)

    def weights(self) -> MatchWeights:
        """As the sliders stand."""
        return MatchWeights({part: float(s.value()) for part, s in self.sliders.items()})

    def set_weights(self, weights: MatchWeights) -> None:
        """Show other weights; says nothing to listeners."""
        for part, slider in self.sliders.items():
            with QSignalBlocker(slider):
                slider.setValue(round(weights.of(part)))
        self._show_shares()

    def _back(self) -> None:
        self.set_weights(MatchWeights())
        self.moved.emit()
        self.settled.emit()

    def _on_moved(self) -> None:
        self._show_shares()
        self.moved.emit()
        if not any(slider.isSliderDown() for slider in self.sliders.values()):
            self.settled.emit()  # by keyboard or wheel

    def _show_shares(self) -> None:
        whole = sum(slider.value() for slider in self.sliders.values())
        for part, shown in self._shares.items():
            shown.setText(percent(self.sliders[part].value() / whole) if whole else "–")
