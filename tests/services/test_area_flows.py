# SPDX-License-Identifier: MIT
"""Filling holes, splitting by a line, adopting borders: by hand, on the block geography."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.models.errors import EditRejected
from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId
from app.services.adopting import Region, adopt_regions, snap_to_regions
from app.services.commands import AssignGeoUnits, SetAllLocks, SetTerritoryLock
from app.services.holes import fill_holes
from app.services.line_split import is_right_of, split_by_line
from app.services.workspace import Workspace
from tests.helpers.block_geography import county_at, zip_at
from tests.helpers.block_plan import block_workspace, draw, territory_id

RING = "AAAA.... A..A.... AAAA.... .BBB.... .B.B.... .BBB...."


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = block_workspace(tmp_path)
    yield workspace
    workspace.close()


def picture(plan: Workspace) -> str:
    """Who holds what, as `draw` takes it."""
    names = {territory.id: territory.name for territory in plan.territories}
    rows = [
        "".join(
            "".join(names[t] for t in plan.holdings.territories_claiming(zip_at(row, column)))
            or "."
            for column in range(8)
        )
        for row in range(6)
    ]
    return " ".join(rows)


def test_holes_are_filled_in_one_step(plan: Workspace) -> None:
    draw(plan, RING)
    command = fill_holes(plan)
    assert command is not None
    assert command.label == "Fill 2 holes"
    plan.run(command)
    assert picture(plan) == "AAAA.... AAAA.... AAAA.... .BBB.... .BBB.... .BBB...."
    assert fill_holes(plan) is None
    plan.undo()
    assert picture(plan) == RING


def test_holes_of_one_territory_and_of_locked_ones(plan: Workspace) -> None:
    draw(plan, RING)
    command = fill_holes(plan, territory_id(plan, "B"))
    assert command is not None
    assert command.label == "Fill 1 hole"
    plan.run(SetAllLocks(is_locked=True))
    assert fill_holes(plan) is None
    assert plan.history_steps()[-1].label == "Lock all territories"


def test_a_line_parts_a_territory_by_label_points(plan: Workspace) -> None:
    draw(plan, "AAAA.... AAAA.... ........ ........ ........ ........")
    a = territory_id(plan, "A")
    # South to north at 99 west: column 0 and 1 lie to the left.
    split = split_by_line(plan, a, [(-99.0, 38.0), (-99.0, 41.0)])
    assert set(split.rest) | set(split.units) == {
        zip_at(row, column) for row in (0, 1) for column in range(4)
    }
    assert set(split.units) == {zip_at(row, column) for row in (0, 1) for column in (0, 1)}
    # 10 + 20 + 90 + 100 is less than 30 + 40 + 110 + 120.
    assert (split.account_count, split.value, split.rest_value) == (4, 220.0, 300.0)
    plan.run(split.command("West"))
    assert territory_id(plan, "West")
    assert picture(plan).startswith("WestWestAA")


def test_a_short_line_goes_on_beyond_its_ends(plan: Workspace) -> None:
    draw(plan, "AAAA.... AAAA.... ........ ........ ........ ........")
    split = split_by_line(plan, territory_id(plan, "A"), [(-99.0, 39.5), (-99.0, 39.6)])
    assert len(split.units) == len(split.rest) == 4


def test_a_line_with_a_corner_parts_by_its_pieces(plan: Workspace) -> None:
    draw(plan, "AAAA.... AAAA.... AAAA.... AAAA.... ........ ........")
    # From the north down to 39 north at 99 west, then east: the north-east block lies to the left.
    line = [(-99.0, 41.0), (-99.0, 39.0), (-95.0, 39.0)]
    split = split_by_line(plan, territory_id(plan, "A"), line)
    block = {zip_at(row, column) for row in (0, 1) for column in (2, 3)}
    assert block in (set(split.units), set(split.rest))


def test_coarse_units_are_divided_by_a_line_on_a_finer_level(plan: Workspace) -> None:
    a = territory_id(plan, "A")
    plan.run(AssignGeoUnits((county_at(0, 0),), a))
    line = [(-99.5, 38.0), (-99.5, 41.0)]
    with pytest.raises(EditRejected, match="one side"):
        split_by_line(plan, a, line)
    split = split_by_line(plan, a, line, GeoLevel.ZIP)
    assert set(split.units) == {zip_at(0, 0), zip_at(1, 0)}
    plan.run(split.command("West"))
    assert plan.holdings.territories_claiming(zip_at(0, 1)) == (a,)


@pytest.mark.parametrize("line", [[(-99.0, 39.0)], [(-99.0, 39.0)] * 3, []])
def test_a_line_without_length_is_refused(plan: Workspace, line: list[tuple[float, float]]) -> None:
    draw(plan, "AA...... ........ ........ ........ ........ ........")
    with pytest.raises(EditRejected, match="two points"):
        split_by_line(plan, territory_id(plan, "A"), line)


def test_right_of_a_zigzag_is_where_the_polygon_at_its_right_is() -> None:
    import shapely  # noqa: PLC0415 only this oracle needs it

    line = np.array([(0.0, -30.0), (0.0, 0.0), (3.0, 0.0), (3.0, 2.0), (1.0, 3.0), (1.0, 30.0)])
    line[:, 1] /= 100.0  # near the equator, so that degrees are alike
    line[:, 0] /= 100.0
    right = shapely.Polygon([*line.tolist(), (9.0, 0.3), (9.0, -0.3)])
    chance = np.random.default_rng(4)
    lon, lat = chance.uniform(-0.05, 0.08, 400), chance.uniform(-0.05, 0.08, 400)
    wanted = shapely.contains_xy(right, lon, lat)
    assert np.array_equal(is_right_of(line, lon, lat), wanted)


STATES = (Region("West", (GeoUnitId("state:01"),)), Region("East", (GeoUnitId("state:02"),)))


def test_regions_become_territories_of_their_names(plan: Workspace) -> None:
    draw(plan, "AAAAAA.. ........ ........ ........ ........ ........")
    adoption = adopt_regions(plan, STATES, "states")
    assert (adoption.region_count, adoption.created) == (2, ("West", "East"))
    assert adoption.command is not None
    plan.run(adoption.command)
    west, east = territory_id(plan, "West"), territory_id(plan, "East")
    assert plan.holdings.geounits_of_territory(west) == ("state:01",)
    assert plan.holdings.geounits_of_territory(east) == ("state:02",)
    plan.undo()
    assert {territory.name for territory in plan.territories} == {"A", "B", "C"}


def test_a_region_goes_to_the_territory_that_has_its_name_already(plan: Workspace) -> None:
    adoption = adopt_regions(plan, (Region("a", (GeoUnitId("state:01"),)),), "states")
    assert adoption.created == ()
    assert adoption.effect is not None
    assert adoption.effect.account_count == 24
    assert adoption.command is not None
    plan.run(adoption.command)
    assert plan.holdings.geounits_of_territory(territory_id(plan, "A")) == ("state:01",)


def test_regions_with_a_locked_territory_in_them_are_left_out(plan: Workspace) -> None:
    draw(plan, "A....... ........ ........ ........ ........ ........")
    plan.run(SetTerritoryLock(territory_id(plan, "A"), is_locked=True))
    adoption = adopt_regions(plan, STATES, "states")
    assert (adoption.left_out, adoption.created) == (("West",), ("East",))


def test_borders_snap_to_who_has_most_of_the_measure(plan: Workspace) -> None:
    draw(plan, "AAABB... AABBB... ........ ........ ........ ........")
    counties = tuple(
        Region(county_at(row, column), (county_at(row, column),))
        for row in (0, 2, 4)
        for column in (0, 2, 4, 6)
    )
    adoption = snap_to_regions(plan, counties, "counties")
    # Columns 2 and 3: A has 30, B has 40 + 110 + 120. Columns 4 and 5: B has 50 + 130, nobody
    # has 60 + 140.
    assert adoption.region_count == 2
    assert adoption.command is not None
    assert adoption.effect is not None
    assert adoption.effect.account_count == 1 + 2
    plan.run(adoption.command)
    assert picture(plan).startswith("AABB.... AABB.... ")
    assert snap_to_regions(plan, counties, "counties").command is None
