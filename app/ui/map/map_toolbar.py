# SPDX-License-Identifier: MIT
"""The bar over the map: tools, level of the areas, and what the colours mean."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QWidget

from app.models.geounit import GeoLevel
from app.models.ids import MeasureId
from app.models.measure import Measure
from app.ui.parts import icon_button, label, row
from app.ui.theme import set_kind
from app.ui.widgets.segmented import Segmented

LEVEL_TITLES = (
    (GeoLevel.COUNTRY.value, "Countries"),
    (GeoLevel.STATE.value, "States"),
    (GeoLevel.COUNTY.value, "Counties"),
    (GeoLevel.ZIP.value, "ZIP areas"),
)
TOOL_TITLES = (("pick", "Select"), ("paint", "Paint"), ("lasso", "Lasso"))
COLOR_TITLES = (("territory", "Territory"), ("deviation", "Deviation"), ("measure", "Measure"))


class MapToolbar(QFrame):
    """Controls of the map; it knows values and signals only.

    Signals:
        tool_chosen(str), level_chosen(str), color_chosen(str): Keys of the tables above.
        measure_chosen(MeasureId): The main measure.
        accounts_toggled(bool): Show the accounts as dots.
        fit_requested(): Show everything.
    """

    tool_chosen = Signal(str)
    level_chosen = Signal(str)
    color_chosen = Signal(str)
    measure_chosen = Signal(int)
    accounts_toggled = Signal(bool)
    fit_requested = Signal()

    def __init__(self, search: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "surface")
        self._search = search
        self.tools = Segmented("Tool", TOOL_TITLES)
        self.tools.chosen.connect(self.tool_chosen)
        self.levels = Segmented("Areas", LEVEL_TITLES)
        self.levels.chosen.connect(self.level_chosen)
        self.colors = Segmented("Colour by", COLOR_TITLES)
        self.colors.chosen.connect(self.color_chosen)
        self._measures = QComboBox()
        self._measures.setAccessibleName("Measure")
        self._measures.setToolTip("The measure that lists, colours and balance show")
        self._measures.activated.connect(self._on_measure)
        self._dots = icon_button("grid_dots", "Show accounts", self._on_dots)
        self._dots.setCheckable(True)
        self._dots.setChecked(True)
        fit = icon_button("fit", "Show everything", self.fit_requested.emit)
        self._target = label("", "muted")
        self.setLayout(
            row(
                self.tools,
                self._target,
                None,
                self._search,
                None,
                self.levels,
                8,
                _caption("Colour by"),
                self.colors,
                self._measures,
                self._dots,
                fit,
                margin=(12, 6, 12, 6),
            )
        )

    def focus_search(self) -> None:
        """Put the cursor into the search field."""
        self._search.setFocus()

    def set_measures(self, measures: Sequence[Measure], main: MeasureId) -> None:
        """Offer these measures, with the main one chosen."""
        self._measures.blockSignals(True)
        self._measures.clear()
        for measure in measures:
            self._measures.addItem(measure.name, int(measure.id))
        self._measures.setCurrentIndex(self._measures.findData(int(main)))
        self._measures.blockSignals(False)

    def set_target(self, text: str) -> None:
        """Say what painting does now ("Paints into North"), or nothing."""
        self._target.setText(text)

    def set_shows_accounts(self, shown: bool) -> None:
        """Show whether the dots are on; says nothing to listeners."""
        self._dots.setChecked(shown)

    def set_editable(self, editable: bool) -> None:
        """Grey the tools that change the plan."""
        for tool, made in zip(TOOL_TITLES, self.tools.buttons(), strict=True):
            made.setEnabled(editable or tool[0] != "paint")

    def _on_measure(self, position: int) -> None:
        self.measure_chosen.emit(int(self._measures.itemData(position)))

    def _on_dots(self) -> None:
        self.accounts_toggled.emit(self._dots.isChecked())


def _caption(text: str) -> QLabel:
    return label(text, "caption")
