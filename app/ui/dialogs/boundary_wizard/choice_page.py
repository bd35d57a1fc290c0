# SPDX-License-Identifier: MIT
"""The second step: what the file holds, with a drawing of it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QScrollArea, QWidget

from app.services.boundaries.choices import LayerChoices
from app.services.boundaries.file_layer import UNCOUNTED, FileLayer, LayerPlace
from app.ui.dialogs.boundary_wizard.areas_drawing import AreasDrawing
from app.ui.dialogs.boundary_wizard.choice_form import ChoiceForm
from app.ui.formats import plural
from app.ui.parts import column, framed, label, row
from app.ui.tasks import TaskRunner

_FORM_WIDTH = 440


class ChoicePage(QWidget):
    """Shows a layer of a file and what it is said to be.

    Args:
        countries: Codes and names of all countries.

    Signals:
        place_chosen(LayerPlace): Another layer of the file is wanted.
    """

    place_chosen = Signal(object)

    def __init__(self, countries: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.drawing_tasks = TaskRunner(self)
        self.form = ChoiceForm(countries)
        self.drawing = AreasDrawing(self.drawing_tasks)
        self.places = QComboBox()
        self.places.setAccessibleName("Layer of the file")
        self.places.activated.connect(self._on_place)
        self._caption = label("", "muted", wraps=True)
        scroll = QScrollArea()
        scroll.setWidget(self.form)
        scroll.setWidgetResizable(True)
        scroll.setFixedWidth(_FORM_WIDTH)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right = column(gap=8)
        right.addWidget(framed(column(self.drawing), "card"), 1)
        right.addWidget(self._caption)
        left = column(self.places, scroll, gap=12)
        whole = row(left, gap=20)
        whole.addLayout(right, 1)
        self.setLayout(whole)

    def show_layer(
        self, layer: FileLayer, places: Sequence[LayerPlace], choices: LayerChoices
    ) -> None:
        """Show a layer, the others of its file, and what it is said to be."""
        self.places.clear()
        for place in places:
            amount = f" ({plural(place.rows, 'area', 'areas')})" if place.rows != UNCOUNTED else ""
            self.places.addItem(place.label + amount, place)
        labels = [place.label for place in places]
        if layer.place.label in labels:
            self.places.setCurrentIndex(labels.index(layer.place.label))
        self.places.setVisible(len(places) > 1)
        self.form.show_choices(choices, layer)
        self.drawing.show_areas(layer.preview, len(layer))
        self._caption.setText(_caption(layer))

    def _on_place(self, at: int) -> None:
        self.place_chosen.emit(self.places.itemData(at))


def _caption(layer: FileLayer) -> str:
    words = [plural(len(layer), "area", "areas")]
    missing = len(layer) - layer.has_place
    if missing:
        words.append(f"{plural(missing, 'row', 'rows')} without an outline")
    words.append(f"{layer.place.kind.value} file")
    caption = ", ".join(words) + "."
    if layer.is_swapped:
        caption += " Longitude and latitude had changed places; this was put right."
    elif layer.crs is None:
        caption += " It does not say its projection; its numbers are longitudes and latitudes."
    return caption
