# SPDX-License-Identifier: MIT
"""How far from where: a distance, its unit, and a rep or a place."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtWidgets import QComboBox, QDoubleSpinBox

from app.models.ids import RepId
from app.models.rule import DistanceOperator, DistanceTest, Test
from app.models.units import KM_PER_MILE
from app.services.rules.fields import RuleField
from app.ui.dialogs.rule.builder_help import REP, BuilderHelp
from app.ui.dialogs.rule.value_editors import ValueEditor
from app.ui.formats import uses_metric
from app.ui.parts import label, padded, row
from app.ui.widgets.choice_picker import Choice, ChoicePicker

_UNITS = (("km", 1.0), ("mi", KM_PER_MILE))
_USUAL = 50.0


class DistanceValues(ValueEditor):
    """A number, km or miles, and of whom or what."""

    def __init__(self, help_: BuilderHelp) -> None:
        super().__init__()
        self._help = help_
        self._points: dict[str, tuple[float, float] | None] = {}
        self.far = QDoubleSpinBox()
        self.far.setRange(0.0, 12_000.0)
        self.far.setDecimals(1)
        self.far.setValue(_USUAL)
        self.far.setAccessibleName("Distance")
        self.far.setFixedWidth(100)
        padded(self.far)
        self.unit = QComboBox()
        self.unit.setAccessibleName("Unit of the distance")
        for name, factor in _UNITS:
            self.unit.addItem(name, factor)
        self.unit.setCurrentIndex(0 if uses_metric() else 1)
        self.point = ChoicePicker(
            "Place or rep", self._find, is_single=True, placeholder="Choose a rep or place…"
        )
        self.setLayout(row(self.far, self.unit, label("of", "muted"), self.point))
        self._exact_km: tuple[float, float] | None = None
        self.far.valueChanged.connect(lambda _value: self.changed.emit())
        self.unit.currentIndexChanged.connect(lambda _at: self.changed.emit())
        self.point.changed.connect(self.changed)

    def show_test(self, test: Test) -> None:
        if not isinstance(test, DistanceTest):
            return
        if test.rep_id is not None:
            key = f"{REP}{test.rep_id}"
            name, self._points[key] = self._help.names.rep_name(test.rep_id), None
        else:
            key = "given"
            name, self._points[key] = test.place_name, (test.lon, test.lat)
        shown = name or test.place_name or f"{test.lat:.3f}, {test.lon:.3f}"
        self.point.set_chosen([Choice(key, shown)])
        self.far.setValue(test.km / float(self.unit.currentData()))
        # Rounding for the eye must not change a distance that nobody touched.
        self._exact_km = (self._shown_km(), test.km)

    def set_operator(self, operator: Enum) -> None:
        del operator  # both need the same

    def test(self, field: RuleField, operator: Enum) -> Test | None:
        del field  # there is one distance
        chosen = self.point.chosen()
        if not chosen:
            return None
        km, kind = self._km(), DistanceOperator(operator)
        name, point = chosen[0].text, self._points.get(chosen[0].key)
        if point is None:
            rep = RepId(int(chosen[0].key.removeprefix(REP)))
            return DistanceTest(kind, km, name, rep_id=rep)
        return DistanceTest(kind, km, name, *point)

    def _km(self) -> float:
        shown = self._shown_km()
        if self._exact_km is not None and self._exact_km[0] == shown:
            return self._exact_km[1]
        return shown

    def _shown_km(self) -> float:
        return self.far.value() * float(self.unit.currentData())

    def _find(self, text: str) -> Sequence[Choice]:
        found = self._help.find_points(text)
        # What was found before may be chosen still, so nothing is forgotten.
        keyed = [(Choice(f"{c.key}/{text}" if p else c.key, c.text, c.detail), p) for c, p in found]
        self._points.update({choice.key: point for choice, point in keyed})
        return [choice for choice, _ in keyed]
