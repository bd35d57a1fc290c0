# SPDX-License-Identifier: MIT
"""The panel that the button "Layers" opens: what the map shows, and how."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from app.models.map_look import MapLook
from app.models.measure import Measure
from app.ui.fonts import HEADING
from app.ui.map.layer_list import LayerList
from app.ui.map.look_forms import ColorForm, FigureForm, MarkForm
from app.ui.parts import button, column, label, row
from app.ui.theme import set_kind
from app.ui.widgets.segmented import Segmented

_PAGES = (("layers", "Layers"), ("colors", "Colours"), ("marks", "On top"), ("figures", "Figures"))
_WIDTH = 372
_HEIGHT = 444


class LayersPanel(QFrame):
    """Shows a look and tells of every change; it knows values and signals only.

    Signals:
        look_chosen(MapLook): The user chose another look.
        accounts_toggled(bool): Show the accounts.
    """

    look_chosen = Signal(object)
    accounts_toggled = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        set_kind(self, "popover")
        self.setAccessibleName("Layers of the map")
        self.setFixedSize(_WIDTH, _HEIGHT)
        self.layers = LayerList()
        self.colors = ColorForm()
        self.marks = MarkForm()
        self.figures = FigureForm()
        self.pages = Segmented("What to change", _PAGES)
        self.pages.chosen.connect(self.show_page)
        self._stack = QStackedWidget()
        for page in (self.layers, self.colors, self.marks, self.figures):
            page.look_chosen.connect(self.look_chosen)
            self._stack.addWidget(_scrolled(page))
        self.layers.accounts_toggled.connect(self.accounts_toggled)
        self.reset = button("As usual", self._on_reset, kind="link")
        self.reset.setToolTip("Show all layers as the program shows them at first")
        heading = label("Map layers", size=HEADING, semibold=True)
        head = row(heading, None, self.reset)
        self.setLayout(column(head, self.pages, self._stack, margin=(14, 12, 14, 12), gap=10))

    def set_look(self, look: MapLook, measures: Sequence[Measure], *, shows_accounts: bool) -> None:
        """Show a look; says nothing to listeners."""
        self.layers.set_look(look, shows_accounts=shows_accounts)
        for page in (self.colors, self.marks, self.figures):
            page.set_look(look, measures)
        self.reset.setEnabled(look != MapLook() or not shows_accounts)

    def show_page(self, key: str) -> None:
        """Show one of the four pages."""
        self.pages.set_chosen(key)
        self._stack.setCurrentIndex([each for each, _ in _PAGES].index(key))

    def open_below(self, anchor: QWidget) -> None:
        """Show it below a button, inside the screen."""
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height() + 4))
        screen = anchor.screen().availableGeometry()
        x = max(screen.left() + 4, min(corner.x(), screen.right() - self.width() - 4))
        y = min(corner.y(), screen.bottom() - self.height() - 4)
        self.move(x, max(y, screen.top() + 4))
        self.show()
        self.pages.setFocus()

    def _on_reset(self) -> None:
        self.accounts_toggled.emit(True)
        self.look_chosen.emit(MapLook())


def _scrolled(page: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    holder = QWidget()
    holder.setLayout(column(page, None, margin=(0, 0, 8, 0)))
    area.setWidget(holder)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    # The panel's own surface shows through; `setWidget` has just switched that off.
    for part in (area.viewport(), holder):
        part.setAutoFillBackground(False)
    return area
