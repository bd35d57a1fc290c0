# SPDX-License-Identifier: MIT
"""How exactly places are known, against areas read from the layers."""

import math

import numpy as np
import pytest

from app.models.account import PlacedBy
from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.services.geography.exactness import exactness_km, is_rough
from app.services.geography.geography import Geography


def _exactness(geography: Geography, rule: PlacedBy, **codes: str) -> float:
    index = {
        level: np.array([geography.layer(level).index_of(codes.get(level.value, ""))], np.int32)
        for level in LEVELS_COARSE_TO_FINE
    }
    return float(exactness_km([rule.value], index, geography)[0])


def _radius(geography: Geography, level: GeoLevel, code: str) -> float:
    layer = geography.layer(level)
    return math.sqrt(float(layer.area_km2[layer.index_of(code)]) / math.pi)


@pytest.mark.parametrize("rule", [PlacedBy.BY_HAND, PlacedBy.COORDINATES])
def test_a_point_is_exact(geography: Geography, rule: PlacedBy) -> None:
    assert _exactness(geography, rule, zip="60601") == 0.0


def test_an_area_is_as_exact_as_a_circle_of_its_size(geography: Geography) -> None:
    found = _exactness(geography, PlacedBy.POSTAL_CODE, zip="60601", county="17031")
    assert found == pytest.approx(_radius(geography, GeoLevel.ZIP, "60601"))
    assert found < 3
    found = _exactness(geography, PlacedBy.COUNTY, county="17031", state="17")
    assert found == pytest.approx(_radius(geography, GeoLevel.COUNTY, "17031"))
    found = _exactness(geography, PlacedBy.REGION, state="17", country="US")
    assert found == pytest.approx(_radius(geography, GeoLevel.STATE, "17"))
    found = _exactness(geography, PlacedBy.COUNTRY, country="FR")
    assert found == pytest.approx(_radius(geography, GeoLevel.COUNTRY, "FR"))
    assert 380 < found < 480


def test_a_po_box_is_as_exact_as_the_largest_area_beside_it(geography: Geography) -> None:
    layer = geography.layer(GeoLevel.ZIP)
    at = layer.index_of("10008")
    largest = max(float(layer.area_km2[i]) for i in (at, *layer.neighbors_of(at).tolist()))
    found = _exactness(geography, PlacedBy.PO_BOX, zip="10008")
    assert found == pytest.approx(math.sqrt(largest / math.pi))
    assert found > _radius(geography, GeoLevel.ZIP, "10008")


def test_what_is_not_placed_has_no_exactness(geography: Geography) -> None:
    assert math.isnan(_exactness(geography, PlacedBy.NOT_PLACED))
    assert math.isfinite(_exactness(geography, PlacedBy.REGION, country="CA"))
    assert math.isfinite(_exactness(geography, PlacedBy.CITY, country="FR"))


def test_worse_than_the_city_is_rough() -> None:
    rough = {rule for rule in PlacedBy if is_rough(rule)}
    assert rough == {PlacedBy.COUNTY, PlacedBy.REGION, PlacedBy.COUNTRY, PlacedBy.NOT_PLACED}
