# SPDX-License-Identifier: MIT
"""Design tokens: every colour, distance and text size of the window, in one place.

Text on its surface has a contrast of at least 4.5:1, control outlines and graphics 3:1; a test
computes it.
"""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from app.models.palette import territory_color

SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, SPACE_8 = 4, 8, 12, 16, 24, 32
"""Distances in device-independent pixels; nothing is spaced by any other number."""

ROW_HEIGHT = 30


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one appearance, as ``#RRGGBB``.

    Attributes:
        canvas: Behind panes and pages.
        surface: Panes, lists, fields.
        raised: Menus, popovers, toasts.
        hover, pressed: Fills of quiet controls under the pointer.
        hairline: Separators; decoration only.
        edge: Edges of buttons and chips, whose words already say what they are.
        outline: Edges of fields.
        text, muted: Words, and words of less weight.
        faint: Placeholders and disabled words.
        track: Empty part of bars.
        toast: Messages that float over the window, dark on light and light on dark.
    """

    is_dark: bool
    canvas: str
    surface: str
    raised: str
    hover: str
    pressed: str
    hairline: str
    edge: str
    outline: str
    text: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_soft: str
    accent_text: str
    on_accent: str
    good: str
    good_soft: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    track: str
    toast: str
    toast_text: str


LIGHT = Tokens(
    is_dark=False,
    canvas="#F5F7F7",
    surface="#FFFFFF",
    raised="#FFFFFF",
    hover="#EEF2F3",
    pressed="#E2E9EA",
    hairline="#E3E8E9",
    edge="#CFD7D9",
    outline="#849094",
    text="#172023",
    muted="#566367",
    faint="#606C70",
    accent="#0B6B83",
    accent_hover="#09596D",
    accent_pressed="#074859",
    accent_soft="#E0F0F3",
    accent_text="#09596D",
    on_accent="#FFFFFF",
    good="#1A7A4A",
    good_soft="#E2F3E9",
    warning="#8A5A00",
    warning_soft="#FFF4D6",
    danger="#B3261E",
    danger_soft="#FCEBE9",
    track="#E9EEEF",
    toast="#1F2A2D",
    toast_text="#F2F5F5",
)

DARK = Tokens(
    is_dark=True,
    canvas="#14181A",
    surface="#1B2022",
    raised="#252B2E",
    hover="#262D30",
    pressed="#313A3E",
    hairline="#2B3235",
    edge="#3C464A",
    outline="#6E7B80",
    text="#E9EDEE",
    muted="#A9B4B8",
    faint="#8E9A9E",
    accent="#4DB5CE",
    accent_hover="#6AC3D9",
    accent_pressed="#86D0E2",
    accent_soft="#15363F",
    accent_text="#7ACDE0",
    on_accent="#062028",
    good="#5CC48D",
    good_soft="#173426",
    warning="#E5B454",
    warning_soft="#3A2E12",
    danger="#F28B82",
    danger_soft="#42201D",
    track="#2A3134",
    toast="#E9EDEE",
    toast_text="#172023",
)


def tokens_of(palette: QPalette) -> Tokens:
    """The tokens that belong to a widget's palette, so that painting follows it at once."""
    is_dark = palette.color(QPalette.ColorRole.Window).lightness() < 128
    return DARK if is_dark else LIGHT


def territory_qcolor(color_index: int) -> QColor:
    """The territory colour with this index, for painting."""
    return QColor(territory_color(color_index).rgb)


def contrast_ratio(first: str, second: str) -> float:
    """Contrast of two colours from 1 to 21.

    Source: WCAG 2.2, "contrast ratio" and "relative luminance".
    """
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(rgb: str) -> float:
    channels = (int(rgb[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
