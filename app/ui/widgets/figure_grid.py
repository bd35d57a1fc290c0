# SPDX-License-Identifier: MIT
"""Figures of several measures below one another: total, share, and how far from ideal."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.ui.fonts import CAPTION, set_text_style, tabular_font
from app.ui.formats import signed_percent
from app.ui.parts import label, row
from app.ui.theme import set_kind
from app.ui.widgets.deviation_bar import Deviation, DeviationBar, Standing
from app.ui.widgets.elided_label import ElidedLabel

_KINDS = {
    Standing.UNDEFINED: "muted",
    Standing.INSIDE: "good",
    Standing.OUTSIDE: "warning",
    Standing.FAR_OUTSIDE: "danger",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of what is looked at.

    Attributes:
        total, share: In words.
        deviation: None where there is no ideal to compare with.
    """

    name: str
    total: str
    share: str
    deviation: Deviation | None = None


@dataclass(slots=True)
class _Line:
    name: ElidedLabel
    total: QLabel
    share: QLabel
    bar: DeviationBar
    percent: QLabel

    def set_visible(self, *, is_used: bool, has_deviation: bool) -> None:
        for part in (self.name, self.total, self.share):
            part.setVisible(is_used)
        for part in (self.bar, self.percent):
            part.setVisible(is_used and has_deviation)


class FigureGrid(QWidget):
    """Two lines per measure: name and total, then share, bar and deviation."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[_Line] = []

    def set_figures(self, figures: Sequence[Figure]) -> None:
        """Show other figures."""
        while len(self._lines) < len(figures):
            self._add_line()
        for at, line in enumerate(self._lines):
            figure = figures[at] if at < len(figures) else None
            deviation = figure.deviation if figure is not None else None
            line.set_visible(is_used=figure is not None, has_deviation=deviation is not None)
            if figure is None:
                continue
            line.name.set_full_text(figure.name)
            line.total.setText(figure.total)
            line.share.setText(figure.share)
            if deviation is not None:
                line.bar.set_deviation(deviation)
                line.percent.setText(signed_percent(deviation.fraction))
                set_kind(line.percent, _KINDS[deviation.standing])
        self.setAccessibleName("; ".join(_words(figure) for figure in figures))

    def _add_line(self) -> None:
        at = len(self._lines) * 3
        right = Qt.AlignmentFlag.AlignRight
        line = _Line(ElidedLabel(), label(), label("", "muted"), DeviationBar(), label())
        line.total.setFont(tabular_font(line.total.font()))
        for part in (line.share, line.percent):
            set_text_style(part, CAPTION)
            part.setFont(tabular_font(part.font()))
        if at:
            self._grid.setRowMinimumHeight(at - 1, 8)
        # A line of its own: a wide total takes room from the name, not from the bar below.
        head = row(line.name, line.total)
        head.setStretch(0, 1)
        self._grid.addLayout(head, at, 0, 1, 3)
        self._grid.addWidget(line.share, at + 1, 0)
        self._grid.addWidget(line.bar, at + 1, 1)
        self._grid.addWidget(line.percent, at + 1, 2, right)
        self._lines.append(line)


def _words(figure: Figure) -> str:
    parts = [f"{figure.name} {figure.total}", figure.share]
    if figure.deviation is not None:
        parts.append(figure.deviation.words)
    return ", ".join(part for part in parts if part)
