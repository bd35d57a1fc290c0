# SPDX-License-Identifier: MIT
"""Reading the texts that the plan file keeps as JSON."""

import pytest

from app.models.json_texts import texts_by_header, words_of

_LONG_NUMBER = "1" * 5_000
_DEEP = "[" * 100_000 + "]" * 100_000


def test_words_and_columns_are_read() -> None:
    assert words_of('["Öl", "de"]') == ("Öl", "de")
    assert texts_by_header('{"Tier": "A", "Öl": "ja"}') == {"Tier": "A", "Öl": "ja"}


def test_what_is_no_word_is_left_out() -> None:
    assert words_of('["de", 7, null, ["en"], {"fr": 1}]') == ("de",)
    assert texts_by_header('{"Tier": 7}') == {"Tier": "7"}


@pytest.mark.parametrize(
    "text", ["", "null", "7", '"de"', "{", f"[{_LONG_NUMBER}]", f'{{"a": {_LONG_NUMBER}}}', _DEEP]
)
def test_what_cannot_be_read_holds_nothing(text: str) -> None:
    assert words_of(text) == ()
    assert texts_by_header(text) == {}
