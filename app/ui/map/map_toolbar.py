# SPDX-License-Identifier: MIT
"""The bar over the map: level of the areas, and what the colours mean."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QSizePolicy, QWidget

from app.models.ids import MeasureId
from app.models.measure import Measure
from app.ui.parts import icon_button, row
from app.ui.theme import set_kind

COLOR_TITLES = (
    ("territory", "Territories"),
    ("deviation", "Deviation"),
    ("measure", "Measure"),
)
_NARROWEST = 656
_ROOM_FOR_ALL = 800


class MapToolbar(QFrame):
    """Controls of the map; it knows values and signals only.

    Signals:
        level_chosen(str), color_chosen(str): Keys of the tables above.
        measure_chosen(int): Id of the main measure.
        accounts_toggled(bool): Show the accounts as dots.
        fit_requested(): Show everything.
        layers_requested(): Open the panel of the layers.
    """

    level_chosen = Signal(str)
    color_chosen = Signal(str)
    measure_chosen = Signal(int)
    accounts_toggled = Signal(bool)
    fit_requested = Signal()
    layers_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "surface")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.levels = _combo("Areas", "The areas that the map shows and edits", 148)
        self.levels.activated.connect(self._on_level)
        self.colors = _combo("Colour by", "What the colours of the map mean", 122)
        for key, title in COLOR_TITLES:
            self.colors.addItem(title, key)
        self.colors.activated.connect(self._on_color)
        self.measures = _combo("Measure", "The measure that lists, colours and balance show", 154)
        self.measures.activated.connect(self._on_measure)
        self.dots = icon_button("grid_dots", "Show accounts (A)", self._on_dots)
        self.dots.setCheckable(True)
        self.fit = icon_button("fit", "Show everything (Home)", self.fit_requested.emit)
        self.layers = icon_button(
            "layers", "Layers of the map (Ctrl+L)", self.layers_requested.emit
        )
        last = (self.dots, self.layers, self.fit)
        parts = (self.levels, 1, self.colors, self.measures, *last)
        self.setLayout(row(None, *parts, margin=(8, 6, 8, 6), gap=4))

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        # In a narrow window the measure is still chosen in the balance pane.
        self.measures.setVisible(event.size().width() >= _ROOM_FOR_ALL)
        super().resizeEvent(event)

    def set_levels(self, titles: Sequence[tuple[str, str]], key: str) -> None:
        """Offer these kinds of areas, key and title, with one chosen; says nothing to listeners."""
        listed = [
            (self.levels.itemData(at), self.levels.itemText(at))
            for at in range(self.levels.count())
        ]
        if listed != list(titles):
            self.levels.clear()
            for own, title in titles:
                self.levels.addItem(title, own)
        self.levels.setCurrentIndex(self.levels.findData(key))

    def set_color(self, key: str) -> None:
        """Show another colouring as chosen; says nothing to listeners."""
        self.colors.setCurrentIndex(self.colors.findData(key))

    def set_measures(self, measures: Sequence[Measure], main: MeasureId) -> None:
        """Offer these measures, with the main one chosen."""
        self.measures.clear()
        for measure in measures:
            self.measures.addItem(measure.name, int(measure.id))
        self.measures.setCurrentIndex(max(0, self.measures.findData(int(main))))

    def set_shows_accounts(self, shown: bool) -> None:
        """Show whether the dots are on; says nothing to listeners."""
        self.dots.setChecked(shown)

    def _on_level(self, position: int) -> None:
        self.level_chosen.emit(str(self.levels.itemData(position)))

    def _on_color(self, position: int) -> None:
        self.color_chosen.emit(str(self.colors.itemData(position)))

    def _on_measure(self, position: int) -> None:
        self.measure_chosen.emit(int(self.measures.itemData(position)))

    def _on_dots(self) -> None:
        self.accounts_toggled.emit(self.dots.isChecked())


def _combo(name: str, tip: str, width: int) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setToolTip(tip)
    # Wide enough for usual names; the list below it is as wide as its longest entry.
    made.setFixedWidth(width)
    made.view().setMinimumWidth(width + 60)
    return made
