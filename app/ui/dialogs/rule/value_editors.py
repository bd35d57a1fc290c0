# SPDX-License-Identifier: MIT
"""What a field is compared with: one small form per kind of field."""

import math
from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QDateEdit, QLineEdit, QSpinBox, QWidget

from app.models.ids import GeoUnitId
from app.models.rule import (
    DateOperator,
    DateTest,
    ListOperator,
    ListTest,
    NumberOperator,
    NumberTest,
    PlaceOperator,
    PlaceTest,
    Test,
    TextOperator,
    TextTest,
)
from app.services.importing.cleaning import number as read_number
from app.services.rules.condition_text import MAX_DAYS
from app.services.rules.fields import FieldKind, RuleField
from app.services.rules.operator_words import BETWEEN, LATELY, WITHOUT_VALUES
from app.ui.dialogs.rule.builder_help import BuilderHelp
from app.ui.formats import count
from app.ui.parts import button, label, padded, row
from app.ui.widgets.choice_picker import Choice, ChoicePicker

_EQUALITY = (TextOperator.IS, TextOperator.IS_NOT)
_USUAL_DAYS = 90


class ValueEditor(QWidget):
    """The values of one row.

    Signals:
        changed(): The user changed them.
    """

    changed = Signal()

    def show_test(self, test: Test) -> None:
        """Show the values of a test."""
        raise NotImplementedError

    def set_operator(self, operator: Enum) -> None:
        """Show what this comparison needs."""
        raise NotImplementedError

    def test(self, field: RuleField, operator: Enum) -> Test | None:
        """The test; None while a value is missing."""
        raise NotImplementedError


class TextValues(ValueEditor):
    """Values of a text or a list: chosen from the data, or typed."""

    def __init__(self, field: RuleField, kind: FieldKind, help_: BuilderHelp) -> None:
        super().__init__()
        self._known: Sequence[Choice] = ()
        self._is_list = kind is FieldKind.LIST
        self._field = field
        self.picker = ChoicePicker(f"Values of {field.title}", self._find, takes_typed=True)
        self.part = QLineEdit()
        self.part.setAccessibleName(f"Part of {field.title}")
        self.part.setPlaceholderText("Text; several with ; between them")
        self.setLayout(row(self.picker, self.part))
        self.picker.changed.connect(self.changed)
        self.part.textEdited.connect(lambda _text: self.changed.emit())
        help_.load_values(field.key, kind, self._take)

    def show_test(self, test: Test) -> None:
        if isinstance(test, TextTest | ListTest):
            self.picker.set_chosen([Choice(value, value) for value in test.values])
            self.part.setText("; ".join(test.values))

    def set_operator(self, operator: Enum) -> None:
        picks = self._is_list or operator in _EQUALITY
        has_values = operator not in WITHOUT_VALUES
        self.picker.setVisible(has_values and picks)
        self.part.setVisible(has_values and not picks)

    def test(self, field: RuleField, operator: Enum) -> Test | None:
        values = self._values(operator)
        if not values and operator not in WITHOUT_VALUES:
            return None
        if isinstance(operator, ListOperator):
            return ListTest(field.key, operator, values)
        return TextTest(field.key, TextOperator(operator), values)

    def _values(self, operator: Enum) -> tuple[str, ...]:
        if operator in WITHOUT_VALUES:
            return ()
        if self._is_list or operator in _EQUALITY:
            return tuple(choice.key for choice in self.picker.chosen())
        parts = (part.strip() for part in self.part.text().split(";"))
        return tuple(part for part in parts if part)

    def _take(self, found: Sequence[Choice]) -> None:
        self._known = found
        if self.picker.popup is not None:
            self.picker.popup.search(self.picker.popup.field.text().strip())

    def _find(self, text: str) -> Sequence[Choice]:
        wanted = text.casefold()
        return [choice for choice in self._known if wanted in choice.text.casefold()]


