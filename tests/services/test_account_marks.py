# SPDX-License-Identifier: MIT
"""Symbols, circles and slices from arrays small enough to check by hand."""

import numpy as np
import pytest

from app.services.map_layers.account_marks import (
    LARGEST_RADIUS,
    MOST_SYMBOLS,
    OTHER,
    SHAPES,
    circle_examples,
    circle_radii,
    class_rgba,
    class_shares,
    text_classes,
)


def _texts(*texts: str) -> np.ndarray:
    return np.array(texts, np.object_)


def test_the_most_frequent_texts_come_first_and_none_is_other() -> None:
    found = text_classes(_texts("b", "a", "b", "", "a ", "c"))
    assert found.titles == ("a", "b", "c", OTHER)
    assert found.counts == (2, 2, 1, 1)
    assert found.of_row.tolist() == [1, 0, 1, MOST_SYMBOLS, 0, 2]
    assert [found.code(i) for i in range(4)] == [0, 1, 2, MOST_SYMBOLS]


def test_the_ninth_text_is_other() -> None:
    found = text_classes(_texts(*"aabbccddeeffgghhi"))
    assert found.titles == (*"abcdefgh", OTHER)
    assert found.counts[-1] == 1


def test_no_accounts_have_no_classes() -> None:
    found = text_classes(_texts())
    assert (found.titles, found.counts, len(found.of_row)) == ((), (), 0)


@pytest.mark.parametrize("dark", [False, True])
def test_each_class_has_its_own_colour_and_shape(dark: bool) -> None:
    colors = {class_rgba(code, dark=dark) for code in range(MOST_SYMBOLS + 1)}
    assert len(colors) == len(set(SHAPES)) == MOST_SYMBOLS + 1


def test_the_area_of_a_circle_says_the_value() -> None:
    radii = circle_radii(np.array([400.0, 100.0, 0.0, -5.0, np.nan]))
    assert radii[0] == LARGEST_RADIUS
    assert radii[0] ** 2 / radii[1] ** 2 == pytest.approx(4)
    assert radii[2:].tolist() == [0, 0, 0]


def test_circles_of_nothing_are_none() -> None:
    assert circle_radii(np.zeros(3)).tolist() == [0, 0, 0]
    assert circle_radii(np.zeros(0)).tolist() == []


@pytest.mark.parametrize(
    ("largest", "examples"),
    [(730.0, [500.0, 125.0, 25.0]), (0.3, [0.2, 0.05, 0.01]), (0.0, []), (float("nan"), [])],
)
def test_the_legend_of_circles_has_round_values(largest: float, examples: list[float]) -> None:
    assert circle_examples(largest) == pytest.approx(examples)


def test_slices_sum_to_what_the_territory_has() -> None:
    held = np.array([0, 0, 1, -1, 0], np.int32)
    classes = np.array([0, 8, 0, 0, 0], np.uint8)
    shares = class_shares(held, classes, np.array([5.0, 2.0, 4.0, 100.0, np.nan]), 3)
    assert shares.shape == (3, 9)
    assert shares[0, 0] == 5
    assert shares[0, 8] == 2
    assert shares[1, 0] == 4
    assert shares.sum() == 11
