# SPDX-License-Identifier: MIT
"""The type scale, and the one type face of the window."""

import sys
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from app.ui.resources import FONTS

_FALLBACKS = ("Segoe UI Variable Text", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans")
_MAC_FACTOR = 13 / 10
"""macOS counts 72 points to the inch, other systems 96: 13 points there are as large as 10 here."""

CAPTION, BODY, HEADING, TITLE, DISPLAY = 9.0, 10.0, 11.0, 14.0, 20.0
"""The whole type scale, in points."""


def load_application_font(app: QApplication, folder: Path = FONTS) -> None:
    """Set the shipped type face for the whole window, or the system's where it is absent."""
    families: list[str] = []
    for path in sorted(folder.glob("*.ttf")):
        families += QFontDatabase.applicationFontFamilies(
            QFontDatabase.addApplicationFont(str(path))
        )
    font = QFont(app.font())
    shipped = list(dict.fromkeys(families))
    if shipped:
        font.setFamilies([*shipped[:1], *_FALLBACKS])
    elif sys.platform.startswith("linux"):
        font.setFamilies([font.family(), *_FALLBACKS])
    font.setPointSizeF(points(BODY))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(font)


def points(size: float) -> float:
    """A size of the type scale in this system's points."""
    return size * _MAC_FACTOR if sys.platform == "darwin" else size


def scaled_font(base: QFont, size: float, *, semibold: bool = False) -> QFont:
    """The base type face at a size of the type scale."""
    font = QFont(base)
    font.setPointSizeF(points(size))
    font.setWeight(QFont.Weight.DemiBold if semibold else QFont.Weight.Normal)
    return font


def tabular_font(base: QFont) -> QFont:
    """The font with digits of equal width, so that columns of numbers line up."""
    font = QFont(base)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def set_text_style(widget: QWidget, size: float, *, semibold: bool = False) -> None:
    """Give a label a size of the type scale."""
    widget.setFont(scaled_font(widget.font(), size, semibold=semibold))
