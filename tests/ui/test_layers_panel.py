# SPDX-License-Identifier: MIT
"""The panel of the layers, used as a user would."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models.ids import MeasureId
from app.models.map_look import (
    AccountStyle,
    AreaBasis,
    ChartStyle,
    ClassChoice,
    ClassMethod,
    LayerLook,
    MapLayer,
    MapLook,
    RingChoice,
)
from app.models.measure import Measure, MeasureKind
from app.ui.map.layers_panel import LayersPanel

MEASURES = (
    Measure(MeasureId(0), "Accounts", MeasureKind.COUNT),
    Measure(MeasureId(1), "Sales", MeasureKind.MONEY),
)


class Used:
    """A panel that shows at once what was chosen in it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.panel = LayersPanel()
        qtbot.addWidget(self.panel)
        self.look = MapLook()
        self.shows_accounts = True
        self.panel.look_chosen.connect(self._take)
        self.panel.accounts_toggled.connect(self._toggle)
        self.show()

    def show(self) -> None:
        self.panel.set_look(self.look, MEASURES, shows_accounts=self.shows_accounts)

    def _take(self, look: MapLook) -> None:
        self.look = look
        self.show()

    def _toggle(self, shown: bool) -> None:
        self.shows_accounts = shown
        self.show()


@pytest.fixture
def used(qtbot: QtBot) -> Used:
    return Used(qtbot)


def _pick(combo: object, key: object) -> None:
    position = combo.findData(key)  # type: ignore[attr-defined]
    assert position >= 0
    combo.setCurrentIndex(position)  # type: ignore[attr-defined]
    combo.activated.emit(position)  # type: ignore[attr-defined]


def test_the_eye_hides_a_layer_and_shows_it_again(used: Used) -> None:
    eye = used.panel.layers.rows[MapLayer.HOMES].eye
    assert eye.accessibleName() == "Hide: Homes of reps"
    eye.click()
    assert used.look.looks == (LayerLook(MapLayer.HOMES, is_shown=False),)
    assert eye.accessibleName() == "Show: Homes of reps"
    eye.click()
    assert used.look == MapLook()


def test_the_slider_fades_a_layer(used: Used) -> None:
    used.panel.layers.rows[MapLayer.FILL].opacity.setValue(40)
    assert used.look.look_of(MapLayer.FILL).opacity == 0.4


def test_the_eye_of_the_accounts_is_that_of_the_toolbar(used: Used) -> None:
    used.panel.layers.rows[MapLayer.ACCOUNTS].eye.click()
    assert not used.shows_accounts
    assert used.look == MapLook()
    assert not used.panel.layers.rows[MapLayer.ACCOUNTS].eye.isChecked()


def test_arrows_change_the_order_within_a_kind_only(used: Used) -> None:
    rows = used.panel.layers.rows
    # Circles are not there, so the accounts are the highest on the ground.
    assert not rows[MapLayer.ACCOUNTS].up.isEnabled()
    assert MapLayer.CIRCLES not in rows
    rows[MapLayer.ACCOUNTS].down.click()
    rows = used.panel.layers.rows
    ground = [layer for layer in rows if layer in (MapLayer.ACCOUNTS, MapLayer.BASE_LINES)]
    assert ground == [MapLayer.BASE_LINES, MapLayer.ACCOUNTS]
    assert rows[MapLayer.ACCOUNTS].up.isEnabled()
    assert not rows[MapLayer.LABELS].up.isVisibleTo(used.panel)


def test_layers_appear_with_what_they_show(used: Used) -> None:
    used.look = MapLook(charts=ChartStyle.PIES, rings=RingChoice((50.0,)))
    used.show()
    assert {MapLayer.CHARTS, MapLayer.RINGS} <= set(used.panel.layers.rows)
    assert MapLayer.CIRCLES not in used.panel.layers.rows


def test_classes_are_chosen(used: Used) -> None:
    form = used.panel.colors
    _pick(form.measure, 1)
    _pick(form.method, "natural")
    _pick(form.basis, "km2")
    form.count.setValue(7)
    assert used.look.classes == ClassChoice(ClassMethod.NATURAL, 7, AreaBasis.PER_KM2)
    assert used.look.color_measure == 1
    _pick(form.measure, None)
    assert used.look.color_measure is None


def test_own_limits_take_the_place_of_the_number_of_classes(used: Used, qtbot: QtBot) -> None:
    form = used.panel.colors
    _pick(form.method, "own")
    assert form.limits.isVisibleTo(form)
    assert not form.count.isVisibleTo(form)
    qtbot.keyClicks(form.limits, "500; 100; nonsense")
    qtbot.keyClick(form.limits, Qt.Key.Key_Return)
    assert used.look.classes.limits == (100, 500)
    assert form.limits.text() == "100; 500"


def test_marks_and_rings_are_chosen(used: Used, qtbot: QtBot) -> None:
    form = used.panel.marks
    assert not form.symbol_column.isVisibleTo(form)
    _pick(form.style_choice, "symbols")
    assert form.symbol_column.isVisibleTo(form)
    _pick(form.symbol_column, "status")
    _pick(form.charts, "pies")
    _pick(form.pie_column, "abc")
    _pick(form.weight, 0)
    qtbot.keyClicks(form.distances, "50; 25")
    qtbot.keyClick(form.distances, Qt.Key.Key_Return)
    _pick(form.unit, "km")
    assert used.look == MapLook(
        accounts=AccountStyle.SYMBOLS,
        symbol_column="status",
        charts=ChartStyle.PIES,
        pie_column="abc",
        weight=0,
        rings=RingChoice((25.0, 50.0), "km"),
    )


def test_three_figures_at_most(used: Used) -> None:
    boxes = used.panel.figures.boxes
    for key in ("total:1", "accounts", "deviation:1"):
        boxes[key].click()
    assert used.look.figures == ("total:1", "accounts", "deviation:1")
    assert not boxes["share:1"].isEnabled()
    boxes["accounts"].click()
    assert used.look.figures == ("total:1", "deviation:1")
    assert boxes["share:1"].isEnabled()


def test_as_usual_brings_everything_back(used: Used) -> None:
    assert not used.panel.reset.isEnabled()
    used.panel.layers.rows[MapLayer.ACCOUNTS].eye.click()
    used.panel.layers.rows[MapLayer.WATER].eye.click()
    used.panel.reset.click()
    assert used.look == MapLook()
    assert used.shows_accounts
