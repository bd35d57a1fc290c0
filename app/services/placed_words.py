# SPDX-License-Identifier: MIT
"""How an account was placed, in the words of the window and of exported tables."""

from app.models.account import PlacedBy

PLACED_WORDS = {
    PlacedBy.BY_HAND: "by hand",
    PlacedBy.COORDINATES: "coordinates",
    PlacedBy.POSTAL_CODE: "postal code",
    PlacedBy.PO_BOX: "PO box ZIP code",
    PlacedBy.CITY: "city and state",
    PlacedBy.COUNTY: "county only",
    PlacedBy.REGION: "state only",
    PlacedBy.COUNTRY: "country only",
    PlacedBy.NOT_PLACED: "not placed",
}
"""From the most to the least exact."""


def placed_title(rule: str) -> str:
    """A rule with a capital letter, as a column and a choice show it; as it is where unknown.

    Args:
        rule: A value of `PlacedBy`.
    """
    words = _WORDS_BY_VALUE.get(rule, rule)
    return f"{words[:1].upper()}{words[1:]}"


def counted_placed(rule: PlacedBy) -> str:
    """As it follows a number of accounts: "by postal code", "not placed"."""
    words = PLACED_WORDS[rule]
    stands_alone = rule in (PlacedBy.BY_HAND, PlacedBy.NOT_PLACED)
    return words if stands_alone else f"by {words}"


_WORDS_BY_VALUE = {rule.value: words for rule, words in PLACED_WORDS.items()}
