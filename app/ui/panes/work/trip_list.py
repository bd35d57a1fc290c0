# SPDX-License-Identifier: MIT
"""Trips whose time the user knows, beside their estimates."""

import numpy as np
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.models.changes import Changes
from app.models.territory import TravelMode
from app.models.work import Surroundings
from app.services.commands import RemoveKnownTrips
from app.services.workload.calibration import Factors, TripCheck
from app.ui.formats import count, number, plural
from app.ui.panes.pane import Pane
from app.ui.panes.work.trip_dialog import TripDialog
from app.ui.panes.work.work_words import MODE_WORDS, SURROUNDINGS_WORDS, length
from app.ui.parts import button, column, label, row
from app.ui.session import EditSession
from app.ui.tables.columns import ArrayColumn, CellKind
from app.ui.tables.copyable_table import CopyableTable
from app.ui.widgets.empty_state import EmptyState

_EMPTY = (
    "Type in how long a few real trips take, and every estimate follows them: by how much longer"
    " or shorter they are than estimated."
)


class TripList(Pane):
    """A table of trips with buttons to add and remove."""

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.factors = label("", wraps=True)
        self.table = CopyableTable("Known trips")
        self.add = button("Add a trip…", self._on_add, icon_name="plus")
        self.remove = button("Remove", self._on_remove, icon_name="trash")
        self._empty = EmptyState("compass", "No known trips", _EMPTY)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        outer = column(column(self.factors, margin=(12, 6, 12, 4)), gap=0)
        outer.addWidget(self._stack, 1)
        outer.addLayout(row(None, self.remove, self.add, margin=(12, 6, 12, 8)))
        self.setLayout(outer)
        self.table.rows_selected.connect(lambda _rows: self._refresh_buttons())

    def refresh(self) -> None:
        checks = self.session.workspace.work.trip_checks
        self._stack.setCurrentIndex(0 if checks else 1)
        self.factors.setVisible(bool(checks))
        self.factors.setText(factor_words(self.session.workspace.work.factors))
        self.table.array_model.set_columns(_columns(checks))
        self._refresh_buttons()

    def concerns(self, changes: Changes) -> bool:
        return changes.settings or changes.boundaries

    def _refresh_buttons(self) -> None:
        can_edit = not self.session.is_read_only
        self.add.setEnabled(can_edit)
        self.remove.setVisible(bool(self.session.workspace.work.trips))
        self.remove.setEnabled(can_edit and len(self.table.selected_source_rows()) > 0)

    def _on_add(self) -> None:
        TripDialog(self.session, self).open()

    def _on_remove(self) -> None:
        trips = self.session.workspace.work.trips
        chosen = tuple(trips[at].id for at in self.table.selected_source_rows().tolist())
        self.session.run(RemoveKnownTrips(chosen), self)


def factor_words(factors: Factors) -> str:
    """What the known trips do to the estimates."""
    parts: list[str] = []
    for mode in TravelMode:
        own = [
            f"{SURROUNDINGS_WORDS[where].lower()} × {number(factors[mode, where].value, 2)}"
            f" ({plural(factors[mode, where].trip_count, 'trip', 'trips')})"
            for where in Surroundings
            if factors[mode, where].trip_count and not factors[mode, where].is_from_elsewhere
        ]
        other = next(
            (factors[mode, s] for s in Surroundings if factors[mode, s].is_from_elsewhere), None
        )
        if own and other is not None:
            own.append(f"elsewhere × {number(other.value, 2)}")
        if own:
            parts.append(f"{MODE_WORDS[mode]}: {', '.join(own)}")
    return f"Estimates are multiplied. {'; '.join(parts)}." if parts else ""


def _columns(checks: tuple[TripCheck, ...]) -> list[ArrayColumn]:
    def texts(key: str, title: str, words: list[str], width: int) -> ArrayColumn:
        return ArrayColumn(key, title, np.array(words, dtype=object), width=width)

    def numbers(key: str, title: str, values: list[float], decimals: int = 0) -> ArrayColumn:
        return ArrayColumn(
            key,
            title,
            np.array(values, dtype=np.float64),
            CellKind.NUMBER,
            formatted=count if not decimals else lambda value: number(value, decimals),
            width=80,
            is_summed=False,
        )

    return [
        texts("from", "From", [each.trip.from_text for each in checks], 86),
        texts("to", "To", [each.trip.to_text for each in checks], 86),
        numbers("minutes", "Minutes", [each.trip.minutes for each in checks]),
        numbers("estimated", "Estimated", [each.estimated_minutes for each in checks]),
        texts("mode", "Mode", [MODE_WORDS[each.trip.mode] for each in checks], 76),
        texts("where", "Where", [SURROUNDINGS_WORDS[e.surroundings] for e in checks], 106),
        texts("distance", "Distance", [length(each.distance_km, 1) for each in checks], 84),
        numbers("ratio", "Factor", [each.ratio or np.nan for each in checks], 2),
    ]
