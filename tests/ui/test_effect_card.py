# SPDX-License-Identifier: MIT
"""The card over the map: where it stands, and what stays readable on a low map."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.map.effect_card import EffectCard
from app.ui.map.effect_words import EffectLine, Summary

SCALE_BAR_HEIGHT, LONGEST_SCALE_BAR = 60, 125
SUMMARY = Summary(
    "2 states selected",
    "34 accounts · Annual sales 60.6M · Annual revenue 6.06M · Square feet 1.55M",
    (EffectLine("West", "+63 % → +129 %", "warning"), EffectLine("East", "+87 % → +21 %", "")),
    ("Splits West: 2 areas are cut off.",),
)


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    """A place for a map of a laptop with nothing open below it."""
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(800, 570)
    place.show()
    return place


def test_the_card_stands_above_the_scale_bar(over: QWidget) -> None:
    card = EffectCard(over)
    card.show_summary(SUMMARY)
    assert over.rect().contains(card.geometry())
    assert card.geometry().bottom() < over.height() - SCALE_BAR_HEIGHT


def test_on_a_low_map_the_card_stands_beside_the_scale_bar_as_a_whole(over: QWidget) -> None:
    card = EffectCard(over)
    card.show_summary(SUMMARY)
    over.resize(800, card.height() + 30)
    assert over.rect().contains(card.geometry())
    assert card.geometry().left() > LONGEST_SCALE_BAR
    assert card.facts.isVisible()
    over.resize(800, 570)
    assert card.geometry().left() < LONGEST_SCALE_BAR


def test_on_a_very_low_map_the_sums_make_room_for_title_and_warnings(over: QWidget) -> None:
    card = EffectCard(over)
    card.show_summary(SUMMARY)
    over.resize(800, card.height())
    assert over.rect().contains(card.geometry())
    assert not card.facts.isVisible()
    title = QRect(card.title.mapTo(over, card.title.rect().topLeft()), card.title.size())
    assert over.rect().contains(title)
    assert card.warnings.isVisible()
    over.resize(800, 570)
    assert card.facts.isVisible()
