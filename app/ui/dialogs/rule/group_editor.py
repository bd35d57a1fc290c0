# SPDX-License-Identifier: MIT
"""A group of the builder: rows and groups of which all, any or none hold."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from app.models.rule import AllOf, AnyOf, Condition, Not, Unreadable
from app.services.rules.condition_text import MAX_DEPTH
from app.services.rules.fields import RuleField
from app.services.rules.operator_words import tidy
from app.ui.dialogs.rule.builder_help import BuilderHelp
from app.ui.dialogs.rule.test_row import TestRow
from app.ui.parts import button, icon_button, row
from app.ui.theme import set_kind

_ALL, _ANY, _NONE = range(3)
_MODES = ("All of these hold", "At least one of these holds", "None of these holds")


class GroupEditor(QFrame):
    """Rows, groups within, and buttons that add to them.

    Args:
        help_: What can be chosen.
        first_field: The field of a row that is added.
        depth: How many groups stand around it.
        parent: The widget that holds it.

    Signals:
        changed(): The user changed something within.
        removed(): The user wants the group to go.
    """

    changed = Signal()
    removed = Signal()

    def __init__(
        self,
        help_: BuilderHelp,
        first_field: RuleField,
        depth: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._help, self._first_field, self._depth = help_, first_field, depth
        self.parts: list[TestRow | GroupEditor] = []
        self.mode = QComboBox()
        self.mode.addItems(_MODES)
        self.mode.setAccessibleName("How the conditions of this group go together")
        self.mode.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.remove = icon_button("close", "Remove this group", self.removed.emit, side=14)
        self.add_row_button = button("Condition", self.add_row, icon_name="plus", kind="quiet")
        self.add_row_button.setAccessibleName("Add a condition")
        self.add_group_button = button("Group", self.add_group, icon_name="plus", kind="quiet")
        self.add_group_button.setAccessibleName("Add a group of conditions")
        # The editor can show no deeper condition than a plan file can hold.
        self.add_group_button.setVisible(depth < MAX_DEPTH // 2)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(6)
        self._compose()

    def add_row(self) -> TestRow:
        """Add a row at the end."""
        made = TestRow(self._help, self._first_field)
        self._add(made)
        self.changed.emit()
        return made

    def add_group(self) -> "GroupEditor":
        """Add a group with one row at the end."""
        made = GroupEditor(self._help, self._first_field, self._depth + 1)
        made.mode.setCurrentIndex(_ANY)
        self._add(made)
        made.add_row()
        return made

    def show_condition(self, condition: Condition) -> None:
        """Show a condition; one that is no group becomes the only row of this one."""
        for part in tuple(self.parts):
            self._take_out(part)
        mode, parts = _mode_and_parts(tidy(condition))
        with QSignalBlocker(self.mode):
            self.mode.setCurrentIndex(mode)
        for part in parts:
            self._show_part(part)

    def condition(self) -> Condition | None:
        """The condition, tidied; None while a value is missing."""
        found: list[Condition] = []
        for part in self.parts:
            inner = part.test() if isinstance(part, TestRow) else part.condition()
            if inner is None:
                return None
            found.append(inner)
        parts = tuple(found)
        whole = {_ALL: AllOf(parts), _ANY: AnyOf(parts), _NONE: Not(AnyOf(parts))}
        return tidy(whole[self.mode.currentIndex()])

    def missing(self) -> str:
        """The title of the first field whose value is missing; empty where none is."""
        for part in self.parts:
            if isinstance(part, GroupEditor):
                if title := part.missing():
                    return title
            elif part.test() is None:
                return part.title
        return ""

    def _compose(self) -> None:
        if self._depth:
            set_kind(self, "card")
        else:
            self.remove.hide()
        layout = QVBoxLayout(self)
        side = 10 if self._depth else 0
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(6)
        layout.addLayout(row(self.mode, None, self.remove))
        layout.addLayout(self._rows)
        layout.addLayout(row(self.add_row_button, self.add_group_button, None))

    def _show_part(self, condition: Condition) -> None:
        if isinstance(condition, AllOf | AnyOf | Not):
            group = GroupEditor(self._help, self._first_field, self._depth + 1)
            group.show_condition(condition)
            self._add(group)
        elif not isinstance(condition, Unreadable):
            made = TestRow(self._help, self._first_field)
            made.show_test(condition)
            self._add(made)

    def _add(self, part: "TestRow | GroupEditor") -> None:
        self.parts.append(part)
        self._rows.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        part.changed.connect(self.changed)
        part.removed.connect(lambda: self._on_removed(part))

    def _on_removed(self, part: "TestRow | GroupEditor") -> None:
        self._take_out(part)
        self.changed.emit()

    def _take_out(self, part: "TestRow | GroupEditor") -> None:
        self.parts.remove(part)
        self._rows.removeWidget(part)
        part.hide()
        part.deleteLater()


def _mode_and_parts(condition: Condition) -> tuple[int, Sequence[Condition]]:
    match condition:
        case AllOf(parts):
            return _ALL, parts
        case AnyOf(parts):
            return _ANY, parts
        case Not(AnyOf(parts)) if parts:
            return _NONE, parts
        case Not(part):
            return _NONE, (part,)
        case _:
            return _ALL, (condition,)
