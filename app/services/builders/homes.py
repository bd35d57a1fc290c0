# SPDX-License-Identifier: MIT
"""Territories by the nearest rep home."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from app.models.errors import EditRejected
from app.models.geounit import GeoLevel
from app.models.rep import Rep
from app.services.account_table import AccountTable
from app.services.builders.drafting import Unit, drafts_of
from app.services.commands import DraftTerritory
from app.services.distance import distance_km
from app.services.geography.geography import Geography

HOME_COUNTRY_WITH_LEVELS = "US"
"""The country that the shipped geography divides below the country level."""


def nearest_home(
    accounts: AccountTable, reps: Sequence[Rep], geography: Geography, level: GeoLevel
) -> tuple[DraftTerritory, ...]:
    """One territory per rep with a home: every area goes to the nearest home in its country.

    Where no rep lives in a country that has accounts, the nearest home anywhere gets it.
    Countries without accounts stay unassigned; the United States are shared out whole.

    Raises:
        EditRejected: No rep's home has a place.
    """
    homes = [rep for rep in reps if rep.lon is not None and rep.lat is not None]
    if not homes:
        message = "No rep has a home that could be placed on the map."
        remedy = "Add home addresses to the reps, then try again."
        raise EditRejected(message, meaning="No territories were made.", remedy=remedy)
    lon = np.array([rep.lon for rep in homes], dtype=np.float64)
    lat = np.array([rep.lat for rep in homes], dtype=np.float64)
    home_country = geography.locate(lon, lat).index[GeoLevel.COUNTRY]
    keys = served_units(accounts, geography, level)
    held: list[list[Unit]] = [[] for _ in homes]
    for unit_level, indices, country in keys:
        layer = geography.layer(unit_level)
        allowed = home_country == country
        candidates = np.nonzero(allowed if allowed.any() else np.ones_like(allowed))[0]
        km = distance_km(
            layer.lon[indices][:, None],
            layer.lat[indices][:, None],
            lon[candidates],
            lat[candidates],
        )
        winners: list[int] = candidates[km.argmin(axis=1)].tolist()
        for index, winner in zip(indices.tolist(), winners, strict=True):
            held[winner].append((unit_level, index))
    keep = [i for i, own in enumerate(held) if own]
    weights = [account_counts(held[i], accounts) for i in keep]
    return drafts_of(
        [held[i] for i in keep], weights, [homes[i].id for i in keep], level, geography
    )


def served_units(
    accounts: AccountTable, geography: Geography, level: GeoLevel
) -> list[tuple[GeoLevel, npt.NDArray[np.int64], int]]:
    """(level, indices, country) of all areas to share out: one entry per country."""
    countries = geography.layer(GeoLevel.COUNTRY)
    home = countries.index_of(HOME_COUNTRY_WITH_LEVELS)
    present = np.unique(accounts.unit_index[GeoLevel.COUNTRY])
    result: list[tuple[GeoLevel, npt.NDArray[np.int64], int]] = []
    for country in present[present >= 0]:
        if country == home and level is not GeoLevel.COUNTRY:
            result.append((level, np.arange(len(geography.layer(level).codes)), home))
        else:
            result.append((GeoLevel.COUNTRY, np.array([country], dtype=np.int64), int(country)))
    return result


def account_counts(own: Sequence[Unit], accounts: AccountTable) -> dict[Unit, float]:
    """How many accounts lie in each of the units."""
    counts = {
        level: np.bincount(index[index >= 0], minlength=1)
        for level, index in accounts.unit_index.items()
    }
    return {
        (level, index): float(counts[level][index])
        for level, index in own
        if index < len(counts[level])
    }
