# SPDX-License-Identifier: MIT
"""Every way of placing an account has its words."""

from app.models.account import PlacedBy
from app.services.placed_words import PLACED_WORDS, counted_placed, placed_title


def test_every_rule_has_words() -> None:
    assert set(PLACED_WORDS) == set(PlacedBy)


def test_a_title_starts_with_a_capital_letter_and_keeps_the_others() -> None:
    assert placed_title("po_box") == "PO box ZIP code"
    assert placed_title("city") == "City and state"
    assert placed_title("") == ""


def test_what_follows_a_number_reads_as_a_sentence() -> None:
    assert counted_placed(PlacedBy.POSTAL_CODE) == "by postal code"
    assert counted_placed(PlacedBy.BY_HAND) == "by hand"
    assert counted_placed(PlacedBy.NOT_PLACED) == "not placed"
