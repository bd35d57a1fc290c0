# SPDX-License-Identifier: MIT
"""States of accounts abroad that were placed when the areas had no states there."""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from app.models.geounit import GeoLevel
from app.services.geography.exactness import ROUGH_RULES
from app.services.geography.geography import Geography

IntArray = npt.NDArray[np.int32]
FloatArray = npt.NDArray[np.float64]
_HOME = "US"


def filled_states(
    unit_index: Mapping[GeoLevel, IntArray],
    lonlat: tuple[FloatArray, FloatArray],
    geography: Geography,
    rules: Callable[[], npt.NDArray[np.object_]],
) -> Mapping[GeoLevel, IntArray]:
    """The geounits of accounts, with the missing states of other countries than the US.

    The plan keeps what was found when an account was placed. Where that is a country which has
    states by now, the state is the one around the account's position, if that is known at least
    by the city; only the country's middle is not in any state in particular.

    Args:
        unit_index: Per level the position of each account's unit in the layer, -1 for none.
        lonlat: WGS 84 degrees, nan where not placed.
        geography: The areas.
        rules: Gives how each account was placed; asked only where a state is missing.
    """
    country, state = unit_index[GeoLevel.COUNTRY], unit_index[GeoLevel.STATE]
    lon, lat = lonlat
    countries = geography.layer(GeoLevel.COUNTRY)
    # One more, at the end, for accounts without a country.
    is_divided = np.zeros(len(countries.codes) + 1, np.bool_)
    is_divided[geography.layer(GeoLevel.STATE).parent] = True
    is_divided[[countries.index_of(_HOME), -1]] = False
    rows = np.flatnonzero((state < 0) & is_divided[country] & np.isfinite(lon))
    if not len(rows):
        return unit_index
    written = rules()
    rows = rows[[written[row] not in ROUGH_RULES for row in rows.tolist()]]
    found = geography.locate(lon[rows], lat[rows])
    is_home = found.index[GeoLevel.COUNTRY] == country[rows]
    filled = state.copy()
    filled[rows[is_home]] = found.index[GeoLevel.STATE][is_home]
    return {**unit_index, GeoLevel.STATE: filled}
