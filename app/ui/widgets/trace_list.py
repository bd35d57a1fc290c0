# SPDX-License-Identifier: MIT
"""The steps that decide who serves an account, one below the other, the deciding one marked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.models.trace import ServedBy, Trace, TraceStep
from app.ui.fonts import CAPTION
from app.ui.icons import icon
from app.ui.parts import clear_layout, column, framed, label, row

STEP_TITLES = {
    ServedBy.NAMED: "By name",
    ServedBy.FAMILY: "Family",
    ServedBy.RULE: "Rules",
    ServedBy.DRAWN: "Drawn areas",
    ServedBy.AREA: "Area",
}
_ICON_SIDE = 16
_NARROWEST = 380
"""Narrower lines would make the list seem to need more height than it does."""


class TraceList(QWidget):
    """Traces of one account, one per sales force.

    Args:
        moment: Writes a time (UTC, ISO 8601) as the user knows it.
    """

    def __init__(self, moment: Callable[[str], str] = str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moment = moment
        self.texts: list[str] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)

    def set_traces(self, traces: Sequence[Trace]) -> None:
        """Show other traces; the sales force is named where there are several."""
        clear_layout(self._layout)
        self.texts = []
        for trace in traces:
            items: list[QWidget] = []
            if len(traces) > 1:
                items.append(label(trace.sales_force_name, semibold=True, wraps=True))
            items += [self._step(number, step) for number, step in enumerate(trace.steps, 1)]
            remedy = label(trace.remedy, wraps=True)
            remedy.setMinimumWidth(_NARROWEST)
            self.texts.append(trace.remedy)
            self._layout.addWidget(framed(column(*items, remedy, margin=12, gap=8), "card"))
        self._layout.addStretch(1)

    def _step(self, number: int, step: TraceStep) -> QWidget:
        """One step: its title, what it says, and since when."""
        title = f"{number}  {STEP_TITLES[step.step]}"
        if step.is_deciding:
            title += " – decides"
        kind = "" if step.is_deciding else "muted"
        words = label(step.text, kind, wraps=True)
        words.setMinimumWidth(_NARROWEST)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        lines: list[QWidget] = [label(title, kind, semibold=step.is_deciding), words]
        since = self._since(step)
        if since:
            lines.append(label(since, "muted", size=CAPTION, wraps=True))
        mark = label()
        mark.setFixedSize(_ICON_SIDE, _ICON_SIDE)
        if step.is_deciding:
            mark.setPixmap(icon("check", "accent").pixmap(_ICON_SIDE, _ICON_SIDE))
        self.texts += [title, step.text, since]
        made = QWidget()
        made.setAccessibleName(f"{title}: {step.text}")
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        made.setLayout(row(column(mark, None, gap=0), column(*lines, gap=2), gap=8))
        return made

    def _since(self, step: TraceStep) -> str:
        if not step.at_utc:
            return ""
        by = f" by {step.author}" if step.author else ""
        return f"Set {self._moment(step.at_utc)}{by}"
