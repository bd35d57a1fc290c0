# SPDX-License-Identifier: MIT
"""Which of the areas around an account decides about it."""

from collections.abc import Mapping

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import GeoUnitId
from app.services.account_table import AccountTable
from app.services.alignment import Alignment
from app.services.geography.geography import Geography


def account_chain(
    accounts: AccountTable, row: int, geography: Geography
) -> dict[GeoLevel, GeoUnitId]:
    """The geounits that contain an account, by level; only those that are known."""
    chain: dict[GeoLevel, GeoUnitId] = {}
    for level in LEVELS_COARSE_TO_FINE:
        index = int(accounts.unit_index[level][row])
        if index >= 0:
            code = str(geography.layer(level).codes[index])
            chain[level] = GeoUnitId(f"{level.value}:{code}")
    return chain


def deciding_level(
    account_units: Mapping[GeoLevel, GeoUnitId], alignment: Alignment
) -> GeoUnitId | None:
    """The finest geounit of an account's chain about which the scenario says something."""
    for level in reversed(LEVELS_COARSE_TO_FINE):
        unit = account_units.get(level)
        if unit is not None and (unit in alignment.units or unit in alignment.holes):
            return unit
    return None
