# SPDX-License-Identifier: MIT
"""The line at the bottom of a plan: is it balanced, and is everybody served?"""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from app.models.changes import Changes
from app.models.reports import BalanceReport
from app.services.workspace import Workspace
from app.ui.formats import measure_value, percent, plural, signed_percent
from app.ui.icons import icon
from app.ui.parts import literal, row
from app.ui.session import EditSession
from app.ui.theme import set_kind


class BalanceStrip(QFrame):
    """Says in one line how the plan stands; each part leads to its list.

    Signals:
        show_balance(), show_overlaps(), show_gaps(): A part was clicked.
    """

    show_balance = Signal()
    show_overlaps = Signal()
    show_gaps = Signal()

    def __init__(self, session: EditSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "surface")
        self._session = session
        self._balance = _part(self.show_balance)
        self._total = _part(self.show_balance)
        self._gaps = _part(self.show_gaps)
        self._overlaps = _part(self.show_overlaps)
        parts = (self._balance, self._total, None, self._gaps, self._overlaps)
        self.setLayout(row(*parts, margin=(8, 2, 8, 2), gap=4))
        session.changed.connect(self._on_changed)
        self.refresh()

    def refresh(self) -> None:
        """Show the plan as it is now."""
        workspace = self._session.workspace
        report = workspace.balance(workspace.main_measure.id)
        gaps, overlaps = workspace.unserved_counts()
        is_good = report.is_balanced
        _show(self._balance, *_balance_words(report, workspace), good=is_good)
        name, kind = workspace.main_measure.name, workspace.main_measure.kind
        _show(self._total, "chart", f"{name}: {measure_value(report.total, kind)}")
        words = plural(gaps, "account that nobody serves", "accounts that nobody serves")
        _show(self._gaps, "gap" if gaps else "check_circle", words, good=not gaps)
        self._gaps.setVisible(bool(workspace.territories))
        self._overlaps.setVisible(bool(overlaps))
        words = plural(overlaps, "account in dispute", "accounts in dispute")
        _show(self._overlaps, "overlap", words)

    def _on_changed(self, _changes: Changes, _initiator: object) -> None:
        self.refresh()


def _balance_words(report: BalanceReport, workspace: Workspace) -> tuple[str, str]:
    """Icon and sentence about the balance of the main measure."""
    if not workspace.territories:
        return "balance", "No territories yet"
    tolerance = percent(report.tolerance_fraction)
    if report.max_abs_deviation is None:
        return "balance", f"{workspace.main_measure.name}: nothing in a territory yet"
    sentence = f"{report.within_count} of {report.territory_count} territories within ±{tolerance}"
    if report.is_balanced:
        return "check_circle", sentence
    worst = max(report.rows, key=lambda line: abs(line.deviation_fraction or 0.0))
    if worst.territory_id is None:
        return "balance", sentence
    name = workspace.territory(worst.territory_id).name
    return "balance", f"{sentence} · furthest: {name} {signed_percent(worst.deviation_fraction)}"


def _part(clicked: SignalInstance) -> QPushButton:
    made = QPushButton()
    set_kind(made, "row")
    made.clicked.connect(clicked)
    return made


def _show(part: QPushButton, icon_name: str, text: str, *, good: bool = False) -> None:
    part.setIcon(icon(icon_name, "good" if good else "muted"))
    part.setText(literal(text))
    part.setAccessibleName(text)
