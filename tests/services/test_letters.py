# SPDX-License-Identifier: MIT
"""Letters without case and marks."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.importing.finding import plain_name
from app.services.letters import bare_letters


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("Łódź", "lodz"),
        ("Østlund", "ostlund"),
        ("Straße", "strasse"),
        ("SÃO PAULO", "sao paulo"),
        ("Þór", "thor"),
        ("Иван", "иван"),
        ("", ""),
    ],
)
def test_marks_and_case_go(text: str, bare: str) -> None:
    assert bare_letters(text) == bare


@given(st.text())
def test_no_mark_stays(text: str) -> None:
    assert not any(unicodedata.combining(sign) for sign in bare_letters(text))


def test_names_of_people_meet_without_their_marks() -> None:
    assert plain_name("Åse Østlund") == plain_name("Ase Ostlund") == "ase ostlund"
