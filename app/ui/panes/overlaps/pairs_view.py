# SPDX-License-Identifier: MIT
"""Pairs of territories that overlap: accounts, values, land, and all of them together."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.models.ids import TerritoryId
from app.models.measure import ACCOUNT_COUNT, Measure
from app.models.overlaps import OverlapPair, PairReport
from app.ui.formats import percent, plural
from app.ui.panes.overlaps.area_units import area_title, area_words, in_area_unit
from app.ui.panes.overlaps.claim_columns import count_column, measure_column
from app.ui.panes.overlaps.words import PAIR_FORMULA
from app.ui.parts import button, column, icon_button, label, row
from app.ui.session import EditSession
from app.ui.tables.array_table_model import ArrayColumn, CellKind
from app.ui.tables.copyable_table import CopyableTable
from app.ui.tables.table_tools import TableTools
from app.ui.tokens import tokens_of
from app.ui.widgets.chip import chip_icon
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.popover import Popover


class PairsView(QWidget):
    """A table of pairs.

    Args:
        session: The open plan.
        parent: The widget that holds it.

    Signals:
        pair_selected(object): Both ids of the pair whose row is selected, or None.
        pair_requested(object): Both ids of a pair whose overlaps are to be listed.
    """

    pair_selected = Signal(object)
    pair_requested = Signal(object)

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pairs: tuple[OverlapPair, ...] = ()
        self.table = CopyableTable("Pairs of territories that overlap")
        self.tools = TableTools(self.table, "Pairs", self)
        self.summary = label("", wraps=True)
        self.formula = Popover("How is this computed?", self)
        self._help = icon_button("help", "How is this computed?", self._on_help)
        self.list_button = button("List what they share", self._on_list, icon_name="list")
        self._empty = EmptyState(
            "check_circle", "No territories overlap", "No account and no land has two territories."
        )
        self._stack = QStackedWidget()
        self.corner = QWidget()
        """Its buttons, for whoever shows the pairs."""
        self.corner.setLayout(row(None, self._help, *self.tools.buttons, gap=4))
        for part in (self.table, self._empty):
            self._stack.addWidget(part)
        foot = row(None, self.list_button, margin=(16, 6, 12, 6))
        self._foot = QWidget()
        self._foot.setLayout(foot)
        outer = column(column(self.summary, self.tools.chips, margin=(16, 0, 12, 8), gap=6), gap=0)
        outer.addWidget(self._stack, 1)
        outer.addWidget(self._foot)
        self.setLayout(outer)
        self.table.rows_selected.connect(lambda _rows: self._on_selected())
        self.table.row_activated.connect(lambda _row: self._on_list())

    def show_report(
        self, report: PairReport, measures: Sequence[Measure], *, is_measuring: bool
    ) -> None:
        """Show the pairs.

        Args:
            report: All pairs.
            measures: What their values are sums of.
            is_measuring: The land is still being measured.
        """
        kept = self.selected_pair()
        self._pairs = report.pairs
        self.table.array_model.set_columns(self._columns(measures))
        self._stack.setCurrentIndex(0 if report.pairs or is_measuring else 1)
        self._foot.setVisible(bool(report.pairs))
        self.summary.setText(totals_sentence(report, measures, is_measuring=is_measuring))
        ids = [(pair.first, pair.second) for pair in self._pairs]
        if kept in ids:
            self.table.select_source_rows(np.array([ids.index(kept)]), scroll=False)
        self._refresh_buttons()

    def selected_pair(self) -> tuple[TerritoryId, TerritoryId] | None:
        """Both territories of the first selected row."""
        rows = self.table.selected_source_rows()
        if not len(rows) or int(rows[0]) >= len(self._pairs):
            return None
        pair = self._pairs[int(rows[0])]
        return pair.first, pair.second

    def _columns(self, measures: Sequence[Measure]) -> list[ArrayColumn]:
        pairs = self._pairs
        km2 = np.array([np.nan if p.km2 is None else p.km2 for p in pairs], dtype=float)
        over = np.array([_or_nan(p.drawn_over_km2) for p in pairs], dtype=float)
        values = [
            measure_column(measure, np.array([p.values[at] for p in pairs], dtype=float))
            for at, measure in enumerate(measures)
            if measure.id != ACCOUNT_COUNT
        ]
        unit = area_title().partition(", ")[2]
        return [
            self._names("first", "Territory", [pair.first for pair in pairs]),
            self._names("second", "and", [pair.second for pair in pairs]),
            count_column("accounts", "Accounts", [pair.account_count for pair in pairs]),
            *values,
            _area_column("area", area_title(), km2, "Land that both claim"),
            ArrayColumn(
                "share",
                "Of the smaller",
                np.array([_or_nan(p.smaller_fraction) for p in pairs], dtype=float),
                CellKind.NUMBER,
                formatted=lambda fraction: percent(fraction, 1),
                width=110,
                tooltip="Shared land / land of the smaller of both",
                is_summed=False,
            ),
            _area_column("over", f"Drawn over, {unit}", over, "Drawn over areas of the other"),
        ]

    def _names(self, key: str, title: str, ids: Sequence[TerritoryId]) -> ArrayColumn:
        tokens = tokens_of(self.palette())
        found = [self._session.workspace.territory(each) for each in ids]
        colors = [territory.color_index for territory in found]
        # Hundreds of pairs share nine colours, and a picture takes a moment to paint.
        icons = {color: chip_icon(color, tokens) for color in set(colors)}
        names = np.array([territory.name for territory in found], dtype=object)
        decoration = [icons[color] for color in colors].__getitem__
        return ArrayColumn(key, title, names, width=160, decoration=decoration)

    def _on_selected(self) -> None:
        self._refresh_buttons()
        self.pair_selected.emit(self.selected_pair())

    def _refresh_buttons(self) -> None:
        rows = self.table.selected_source_rows()
        pair = self._pairs[int(rows[0])] if len(rows) and int(rows[0]) < len(self._pairs) else None
        self.list_button.setEnabled(pair is not None)

    def _on_list(self) -> None:
        pair = self.selected_pair()
        if pair is not None:
            self.pair_requested.emit(pair)

    def _on_help(self) -> None:
        self.formula.set_paragraphs(PAIR_FORMULA)
        self.formula.open_below(self._help)


def totals_sentence(
    report: PairReport, measures: Sequence[Measure], *, is_measuring: bool = False
) -> str:
    """All overlaps together, in a sentence."""
    totals = report.totals
    words = [plural(len(report.pairs), "pair", "pairs")]
    accounts = plural(totals.account_count, "account", "accounts")
    share = f" ({percent(totals.account_fraction, 1)} of the assigned)"
    words.append(f"{accounts} in dispute{share if totals.account_count else ''}")
    for at, measure in enumerate(measures):
        whole = totals.assigned_values[at]
        if measure.id != ACCOUNT_COUNT and whole > 0:
            words.append(f"{measure.name} {percent(totals.values[at] / whole, 1)}")
    if is_measuring:
        words.append("measuring the land…")
    elif totals.area_fraction is not None:
        words.append(f"land claimed twice {percent(totals.area_fraction, 1)}")
    return " · ".join(words)


def _area_column(key: str, title: str, km2: np.ndarray, tooltip: str) -> ArrayColumn:
    return ArrayColumn(
        key,
        title,
        in_area_unit(km2),
        CellKind.NUMBER,
        formatted=area_words,
        width=120,
        tooltip=tooltip,
        is_summed=False,
    )


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value
