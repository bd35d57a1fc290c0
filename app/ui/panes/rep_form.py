# SPDX-License-Identifier: MIT
"""The fields of one rep, for editing; knows values and signals only."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from app.models.ids import RepId
from app.models.rep import Rep, StartPlace
from app.ui.fonts import CAPTION
from app.ui.formats import hours
from app.ui.parts import column, label, padded
from app.ui.theme import set_kind
from app.ui.widgets.date_line import DateLine
from app.ui.widgets.section import Section
from app.ui.widgets.tag_input import TagInput

_PERSON = (
    ("name", "Name", ""),
    ("title", "Title", ""),
    ("email", "E-mail", ""),
    ("phone", "Phone", ""),
)
_ADDRESS = "Street, city, state and postal code"
_PLACE = (("home_text", "Home", _ADDRESS), ("office_text", "Office", _ADDRESS))
_WORDS = (
    ("skills", "Skills", "Add a skill"),
    ("languages", "Languages", "Add a language"),
    ("product_lines", "Product lines", "Add a product line"),
    ("segments", "Segments", "Add a segment"),
)
_CAPTION_WIDTH = 88
_NOTHING = -1.0
"""Value of a number field that shows that there is none."""

Managers = Sequence[tuple[RepId, str]]


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
        self.words: dict[str, TagInput] = {}
        self.days: dict[str, DateLine] = {}
        self.numbers: dict[str, QDoubleSpinBox] = {}
        self.available = label("", "muted", size=CAPTION, wraps=True)
        outer = column(gap=4)
        for section in (self._person(), self._place(), self._time(), self._skills(), self._more()):
            outer.addWidget(section)
        self.setLayout(outer)

    def set_managers(self, managers: Managers) -> None:
        """Offer who could be the manager of the rep that is shown next."""
        chosen = self.manager.currentData()
        with QSignalBlocker(self.manager):
            self.manager.clear()
            self.manager.addItem("Nobody", None)
            for rep, name in managers:
                self.manager.addItem(name, int(rep))
            self.manager.setCurrentIndex(max(0, self.manager.findData(chosen)))

    def set_rep(self, rep: Rep) -> None:
        """Show a rep; what is being typed about the same rep stays."""
        is_same = self._rep is not None and self._rep.id == rep.id
        self._rep = rep
        for key, line in self.lines.items():
            if not (is_same and line.hasFocus() and line.isModified()):
                with QSignalBlocker(line):
                    line.setText(str(getattr(rep, key)))
                    line.setCursorPosition(0)  # the beginning says more than the end
        self._set_values(rep, is_same=is_same)
        if self.notes.toPlainText() != rep.notes and not (is_same and self.notes.hasFocus()):
            self.notes.setPlainText(rep.notes)
        for box, wanted in ((self.manager, rep.manager_id), (self.start, rep.starts_from.value)):
            with QSignalBlocker(box):
                box.setCurrentIndex(max(0, box.findData(wanted)))
        _show_state(self.home_state, rep.home_text, is_placed=rep.lon is not None)
        _show_state(self.office_state, rep.office_text, is_placed=rep.office_lon is not None)
        self.available.setText(f"Available: {hours(rep.available_hours)} per year")

    def _set_values(self, rep: Rep, *, is_same: bool) -> None:
        """Show numbers, dates and lists of words."""
        for key, box in self.numbers.items():
            if not (is_same and box.hasFocus()):
                value = getattr(rep, key)
                scale = 100.0 if key == "part_time_fraction" else 1.0
                with QSignalBlocker(box):
                    box.setValue(_NOTHING if value is None else value * scale)
        for key, day in self.days.items():
            if not (is_same and day.hasFocus()):
                day.set_day(getattr(rep, key))
        for key, tags in self.words.items():
            if tags.tags() != getattr(rep, key):
                tags.set_tags(getattr(rep, key))

    def shown_rep(self) -> Rep | None:
        """The rep with what stands in the fields now."""
        if self._rep is None:
            return None
        texts = {key: line.text().strip() for key, line in self.lines.items()}
        values = {key: box.value() for key, box in self.numbers.items()}
        values["part_time_fraction"] /= 100.0
        for key, value in values.items():
            # What a field rounds to show it is no edit.
            before, scale = getattr(self._rep, key), 100.0 if key == "part_time_fraction" else 1.0
            decimals = self.numbers[key].decimals()
            if before is not None and round(before * scale, decimals) == round(
                value * scale, decimals
            ):
                values[key] = before
        can_be_none = ("quota", "cost", "experience_years")
        numbers = {
            key: None if key in can_be_none and value < 0 else value
            for key, value in values.items()
        }
        manager = self.manager.currentData()
        return replace(
            self._rep,
            **texts,
            **numbers,  # pyright: ignore[reportArgumentType] -- keys are fields of Rep
            **{key: tags.tags() for key, tags in self.words.items()},
            **{key: day.day() for key, day in self.days.items()},
            manager_id=None if manager is None else RepId(manager),
            starts_from=StartPlace(self.start.currentData()),
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

    @property
    def skills(self) -> TagInput:
        """The field of the skills."""
        return self.words["skills"]

    @property
    def capacity(self) -> QDoubleSpinBox:
        """The field of the capacity."""
        return self.numbers["capacity_hours"]

    @property
    def quota(self) -> QDoubleSpinBox:
        """The field of the quota."""
        return self.numbers["quota"]

    # Composition

    def _person(self) -> Section:
        form = _form()
        for key, caption, placeholder in _PERSON:
            form.addRow(_caption(caption), self._line(key, caption, placeholder))
        self.manager = self._choice("Manager")
        self.manager.addItem("Nobody", None)
        form.addRow(_caption("Reports to"), self.manager)
        return Section("Person", form)

    def _place(self) -> Section:
        form = _form()
        self.home_state = label("", "muted", size=CAPTION, wraps=True)
        self.office_state = label("", "muted", size=CAPTION, wraps=True)
        for (key, caption, placeholder), state in zip(
            _PLACE, (self.home_state, self.office_state), strict=True
        ):
            form.addRow(_caption(caption), self._line(key, caption, placeholder))
            form.addRow("", state)
        self.start = self._choice("Where working days begin")
        self.start.addItem("At home", StartPlace.HOME.value)
        self.start.addItem("At the office", StartPlace.OFFICE.value)
        form.addRow(_caption("Days begin"), self.start)
        return Section("Place", form)

    def _time(self) -> Section:
        form = _form()
        self._number(form, "capacity_hours", "Capacity", 1e9, "\u202fh / year", 100)
        self._number(form, "part_time_fraction", "Part-time", 100, "\u202f% of full time", 10)
        self._number(form, "days_off", "Days off", 366, "\u202fdays / year", 1)
        self.numbers["part_time_fraction"].setDecimals(1)
        self.numbers["days_off"].setDecimals(1)
        form.addRow("", self.available)
        for key, caption in (("start_on", "First day"), ("end_on", "Last day")):
            day = DateLine(f"{caption} of work")
            day.day_changed.connect(self.commit)
            self.days[key] = day
            form.addRow(_caption(caption), day)
        return Section("Time", form)

    def _skills(self) -> Section:
        form = _form()
        for key, caption, placeholder in _WORDS:
            tags = TagInput(caption, placeholder)
            tags.tags_changed.connect(self.commit)
            self.words[key] = tags
            form.addRow(_caption(caption), tags)
        self._number(form, "experience_years", "Experience", 100, "\u202fyears in sales", 1)
        self.numbers["experience_years"].setDecimals(1)
        return Section("What the rep can do", form)

    def _more(self) -> Section:
        form = _form()
        self._number(form, "quota", "Quota", 1e12, " / year", 1000)
        self._number(form, "cost", "Cost", 1e12, " / year", 1000)
        for key in ("quota", "cost", "experience_years"):
            self.numbers[key].setMinimum(_NOTHING)
            self.numbers[key].setSpecialValueText("None")
        self.notes = QPlainTextEdit()
        self.notes.setAccessibleName("Notes")
        self.notes.setTabChangesFocus(True)
        self.notes.setFixedHeight(64)
        self.notes.installEventFilter(self)
        form.addRow(_caption("Notes"), self.notes)
        return Section("Quota, cost, notes", form)

    def _line(self, key: str, caption: str, placeholder: str) -> QLineEdit:
        line = QLineEdit()
        line.setAccessibleName(caption)
        line.setPlaceholderText(placeholder)
        line.editingFinished.connect(self.commit)
        self.lines[key] = line
        return line

    def _choice(self, name: str) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(name)
        box.setMinimumContentsLength(8)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.activated.connect(lambda _at: self.commit())
        return box

    def _number(
        self, form: QFormLayout, key: str, caption: str, most: float, suffix: str, step: float
    ) -> None:
        box = QDoubleSpinBox()
        box.setAccessibleName(caption)
        box.setRange(0, most)
        box.setDecimals(0)
        box.setGroupSeparatorShown(True)
        box.setSingleStep(step)
        box.setSuffix(suffix)
        box.setKeyboardTracking(False)
        padded(box)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.setMinimumWidth(90)
        box.editingFinished.connect(self.commit)
        self.numbers[key] = box
        form.addRow(_caption(caption), box)


def _caption(words: str) -> QLabel:
    """The words before a field, as wide as in all other groups."""
    made = label(words, "muted")
    made.setMinimumWidth(_CAPTION_WIDTH)
    return made


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(12)
    form.setVerticalSpacing(8)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _show_state(shown: QLabel, text: str, *, is_placed: bool) -> None:
    words, kind = "Found on the map.", "good"
    if not text:
        words, kind = "", "muted"
    elif not is_placed:
        words, kind = "Not found on the map. Add a postal code, or a city and state.", "warning"
    shown.setText(words)
    shown.setVisible(bool(words))
    set_kind(shown, kind)
