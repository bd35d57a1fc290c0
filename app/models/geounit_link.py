# SPDX-License-Identifier: MIT
"""Links: what joins areas that do not touch."""

from dataclasses import dataclass

from app.models.ids import GeoUnitId


@dataclass(frozen=True, slots=True)
class GeoUnitLink:
    """A bridge or ferry: two areas that count as neighbours although no border joins them.

    Attributes:
        geounit_a, geounit_b: The smaller id first.
        note: The user's own words, may be empty.
    """

    geounit_a: GeoUnitId
    geounit_b: GeoUnitId
    note: str = ""
