# SPDX-License-Identifier: MIT
"""The shipped metropolitan areas: which counties each unites."""

from pathlib import Path

import numpy as np

from app.models.geounit import GeoLevel
from app.services.geography.geography import Geography


def members(folder: Path) -> dict[str, set[str]]:
    """Codes of the counties by name of the area."""
    with np.load(folder / "groups_metro.npz") as tables:
        names = bytes(tables["names"]).decode().split("\n")
        counties = tables["county_codes"].astype(str).tolist()
        groups = tables["county_group"].tolist()
        assert len(names) == len(tables["codes"]) == len(tables["is_metropolitan"]) == 938
        assert int(tables["is_metropolitan"].sum()) == 392
    found: dict[str, set[str]] = {name: set() for name in names}
    for county, group in zip(counties, groups, strict=True):
        found[names[group]].add(county)
    return found


def test_every_area_has_counties_and_no_county_two_areas(
    geography: Geography, geo_folder: Path
) -> None:
    found = members(geo_folder)
    counties = [county for own in found.values() for county in own]
    assert all(found.values())
    assert len(counties) == len(set(counties)) == 1915
    assert min(geography.layer(GeoLevel.COUNTY).indices_of(counties)) >= 0


def test_known_areas_have_their_counties(geo_folder: Path) -> None:
    found = members(geo_folder)
    assert found["Bridgeport-Stamford-Norwalk, CT"] == {"09001"}
    assert found["Hartford-East Hartford-Middletown, CT"] == {"09003", "09007", "09013"}
    new_york = found["New York-Newark-Jersey City, NY-NJ-PA"]
    assert {"36061", "36047", "34017", "42103"} <= new_york
    assert "72127" in found["San Juan-Bayamón-Caguas, PR"]
