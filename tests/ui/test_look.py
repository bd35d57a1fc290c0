# SPDX-License-Identifier: MIT
"""Colours, numbers and icons."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from app.models.measure import MeasureKind
from app.ui import formats
from app.ui.icons import icon, icon_names
from app.ui.theme import apply_theme
from app.ui.tokens import DARK, LIGHT, Tokens, contrast_ratio

_WORDS = ("text", "muted", "accent_text", "good", "warning", "danger")
_GROUNDS = ("surface", "canvas", "raised")


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", _GROUNDS)
@pytest.mark.parametrize("word", _WORDS)
def test_words_stand_out_from_every_ground(tokens: Tokens, word: str, ground: str) -> None:
    assert contrast_ratio(getattr(tokens, word), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_fills_carry_their_words_and_fields_have_edges(tokens: Tokens) -> None:
    for word, ground in (
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("accent_text", "accent_soft"),
        ("warning", "warning_soft"),
        ("danger", "danger_soft"),
        ("text", "warning_soft"),
        ("toast_text", "toast"),
        ("faint", "surface"),
    ):
        assert contrast_ratio(getattr(tokens, word), getattr(tokens, ground)) >= 4.5
    assert contrast_ratio(tokens.outline, tokens.surface) >= 3
    assert contrast_ratio(tokens.accent, tokens.surface) >= 3


def test_numbers_follow_the_locale_and_signs_are_typographic() -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    try:
        assert formats.money(1234567.4) == "1.234.567"
        assert formats.signed_percent(-0.071) == "−7\u202f%"
    finally:
        QLocale.setDefault(before)


def test_undefined_numbers_are_a_dash() -> None:
    for written in (
        formats.count(None),
        formats.hours(None),
        formats.percent(None),
        formats.signed_percent(float("nan")),
        formats.measure_value(None, MeasureKind.MONEY),
    ):
        assert written == "–"


def test_a_deviation_that_rounds_to_zero_has_no_direction() -> None:
    assert formats.signed_percent(0.001) == "±0\u202f%"
    assert formats.signed_percent(0.42) == "+42\u202f%"


def test_an_icon_follows_a_change_of_theme(app: QApplication) -> None:
    made = icon("lock")
    assert _ink(made) == QColor(LIGHT.text)
    apply_theme(app, dark=True)
    assert _ink(made) == QColor(DARK.text)


def test_an_icon_has_the_pixels_of_a_dense_screen(app: QApplication) -> None:
    picture = icon("lock").pixmap(QSize(16, 16), 2.0)
    assert picture.size() == QSize(32, 32)
    assert picture.devicePixelRatio() == 2.0
    inks = picture.toImage()
    # A line of 1.75 units on the grid of 24 is 2.3 pixels wide here, so some pixel is full.
    assert max(inks.pixelColor(x, 20).alpha() for x in range(32)) == 255


def test_every_icon_is_drawn_on_the_same_grid() -> None:
    for name in icon_names():
        if name != "evenfield":
            source = (Path("resources/icons") / f"{name}.svg").read_text(encoding="utf-8")
            assert 'viewBox="0 0 24 24"' in source, name
            assert "currentColor" in source, name


def test_every_icon_that_the_code_asks_for_exists() -> None:
    asked = re.compile(
        r'(?:icon|IconLabel|icon_button|EmptyState)\(\s*"([a-z_]+)"|icon_name="([a-z_]+)"'
    )
    known = set(icon_names())
    for path in Path("app/ui").rglob("*.py"):
        for match in asked.finditer(path.read_text(encoding="utf-8")):
            name = match.group(1) or match.group(2)
            assert name in known, f"{path}: {name}"


def _ink(made: QIcon) -> QColor:
    image = made.pixmap(QSize(48, 48)).toImage()
    inks = [image.pixelColor(x, y) for x in range(48) for y in range(48)]
    return max(inks, key=lambda ink: ink.alpha())


@pytest.mark.parametrize(
    ("value", "words"),
    [(1.5, "1.5 h"), (0.75, "0.75 h"), (2.0, "2 h"), (18.0, "18 h"), (140.6, "141 h"), (None, "–")],
)
def test_short_hours_keep_their_decimals_so_that_they_add_up(
    value: float | None, words: str
) -> None:
    assert formats.measure_value(value, MeasureKind.HOURS) == words
