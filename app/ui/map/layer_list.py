# SPDX-License-Identifier: MIT
"""The layers of the map as a list: hide, fade, and change their order."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from app.models.map_look import (
    MOVABLE,
    ON_GROUND,
    SIGNS,
    ChartStyle,
    LayerLook,
    MapLayer,
    MapLook,
)
from app.ui.icons import icon
from app.ui.map.look_titles import LAYER_TITLES
from app.ui.parts import clear_layout, column, icon_button, label, row

_NAMES = (MapLayer.LABELS, MapLayer.CITIES)
_AREAS = (MapLayer.TERRITORY_BORDERS, MapLayer.UNIT_BORDERS, MapLayer.FILL)


def shown_layers(look: MapLook) -> list[MapLayer]:
    """The layers that there are now, the highest first; those without anything are left out."""
    signs = [each for each in reversed(look.order) if each in SIGNS]
    ground = [each for each in reversed(look.order) if each in ON_GROUND]
    circles = {ChartStyle.AREA_CIRCLES, ChartStyle.TERRITORY_CIRCLES}
    absent = {
        MapLayer.RINGS: not look.rings.distances,
        MapLayer.CHARTS: look.charts is not ChartStyle.PIES,
        MapLayer.CIRCLES: look.charts not in circles,
    }
    listed = [*_NAMES, *signs, MapLayer.DRAWN_AREAS, *ground, *_AREAS]
    return [layer for layer in listed if not absent.get(layer, False)]


class LayerRow(QWidget):
    """One layer.

    Signals:
        look_changed(LayerLook): It was hidden, shown or faded.
        moved(int): It goes so many places higher.
    """

    look_changed = Signal(object)
    moved = Signal(int)

    def __init__(self, look: LayerLook, *, can_rise: bool, can_sink: bool) -> None:
        super().__init__()
        self.look = look
        title = LAYER_TITLES[look.layer]
        self.eye = icon_button("eye", "", self._on_eye)
        self.eye.setCheckable(True)
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(10, 100)
        self.opacity.setPageStep(10)
        self.opacity.setFixedWidth(84)
        self.opacity.setAccessibleName(f"How strongly to show: {title}")
        self.opacity.valueChanged.connect(self._on_opacity)
        self.up = icon_button("arrow_up", f"Higher: {title}", partial(self.moved.emit, 1), side=15)
        self.down = icon_button(
            "arrow_down", f"Lower: {title}", partial(self.moved.emit, -1), side=15
        )
        for button, possible in ((self.up, can_rise), (self.down, can_sink)):
            button.setEnabled(possible)
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            button.setVisible(look.layer in MOVABLE)
        name = label(title)
        name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setLayout(row(self.eye, name, self.opacity, self.up, self.down, gap=4))
        self.show_look(look)

    def show_look(self, look: LayerLook) -> None:
        """Show another look; says nothing to listeners."""
        self.look = look
        title = LAYER_TITLES[look.layer]
        self.eye.setChecked(look.is_shown)
        self.eye.setIcon(icon("eye" if look.is_shown else "eye_off", "muted"))
        self.eye.setAccessibleName(f"{'Hide' if look.is_shown else 'Show'}: {title}")
        self.eye.setToolTip("Hide" if look.is_shown else "Show")
        self.opacity.blockSignals(True)
        self.opacity.setValue(round(look.opacity * 100))
        self.opacity.blockSignals(False)
        self.opacity.setEnabled(look.is_shown)

    def _on_eye(self) -> None:
        self._take(replace(self.look, is_shown=self.eye.isChecked()))

    def _on_opacity(self, value: int) -> None:
        self._take(replace(self.look, opacity=value / 100))

    def _take(self, look: LayerLook) -> None:
        self.show_look(look)
        self.look_changed.emit(look)


class LayerList(QWidget):
    """All layers, the highest first.

    Signals:
        look_chosen(MapLook): The user changed something.
        accounts_toggled(bool): The eye of the accounts, which the toolbar has as well.
    """

    look_chosen = Signal(object)
    accounts_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[MapLayer, LayerRow] = {}
        self._look = MapLook()
        self._layout = column(gap=0)
        self.setLayout(self._layout)

    def set_look(self, look: MapLook, *, shows_accounts: bool) -> None:
        """Show another look; rows are made anew only where others are there."""
        self._look = look
        layers = shown_layers(look)
        if list(self.rows) != layers:
            self._make_rows(layers)
        for layer, each in self.rows.items():
            shown = look.look_of(layer)
            if layer is MapLayer.ACCOUNTS:
                shown = replace(shown, is_shown=shows_accounts)
            each.show_look(shown)

    def _make_rows(self, layers: list[MapLayer]) -> None:
        focus = next((layer for layer, each in self.rows.items() if each.down.hasFocus()), None)
        clear_layout(self._layout)
        self.rows = {}
        for position, layer in enumerate(layers):
            kind = ON_GROUND if layer in ON_GROUND else SIGNS
            above, below = layers[position - 1 : position], layers[position + 1 : position + 2]
            made = LayerRow(
                LayerLook(layer),
                can_rise=layer in MOVABLE and bool(above) and above[0] in kind,
                can_sink=layer in MOVABLE and bool(below) and below[0] in kind,
            )
            made.look_changed.connect(self._on_look)
            made.moved.connect(partial(self._on_moved, layer))
            self._layout.addWidget(made)
            self.rows[layer] = made
        if focus in self.rows:
            self.rows[focus].down.setFocus()

    def _on_look(self, look: LayerLook) -> None:
        if look.layer is MapLayer.ACCOUNTS:
            self.accounts_toggled.emit(look.is_shown)
            look = replace(look, is_shown=True)
        self._look = self._look.with_look(look)
        self.look_chosen.emit(self._look)

    def _on_moved(self, layer: MapLayer, step: int) -> None:
        """Past the next layer that is there; absent ones in between do not count."""
        listed = list(self.rows)
        neighbor = listed[listed.index(layer) - step]
        order = self._look.order
        self.look_chosen.emit(self._look.moved(layer, order.index(neighbor) - order.index(layer)))
