# SPDX-License-Identifier: MIT
"""The small forms of the layers panel: colours, accounts, and figures."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import Enum
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from app.models.map_look import (
    FEWEST_CLASSES,
    MOST_CLASSES,
    MOST_FIGURES,
    MOST_RINGS,
    AccountStyle,
    ChartStyle,
    ClassMethod,
    MapLook,
)
from app.models.measure import Measure
from app.services.map_figures import possible_figures
from app.ui.map.look_titles import (
    ACCOUNT_STYLES,
    AREA_BASES,
    CHART_STYLES,
    CLASS_METHODS,
    PIE_COLUMNS,
    TEXT_COLUMNS,
    figure_title,
)
from app.ui.map.number_list import read_numbers, written
from app.ui.parts import clear_layout, column, label, literal

_KeyT = TypeVar("_KeyT")
_MAIN = "Main measure"


class LookForm(QWidget):
    """A part of the look as fields; what the user changes is told at once.

    Signals:
        look_chosen(MapLook): The user changed something.
    """

    look_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._look = MapLook()
        self._fields = QFormLayout()
        self._fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._fields.setVerticalSpacing(8)
        self.setLayout(column(self._fields, None, gap=8))

    def _add(self, words: str, field: QWidget) -> None:
        field.setAccessibleName(words)
        self._fields.addRow(words, field)

    def _combo(self, words: str, titles: Mapping[_KeyT, str]) -> QComboBox:
        made = QComboBox()
        for key, title in titles.items():
            made.addItem(title, key.value if isinstance(key, Enum) else key)
        made.activated.connect(self._on_changed)
        self._add(words, made)
        return made

    def _line(self, words: str, hint: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(hint)
        made.editingFinished.connect(self._on_changed)
        self._add(words, made)
        return made

    def _show(self, field: QWidget, *, visible: bool) -> None:
        self._fields.setRowVisible(field, visible)

    def _on_changed(self, *_arguments: object) -> None:
        self._look = self.read(self._look)
        self.look_chosen.emit(self._look)

    def read(self, look: MapLook) -> MapLook:
        """The look with what the fields say."""
        raise NotImplementedError


class ColorForm(LookForm):
    """How areas are coloured by a measure."""

    def __init__(self) -> None:
        super().__init__()
        self.measure = self._combo("Measure", {})
        self.basis = self._combo("Value", AREA_BASES)
        self.method = self._combo("Classes", CLASS_METHODS)
        self.count = QSpinBox()
        self.count.setRange(FEWEST_CLASSES, MOST_CLASSES)
        self.count.valueChanged.connect(self._on_changed)
        self._add("Number of classes", self.count)
        self.limits = self._line("Limits", "for example 100; 500; 1000")
        self.shaded = QCheckBox("Stronger territory colours where there is more")
        self.shaded.clicked.connect(self._on_changed)
        self._fields.addRow(self.shaded)
        note = label("Classes show when the map is coloured by measure.", "muted", wraps=True)
        self._fields.addRow(note)

    def set_look(self, look: MapLook, measures: Sequence[Measure]) -> None:
        """Show another look; says nothing to listeners."""
        self._look = look
        fill_measures(self.measure, measures, look.color_measure)
        choose(self.basis, look.classes.basis)
        choose(self.method, look.classes.method)
        self.count.blockSignals(True)
        self.count.setValue(look.classes.count)
        self.count.blockSignals(False)
        self.limits.setText("; ".join(written(each) for each in look.classes.limits))
        self.shaded.setChecked(look.is_shaded)
        is_own = look.classes.method is ClassMethod.OWN
        self._show(self.limits, visible=is_own)
        self._show(self.count, visible=not is_own)

    def read(self, look: MapLook) -> MapLook:
        limits = read_numbers(self.limits.text())[: MOST_CLASSES - 1]
        classes = replace(
            look.classes,
            method=ClassMethod(self.method.currentData()),
            basis=type(look.classes.basis)(self.basis.currentData()),
            count=self.count.value(),
            limits=limits,
        )
        chosen = self.measure.currentData()
        return replace(
            look, classes=classes, color_measure=chosen, is_shaded=self.shaded.isChecked()
        )


class MarkForm(LookForm):
    """What lies on the areas."""

    def __init__(self) -> None:
        super().__init__()
        self.style_choice = self._combo("Accounts as", ACCOUNT_STYLES)
        self.symbol_column = self._combo("Symbol for", TEXT_COLUMNS)
        self.charts = self._combo("On the map", CHART_STYLES)
        self.pie_column = self._combo("Slices", PIE_COLUMNS)
        self.weight = self._combo("Size or weight", {})
        self.distances = self._line("Rings around homes", "for example 25; 50; 100")
        self.unit = self._combo("Distance in", {"mi": "miles", "km": "kilometres"})

    def set_look(self, look: MapLook, measures: Sequence[Measure]) -> None:
        """Show another look; says nothing to listeners."""
        self._look = look
        choose(self.style_choice, look.accounts)
        choose(self.symbol_column, look.symbol_column)
        choose(self.charts, look.charts)
        choose(self.pie_column, look.pie_column)
        fill_measures(self.weight, measures, look.weight)
        self.distances.setText("; ".join(written(each) for each in look.rings.distances))
        choose(self.unit, look.rings.unit)
        weighted = look.accounts in {AccountStyle.SIZED, AccountStyle.HEAT}
        self._show(self.symbol_column, visible=look.accounts is AccountStyle.SYMBOLS)
        self._show(self.pie_column, visible=look.charts is ChartStyle.PIES)
        self._show(self.weight, visible=weighted or look.charts is not ChartStyle.NONE)

    def read(self, look: MapLook) -> MapLook:
        distances = tuple(each for each in read_numbers(self.distances.text()) if each > 0)
        return replace(
            look,
            accounts=AccountStyle(self.style_choice.currentData()),
            symbol_column=str(self.symbol_column.currentData()),
            charts=ChartStyle(self.charts.currentData()),
            pie_column=str(self.pie_column.currentData()),
            weight=self.weight.currentData(),
            rings=replace(
                look.rings, distances=distances[:MOST_RINGS], unit=str(self.unit.currentData())
            ),
        )


class FigureForm(QWidget):
    """Which figures names and tooltips have with them.

    Signals:
        look_chosen(MapLook): The user changed something.
    """

    look_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._look = MapLook()
        self.boxes: dict[str, QCheckBox] = {}
        self._list = column(gap=4)
        words = f"Up to {MOST_FIGURES} figures with the names of territories and in tooltips."
        self.setLayout(column(label(words, "muted", wraps=True), self._list, gap=8))

    def set_look(self, look: MapLook, measures: Sequence[Measure]) -> None:
        """Show another look; says nothing to listeners."""
        self._look = look
        figures = possible_figures(measures)
        titles = {figure.key: figure_title(figure) for figure in figures}
        shown = {key: literal(title) for key, title in titles.items()}
        if {key: box.text() for key, box in self.boxes.items()} != shown:
            clear_layout(self._list)
            self.boxes = {key: self._box(key, title) for key, title in titles.items()}
        full = len(look.figures) >= MOST_FIGURES
        for key, box in self.boxes.items():
            box.setChecked(key in look.figures)
            box.setEnabled(box.isChecked() or not full)

    def _box(self, key: str, title: str) -> QCheckBox:
        made = QCheckBox(literal(title))
        made.clicked.connect(partial(self._on_clicked, key))
        self._list.addWidget(made)
        return made

    def _on_clicked(self, key: str) -> None:
        checked = self.boxes[key].isChecked()
        kept = tuple(each for each in self._look.figures if each != key)
        self._look = replace(self._look, figures=(*kept, key) if checked else kept)
        self.look_chosen.emit(self._look)


def fill_measures(combo: QComboBox, measures: Sequence[Measure], chosen: int | None) -> None:
    """Offer the measures with one chosen; None is the main measure, whichever that is."""
    combo.clear()
    combo.addItem(_MAIN, None)
    for measure in measures:
        combo.addItem(measure.name, int(measure.id))
    combo.setCurrentIndex(0 if chosen is None else max(0, combo.findData(chosen)))


def choose(combo: QComboBox, key: object) -> None:
    """Show a choice; says nothing to listeners of `activated`."""
    combo.setCurrentIndex(combo.findData(key.value if isinstance(key, Enum) else key))
