# SPDX-License-Identifier: MIT
"""The fields of one rep, for editing; knows values and signals only."""

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from app.models.rep import Rep
from app.ui.fonts import CAPTION
from app.ui.parts import label, padded
from app.ui.theme import set_kind
from app.ui.widgets.tag_input import TagInput

_TEXT_FIELDS = (
    ("name", "Name", ""),
    ("title", "Title", ""),
    ("email", "E-mail", ""),
    ("phone", "Phone", ""),
    ("home_text", "Home", "Street, city, state and postal code"),
)
_NO_QUOTA = -1.0


class RepForm(QWidget):
    """Shows a rep; a field counts when the user leaves it or presses Enter.

    Signals:
        edited: The rep with the changed field.
    """

    edited = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rep: Rep | None = None
        self.lines: dict[str, QLineEdit] = {}
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for key, caption, placeholder in _TEXT_FIELDS:
            line = QLineEdit()
            line.setAccessibleName(caption)
            line.setPlaceholderText(placeholder)
            line.editingFinished.connect(self.commit)
            self.lines[key] = line
            form.addRow(label(caption, "muted"), line)
        self.home_state = label("", "muted", size=CAPTION, wraps=True)
        form.addRow("", self.home_state)
        self.capacity = _spin_box("Capacity in hours per year", 10_000, "\u202fh / year")
        self.quota = _spin_box("Quota per year", 1e12, "")
        self.quota.setMinimum(_NO_QUOTA)
        self.quota.setSpecialValueText("None")
        self.skills = TagInput("Skills", "Add a skill")
        self.notes = QPlainTextEdit()
        self.notes.setAccessibleName("Notes")
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(64)
        form.addRow(label("Capacity", "muted"), self.capacity)
        form.addRow(label("Quota", "muted"), self.quota)
        form.addRow(label("Skills", "muted"), self.skills)
        form.addRow(label("Notes", "muted"), self.notes)
        self.capacity.editingFinished.connect(self.commit)
        self.quota.editingFinished.connect(self.commit)
        self.skills.tags_changed.connect(self.commit)
        self.notes.installEventFilter(self)

    def set_rep(self, rep: Rep) -> None:
        """Show a rep; what is being typed about the same rep stays."""
        is_same = self._rep is not None and self._rep.id == rep.id
        self._rep = rep
        for key, line in self.lines.items():
            if not (is_same and line.hasFocus() and line.isModified()):
                with QSignalBlocker(line):
                    line.setText(str(getattr(rep, key)))
        for box, value in ((self.capacity, rep.capacity_hours), (self.quota, rep.quota)):
            if not (is_same and box.hasFocus()):
                with QSignalBlocker(box):
                    box.setValue(_NO_QUOTA if value is None else value)
        if self.skills.tags() != rep.skills:
            self.skills.set_tags(rep.skills)
        if self.notes.toPlainText() != rep.notes and not (is_same and self.notes.hasFocus()):
            self.notes.setPlainText(rep.notes)
        self._show_home_state(rep)

    def shown_rep(self) -> Rep | None:
        """The rep with what stands in the fields now."""
        if self._rep is None:
            return None
        quota = self.quota.value()
        texts = {key: line.text().strip() for key, line in self.lines.items()}
        return replace(
            self._rep,
            **texts,
            capacity_hours=self.capacity.value(),
            quota=None if quota < 0 else quota,
            skills=self.skills.tags(),
            notes=self.notes.toPlainText(),
        )

    def commit(self) -> None:
        """Tell of what was changed, if anything was."""
        shown = self.shown_rep()
        if shown is not None and shown != self._rep:
            self._rep = shown
            self.edited.emit(shown)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.notes and event.type() is QEvent.Type.FocusOut:
            self.commit()
        return super().eventFilter(watched, event)

    def _show_home_state(self, rep: Rep) -> None:
        if not rep.home_text:
            words, kind = "", "muted"
        elif rep.lon is None:
            words, kind = "Not found on the map. Add a postal code, or a city and state.", "warning"
        else:
            words, kind = "Found on the map.", "good"
        self.home_state.setText(words)
        self.home_state.setVisible(bool(words))
        set_kind(self.home_state, kind)


def _spin_box(name: str, most: float, suffix: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setAccessibleName(name)
    box.setRange(0, most)
    box.setDecimals(0)
    box.setGroupSeparatorShown(True)
    box.setSingleStep(100)
    box.setSuffix(suffix)
    box.setKeyboardTracking(False)
    padded(box)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box
