# SPDX-License-Identifier: MIT
"""Finding where accounts are, for any number of addresses at once."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from app.models.account import PlacedBy
from app.models.geounit import LEVELS_COARSE_TO_FINE
from app.services.geography.addresses import AddressColumns, PlacedColumns, TextColumn
from app.services.geography.arrays import ObjectArray
from app.services.geography.geography import Geography
from app.services.geography.placing_again import AccountPlaces, placed_again
from app.services.geography.placing_rules import Finders, PlacingRules
from app.services.pausing import collector_paused

_CHUNK = 50_000
"""Addresses that are placed in one go: few enough that no single step holds up other threads."""


def place(
    geography: Geography,
    columns: AddressColumns,
    watch: Callable[[float], None] | None = None,
) -> PlacedColumns:
    """Where accounts are and in which areas.

    The first rule that works decides: coordinates; ZIP code; city with state or country; county
    with state; state or province; country. Areas of coordinates are those that contain them,
    areas of a ZIP are its own. Coordinates in another country than the one stated count only where
    the address tells no more than the country.

    Args:
        geography: The areas and names.
        columns: The addresses.
        watch: Called with the fraction done after every 50,000 addresses; what it raises ends the
            work.
    """
    finders = Finders.of(geography.shipped)
    parts: list[PlacedColumns] = []
    # The collector would halt all threads each time it walks the texts of a million rows.
    with collector_paused():
        for first in range(0, len(columns), _CHUNK):
            parts.append(_placed(finders, columns.part(first, first + _CHUNK)))
            if watch is not None:
                watch(min(first + _CHUNK, len(columns)) / len(columns))
        placed = PlacedColumns.joined(parts)
        return placed if geography is geography.shipped else _in_layers(geography, columns, placed)


def _in_layers(
    geography: Geography, columns: AddressColumns, placed: PlacedColumns
) -> PlacedColumns:
    """Accounts that were placed in the shipped areas in those of the plan's boundary layers."""
    codes = (placed.country, placed.state, placed.county, placed.zip_code)
    again = placed_again(
        geography,
        AccountPlaces(
            placed.lon,
            placed.lat,
            _texts([rule.value for rule in placed.placed_by]),
            _texts(columns.postal_code),
            dict(zip(LEVELS_COARSE_TO_FINE, map(_texts, codes), strict=True)),
        ),
    )
    rules: list[str] = again.placed_by.tolist()
    country, state, county, zip_code = (again.codes[level] for level in LEVELS_COARSE_TO_FINE)
    return replace(
        placed,
        lon=again.lon,
        lat=again.lat,
        placed_by=[PlacedBy(rule) for rule in rules],
        country=country.tolist(),
        state=state.tolist(),
        county=county.tolist(),
        zip_code=zip_code.tolist(),
    )


def _texts(cells: TextColumn) -> ObjectArray:
    texts = np.empty(len(cells), np.object_)
    texts[:] = list(cells)
    return texts


def _placed(finders: Finders, columns: AddressColumns) -> PlacedColumns:
    rules = PlacingRules(finders, columns)
    rules.by_coordinates()
    rules.by_zip()
    rules.by_city()
    rules.by_county()
    rules.by_region()
    rules.settle_other_countries()
    return rules.result()
