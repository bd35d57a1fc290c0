# SPDX-License-Identifier: MIT
"""The first step: which file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.fonts import HEADING
from app.ui.parts import button, column, label, row
from app.ui.theme import set_kind
from app.ui.widgets.icon_label import IconLabel

_DETAIL = (
    "ZIP areas or counties as the Census offers them (the .zip file as it is), a shapefile, "
    "GeoJSON, TopoJSON, GeoPackage, KML or FlatGeobuf file."
)
_HINT = (
    "The ZIP areas that come with Evenfield are approximate. For exact ones, get the file "
    "cb_2020_us_zcta520_500k.zip from the Census Bureau and drop it here."
)


class FilePage(QWidget):
    """Asks for a file.

    Signals:
        choose_requested(): The user wants to choose one.
    """

    choose_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choose = button("Choose a file…", self.choose_requested.emit, icon_name="folder")
        words = column(
            None,
            label("Choose a file of areas, or drop it here", size=HEADING, semibold=True),
            label(_DETAIL, "muted", wraps=True),
            8,
            label(_HINT, "muted", wraps=True),
            None,
            gap=2,
        )
        drop = QFrame()
        set_kind(drop, "drop")
        inner = row(IconLabel("polygon", "accent", 28), words, self.choose, margin=16, gap=12)
        inner.setStretch(1, 1)
        drop.setLayout(inner)
        self.setLayout(column(drop))
