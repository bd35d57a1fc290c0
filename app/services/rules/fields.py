# SPDX-License-Identifier: MIT
"""The fields that rules may ask about, by key, with the words that the window has for them."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.models.measure import ACCOUNT_COUNT, Measure
from app.services.importing.cleaning import number
from app.services.rules.columns import Coded, plain
from app.services.rules.extra_columns import days_of

EXTRA, MEASURE, REVENUE, ORDERS, AREA = "extra:", "measure:", "revenue:", "orders:", "area:"
DISTANCE = "distance"
LINES_BOUGHT, MAIN_LINE, LAST_ORDER = "product_lines", "main_product_line", "last_order"
ALL_TIME = "all"


class FieldKind(enum.Enum):
    """What a field holds, which decides how it can be compared."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    LIST = "list"
    PLACE = "place"
    DISTANCE = "distance"


@dataclass(frozen=True, slots=True)
class RuleField:
    """One field.

    Attributes:
        key: As tests name it.
        title: As shown; no two fields share one.
        group: Under which the window lists it.
    """

    key: str
    title: str
    kind: FieldKind
    group: str


_ACCOUNT, _PLACE, _SALES, _IMPORTED = "Account", "Place", "Sales", "Imported columns"

ACCOUNT_TEXTS: dict[str, str] = {
    "segment": "Segment",
    "industry": "Industry",
    "status": "Status",
    "visit_class": "Visit class",
    "family": "Family",
    "owner": "Owner",
    "name": "Account name",
    "external_id": "Account ID",
    "city": "City",
    "region": "Region as imported",
    "postal_code": "Postal code as imported",
    "country_name": "Country as imported",
    "street": "Street",
    "phone": "Phone",
    "website": "Website",
    "placed_by": "How it was placed",
}
"""Text columns of accounts, with their titles."""

ACCOUNT_DATES: dict[str, str] = {
    "created_on": "Created on",
    "last_activity_on": "Last activity",
    "gone_since": "Gone since",
}

AREA_TITLES: dict[str, str] = {
    "country": "Country",
    "state": "State",
    "metro": "Metro area",
    "county": "County",
    "zip3": "ZIP3 area",
    "zip": "ZIP area",
}
"""Kinds of areas by the key of their view; others are regions of the user's own."""


def account_fields() -> tuple[RuleField, ...]:
    """The fields that every plan has."""
    texts = [
        RuleField(key, title, FieldKind.TEXT, _PLACE if key in _PLACE_TEXTS else _ACCOUNT)
        for key, title in ACCOUNT_TEXTS.items()
    ]
    dates = [
        RuleField(key, title, FieldKind.DATE, _ACCOUNT) for key, title in ACCOUNT_DATES.items()
    ]
    return (*texts, *dates)


_PLACE_TEXTS = frozenset(("city", "region", "postal_code", "country_name", "street", "placed_by"))


def area_fields(view_titles: Sequence[tuple[str, str]]) -> tuple[RuleField, ...]:
    """A field per kind of area, and the distance.

    Args:
        view_titles: Key and title of the geography's views.
    """
    areas = [
        RuleField(f"{AREA}{key}", AREA_TITLES.get(key, title), FieldKind.PLACE, _PLACE)
        for key, title in view_titles
    ]
    return (*areas, RuleField(DISTANCE, "Distance", FieldKind.DISTANCE, _PLACE))


def sales_fields(years: Sequence[int]) -> tuple[RuleField, ...]:
    """The fields that need transactions.

    Args:
        years: Calendar years with sales, the latest first.
    """
    return (
        RuleField(LINES_BOUGHT, "Product lines bought", FieldKind.LIST, _SALES),
        RuleField(MAIN_LINE, "Main product line", FieldKind.TEXT, _SALES),
        RuleField(LAST_ORDER, "Last order", FieldKind.DATE, _SALES),
        RuleField(f"{REVENUE}{ALL_TIME}", "Revenue of all time", FieldKind.NUMBER, _SALES),
        RuleField(f"{REVENUE}365", "Revenue of the last 365 days", FieldKind.NUMBER, _SALES),
        RuleField(f"{ORDERS}365", "Orders in the last 365 days", FieldKind.NUMBER, _SALES),
        *(
            RuleField(f"{REVENUE}y{year}", f"Revenue {year}", FieldKind.NUMBER, _SALES)
            for year in years
        ),
    )


def measure_fields(measures: Sequence[Measure]) -> tuple[RuleField, ...]:
    """A field per measure of accounts; counting accounts says nothing about one of them."""
    return tuple(
        RuleField(f"{MEASURE}{measure.id}", measure.name, FieldKind.NUMBER, "Measures")
        for measure in measures
        if measure.level is None and measure.id != ACCOUNT_COUNT
    )


def extra_field(header: str, column: Coded[str]) -> RuleField:
    """The field of an imported column: numbers or dates where nearly all of its values are some."""
    given = [value for value in column.values[:_LOOKED_AT] if value.strip()]
    least = _NEARLY_ALL * len(given)
    kind = FieldKind.TEXT
    if given and sum(number(value) is not None for value in given) >= least:
        kind = FieldKind.NUMBER
    elif given and np.count_nonzero(~np.isnan(days_of(given))) >= least:
        kind = FieldKind.DATE
    return RuleField(f"{EXTRA}{header}", header, kind, _IMPORTED)


_LOOKED_AT, _NEARLY_ALL = 2_000, 0.95


def with_single_titles(fields: Sequence[RuleField]) -> tuple[RuleField, ...]:
    """The fields with titles that no two of them share: later ones say where they come from."""
    taken: set[str] = set()
    result: list[RuleField] = []
    for each in fields:
        title, number_ = each.title, 2
        if plain(title) in taken:
            title = f"{each.title} ({each.group.lower()})"
        while plain(title) in taken:
            title, number_ = f"{each.title} ({each.group.lower()} {number_})", number_ + 1
        taken.add(plain(title))
        result.append(RuleField(each.key, title, each.kind, each.group))
    return tuple(result)
