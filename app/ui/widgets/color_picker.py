# SPDX-License-Identifier: MIT
"""Nine colours to choose from, in a small popup."""

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QGridLayout, QWidget

from app.models.palette import TERRITORY_COLORS, territory_color
from app.ui.theme import set_kind
from app.ui.tokens import territory_qcolor, tokens_of

_COLUMNS = 3


class ColorSwatch(QAbstractButton):
    """One colour; the chosen one carries a ring and a check mark."""

    def __init__(self, color_index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.color_index = color_index
        self.setCheckable(True)
        self.setFixedSize(36, 36)
        name = territory_color(color_index).name
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        tokens = tokens_of(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = territory_qcolor(self.color_index)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(QRectF(5, 5, 26, 26), 6, 6)
        if self.isChecked():
            mark = QColor("#FFFFFF" if fill.lightness() < 140 else "#172023")
            painter.setPen(QPen(mark, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPolyline([QPoint(13, 18), QPoint(17, 22), QPoint(24, 14)])
        if self.hasFocus() or self.underMouse():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = tokens.accent if self.hasFocus() else tokens.outline
            painter.setPen(QPen(QColor(ring), 2))
            painter.drawRoundedRect(QRectF(2, 2, 32, 32), 8, 8)
        painter.end()


class ColorPicker(QFrame):
    """A popup with the nine territory colours.

    Signals:
        picked: Index of the colour that was chosen.
    """

    picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        set_kind(self, "popover")
        self.setAccessibleName("Territory color")
        grid = QGridLayout(self)
        grid.setContentsMargins(8, 8, 8, 8)
        grid.setSpacing(2)
        self.swatches = [ColorSwatch(index, self) for index in range(len(TERRITORY_COLORS))]
        for index, swatch in enumerate(self.swatches):
            grid.addWidget(swatch, index // _COLUMNS, index % _COLUMNS)
            swatch.clicked.connect(self._on_clicked)

    def open_at(self, position: QPoint, current_index: int) -> None:
        """Show the popup with the present colour marked.

        Args:
            position: Where its upper left corner goes, in screen coordinates.
            current_index: The colour that the territory has.
        """
        for swatch in self.swatches:
            swatch.setChecked(swatch.color_index == current_index)
        self.adjustSize()
        screen = self.screen().availableGeometry()
        self.move(
            min(position.x(), screen.right() - self.width()),
            min(position.y(), screen.bottom() - self.height()),
        )
        self.show()
        self.swatches[current_index % len(self.swatches)].setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -_COLUMNS,
            Qt.Key.Key_Down: _COLUMNS,
        }
        focused = next((s for s in self.swatches if s.hasFocus()), None)
        if focused is not None and event.key() in steps:
            wanted = (focused.color_index + steps[Qt.Key(event.key())]) % len(self.swatches)
            self.swatches[wanted].setFocus()
        elif focused is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused.click()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        swatch = self.sender()
        if isinstance(swatch, ColorSwatch):
            self.close()
            self.picked.emit(swatch.color_index)
