# SPDX-License-Identifier: MIT
"""What mis-spelled states and countries are taken for."""

import pytest

from app.services.geography.geography import Geography
from app.services.geography.suggesting import suggest_countries, suggest_states


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Calfornia", "California"),
        ("ilinois", "Illinois"),
        ("Mass", "Massachusetts"),
        ("Penna.", "Pennsylvania"),
        ("N. Carolina", "North Carolina"),
        ("Quebeck", "Quebec"),
    ],
)
def test_the_state_meant_comes_first(text: str, first: str) -> None:
    assert suggest_states(text)[0] == first


@pytest.mark.parametrize(
    ("text", "first"),
    [("Untied States", "United States"), ("Deutchland", "Germany"), ("Frnace", "France")],
)
def test_the_country_meant_comes_first(text: str, first: str) -> None:
    assert suggest_countries(text)[0] == first


@pytest.mark.parametrize("text", ["", "xx", "Atlantis", "12345"])
def test_nothing_alike_is_no_suggestion(text: str) -> None:
    assert suggest_states(text) == suggest_countries(text) == []


@pytest.mark.parametrize("text", ["Calfornia", "Quebeck", "Vitoria", "Baden Wurtenberg"])
def test_a_suggested_state_is_understood(geography: Geography, text: str) -> None:
    assert geography.gazetteer.region("", suggest_states(text)[0]) is not None


@pytest.mark.parametrize("text", ["Untied States", "Deutchland", "Cote d'Ivore", "Sant Lucia"])
def test_a_suggested_country_is_understood(geography: Geography, text: str) -> None:
    assert geography.gazetteer.country(suggest_countries(text)[0]) is not None
