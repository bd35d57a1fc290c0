# SPDX-License-Identifier: MIT
"""Areas have their names where these have room."""

import numpy as np
import pytest

from app.services.geography.geography import Geography
from app.ui.map.area_names import label_points, short_name


def test_each_area_is_named_at_its_own_label_point(geography: Geography) -> None:
    shown = geography.view("county")
    points = label_points(geography, shown)
    layer = geography.layer(shown.level)
    cook = layer.code_texts.tolist().index("17031")
    number = shown.geounits.index("county:17031")
    assert points[number] == pytest.approx([layer.lon[cook], layer.lat[cook]])


def test_a_group_is_named_in_the_middle_of_its_areas(geography: Geography) -> None:
    shown = geography.view("zip3")
    number = shown.geounits.index("zip3:606")
    layer = geography.layer(shown.level)
    inside = [i for i, code in enumerate(layer.code_texts) if code.startswith("606")]
    assert inside
    points = label_points(geography, shown)
    assert points[number] == pytest.approx([np.mean(layer.lon[inside]), np.mean(layer.lat[inside])])


@pytest.mark.parametrize(
    ("key", "name", "written"),
    [
        ("zip", "60601 Chicago, IL", "60601"),
        ("zip3", "ZIP3 606", "606"),
        ("county", "Cook County, IL", "Cook"),
        ("metro", "Chicago, IL", "Chicago"),
        ("layer:1", "North, inner", "North, inner"),
    ],
)
def test_names_are_short(key: str, name: str, written: str) -> None:
    assert short_name(key, name) == written
