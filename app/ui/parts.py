# SPDX-License-Identifier: MIT
"""The smallest building blocks of the window: labels, buttons, rows and columns.

Words that come from the user's files are shown as text, never as markup: labels made here are
plain, `plain_tooltip` and `literal` guard the two places where Qt would read more into them.
"""

from collections.abc import Callable
from html import escape
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.ui.fonts import BODY, set_text_style
from app.ui.icons import icon
from app.ui.theme import set_kind

_BoxT = TypeVar("_BoxT", bound=QBoxLayout)

Item = QWidget | QLayout | int | None
"""A widget, a layout, a distance in pixels, or None for the space that is left."""


def column(*items: Item, margin: int | tuple[int, int, int, int] = 0, gap: int = 8) -> QVBoxLayout:
    """Items below one another."""
    return _filled(QVBoxLayout(), items, margin, gap)


def row(*items: Item, margin: int | tuple[int, int, int, int] = 0, gap: int = 8) -> QHBoxLayout:
    """Items beside one another."""
    return _filled(QHBoxLayout(), items, margin, gap)


def label(
    text: str = "",
    kind: str = "",
    *,
    size: float = BODY,
    semibold: bool = False,
    wraps: bool = False,
) -> QLabel:
    """A plain-text label.

    Args:
        text: The words.
        kind: ``muted``, ``danger``, ``good``, ``warning``, ``tag`` or nothing.
        size: A size of the type scale.
        semibold: Heavier strokes, for headings.
        wraps: Break long text into lines.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if size != BODY or semibold:
        set_text_style(made, size, semibold=semibold)
    if kind:
        set_kind(made, kind)
    return made


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    kind: str = "",
    icon_name: str = "",
    tooltip: str = "",
) -> QPushButton:
    """A push button with words, and an icon in the right tint."""
    made = QPushButton(literal(text))
    made.setAutoDefault(False)
    if icon_name:
        tint = {"primary": "on_accent", "danger": "danger", "link": "accent_text"}.get(kind, "text")
        made.setIcon(icon(icon_name, tint))
        made.setIconSize(QSize(19, 16))
    if kind:
        set_kind(made, kind)
    if tooltip:
        made.setToolTip(plain_tooltip(tooltip))
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def icon_button(
    icon_name: str,
    accessible_name: str,
    on_click: Callable[[], object] | None = None,
    *,
    shortcut: str = "",
    tint: str = "muted",
    side: int = 18,
) -> QToolButton:
    """A button that is an icon; its name is the tooltip and what a screen reader says."""
    made = QToolButton()
    made.setIcon(icon(icon_name, tint))
    made.setIconSize(QSize(side, side))
    made.setAccessibleName(accessible_name)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    hint = accessible_name
    if shortcut:
        made.setShortcut(QKeySequence(shortcut))
        hint += f"  ({QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)})"
    made.setToolTip(plain_tooltip(hint))
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def hairline() -> QFrame:
    """A horizontal separator."""
    made = QFrame()
    set_kind(made, "line")
    made.setFixedHeight(1)
    return made


def framed(layout: QLayout, kind: str) -> QFrame:
    """A frame around a layout.

    Args:
        layout: What it holds.
        kind: ``surface`` or ``card``.
    """
    made = QFrame()
    set_kind(made, kind)
    made.setLayout(layout)
    return made


def padded(box: QAbstractSpinBox) -> None:
    """Give a number field the room on the left that other fields have."""
    line = box.findChild(QLineEdit)
    if line is not None:
        line.setTextMargins(6, 0, 0, 0)


def plain_tooltip(text: str) -> str:
    """Text for a tooltip that Qt cannot take for markup."""
    return f"<qt>{escape(text)}</qt>" if "<" in text or len(text) > 90 else text


def literal(text: str) -> str:
    """Text for a button or menu in which ``&`` stays an ampersand."""
    return text.replace("&", "&&")


def clear_layout(layout: QLayout) -> None:
    """Remove and delete all that a layout holds."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        inner = item.layout()
        if inner is not None:
            clear_layout(inner)


def _filled(
    layout: _BoxT, items: tuple[Item, ...], margin: int | tuple[int, int, int, int], gap: int
) -> _BoxT:
    sides = (margin, margin, margin, margin) if isinstance(margin, int) else margin
    layout.setContentsMargins(*sides)
    layout.setSpacing(gap)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)
    return layout
