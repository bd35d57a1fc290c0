# SPDX-License-Identifier: MIT
"""Light and dark: Fusion, a palette from the tokens, and one short style sheet."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from app.ui.fonts import load_application_font
from app.ui.style_sheet import style_sheet
from app.ui.tokens import DARK, LIGHT, Tokens

_Role = QPalette.ColorRole


def apply_theme(app: QApplication, dark: bool) -> None:
    """Dress the whole program; call again to change between light and dark while it runs."""
    tokens = DARK if dark else LIGHT
    if app.property("evenfield_font") is None:
        load_application_font(app)
        app.setProperty("evenfield_font", True)
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setPalette(palette_of(tokens))
    app.setStyleSheet(style_sheet(tokens))


def system_prefers_dark(app: QApplication) -> bool:
    """Whether the desktop asks for dark windows; False where it does not say."""
    return app.styleHints().colorScheme() is Qt.ColorScheme.Dark


def palette_of(tokens: Tokens) -> QPalette:
    """The palette that Fusion and our own painting read."""
    palette = QPalette()
    for role, rgb in (
        (_Role.Window, tokens.canvas),
        (_Role.WindowText, tokens.text),
        (_Role.Base, tokens.surface),
        (_Role.AlternateBase, tokens.canvas),
        (_Role.Text, tokens.text),
        (_Role.Button, tokens.surface),
        (_Role.ButtonText, tokens.text),
        (_Role.BrightText, tokens.danger),
        (_Role.ToolTipBase, tokens.raised),
        (_Role.ToolTipText, tokens.text),
        (_Role.PlaceholderText, tokens.faint),
        (_Role.Highlight, tokens.accent_soft),
        (_Role.HighlightedText, tokens.text),
        (_Role.Accent, tokens.accent),
        (_Role.Link, tokens.accent_text),
        (_Role.LinkVisited, tokens.accent_text),
        (_Role.Light, tokens.hover),
        (_Role.Midlight, tokens.hairline),
        (_Role.Mid, tokens.edge),
        (_Role.Dark, tokens.outline),
        (_Role.Shadow, tokens.canvas),
    ):
        palette.setColor(role, QColor(rgb))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.faint))
    return palette


def set_kind(widget: QWidget, kind: str) -> None:
    """Mark a widget for the style sheet.

    Args:
        widget: A button (``primary``, ``quiet``, ``danger``, ``link``, ``icon``) or a label
            (``muted``, ``caption``, ``heading``, ``title``, ``display``) or a frame
            (``surface``, ``card``).
        kind: One of these words.
    """
    widget.setProperty("kind", kind)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
