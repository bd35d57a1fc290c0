# SPDX-License-Identifier: MIT
"""One column of the file in the second step: its samples, and what it is taken for."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QLineEdit, QWidget

from app.models.measure import MeasureKind
from app.services.importing.fields import IGNORE, MEASURE, TableKind, fields_of
from app.services.importing.mapping import ColumnMapping
from app.ui.fonts import BODY, CAPTION, set_text_style
from app.ui.parts import label, plain_tooltip, row
from app.ui.theme import set_kind
from app.ui.widgets.elided_label import ElidedLabel
from app.ui.widgets.icon_label import IconLabel

_LOOK_BELOW = 0.6
_NAME_WIDTH = 230
_TARGET_ROLE = int(Qt.ItemDataRole.UserRole)
_KIND_WORDS = {
    MeasureKind.MONEY: "Money",
    MeasureKind.COUNT: "Count",
    MeasureKind.HOURS: "Hours",
    MeasureKind.NUMBER: "Number",
}


class ColumnRow(QFrame):
    """Header and samples at the left, the choice in the middle, its reason at the right.

    Args:
        mapped: The column.
        choices: What it can be, see `choices_of`; columns of one table share it.
        parent: The widget that holds it.

    Signals:
        changed: Header, key of a field, name and kind of the measure (empty and None if unused).
    """

    changed = Signal(str, str, str, object)

    def __init__(
        self, mapped: ColumnMapping, choices: QStandardItemModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_kind(self, "surface")
        self._header = mapped.header
        title, samples = ElidedLabel(mapped.header), ElidedLabel(_samples(mapped))
        set_text_style(title, BODY, semibold=True)
        set_text_style(samples, CAPTION)
        set_kind(samples, "muted")
        self.target = QComboBox()
        self.target.setAccessibleName(f"What {mapped.header} is")
        self.target.setModel(choices)
        self.target.setMaxVisibleItems(24)
        self.target.setFixedWidth(210)
        self.measure_name = QLineEdit()
        self.measure_name.setAccessibleName(f"Name of the measure in {mapped.header}")
        self.measure_kind = QComboBox()
        self.measure_kind.setAccessibleName(f"Kind of the measure in {mapped.header}")
        for measure_kind, words in _KIND_WORDS.items():
            self.measure_kind.addItem(words, measure_kind)
        self._mark = IconLabel("check", "good", 16)
        self._reason = label("", "muted", size=CAPTION, wraps=True)
        self._measure = QWidget()
        self._measure.setLayout(row(self.measure_name, self.measure_kind))
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 8, 16, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.addWidget(title, 0, 0)
        grid.addWidget(samples, 1, 0)
        grid.addWidget(self.target, 0, 1, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._mark, 0, 2, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._measure, 0, 3, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._reason, 0, 4, 2, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnMinimumWidth(0, _NAME_WIDTH)
        grid.setColumnStretch(4, 1)
        self.show_mapping(mapped)
        self.target.activated.connect(lambda _at: self._on_changed())
        self.measure_kind.activated.connect(lambda _at: self._on_changed())
        self.measure_name.editingFinished.connect(self._on_name)

    def show_mapping(self, mapped: ColumnMapping) -> None:
        """Show what the column is taken for now."""
        with QSignalBlocker(self.target), QSignalBlocker(self.measure_kind):
            self.target.setCurrentIndex(self.target.findData(mapped.target, _TARGET_ROLE))
            self.measure_kind.setCurrentIndex(list(_KIND_WORDS).index(mapped.measure_kind))
        if not self.measure_name.hasFocus():
            self.measure_name.setText(mapped.measure_name)
        self._measure.setVisible(mapped.target == MEASURE)
        needs_look = mapped.confidence < _LOOK_BELOW and mapped.target != IGNORE
        self._mark.set_icon(
            "warning" if needs_look else "check", "warning" if needs_look else "good"
        )
        self._mark.setVisible(mapped.target != IGNORE)
        words = f"Please check. {mapped.reason}" if needs_look else mapped.reason
        self._reason.setText(words)
        set_kind(self._reason, "warning" if needs_look else "muted")

    def _on_changed(self) -> None:
        target = str(self.target.currentData(_TARGET_ROLE))
        is_measure = target == MEASURE and self._measure.isVisible()
        name = self.measure_name.text().strip() if is_measure else ""
        kind = self.measure_kind.currentData() if is_measure else None
        self.changed.emit(self._header, target, name, kind)

    def _on_name(self) -> None:
        if self.measure_name.isModified():
            self.measure_name.setModified(False)
            self._on_changed()


def _samples(mapped: ColumnMapping) -> str:
    return " · ".join(mapped.samples) if mapped.samples else "No values"


def choices_of(kind: TableKind, parent: QWidget) -> QStandardItemModel:
    """The fields under their headings; headings cannot be chosen."""
    model = QStandardItemModel(parent)
    group = ""
    for field in fields_of(kind):
        if field.group != group:
            group = field.group
            heading = QStandardItem(group)
            heading.setFlags(Qt.ItemFlag.NoItemFlags)
            model.appendRow(heading)
        item = QStandardItem(field.label)
        item.setData(field.key, _TARGET_ROLE)
        item.setToolTip(plain_tooltip(field.hint or field.label))
        model.appendRow(item)
    return model
