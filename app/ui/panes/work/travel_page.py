# SPDX-License-Identifier: MIT
"""How travel and administration are estimated: settings, speeds, and trips the user knows."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDoubleSpinBox,
    QGridLayout,
    QScrollArea,
    QSplitter,
    QWidget,
)

from app.models.changes import Changes
from app.models.units import KM_PER_MILE
from app.models.work import MOST_HOURS, Speed, WorkSettings
from app.services.commands import SetWorkSettings
from app.ui.formats import number, uses_metric
from app.ui.panes.pane import Pane
from app.ui.panes.work.trip_list import TripList
from app.ui.panes.work.work_words import MODE_WORDS, SURROUNDINGS_WORDS
from app.ui.parts import column, label, literal, padded
from app.ui.session import EditSession
from app.ui.tables.columns import ArrayColumn, CellEdit, CellKind, Value
from app.ui.tables.copyable_table import CopyableTable
from app.ui.theme import set_kind
from app.ui.tokens import ROW_HEIGHT
from app.ui.widgets.section import Section

_SPEEDS_HEIGHT = 34 + 12 * ROW_HEIGHT + 4


class TravelPage(Pane):
    """Settings and speeds at the left, known trips at the right."""

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.boxes = {
            "visits_per_day": _box("Visits on a full day", 0.1, 100.0, 1),
            "circuity": _box("Detour factor", 1.0, 5.0, 2),
            "admin_hours": _box("Administration", 0.0, MOST_HOURS, 0, " h a territory"),
            "full_time_hours": _box("A full-time rep has", 1.0, MOST_HOURS, 0, " h a year"),
        }
        self.clustered = QCheckBox(literal("The visits of a day lie near each other"))
        self.clustered.setToolTip(
            "Without the tick, every day may lead all over the territory, which takes longer"
        )
        self.speeds = CopyableTable("Speeds")
        self.speeds.setMinimumHeight(_SPEEDS_HEIGHT)
        self.trips = TripList(session)
        self._compose()
        for name, box in self.boxes.items():
            box.valueChanged.connect(lambda value, name=name: self._on_number(name, value))
        self.clustered.toggled.connect(self._on_clustered)

    def refresh(self) -> None:
        settings = self.session.workspace.settings.work
        can_edit = not self.session.is_read_only
        for name, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setValue(getattr(settings, name))
            box.setEnabled(can_edit)
        with QSignalBlocker(self.clustered):
            self.clustered.setChecked(settings.are_days_clustered)
        self.clustered.setEnabled(can_edit)
        self.speeds.array_model.set_columns(self._speed_columns(settings))

    def concerns(self, changes: Changes) -> bool:
        return changes.settings

    def _compose(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for at, box in enumerate(self.boxes.values()):
            grid.addWidget(label(box.accessibleName()), at, 0)
            grid.addWidget(box, at, 1)
        grid.setColumnStretch(2, 1)
        unit = "km/h" if uses_metric() else "mph"
        speeds = Section(f"Speeds in {unit}, door to door", self.speeds)
        inside = QWidget()
        set_kind(inside, "surface")
        inside.setLayout(column(grid, self.clustered, speeds, None, margin=(12, 8, 12, 12)))
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setMinimumWidth(400)
        scroll.setAccessibleName("How travel is estimated")
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(scroll)
        splitter.addWidget(self.trips)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([445, 555])
        self.setLayout(column(splitter))

    def _speed_columns(self, settings: WorkSettings) -> list[ArrayColumn]:
        speeds = settings.speeds
        factor = 1.0 if uses_metric() else KM_PER_MILE

        def numbers(key: str, title: str, tooltip: str) -> ArrayColumn:
            def write(rows: tuple[int, ...], value: Value) -> bool:
                return self._on_speed(rows, key, value, factor)

            cells = np.array([getattr(each, key) / factor for each in speeds])
            can_edit = None if self.session.is_read_only else CellEdit(write)
            return ArrayColumn(
                key,
                title,
                cells,
                CellKind.NUMBER,
                formatted=lambda value: number(value, 0 if round(value, 1) % 1 == 0 else 1),
                width=98,
                tooltip=tooltip,
                edit=can_edit,
                is_summed=False,
            )

        modes = np.array([MODE_WORDS[each.mode] for each in speeds], dtype=object)
        lands = np.array([SURROUNDINGS_WORDS[each.surroundings] for each in speeds], dtype=object)
        return [
            ArrayColumn("mode", "Mode", modes, width=120),
            ArrayColumn("surroundings", "Where", lands, width=110),
            numbers("long_kmh", "There", "From home or office to the area of the day, and back"),
            numbers("local_kmh", "Between", "From stop to stop"),
        ]

    def _on_speed(self, rows: tuple[int, ...], key: str, value: Value, factor: float) -> bool:
        if not isinstance(value, float):
            return False
        settings = self.session.workspace.settings.work
        changed: list[Speed] = list(settings.speeds)
        for at in rows:
            long_kmh = value * factor if key == "long_kmh" else changed[at].long_kmh
            local_kmh = value * factor if key == "local_kmh" else changed[at].local_kmh
            changed[at] = replace(changed[at], long_kmh=long_kmh, local_kmh=local_kmh)
        wanted = replace(settings, speeds=tuple(changed))
        return self.session.run(SetWorkSettings(wanted, "Set a speed"), self)

    def _on_number(self, name: str, value: float) -> None:
        settings = self.session.workspace.settings.work
        if value != getattr(settings, name):
            words = self.boxes[name].accessibleName().lower()
            # Named fields of a frozen class; the names are those of the boxes above.
            wanted = replace(settings, **{name: value})
            self.session.run(SetWorkSettings(wanted, f"Set {words}"), self)

    def _on_clustered(self, is_clustered: bool) -> None:
        settings = replace(self.session.workspace.settings.work, are_days_clustered=is_clustered)
        self.session.run(SetWorkSettings(settings, "Set how days are planned"), self)


def _box(name: str, low: float, high: float, decimals: int, suffix: str = "") -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(low, high)
    box.setDecimals(decimals)
    box.setSuffix(suffix)
    box.setKeyboardTracking(False)
    box.setAccessibleName(name)
    box.setFixedWidth(160)
    if decimals == 2:
        box.setSingleStep(0.05)
    padded(box)
    return box
