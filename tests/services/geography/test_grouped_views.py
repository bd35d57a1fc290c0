# SPDX-License-Identifier: MIT
"""ZIP3 and metro areas of the shipped geography."""

import numpy as np
import pytest

from app.models.errors import StoreError
from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId
from app.services.geography.geography import Geography
from app.services.geography.grouped_views import METRO_FILE


def test_every_us_zip_area_is_in_the_zip3_area_of_its_digits(geography: Geography) -> None:
    view, layer = geography.view("zip3"), geography.layer(GeoLevel.ZIP)
    assert view.group_of is not None
    assert (view.group_of >= 0).all()
    number = view.position_by_geounit
    for code in ("60601", "00601", "99950"):
        group = view.group_of[layer.index_of(code)]
        assert view.geounits[group] == f"zip3:{code[:3]}"
        assert view.names[number[view.geounits[group]]] == f"ZIP3 {code[:3]}"
    groups = {code[:3] for code in layer.codes.tolist()}
    assert sum(unit.startswith("zip3:") for unit in view.geounits) == len(groups)
    assert {m[4:7] for m in view.members(number[GeoUnitId("zip3:606")])} == {"606"}


def test_a_grouped_view_draws_each_polygon_of_its_level_once(geography: Geography) -> None:
    for key in ("zip3", "metro"):
        view = geography.view(key)
        plain = geography.view(view.level)
        assert view.unit_of_feature is not None
        assert len(view.unit_of_feature) == len(plain.geounits)
        assert set(view.unit_of_feature.tolist()) == set(range(len(view.geounits)))
        assert view.polygons == plain.polygons
        everything = view.members_of(range(len(view.geounits)))
        assert sorted(everything) == sorted(plain.geounits)


def test_metro_areas_unite_counties_and_others_stay_alone(geography: Geography) -> None:
    view = geography.view("metro")
    chicago = view.number_of(geography.layer(GeoLevel.COUNTY).geounits[0])
    assert chicago >= 0
    cook = next(n for n in range(len(view.names)) if "county:17031" in view.members(n))
    assert view.names[cook].startswith("Chicago")
    assert {"county:17031", "county:17043", "county:17197"} <= set(view.members(cook))
    assert view.numbers_of(view.members(cook)) == [cook]
    titles = [title for _, title in geography.view_titles]
    assert titles == ["Countries", "States", "Metro areas", "Counties", "ZIP3 areas", "ZIP areas"]


def test_damaged_metro_areas_say_what_to_do(
    geography: Geography, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("geo")
    for path in geography.folder.iterdir():
        (folder / path.name).symlink_to(path)
    (folder / METRO_FILE).unlink()
    without = Geography.load(folder)
    assert not without.has_view("metro")
    with pytest.raises(KeyError):
        without.view("metro")
    np.savez(folder / METRO_FILE, codes=np.array([b"1"]), names=np.frombuffer(b"a\nb", np.uint8),
             county_codes=np.array([b"17031"]), county_group=np.array([5]))  # fmt: skip
    with pytest.raises(StoreError):
        Geography.load(folder).view("metro")
