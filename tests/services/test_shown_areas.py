# SPDX-License-Identifier: MIT
"""Which polygons draw a view, and in whose colours."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId, TerritoryId
from app.services.alignment import MIXED, NOBODY
from app.services.commands import AssignGeoUnits
from app.services.geography.area_view import AreaView
from app.services.geography.packed import read_ply1
from app.services.map_layers import territory_colors
from app.services.shown_areas import ShownAreas, colors_of_features
from app.services.workspace import Workspace
from tests.helpers.block_geography import county_at, zip_at
from tests.helpers.block_plan import block_workspace

A, B = TerritoryId(1), TerritoryId(2)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = block_workspace(tmp_path)
    yield workspace
    workspace.close()


def give(plan: Workspace, territory: TerritoryId | None, *units: str) -> None:
    plan.run(AssignGeoUnits(tuple(map(GeoUnitId, units)), territory, "x"))


def held_by_unit(shown: ShownAreas, view: AreaView, unit: GeoUnitId) -> list[int]:
    number = view.position_by_geounit[unit]
    of_feature = view.unit_of_feature
    rows = np.array([number]) if of_feature is None else np.flatnonzero(of_feature == number)
    return shown.held(view)[rows].tolist()


def test_an_undivided_county_is_drawn_as_a_whole(plan: Workspace) -> None:
    give(plan, A, county_at(0, 0))
    shown = ShownAreas(plan)
    view = shown.view("county")
    assert view is plan.geography.view(GeoLevel.COUNTY)
    assert held_by_unit(shown, view, county_at(0, 0)) == [0]


def test_a_divided_county_is_drawn_by_its_zip_areas_and_still_one_unit(plan: Workspace) -> None:
    give(plan, A, county_at(0, 0))
    give(plan, B, zip_at(1, 1))
    shown = ShownAreas(plan)
    view = shown.view("county")
    assert view.geounits == plan.geography.view(GeoLevel.COUNTY).geounits
    assert sorted(held_by_unit(shown, view, county_at(0, 0))) == [0, 0, 0, 1]
    assert held_by_unit(shown, view, county_at(0, 2)) == [NOBODY]
    assert plan.unit_territory("county")[view.position_by_geounit[county_at(0, 0)]] == MIXED
    # Three polygons more than there are units, each with the outline of what it draws.
    assert len(view.features) == len(view.units) + 3
    zips = read_ply1(plan.geography.folder / "view_zip.ply")
    packed = view.packed()
    assert packed.feature_count == len(view.features)
    for at in range(len(view.features)):
        if view.features.depth[at] == GeoLevel.ZIP.depth:
            index = int(view.features.index[at])
            one, other = packed.subset(at, at + 1), zips.subset(index, index + 1)
            assert np.array_equal(one.xy, other.xy)
    assert view.members_of([view.position_by_geounit[county_at(0, 0)]]) == (county_at(0, 0),)


def test_what_is_drawn_by_finer_areas_stays_so_while_the_view_is_shown(plan: Workspace) -> None:
    give(plan, B, zip_at(1, 1))
    shown = ShownAreas(plan)
    view = shown.view("county")
    give(plan, A, county_at(0, 0))
    assert shown.view("county") is view
    assert held_by_unit(shown, view, county_at(0, 0)) == [0] * 4
    give(plan, B, zip_at(3, 3))
    assert shown.view("county") is not view
    shown.view("state")
    give(plan, None, zip_at(3, 3))
    assert shown.view("county") is plan.geography.view(GeoLevel.COUNTY)


def test_colours_of_units_are_those_of_their_polygons(plan: Workspace) -> None:
    give(plan, B, zip_at(1, 1))
    shown = ShownAreas(plan)
    view = shown.view("county")
    held = shown.held(view)
    by_unit = territory_colors(
        plan.unit_territory("county"), [0, 1, 2], ["A", "B", "C"], dark=False
    )
    spread = colors_of_features(by_unit, view, held)
    assert len(spread.rgba) == len(view.features)
    assert np.array_equal(spread.groups, held)
    assert view.unit_of_feature is not None
    assert np.array_equal(spread.rgba[0], by_unit.rgba[view.unit_of_feature[0]])


def test_a_view_that_the_plan_has_no_longer_gives_way_to_counties(plan: Workspace) -> None:
    assert ShownAreas(plan).view("layer:7").key == "county"


def test_zip3_areas_unite_zip_areas_and_sum_what_lies_in_them(plan: Workspace) -> None:
    view = plan.geography.view("zip3")
    assert view.geounits[:2] == ("zip3:100", "zip3:110")
    assert set(view.members(0)) == {zip_at(0, column) for column in range(8)}
    # Accounts 1 to 8 have sales of ten times their number.
    sales = plan.unit_values("zip3", plan.measures[1].id)
    assert sales[0] == 10.0 * sum(range(1, 9))
    assert view.geounits[-1] == "country:FR"
    give(plan, A, *view.members(0))
    assert plan.unit_territory("zip3").tolist()[:2] == [0, NOBODY]
    give(plan, B, zip_at(0, 3))
    assert plan.unit_territory("zip3").tolist()[0] == MIXED
    history = plan.history_status()
    assert history.undo_label == "Assign 1 ZIP area to x"
