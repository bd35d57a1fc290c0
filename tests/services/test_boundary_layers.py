# SPDX-License-Identifier: MIT
"""Boundary layers over the block geography: areas, assignments and accounts follow.

The layer "West" replaces the ZIP areas of the western state (columns 0 to 3):

- 10000 covers its own place and that of 10010, which is gone;
- 11000 keeps the western half of its place, the new 11999 gets the eastern half;
- 12000 is gone, and no area lies there;
- all others are as they were.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.models.boundary_layer import BoundaryRole
from app.models.errors import EditRejected
from app.models.geounit import GeoLevel
from app.models.ids import AccountId, GeoUnitId, MeasureId, TerritoryId
from app.models.measure import Measure, MeasureKind
from app.services.alignment import NOBODY
from app.services.boundaries.prepared import PreparedLayer
from app.services.commands import AddBoundaryLayer, AssignGeoUnits, RemoveBoundaryLayer
from app.services.geography.packed import PackedPolygons, to_polygons
from app.services.shown_areas import ShownAreas
from app.services.store.document import AppFolders, PlanDocument
from app.services.workspace import Workspace
from tests.helpers.block_geography import ROWS, BlockGeography, zip_at
from tests.helpers.block_plan import block_workspace
from tests.helpers.boundary_layers import Box, adding, layer_of_boxes
from tests.helpers.log_watch import LogWatch
from tests.helpers.plans import dump_hash

A, B = TerritoryId(1), TerritoryId(2)
FRANCE = {"75001": (1.0, 45.0, 2.0, 47.0), "75002": (2.0, 45.0, 3.0, 47.0)}


def box_at(row: int, column: int) -> Box:
    west, north = -100.0 + 0.5 * column, 40.0 - 0.5 * row
    return (west, north - 0.5, west + 0.5, north)


def west() -> PreparedLayer:
    boxes = {zip_at(r, c)[4:]: box_at(r, c) for r in range(ROWS) for c in range(4)}
    del boxes["10010"], boxes["12000"]
    boxes["10000"] = (-100.0, 39.5, -99.0, 40.0)
    boxes["11000"] = (-100.0, 39.0, -99.75, 39.5)
    boxes["11999"] = (-99.75, 39.0, -99.5, 39.5)
    return layer_of_boxes(boxes)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = block_workspace(tmp_path)
    yield workspace
    workspace.close()


def give(plan: Workspace, territory: TerritoryId, *units: str) -> None:
    plan.run(AssignGeoUnits(tuple(map(GeoUnitId, units)), territory, "x"))


def served(plan: Workspace, account: int) -> int:
    return int(plan.account_territory[account - 1])


def zip_of(plan: Workspace, account: int) -> str:
    layer = plan.geography.layer(GeoLevel.ZIP)
    return str(layer.code_texts[plan.accounts.unit_index[GeoLevel.ZIP][account - 1]])


def test_areas_with_the_same_code_are_exchanged_and_others_of_the_state_are_gone(
    plan: Workspace,
) -> None:
    plan.run(adding(west()))
    geography = plan.geography
    assert geography.is_known(GeoUnitId("zip:10000"))
    assert not geography.is_known(GeoUnitId("zip:10010"))
    assert not geography.is_known(GeoUnitId("zip:12000"))
    assert geography.parent(GeoUnitId("zip:11999")) == "county:01000"
    assert geography.parent(GeoUnitId("zip:10000")) == "county:01000"
    layer = geography.layer(GeoLevel.ZIP)
    assert layer.bounds[layer.index_of("10000")].tolist() == [-100.0, 39.5, -99.0, 40.0]
    assert layer.names[layer.index_of("10000")] == "Block 10000"
    assert len(layer) == 49 - 1
    # The state that the layer says nothing about keeps its areas.
    assert geography.is_known(zip_at(0, 4))
    assert plan.geography.shipped.is_known(GeoUnitId("zip:10010"))


def neighbors(plan: Workspace, code: str) -> set[str]:
    layer = plan.geography.layer(GeoLevel.ZIP)
    return {str(layer.codes[at]) for at in layer.neighbors_of(layer.index_of(code)).tolist()}


def test_neighbours_are_those_of_the_layer_and_across_its_edge_those_of_before(
    plan: Workspace,
) -> None:
    plan.run(adding(west()))
    assert neighbors(plan, "10000") == {"10020", "11000", "11999", "11010"}
    assert neighbors(plan, "10030") == {"10020", "11030", "10040"}
    assert neighbors(plan, "10040") == {"10030", "10050", "11040"}
    assert neighbors(plan, "13000") == {"13010", "14000"}


def test_the_view_draws_every_unit_by_its_own_polygon(plan: Workspace) -> None:
    plan.run(adding(west()))
    view = plan.geography.view(GeoLevel.ZIP)
    layer = plan.geography.layer(GeoLevel.ZIP)
    assert view.geounits[: len(layer)] == layer.geounits
    assert view.geounits[len(layer) :] == ("country:FR",)
    polygons, feature = to_polygons(view.packed())
    x, y = np.array([(p.centroid.x, p.centroid.y) for p in polygons]).T
    lon, lat = x * 360.0 - 180.0, np.degrees(np.arctan(np.sinh((0.5 - y) * 2.0 * np.pi)))
    np.testing.assert_allclose(lon[feature.argsort()][: len(layer)], layer.lon, atol=1e-4)
    np.testing.assert_allclose(lat[feature.argsort()][: len(layer)], layer.lat, atol=1e-2)
    assert isinstance(view.polygons, bytes)
    # Coarser views do not change.
    shipped = plan.geography.shipped
    assert plan.geography.view(GeoLevel.COUNTY) is shipped.view(GeoLevel.COUNTY)


def test_assignments_stay_with_the_code_and_new_areas_go_to_whom_their_place_belonged_to(
    plan: Workspace,
) -> None:
    give(plan, A, "zip:11000", "zip:10010")
    give(plan, B, "zip:10000")
    plan.run(adding(west()))
    units = plan.state.alignment.units
    assert units[GeoUnitId("zip:11000")] == units[GeoUnitId("zip:11999")] == {A}
    assert units[GeoUnitId("zip:10000")] == {B}
    assert GeoUnitId("zip:10010") in units  # stored, although it does nothing now
    # Account 2 lay in 10010, account 9 in 11000 and right at the new border.
    assert zip_of(plan, 2) == "10000"
    assert served(plan, 2) == 1
    assert served(plan, 9) == 0


def test_an_account_where_no_area_is_lies_in_the_county_alone(plan: Workspace) -> None:
    give(plan, A, "county:01010")
    give(plan, B, "zip:12000")
    account = 2 * 8 + 1
    assert served(plan, account) == 1
    plan.run(adding(west()))
    assert zip_of(plan, account) == ""
    assert served(plan, account) == 0


def test_accounts_that_were_placed_by_code_stay_with_it_while_there_is_such_an_area(
    plan: Workspace,
) -> None:
    with plan.document.store.transaction() as tx:
        columns = ("id", "placed_by", "postal_code")
        # Their points lie in 10030 and 10020; 10010 is gone, 11000-1234 is not.
        tx.put("account", columns, [(4, "postal_code", "10010"), (3, "postal_code", "11000-1234")])
    plan.run(adding(west()))
    assert zip_of(plan, 4) == "10030"
    assert zip_of(plan, 3) == "11000"


def test_undo_and_removal_bring_everything_back(plan: Workspace) -> None:
    give(plan, A, "zip:10010")
    give(plan, B, "zip:10000")
    before, who = dump_hash(plan.document.store), plan.account_territory.tolist()
    plan.run(adding(west()))
    changed = plan.account_territory.tolist()
    assert changed != who
    plan.undo()
    assert dump_hash(plan.document.store) == before
    assert plan.account_territory.tolist() == who
    assert plan.geography is plan.geography.shipped
    plan.redo()
    assert plan.account_territory.tolist() == changed
    plan.run(RemoveBoundaryLayer(1, "Exact areas"))
    assert plan.account_territory.tolist() == who
    assert plan.areas.layers == ()
    with pytest.raises(EditRejected, match="no longer"):
        plan.run(RemoveBoundaryLayer(1))


def test_only_accounts_that_moved_are_written(plan: Workspace) -> None:
    changes = plan.run(adding(west()))
    # Account 2 lies in 10000 now, account 17 in no area; 9 is on the border of 11000 and 11999.
    assert {2, 17} <= set(changes.edited_accounts) <= {2, 9, 17}


def test_a_plan_with_a_layer_is_the_same_after_reopening(plan: Workspace, tmp_path: Path) -> None:
    give(plan, A, "zip:11000", "county:02020")
    plan.run(adding(west()))
    codes, who = plan.geography.layer(GeoLevel.ZIP).codes, plan.account_territory
    path = plan.document.path
    plan.close()
    folders = AppFolders(tmp_path / "work", tmp_path / "backups", tmp_path / "logs")
    again = Workspace(PlanDocument.open(path, folders), BlockGeography(tmp_path))
    assert np.array_equal(again.geography.layer(GeoLevel.ZIP).codes, codes)
    assert np.array_equal(again.account_territory, who)
    assert [info.name for info in again.areas.layers] == ["Exact areas"]
    again.close()


def test_a_damaged_layer_is_left_out_and_the_plan_opens(
    plan: Workspace, tmp_path: Path, log_watch: LogWatch
) -> None:
    plan.run(adding(west()))
    with plan.document.store.transaction() as tx:
        tx.put("boundary_layer", ("id", "content"), [(1, "AAAA")])
    path = plan.document.path
    plan.close()
    folders = AppFolders(tmp_path / "work", tmp_path / "backups", tmp_path / "logs")
    with log_watch.expect("boundary layer 1 of the plan is damaged"):
        again = Workspace(PlanDocument.open(path, folders), BlockGeography(tmp_path))
    assert [info.id for info in again.areas.damaged] == [1]
    assert again.geography is again.geography.shipped
    assert "The boundaries Exact areas are damaged" in again.document.notices[-1]
    again.run(RemoveBoundaryLayer(1))
    assert again.areas.damaged == ()
    again.close()


def test_areas_of_another_country_join_and_take_accounts_by_postal_code(plan: Workspace) -> None:
    with plan.document.store.transaction() as tx:
        columns = ("id", "external_id", "postal_code", "lon", "lat", "placed_by", "country")
        rows = [
            (60, "F1", "75 002", 1.5, 46.0, "country", "FR"),
            (61, "F2", "75002", 1.5, 46.0, "coordinates", "FR"),
            (62, "F3", "13000", 1.5, 46.0, "country", "FR"),
        ]
        tx.put("account", columns, rows)
    plan.run(adding(layer_of_boxes(FRANCE), BoundaryRole.JOIN, country="FR"))
    rows = plan.accounts.rows_of([AccountId(n) for n in (60, 61, 62)])
    layer = plan.geography.layer(GeoLevel.ZIP)
    found = layer.code_texts[plan.accounts.unit_index[GeoLevel.ZIP][rows]].tolist()
    assert found == ["FR-75002", "FR-75001", ""]
    assert plan.accounts.lon[rows].tolist() == [2.5, 1.5, 1.5]
    assert plan.accounts.text("placed_by")[rows].tolist() == [
        "postal_code",
        "coordinates",
        "country",
    ]
    unit = GeoUnitId("zip:FR-75001")
    assert plan.geography.parent(unit) == "country:FR"
    assert plan.geography.descendants_of(GeoUnitId("country:FR")) == (unit, "zip:FR-75002")
    # The country gives way to its areas at their level, and is drawn as a whole elsewhere.
    assert "country:FR" not in plan.geography.view(GeoLevel.ZIP).geounits
    assert "country:FR" in plan.geography.view(GeoLevel.COUNTY).geounits


def test_the_finest_assignment_wins_also_where_a_level_is_skipped(plan: Workspace) -> None:
    plan.run(adding(layer_of_boxes(FRANCE), BoundaryRole.JOIN, country="FR"))
    give(plan, A, "country:FR")
    give(plan, B, "zip:FR-75002")
    held = dict(
        zip(
            plan.geography.view("zip").geounits,
            plan.unit_territory(GeoLevel.ZIP).tolist(),
            strict=True,
        )
    )
    assert (held[GeoUnitId("zip:FR-75001")], held[GeoUnitId("zip:FR-75002")]) == (0, 1)
    assert plan.holdings.territories_claiming(GeoUnitId("zip:FR-75001")) == (A,)
    # Giving the whole country again removes what was said about its parts.
    give(plan, A, "country:FR")
    assert plan.holdings.territories_claiming(GeoUnitId("zip:FR-75002")) == (A,)
    plan.run(AssignGeoUnits((GeoUnitId("zip:FR-75002"),), None))
    assert plan.holdings.territories_claiming(GeoUnitId("zip:FR-75002")) == ()
    assert plan.holdings.territories_holding(GeoUnitId("country:FR")) == (A,)


def test_own_regions_unite_the_units_whose_label_point_lies_in_them(plan: Workspace) -> None:
    regions = layer_of_boxes(
        {"N": (-100.0, 39.3, -96.0, 40.0), "S": (-100.0, 38.0, -98.2, 39.0)}, {"N": "North coast"}
    )
    changes = plan.run(adding(regions, BoundaryRole.GROUP))
    assert not changes.edited_accounts
    assert plan.geography.view_titles[-1] == ("layer:1", "Exact areas")
    view = plan.geography.view("layer:1")
    assert view.geounits[:2] == ("layer:1:N", "layer:1:S")
    assert view.names[0] == "North coast"
    assert set(view.members(0)) == {zip_at(0, column) for column in range(8)}
    south = {zip_at(row, column) for row in (2, 3) for column in range(4)}
    assert set(view.members(1)) == south
    assert zip_at(5, 5) in view.geounits
    give(plan, A, *view.members(0))
    assert plan.unit_territory("layer:1").tolist()[:2] == [0, NOBODY]
    assert view.numbers_of(view.members(0)) == [0]
    assert view.numbers_of(view.members(0)[:-1]) == []
    assert view.number_of(zip_at(0, 3)) == 0


def test_market_values_of_codes_without_an_area_count_elsewhere(plan: Workspace) -> None:
    with plan.document.store.transaction() as tx:
        tx.put("measure", ("id", "name", "kind", "level"), [(2, "Households", "count", "zip")])
        values = [(2, "zip:10000", 5.0), (2, "zip:10010", 7.0), (2, "zip:11000", 11.0)]
        tx.put("geounit_measure", ("measure_id", "geounit_id", "value"), values)
    plan.run(adding(west()))
    give(plan, A, "county:01000")
    households = Measure(MeasureId(2), "Households", MeasureKind.COUNT, level=GeoLevel.ZIP)
    assert plan.figures.market(households).elsewhere == 7.0
    # The areas of A have 5 and 11; 7 are of a code that no area has.
    totals = plan.figures.market_totals(households, plan.state.claims)
    assert totals.tolist() == [16.0, 0.0, 0.0, 7.0, 0.0]


def test_layers_of_two_states_stand_side_by_side(plan: Workspace) -> None:
    plan.run(adding(west()))
    east = {zip_at(r, c)[4:]: box_at(r, c) for r in range(ROWS) for c in range(4, 8)}
    del east["10040"]
    plan.run(adding(layer_of_boxes(east)))
    assert not plan.geography.is_known(GeoUnitId("zip:10040"))
    assert plan.geography.is_known(GeoUnitId("zip:11999"))
    assert neighbors(plan, "11030") == {"10030", "11020", "12030", "11040"}


def test_too_many_layers_are_refused(plan: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.commands.boundaries._MAX_LAYERS", 1)
    plan.run(adding(west()))
    with pytest.raises(EditRejected, match="do not fit"):
        plan.run(AddBoundaryLayer(west(), plan.areas.layers[0]))


def test_taking_and_joining_polygons_keeps_every_ring() -> None:
    layer = west().polygons
    order = np.array([3, 0, 2])
    taken = layer.take(order)
    assert taken.feature_count == 3
    for place, feature in enumerate(order.tolist()):
        one, other = taken.subset(place, place + 1), layer.subset(feature, feature + 1)
        assert np.array_equal(one.xy, other.xy)
    joined = PackedPolygons.joined([taken, layer.subset(5, 7)])
    assert joined.feature_count == 5
    assert np.array_equal(joined.subset(3, 5).xy, layer.subset(5, 7).xy)


def test_land_between_exact_areas_is_drawn_by_the_county_beneath(plan: Workspace) -> None:
    give(plan, A, "county:01010")
    give(plan, B, "zip:13000")
    plan.run(adding(west()))
    shown = ShownAreas(plan)
    view = shown.view("zip")
    assert view.geounits == plan.geography.view("zip").geounits
    assert view.unit_of_feature is not None
    count = view.under_count
    assert view.unit_of_feature[:count].tolist() == [-1] * 6
    assert view.unit_of_feature[count:].tolist() == list(range(len(view.units)))
    assert view.packed().feature_count == len(view.features)
    counties = plan.geography.layer(GeoLevel.COUNTY).codes[view.features.index[:count]].tolist()
    # The county of the gap shows its own holder, although an area in it belongs to another.
    assert shown.held(view)[counties.index("01010")] == 0
    assert shown.view("zip") is view
    plan.undo()
    assert shown.view("zip") is plan.geography.view("zip")


def test_a_divided_county_with_gaps_shows_its_own_holder_in_them(plan: Workspace) -> None:
    give(plan, A, "county:01010")
    give(plan, B, "zip:13000")
    plan.run(adding(west()))
    shown = ShownAreas(plan)
    view = shown.view("county")
    number = view.position_by_geounit[GeoUnitId("county:01010")]
    assert view.under_count == 1
    assert view.unit_of_feature is not None
    drawn = np.flatnonzero(view.unit_of_feature == number)
    assert drawn[0] == 0
    # Beneath: the county, of A; then 12010, 13000 and 13010, as 12000 is gone.
    assert shown.held(view)[drawn].tolist() == [0, 0, 1, 0]


def test_a_divided_state_shows_its_counties_in_the_gaps(plan: Workspace) -> None:
    give(plan, A, "county:01010")
    plan.run(adding(west()))
    shown = ShownAreas(plan)
    view = shown.view("state")
    assert view.unit_of_feature is not None
    # The western state, its six counties; then the east, France, and the ZIP areas of the west.
    assert view.under_count == 7
    assert view.unit_of_feature[:7].tolist() == [0] * 7
    counties = plan.geography.layer(GeoLevel.COUNTY).codes[view.features.index[1:7]].tolist()
    held = shown.held(view)
    assert held[0] == NOBODY
    assert [held[1 + at] for at in range(6)] == [0 if c == "01010" else NOBODY for c in counties]
    assert view.packed().feature_count == len(view.features) == 7 + 2 + 23
