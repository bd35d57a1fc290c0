# SPDX-License-Identifier: MIT
"""The chips over the list of areas: which areas are listed, and how many each chip lists."""

from enum import Enum

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from app.services.alignment import IN_DISPUTE, MIXED, NOBODY
from app.ui.formats import count
from app.ui.panes.area_columns import DIVIDED_TEXT
from app.ui.parts import button

IntArray = npt.NDArray[np.int32]
LongArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


class AreaFilter(Enum):
    """Which areas are listed; the values are the words of the chips."""

    ALL = "All"
    UNASSIGNED = "Unassigned"
    IN_DISPUTE = "In dispute"
    DIVIDED = DIVIDED_TEXT
    SELECTED = "Selected"


_CODES = {
    AreaFilter.UNASSIGNED: NOBODY,
    AreaFilter.IN_DISPUTE: IN_DISPUTE,
    AreaFilter.DIVIDED: MIXED,
}
_TOOLTIPS = {
    AreaFilter.DIVIDED: "Finer areas inside belong to different territories",
    AreaFilter.SELECTED: "Selected on the map or in this list",
}


class AreaFilters(QObject):
    """One kind of area at a time.

    Args:
        parent: The list that is filtered.

    Attributes:
        kind: The kind that is listed.
        chips: The button of each kind.

    Signals:
        changed(): The user chose another kind.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.kind = AreaFilter.ALL
        self._listed: LongArray = np.empty(0, dtype=np.int64)
        self.chips = {kind: self._chip(kind) for kind in AreaFilter}

    def show_kind(self, kind: AreaFilter) -> None:
        """List all areas, or those of one kind."""
        self.kind = kind
        self.changed.emit()

    def list_selected(self, rows: LongArray) -> None:
        """Remember which rows "Selected" lists.

        They stay listed while the user selects among them; else a click would empty the list.
        """
        self._listed = rows

    def kept(self, held: IntArray) -> BoolArray | None:
        """Per area, whether it is listed; None for all.

        Args:
            held: Per area the position of its territory or a code below 0.
        """
        if self.kind is AreaFilter.ALL:
            return None
        if self.kind is AreaFilter.SELECTED:
            kept = np.zeros(len(held), dtype=np.bool_)
            kept[self._listed] = True
            return kept
        return held == _CODES[self.kind]

    def show_counts(self, held: IntArray, selected: int) -> None:
        """Write how many areas each chip lists."""
        amounts = {kind: int((held == code).sum()) for kind, code in _CODES.items()}
        amounts |= {AreaFilter.ALL: len(held), AreaFilter.SELECTED: selected}
        for kind, chip in self.chips.items():
            chip.setText(f"{kind.value}  {count(amounts[kind])}")
            chip.setChecked(kind is self.kind)

    def _chip(self, kind: AreaFilter) -> QPushButton:
        made = button(kind.value, lambda: self.show_kind(kind), kind="chip")
        made.setToolTip(_TOOLTIPS.get(kind, ""))
        made.setCheckable(True)
        return made
