# SPDX-License-Identifier: MIT
"""Geounits: the areas that are assigned to territories, in four nested levels.

The levels nest strictly: a ZIP area lies in one county, a county in one state, a state in one
country. An assignment at a finer level overrides one at a coarser level, so a whole state can go
to one territory and a single ZIP area in it to another.
"""

from enum import Enum

from app.models.ids import GeoUnitId


class GeoLevel(Enum):
    """A level of the geography, from coarse to fine."""

    COUNTRY = "country"
    STATE = "state"
    COUNTY = "county"
    ZIP = "zip"

    @property
    def depth(self) -> int:
        """0 for countries up to 3 for ZIP areas."""
        return _DEPTH[self]


LEVELS_COARSE_TO_FINE: tuple[GeoLevel, ...] = (
    GeoLevel.COUNTRY,
    GeoLevel.STATE,
    GeoLevel.COUNTY,
    GeoLevel.ZIP,
)
_DEPTH = {level: depth for depth, level in enumerate(LEVELS_COARSE_TO_FINE)}


def geounit_id(level: GeoLevel, code: str) -> GeoUnitId:
    """The id of the geounit with this code at this level.

    Args:
        level: The level that the code belongs to.
        code: ISO 3166 alpha-2 for countries (``US``), two-digit FIPS for states (``06``),
            five-digit FIPS for counties (``06037``), five digits for ZIP areas (``90210``).
    """
    return GeoUnitId(f"{level.value}:{code}")


def split_geounit_id(geounit: GeoUnitId) -> tuple[GeoLevel, str]:
    """The level and code of a geounit id.

    Raises:
        ValueError: The text is not ``level:code`` with a known level.
    """
    level, separator, code = geounit.partition(":")
    if not separator or not code:
        message = f"not a geounit id: {geounit!r}"
        raise ValueError(message)
    return GeoLevel(level), code
