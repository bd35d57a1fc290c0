# SPDX-License-Identifier: MIT
"""What a table must have so that its rows mean something."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from app.services.importing.fields import MEASURE, PERIOD_AMOUNT, TableKind

_AREAS = ("postal_code", "county_name", "region", "country_name")


@dataclass(frozen=True, slots=True)
class _Need:
    """What one kind of table must have.

    Attributes:
        choices: Sets of fields of which one must be there; of each set, all its groups, and of
            each group ("a|b") one field.
        sentence: What to choose.
    """

    choices: tuple[tuple[str, ...], ...]
    sentence: str


_ANY_AREA = "|".join(_AREAS)
_NEEDS: dict[TableKind, _Need] = {
    TableKind.ACCOUNTS: _Need(
        (("external_id|name",),),
        "Choose the column with the account's id or its name, so that rows can be told apart.",
    ),
    TableKind.REPS: _Need(
        (("external_id|name|first_name|last_name|email",),),
        "Choose the column with the rep's id, name or e-mail address.",
    ),
    TableKind.TRANSACTIONS: _Need(
        (("account", "date"), ("external_id", "amount|unit_price")),
        "Choose the columns with the account and the date; for lines of orders, the column with "
        "the order's id and the one with the amount or the unit price.",
    ),
    TableKind.PRODUCTS: _Need(
        (("external_id|name",),), "Choose the column with the product's id or its name."
    ),
    TableKind.PRODUCT_LINES: _Need(
        (("external_id", "name"),),
        "Choose the column with the line's id, which products name, and the one with its name.",
    ),
    TableKind.TERRITORIES: _Need(
        (("external_id|name",),), "Choose the column with the territory's id or its name."
    ),
    TableKind.TERRITORY_AREAS: _Need(
        (("territory", _ANY_AREA),),
        "Choose the column with the territory and one with a ZIP code, county, state or country.",
    ),
    TableKind.TERRITORY_ACCOUNTS: _Need(
        (("territory", "account"),),
        "Choose the column with the territory and the one with the account.",
    ),
    TableKind.ROSTER: _Need(
        (("territory", "rep"),), "Choose the column with the territory and the one with the rep."
    ),
    TableKind.GOALS: _Need(
        ((f"amount|{PERIOD_AMOUNT}",),),
        "Choose the column with the amount, or the columns that are called like their period.",
    ),
    TableKind.VISITS: _Need(
        (("account", "date"),), "Choose the column with the account and the one with the date."
    ),
    TableKind.CONTACTS: _Need(
        (("account",),), "Choose the column with the id or name of the contact's account."
    ),
    TableKind.MARKET: _Need(
        ((_ANY_AREA, MEASURE),),
        "Choose a column with a ZIP code, county, state or country, and one with a number.",
    ),
}


def is_enough(kind: TableKind, targets: AbstractSet[str]) -> bool:
    """Whether columns of these fields are enough for rows of this kind to mean something."""
    return any(
        all(not targets.isdisjoint(group.split("|")) for group in choice)
        for choice in _NEEDS[kind].choices
    )


def missing_sentence(kind: TableKind) -> str:
    """What to choose where the columns are not enough."""
    return _NEEDS[kind].sentence
