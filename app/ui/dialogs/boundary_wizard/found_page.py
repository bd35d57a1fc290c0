# SPDX-License-Identifier: MIT
"""The third step: what was found, what becomes of today's areas, and what it means for the plan."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.services.boundaries.choices import LayerOutcome
from app.services.boundaries.effect import PlanEffect
from app.services.boundaries.prepared import Finding, LayerFinding, PreparedLayer
from app.services.boundaries.vintage import Change, VintageReport
from app.services.exporting.table import ExportTable
from app.services.exporting.vintage_table import (
    FINDING_WORDS,
    detail_words,
    finding_table,
    others_words,
    vintage_table,
)
from app.ui.formats import count, plural
from app.ui.parts import button, clear_layout, column, framed, label, row
from app.ui.tables.array_table_model import ArrayColumn
from app.ui.tables.copyable_table import CopyableTable
from app.ui.widgets.segmented import Segmented
from app.ui.widgets.stat_tile import StatTile

_LEFT_OUT = (Finding.EMPTY, Finding.MISPLACED, Finding.NO_CODE)
_CHANGES, _FINDINGS = "changes", "findings"
_MIN_GAP_KM2 = 1.0
_MIN_SHOWN_SHARE = 0.001


class _Shown(NamedTuple):
    """One list that the page can show."""

    columns: list[ArrayColumn]
    table: ExportTable


class FoundPage(QWidget):
    """Shows a prepared layer before it is added.

    Signals:
        sheet_requested(ExportTable): The user wants the list that is shown as a file.
    """

    sheet_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles: QHBoxLayout = row(gap=32)
        self._vintage_tiles: QHBoxLayout = row(gap=32)
        self._words: QVBoxLayout = column(gap=4)
        self._lists: dict[str, _Shown] = {}
        self.choice = Segmented("List", ((_CHANGES, "What changes"), (_FINDINGS, "What was found")))
        self.choice.chosen.connect(self._show_list)
        self.list = CopyableTable("Areas that change or were repaired")
        self.save = button("Save as a sheet…", self._on_save, icon_name="export")
        self._nothing = label("Nothing had to be repaired, and nothing overlaps.", "muted")
        card = column(self._tiles, self._vintage_tiles, self._words, margin=16, gap=12)
        whole = column(framed(card, "card"), row(self.choice, None, self.save), gap=12)
        whole.addWidget(self.list, 1)
        whole.addWidget(self._nothing)
        whole.addStretch(0)
        self.setLayout(whole)

    def show_outcome(self, outcome: LayerOutcome, effect: PlanEffect | None) -> None:
        """Show another layer."""
        prepared, report = outcome.prepared, outcome.vintage
        _fill(self._tiles, _figures(prepared))
        _fill(self._vintage_tiles, _vintage_figures(report))
        clear_layout(self._words)
        for sentence in (*_gap_words(prepared), *_elsewhere(outcome), *_effect_words(effect)):
            self._words.addWidget(label(sentence, wraps=True))
        self._lists = {}
        if report is not None and any(c is not Change.KEPT for c in report.counts):
            self._lists[_CHANGES] = _Shown(_change_columns(report), vintage_table(report))
        if prepared.findings:
            findings = prepared.findings
            self._lists[_FINDINGS] = _Shown(_finding_columns(findings), finding_table(findings))
        self.choice.setVisible(len(self._lists) > 1)
        has_any = bool(self._lists)
        self.list.setVisible(has_any)
        self.save.setVisible(has_any)
        self._nothing.setVisible(not has_any)
        if has_any:
            first = next(iter(self._lists))
            self.choice.set_chosen(first)
            self._show_list(first)

    def _show_list(self, key: str) -> None:
        shown = self._lists.get(key)
        if shown is not None:
            self.list.array_model.set_columns(shown.columns)

    def _on_save(self) -> None:
        shown = self._lists.get(self.choice.chosen_key())
        if shown is None and self._lists:
            shown = next(iter(self._lists.values()))
        if shown is not None:
            self.sheet_requested.emit(shown.table)


def _fill(tiles: QHBoxLayout, figures: list[tuple[str, str]]) -> None:
    clear_layout(tiles)
    for caption, value in figures:
        tile = StatTile(caption)
        tile.set_value(value)
        tiles.addWidget(tile)
    tiles.addStretch(1)


def _figures(prepared: PreparedLayer) -> list[tuple[str, str]]:
    counts = prepared.counts
    figures = [
        ("Areas", len(prepared)),
        ("Repaired", counts[Finding.REPAIRED]),
        ("Left out", sum(counts[kind] for kind in _LEFT_OUT)),
        ("Joined by code", counts[Finding.MERGED]),
        ("Overlaps", counts[Finding.OVERLAP]),
    ]
    return [(caption, count(amount)) for caption, amount in figures]


def _vintage_figures(report: VintageReport | None) -> list[tuple[str, str]]:
    if report is None:
        return []
    return [
        (change.value, count(report.counts[change]))
        for change in Change
        if report.counts[change] or change is Change.KEPT
    ]


def _gap_words(prepared: PreparedLayer) -> list[str]:
    if prepared.gap_km2 < _MIN_GAP_KM2:
        return []
    share = prepared.gap_km2 / max(float(prepared.area_km2.sum()), 1e-9)
    words = f"{share:.1%}" if share >= _MIN_SHOWN_SHARE else "less than 0.1%"
    size = f"{prepared.gap_km2:,.0f} km² ({words} of their own size)"
    return [f"The areas enclose {size} that belong to none, such as lakes and empty land."]


def _elsewhere(outcome: LayerOutcome) -> list[str]:
    if not outcome.elsewhere:
        return []
    words = plural(outcome.elsewhere, "area lies", "areas lie")
    return [f"{words} in another country and will not be added."]


def _effect_words(effect: PlanEffect | None) -> list[str]:
    if effect is None:
        return []
    words: list[str] = []
    if effect.assigned:
        kept = effect.assigned - effect.assigned_gone
        words.append(
            f"{count(kept)} of {plural(effect.assigned, 'assigned area', 'assigned areas')} keep "
            f"their code and their territory; {count(effect.assigned_gone)} have no shape in this "
            "file."
        )
    if effect.accounts:
        accounts = plural(effect.accounts, "account", "accounts")
        words.append(
            f"{count(effect.accounts_elsewhere)} of {accounts} lie in an area with another code "
            f"than today, {count(effect.accounts_nowhere)} in none of the new areas."
        )
    return words


def _change_columns(report: VintageReport) -> list[ArrayColumn]:
    rows = report.changed
    return [
        _texts("code", "Code", [row.code for row in rows], 90),
        _texts("name", "Name", [row.name for row in rows], 220),
        _texts("change", "What happens", [row.change.value for row in rows], 120),
        _texts("others", "Other areas", [others_words(row, report) for row in rows], 420),
    ]


def _finding_columns(findings: Sequence[LayerFinding]) -> list[ArrayColumn]:
    return [
        _texts("code", "Code", [finding.code for finding in findings], 90),
        _texts("name", "Name", [finding.name for finding in findings], 220),
        _texts("what", "What", [FINDING_WORDS[f.finding] for f in findings], 220),
        _texts("detail", "Detail", [detail_words(finding) for finding in findings], 320),
    ]


def _texts(key: str, title: str, cells: list[str], width: int) -> ArrayColumn:
    return ArrayColumn(key, title, np.array([*cells, None], dtype=object)[:-1], width=width)