class NumberValues(ValueEditor):
    """One number, or two."""

    def __init__(self, field: RuleField) -> None:
        super().__init__()
        self.first = _line(f"{field.title}: number")
        self.second = _line(f"{field.title}: up to")
        self._and = label("and", "muted")
        self.setLayout(row(self.first, self._and, self.second))
        for line in (self.first, self.second):
            line.textEdited.connect(lambda _text: self.changed.emit())

    def show_test(self, test: Test) -> None:
        if isinstance(test, NumberTest) and test.values:
            self.first.setText(_number_text(test.values[0]))
            self.second.setText(_number_text(test.values[-1]))

    def set_operator(self, operator: Enum) -> None:
        self.first.setVisible(operator not in WITHOUT_VALUES)
        for part in (self._and, self.second):
            part.setVisible(operator in BETWEEN)

    def test(self, field: RuleField, operator: Enum) -> Test | None:
        used = () if operator in WITHOUT_VALUES else (self.first,)
        used = (*used, self.second) if operator in BETWEEN else used
        numbers = [typed_number(line.text()) for line in used]
        if any(number is None for number in numbers):
            return None
        values = tuple(number for number in numbers if number is not None)
        return NumberTest(field.key, NumberOperator(operator), values)


class DateValues(ValueEditor):
    """One date, two, or a number of days."""

    def __init__(self, field: RuleField) -> None:
        super().__init__()
        self.first, self.second = _date(f"{field.title}: date"), _date(f"{field.title}: last date")
        self.days = QSpinBox()
        self.days.setRange(1, MAX_DAYS)
        self.days.setValue(_USUAL_DAYS)
        self.days.setSuffix(" days")
        self.days.setAccessibleName(f"{field.title}: days")
        padded(self.days)
        self._and = label("and", "muted")
        self.setLayout(row(self.first, self._and, self.second, self.days, None))
        for box in (self.first, self.second):
            box.dateChanged.connect(lambda _date: self.changed.emit())
        self.days.valueChanged.connect(lambda _days: self.changed.emit())

    def show_test(self, test: Test) -> None:
        if not isinstance(test, DateTest):
            return
        if test.days:
            self.days.setValue(test.days)
        for box, text in zip((self.first, self.second), test.dates, strict=False):
            box.setDate(QDate.fromString(text, "yyyy-MM-dd"))

    def set_operator(self, operator: Enum) -> None:
        self.days.setVisible(operator in LATELY)
        self.first.setVisible(operator not in LATELY and operator not in WITHOUT_VALUES)
        for part in (self._and, self.second):
            part.setVisible(operator in BETWEEN)

    def test(self, field: RuleField, operator: Enum) -> Test | None:
        kind = DateOperator(operator)
        if kind in LATELY:
            return DateTest(field.key, kind, days=self.days.value())
        if kind in WITHOUT_VALUES:
            return DateTest(field.key, kind)
        boxes = (self.first, self.second) if kind in BETWEEN else (self.first,)
        return DateTest(field.key, kind, tuple(box.date().toString("yyyy-MM-dd") for box in boxes))


class PlaceValues(ValueEditor):
    """Areas, chosen by name or taken over from the map."""

    def __init__(self, field: RuleField, help_: BuilderHelp) -> None:
        super().__init__()
        self._help = help_
        self.picker = ChoicePicker(
            field.title, lambda text: help_.find_areas(field, text), placeholder="Choose areas…"
        )
        selected = help_.selected_areas()
        self.take = button(
            f"Use the {count(len(selected))} selected on the map",
            lambda: self._take(selected),
            icon_name="map",
        )
        self.take.setVisible(bool(selected))
        self.setLayout(row(self.picker, self.take))
        self.picker.changed.connect(self.changed)

    def show_test(self, test: Test) -> None:
        if isinstance(test, PlaceTest):
            self.picker.set_chosen(self._help.area_choices(test.areas))

    def set_operator(self, operator: Enum) -> None:
        del operator  # both compare with areas

    def test(self, field: RuleField, operator: Enum) -> Test | None:
        del field  # the areas say what kind they are
        areas = tuple(GeoUnitId(choice.key) for choice in self.picker.chosen())
        return PlaceTest(PlaceOperator(operator), areas) if areas else None

    def _take(self, areas: Sequence[GeoUnitId]) -> None:
        self.picker.set_chosen(self._help.area_choices(areas))
        self.changed.emit()


def typed_number(text: str) -> float | None:
    """A number as people type it here; None where it is none."""
    value, is_number = QLocale().toDouble(text.strip())
    if not is_number:
        read = read_number(text.strip(), "," if QLocale().decimalPoint() == "," else ".")
        value = math.nan if read is None else read
    return value if math.isfinite(value) else None


def _number_text(value: float) -> str:
    return QLocale().toString(value, "g", 15)


def _line(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText("Number")
    made.setMinimumWidth(80)
    return made


def _date(name: str) -> QDateEdit:
    made = QDateEdit(QDate.currentDate())
    made.setCalendarPopup(True)
    made.setAccessibleName(name)
    return made
