# SPDX-License-Identifier: MIT
"""Which overlaps or gaps are listed: by territory, segment, and whether anybody is there."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton

from app.services.geography.factorizing import factorize
from app.services.overlaps.claim_items import ClaimItems
from app.ui.parts import button, literal

BoolArray = npt.NDArray[np.bool_]
_EVERY_TERRITORY, _EVERY_SEGMENT = "Every territory", "Every segment"


class ClaimFilters(QObject):
    """Territory, segment and empty areas; kind, state and value are filtered in the table.

    Args:
        parent: The list.

    Attributes:
        territory, segment: What can be chosen.
        with_bare: Whether gaps without customers are listed.
        pair_chip: The pair of territories that is listed alone; a click ends that.

    Signals:
        changed(): Other items are to be listed.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.territory = _box("Territory")
        self.segment = _box("Segment of customers")
        self.with_bare = QCheckBox("Also areas without customers")
        self.pair_chip: QPushButton = button("", self._end_pair, kind="chip")
        self.pair_chip.setCheckable(True)
        self.pair_chip.hide()
        self._pair: frozenset[int] = frozenset()
        self._segment_codes = np.empty(0, dtype=np.int64)
        for box in (self.territory, self.segment):
            box.activated.connect(lambda _at: self.changed.emit())
        self.with_bare.toggled.connect(lambda _on: self.changed.emit())

    def set_territories(self, names: Sequence[str]) -> None:
        """Offer these territories, in position order."""
        _fill(self.territory, _EVERY_TERRITORY, list(enumerate(names)))

    def set_segments(self, texts: np.ndarray) -> None:
        """Offer the segments of all accounts; hidden where none has one."""
        codes, words = factorize(texts)
        self._segment_codes = codes
        offered = sorted((word, at) for at, word in enumerate(words) if word)
        _fill(self.segment, _EVERY_SEGMENT, [(at, word) for word, at in offered])
        self.segment.setVisible(bool(offered))

    def show_pair(self, positions: frozenset[int], words: str) -> None:
        """List only what two territories claim together."""
        self._pair = positions
        self.pair_chip.setText(literal(f"{words}  ×"))
        self.pair_chip.setAccessibleName(f"Only {words}; press to list all")
        self.pair_chip.setChecked(True)
        self.pair_chip.setVisible(bool(positions))
        self.changed.emit()

    def forget_pair(self) -> None:
        """List all again, without telling: the territories are others."""
        self._pair = frozenset()
        self.pair_chip.hide()

    @property
    def has_pair(self) -> bool:
        """Whether only what two territories claim together is listed."""
        return bool(self._pair)

    def forget_all(self) -> None:
        """List all again."""
        for box in (self.territory, self.segment):
            box.setCurrentIndex(0)
        self.show_pair(frozenset(), "")

    def kept(
        self, items: ClaimItems, territories: Sequence[frozenset[int]], *, is_gap: bool
    ) -> BoolArray:
        """Per item whether it is listed.

        Args:
            items: Overlaps or gaps.
            territories: Per item its claimants, or the territories beside a gap.
            is_gap: Whether they are gaps.
        """
        kept = np.ones(len(items), dtype=np.bool_)
        position, segment = self.territory.currentData(), self.segment.currentData()
        if position is not None:
            kept &= np.array([position in each for each in territories], dtype=np.bool_)
        if self._pair and not is_gap:
            kept &= np.array([self._pair <= each for each in territories], dtype=np.bool_)
        if segment is not None and len(self._segment_codes):
            kept &= items.any_of(self._segment_codes == segment)
        if is_gap and not self.with_bare.isChecked():
            kept &= items.counts > 0
        return kept

    def _end_pair(self) -> None:
        self.show_pair(frozenset(), "")


def _box(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    made.setMaximumWidth(190)
    return made


def _fill(box: QComboBox, every: str, entries: Sequence[tuple[int, str]]) -> None:
    """Offer other entries; what was chosen stays chosen."""
    before = box.currentText()
    with QSignalBlocker(box):
        box.clear()
        box.addItem(every, None)
        for value, words in entries:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findText(before)))
