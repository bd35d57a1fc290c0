# SPDX-License-Identifier: MIT
"""Numbers in one field are read as users write them."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from app.ui.formats import uses_metric
from app.ui.map.number_list import read_numbers, written


@pytest.fixture(params=["C", "en_US", "de_DE", "fr_FR"])
def locale(request: pytest.FixtureRequest) -> Iterator[str]:
    """The locale of the system, set back afterwards."""
    before = QLocale()
    QLocale.setDefault(QLocale(request.param))
    yield request.param
    QLocale.setDefault(before)


@pytest.mark.parametrize("text", ["25; 50; 100", "25;50;100", "100; 25; 50; 25", "25, 50, 100"])
def test_whole_numbers_read_alike_everywhere(locale: str, text: str) -> None:
    assert read_numbers(text) == (25, 50, 100)


def test_what_is_no_number_is_left_out(locale: str) -> None:
    assert read_numbers("ten; 5; inf; nan; ") == (5,)
    assert read_numbers("") == ()


def test_decimals_and_thousands_follow_the_system() -> None:
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("de_DE"))
        assert read_numbers("0,5; 1.500") == (0.5, 1500)
        QLocale.setDefault(QLocale("en_US"))
        assert read_numbers("0.5; 1,500") == (0.5, 1500)
    finally:
        QLocale.setDefault(before)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.floats(-1e9, 1e9).map(lambda each: float(f"{each:.9g}")), max_size=6))
def test_what_is_written_is_read_back(locale: str, numbers: list[float]) -> None:
    text = "; ".join(written(each) for each in numbers)
    assert read_numbers(text) == tuple(sorted(set(numbers)))


@pytest.mark.parametrize(
    ("name", "is_metric"), [("C", False), ("en_US", False), ("de_DE", True), ("fr_CA", True)]
)
def test_distances_follow_the_system(name: str, is_metric: bool) -> None:
    before = QLocale()
    try:
        QLocale.setDefault(QLocale(name))
        assert uses_metric() is is_metric
    finally:
        QLocale.setDefault(before)
