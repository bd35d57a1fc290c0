# SPDX-License-Identifier: MIT
"""What the areas of a file are: their columns, what they are for, and what they are called."""

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFormLayout, QLineEdit, QWidget

from app.models.geounit import GeoLevel
from app.services.boundaries.choices import ROW_NUMBERS, LayerChoices, shown_codes
from app.services.boundaries.file_layer import FileLayer
from app.services.boundaries.guessing import ROLES
from app.ui.fonts import CAPTION
from app.ui.parts import column, label
from app.ui.widgets.elided_radio import ElidedRadio

LEVELS = {
    GeoLevel.ZIP: "ZIP areas or postal areas",
    GeoLevel.COUNTY: "Counties or districts",
    GeoLevel.STATE: "States or provinces",
}
ROLE_WORDS = {
    "replace": "Exact shapes of areas that Evenfield has",
    "join": "Areas of a country that has none yet",
    "group": "My own regions, each of which unites areas",
}
_ROLE_HINTS = {
    "replace": "Areas with the same code take the new shape. Assignments stay with their code.",
    "join": "The areas can be given to territories like those of the United States.",
    "group": "Giving a region to a territory gives it all areas whose middle lies in it.",
}
_NO_NAME = "The codes are the names"
_SAMPLES = 4


class ChoiceForm(QWidget):
    """Shows `LayerChoices` and lets them be changed.

    Args:
        countries: Codes and names of all countries.

    Signals:
        code_chosen(str): Another column holds the codes.
        changed(): Anything else was chosen; see `choices`.
    """

    code_chosen = Signal(str)
    changed = Signal()

    def __init__(self, countries: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer: FileLayer | None = None
        self._choices: LayerChoices | None = None
        self.code, self.name_column = _box("Column of the codes"), _box("Column of the names")
        self.level, self.country = _box("Kind of the areas"), _box("Country of the areas")
        self.title, self.vintage = _line("Name of the layer"), _line("When the areas were so")
        self.attribution = _line("Who made the areas")
        self.vintage.setPlaceholderText("For example 2020")
        self.attribution.setPlaceholderText("Shown in the corner of the map")
        self.samples, self.reason = label("", "muted", size=CAPTION), label("", "muted", wraps=True)
        self.hint = label("", "muted", size=CAPTION, wraps=True)
        self.roles = {role: ElidedRadio(ROLE_WORDS[role]) for role in ROLES}
        group = QButtonGroup(self)
        for radio in self.roles.values():
            group.addButton(radio)
        for level, words in LEVELS.items():
            self.level.addItem(words, level)
        for code, name in countries:
            self.country.addItem(name, code)
        self._form = self._laid_out()
        self._connect()

    @property
    def choices(self) -> LayerChoices | None:
        """What is chosen now."""
        if self._choices is None:
            return None
        role = next((r for r, radio in self.roles.items() if radio.isChecked()), "group")
        purpose = replace(
            self._choices.purpose,
            role=role,
            level=self.level.currentData(),
            country=str(self.country.currentData() or "") if role == "join" else "",
        )
        return replace(
            self._choices,
            name_column=str(self.name_column.currentData() or ""),
            purpose=purpose,
            name=self.title.text().strip(),
            vintage=self.vintage.text().strip(),
            attribution=self.attribution.text().strip(),
        )

    @property
    def is_complete(self) -> bool:
        """Whether the layer can be prepared: it has a name and, where it joins, a country."""
        chosen = self.choices
        if chosen is None or not chosen.name:
            return False
        return chosen.purpose.role != "join" or bool(chosen.purpose.country)

    def show_choices(self, choices: LayerChoices, layer: FileLayer) -> None:
        """Show what a layer is said to be."""
        self._choices, self._layer = choices, layer
        for widget in (self.code, self.name_column, self.level, self.country):
            widget.blockSignals(True)
        _fill(self.code, [(name, name) for name in layer.columns] or [], choices.code_column)
        if self.code.findData(choices.code_column) < 0:
            self.code.addItem("The number of the row", ROW_NUMBERS)
            self.code.setCurrentIndex(self.code.count() - 1)
        names = [(_NO_NAME, ""), *((name, name) for name in layer.columns)]
        _fill(self.name_column, names, choices.name_column)
        self.level.setCurrentIndex(self.level.findData(choices.purpose.level))
        self.country.setCurrentIndex(self.country.findData(choices.purpose.country))
        for widget in (self.code, self.name_column, self.level, self.country):
            widget.blockSignals(False)
        with QSignalBlocker(self.roles[choices.purpose.role]):
            self.roles[choices.purpose.role].setChecked(True)
        self.reason.setText(choices.purpose.reason)
        for line, text in (
            (self.title, choices.name),
            (self.vintage, choices.vintage),
            (self.attribution, choices.attribution),
        ):
            line.setText(text)
        self._refresh()

    def _laid_out(self) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        form.setHorizontalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.addRow("Code", self.code)
        form.addRow("", self.samples)
        form.addRow("Name", self.name_column)
        whole = column(
            form,
            8,
            label("What are these areas?", semibold=True),
            *self.roles.values(),
            self.hint,
            self.reason,
        )
        details = QFormLayout()
        details.setVerticalSpacing(8)
        details.setHorizontalSpacing(12)
        details.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        details.addRow("Areas", self.level)
        details.addRow("Country", self.country)
        details.addRow("Layer name", self.title)
        details.addRow("Date", self.vintage)
        details.addRow("Made by", self.attribution)
        whole.addLayout(details)
        whole.addStretch(1)
        self.setLayout(whole)
        return details

    def _connect(self) -> None:
        self.code.activated.connect(lambda _at: self.code_chosen.emit(self.code.currentData()))
        self.name_column.activated.connect(lambda _at: self._refresh())
        self.level.activated.connect(lambda _at: self._refresh())
        self.country.activated.connect(lambda _at: self._refresh())
        self.title.textChanged.connect(lambda _text: self.changed.emit())
        for radio in self.roles.values():
            radio.toggled.connect(lambda is_on: self._refresh() if is_on else None)

    def _refresh(self) -> None:
        chosen = self.choices
        if chosen is None or self._layer is None:
            return
        role = chosen.purpose.role
        self.hint.setText(_ROLE_HINTS[role])
        self._form.setRowVisible(self.country, role == "join")
        codes = [code for code in shown_codes(chosen, self._layer)[:200] if code]
        shown = list(dict.fromkeys(codes))[:_SAMPLES]
        self.samples.setText(" · ".join(shown) if shown else "No values")
        self.changed.emit()


def _box(accessible_name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(accessible_name)
    made.setMaxVisibleItems(20)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    return made


def _line(accessible_name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(accessible_name)
    made.setMaxLength(200)
    return made


def _fill(box: QComboBox, items: list[tuple[str, str]], chosen: str) -> None:
    box.clear()
    for words, value in items:
        box.addItem(words, value)
    box.setCurrentIndex(box.findData(chosen))
