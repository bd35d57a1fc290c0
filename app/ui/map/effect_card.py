# SPDX-License-Identifier: MIT
"""The small card over the map that says what a stroke or a selection comes to."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.ui.fonts import BODY, CAPTION, set_text_style, tabular_font
from app.ui.map.effect_words import EffectLine, Summary
from app.ui.parts import button, clear_layout, icon_button, label, literal, row
from app.ui.theme import set_kind
from app.ui.widgets.elided_label import ElidedLabel

_WIDTH = 268
_LEFT, _BOTTOM = 10, 66
"""Clear of the edges, and of the scale bar and the north arrow."""
_BESIDE, _MARGIN = 130, 10
"""On a low map, right of the scale bar and the zoom buttons, and this far from top and bottom."""


class EffectCard(QFrame):
    """Title, sums, territories and warnings; at most one button.

    Args:
        map_view: The map over whose lower left corner it floats.
    """

    def __init__(self, map_view: QWidget) -> None:
        super().__init__(map_view)
        set_kind(self, "popover")
        self.setFixedWidth(_WIDTH)
        self._over = map_view
        self.title = ElidedLabel()
        set_text_style(self.title, BODY, semibold=True)
        self.facts = label("", "muted", wraps=True)
        set_text_style(self.facts, CAPTION)
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(8)
        self._lines.setVerticalSpacing(1)
        self._lines.setColumnStretch(0, 1)
        self.warnings = label("", "warning", wraps=True)
        self.action: QPushButton = button("", self._on_action)
        self._close = icon_button("close", "Close this card", self.dismiss, side=14)
        self._on_click: Callable[[], object] | None = None
        head = row(self.title, self._close, gap=4)
        head.setStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 10, 10)
        layout.setSpacing(4)
        layout.addLayout(head)
        layout.addWidget(self.facts)
        layout.addLayout(self._lines)
        layout.addWidget(self.warnings)
        layout.addWidget(self.action, 0, Qt.AlignmentFlag.AlignLeft)
        map_view.installEventFilter(self)
        self.hide()

    def show_summary(
        self,
        summary: Summary,
        *,
        is_under_way: bool = False,
        action: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show what something comes to.

        Args:
            summary: The words.
            is_under_way: The mouse is down: nothing on the card can be clicked.
            action: Words and work of its button.
        """
        self.title.set_full_text(summary.title)
        self.facts.setText(summary.facts)
        self.facts.setVisible(bool(summary.facts))
        self._show_lines(summary.lines)
        self.warnings.setText("\n".join(summary.warnings))
        self.warnings.setVisible(bool(summary.warnings))
        self._on_click = action[1] if action else None
        self.action.setText(literal(action[0]) if action else "")
        self.action.setVisible(action is not None)
        self._close.setVisible(not is_under_way)
        told = [f"{line.name} {line.words}" for line in summary.lines]
        words = [summary.title, summary.facts, *told, *summary.warnings]
        self.setAccessibleName(". ".join(part for part in words if part))
        self.show()
        self._place()

    def dismiss(self) -> None:
        """Go, until there is something else to say."""
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _show_lines(self, lines: tuple[EffectLine, ...]) -> None:
        clear_layout(self._lines)
        for at, line in enumerate(lines):
            parts: list[QLabel] = [ElidedLabel(line.name)]
            self._lines.addWidget(parts[0], at, 0, 1, 1 if line.words else 2)
            if line.words:
                parts.append(_figure(line))
                self._lines.addWidget(parts[1], at, 1, Qt.AlignmentFlag.AlignRight)
            for part in parts:
                part.show()  # what is not shown yet takes no room when the card is measured

    def _place(self) -> None:
        self.facts.setVisible(bool(self.facts.text()))
        self._fit()
        left, top = _LEFT, self._over.height() - self.height() - _BOTTOM
        if top < _MARGIN:
            if self.height() + 2 * _MARGIN > self._over.height():
                # The inspector has the sums as well; the warnings are only here.
                self.facts.hide()
                self._fit()
            left = _BESIDE
            # Where even that is too much, the title and its button stay.
            top = max(self._over.height() - self.height() - _MARGIN, _MARGIN)
        self.move(left, top)
        self.raise_()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(_WIDTH, layout.totalHeightForWidth(_WIDTH))

    def _on_action(self) -> None:
        if self._on_click is not None:
            self._on_click()


def _figure(line: EffectLine) -> QLabel:
    made = label(line.words, line.kind)
    made.setFont(tabular_font(made.font()))
    return made
