# SPDX-License-Identifier: MIT
"""Placement of the AdventureWorks stores and of a Salesforce export."""

import csv
from collections import Counter

from app.models.account import PlacedBy
from app.services.geography.addresses import AddressColumns
from app.services.geography.geography import Geography
from app.services.geography.placement import place
from tests.helpers.shared import SHARED, needs_shared

STORES = SHARED / "samples" / "adventureworks-oltp" / "Sales_vStoreWithAddresses.csv"


@needs_shared
def test_adventureworks_stores_are_placed(geography: Geography) -> None:
    with STORES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    placed = place(
        geography,
        AddressColumns(
            [row["City"] for row in rows],
            [row["StateProvinceName"] for row in rows],
            [row["PostalCode"] for row in rows],
            [row["CountryRegionName"] for row in rows],
        ),
    )
    rules = Counter(placed.placed_by)
    assert len(rows) - rules[PlacedBy.NOT_PLACED] >= 0.98 * len(rows)
    assert rules[PlacedBy.POSTAL_CODE] + rules[PlacedBy.CITY] >= 0.97 * len(rows)
    codes = {
        "United States": "US",
        "Canada": "CA",
        "United Kingdom": "GB",
        "France": "FR",
        "Germany": "DE",
        "Australia": "AU",
    }
    assert placed.country == [codes[row["CountryRegionName"]] for row in rows]
    in_us = [row["CountryRegionName"] == "United States" for row in rows]
    assert all(county for county, own in zip(placed.county, in_us, strict=True) if own)
