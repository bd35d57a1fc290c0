# SPDX-License-Identifier: MIT
"""One row of the builder: a field, how it is compared, and with what."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from app.models.rule import DistanceTest, NumberOperator, PlaceTest, Test
from app.services.rules.fields import DISTANCE, MEASURE, ORDERS, REVENUE, FieldKind, RuleField
from app.services.rules.operator_words import WORDS_BY_KIND, kind_of
from app.ui.dialogs.rule.builder_help import BuilderHelp
from app.ui.dialogs.rule.distance_values import DistanceValues
from app.ui.dialogs.rule.value_editors import (
    DateValues,
    NumberValues,
    PlaceValues,
    TextValues,
    ValueEditor,
)
from app.ui.parts import icon_button, row
from app.ui.widgets.choice_picker import Choice, ChoicePicker

_ALWAYS_GIVEN = (MEASURE, REVENUE, ORDERS)
"""Fields that are 0 where nothing is known, and so never empty."""
_FIELD_WIDTH = 170


class TestRow(QWidget):
    """Field, comparison, values, and a button that removes the row.

    Args:
        help_: What can be chosen.
        field: The field to begin with.
        parent: The group.

    Signals:
        changed(): The user changed something.
        removed(): The user wants the row to go.
    """

    changed = Signal()
    removed = Signal()

    __test__ = False

    def __init__(self, help_: BuilderHelp, field: RuleField, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._help = help_
        self._field, self._kind = field, field.kind
        self._operators: list[Enum] = []
        self.field = ChoicePicker("Field", self._find_fields, is_single=True)
        self.field.setFixedWidth(_FIELD_WIDTH)
        self.operator = QComboBox()
        self.operator.setAccessibleName("Comparison")
        self.operator.setMinimumWidth(120)
        self.values: ValueEditor = NumberValues(field)
        self.remove = icon_button("close", "Remove this condition", self.removed.emit, side=14)
        self._layout: QHBoxLayout = row(self.field, self.operator, self.values, self.remove)
        self._layout.setStretch(2, 1)
        self.setLayout(self._layout)
        self._show_field(field, field.kind)
        self.field.changed.connect(self._on_field)
        self.operator.currentIndexChanged.connect(lambda _at: self._on_operator())

    def show_test(self, test: Test) -> None:
        """Show a test."""
        self._show_field(self._field_of(test), kind_of(test))
        if test.operator not in self._operators:  # a sheet or a file may ask more than the list
            self._operators.append(test.operator)
            self.operator.addItem(WORDS_BY_KIND[self._kind][test.operator])
        with QSignalBlocker(self.operator):
            self.operator.setCurrentIndex(self._operators.index(test.operator))
        self.values.show_test(test)
        self.values.set_operator(test.operator)

    def test(self) -> Test | None:
        """The test; None while a value is missing."""
        return self.values.test(self._field, self._chosen_operator())

    @property
    def title(self) -> str:
        """The title of the field."""
        return self._field.title

    def _field_of(self, test: Test) -> RuleField:
        names = self._help.names
        if isinstance(test, PlaceTest):
            return names.area_field(test.areas)
        key = DISTANCE if isinstance(test, DistanceTest) else test.field
        gone = RuleField(key, f"{names.title(key)} (gone)", kind_of(test), "")
        return names.field(key) or gone

    def _chosen_operator(self) -> Enum:
        return self._operators[max(0, self.operator.currentIndex())]

    def _show_field(self, field: RuleField, kind: FieldKind) -> None:
        self._field, self._kind = field, kind
        self.field.set_chosen([Choice(field.key, field.title)])
        with QSignalBlocker(self.operator):
            self.operator.clear()
            words = WORDS_BY_KIND[kind]
            self._operators = [operator for operator in words if _fits(field, operator)]
            self.operator.addItems([words[operator] for operator in self._operators])
        old, self.values = self.values, self._editor()
        self._layout.replaceWidget(old, self.values)
        self._layout.setStretch(2, 1)
        old.hide()
        old.deleteLater()
        self.values.changed.connect(self.changed)
        self.values.set_operator(self._chosen_operator())

    def _editor(self) -> ValueEditor:
        match self._kind:
            case FieldKind.NUMBER:
                return NumberValues(self._field)
            case FieldKind.DATE:
                return DateValues(self._field)
            case FieldKind.PLACE:
                return PlaceValues(self._field, self._help)
            case FieldKind.DISTANCE:
                return DistanceValues(self._help)
            case _:
                return TextValues(self._field, self._kind, self._help)

    def _find_fields(self, text: str) -> Sequence[Choice]:
        wanted = text.casefold()
        return [
            Choice(field.key, field.title, field.group)
            for field in self._help.names.fields
            if wanted in field.title.casefold() or wanted in field.group.casefold()
        ]

    def _on_field(self) -> None:
        field = self._help.names.field(self.field.chosen()[0].key)
        if field is not None:
            self._show_field(field, field.kind)
            self.changed.emit()

    def _on_operator(self) -> None:
        self.values.set_operator(self._chosen_operator())
        self.changed.emit()


def _fits(field: RuleField, operator: Enum) -> bool:
    """Whether a comparison says anything about a field."""
    asks_for_empty = operator in (NumberOperator.EMPTY, NumberOperator.GIVEN)
    return not (asks_for_empty and field.key.startswith(_ALWAYS_GIVEN))
