# SPDX-License-Identifier: MIT
"""What can be done with the rules that are selected."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.ui.parts import button, icon_button, row


class RuleFoot(QWidget):
    """Buttons below the list.

    Signals:
        change_requested(), switch_requested(), list_requested(), removal_requested(): The button
            of that name was pressed.
        step_requested(int): One place up (-1) or down (1).
    """

    change_requested = Signal()
    switch_requested = Signal()
    list_requested = Signal()
    removal_requested = Signal()
    step_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._change = button("Change…", self.change_requested.emit, icon_name="edit")
        self._list = button("List accounts", self.list_requested.emit, icon_name="building")
        self._others = (
            button("On or off", self.switch_requested.emit),
            icon_button("arrow_up", "Up (Alt+Up)", lambda: self.step_requested.emit(-1)),
            icon_button("arrow_down", "Down (Alt+Down)", lambda: self.step_requested.emit(1)),
            icon_button("trash", "Delete rules", self.removal_requested.emit),
        )
        switch, up, down, delete = self._others
        self.setLayout(
            row(self._change, switch, up, down, self._list, delete, None, margin=(16, 6, 12, 6))
        )

    def set_selected(self, rows: Sequence[int], *, can_edit: bool, is_known: bool) -> None:
        """Enable what makes sense.

        Args:
            rows: The rows that are selected.
            can_edit: Whether rules may be changed.
            is_known: Whether what the rules match is known.
        """
        self._change.setEnabled(len(rows) == 1 and can_edit)
        self._list.setEnabled(len(rows) == 1 and is_known)
        for made in self._others:
            made.setEnabled(bool(rows) and can_edit)
