# SPDX-License-Identifier: MIT
"""The graph of a plan: units at the finest level used, parts, islands and links."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.models.errors import EditRejected
from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands import AddLink, AssignGeoUnits, RemoveLink
from app.services.contiguity.parts import PartKind
from app.services.workspace import Workspace
from tests.helpers.block_geography import COLUMNS, ISLAND, ROWS, county_at, zip_at
from tests.helpers.block_plan import block_workspace, draw, territory_id


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = block_workspace(tmp_path)
    yield workspace
    workspace.close()


def nodes_of(workspace: Workspace) -> set[GeoUnitId]:
    graph = workspace.connections.graph.graph
    return set(graph.geounits(np.arange(len(graph))))


def test_a_plan_without_assignments_has_one_node_per_country(plan: Workspace) -> None:
    assert nodes_of(plan) == {"country:US", "country:FR"}


def test_a_divided_county_is_its_zip_areas_and_another_is_one_node(plan: Workspace) -> None:
    a = territory_id(plan, "A")
    plan.run(AssignGeoUnits((county_at(0, 0),), a))
    plan.run(AssignGeoUnits((zip_at(0, 2),), a))
    west = {county_at(row, column) for row in (0, 2, 4) for column in (0, 2)}
    inside = {zip_at(row, column) for row in (0, 1) for column in (2, 3)}
    wanted = (west - {county_at(0, 2)}) | inside | {"state:02", "country:FR"}
    assert nodes_of(plan) == wanted


def test_units_of_different_levels_touch_where_their_finer_units_do(plan: Workspace) -> None:
    a = territory_id(plan, "A")
    plan.run(AssignGeoUnits((county_at(0, 0), zip_at(0, 2)), a))
    parts = plan.connections.graph.parts()
    assert len(parts) == 1
    plan.run(AssignGeoUnits((zip_at(0, 2),), None))
    plan.run(AssignGeoUnits((zip_at(0, 3),), a))
    assert [int(kind) for kind in plan.connections.graph.parts().kind] == [
        PartKind.MAIN,
        PartKind.CUT_OFF,
    ]


def test_the_main_part_is_the_one_with_most_of_the_measure(plan: Workspace) -> None:
    draw(plan, "A....... ........ ........ ........ ........ .......A")
    graph = plan.connections.graph
    values = plan.accounts.measure(plan.main_measure.id)
    parts = graph.parts(graph.worth(plan.accounts.unit_index, values))
    assert graph.graph.geounits(parts.nodes(0)) == (zip_at(5, 7),)
    assert parts.worth.tolist() == [480.0, 10.0]


def test_an_island_is_no_part_that_is_cut_off_until_it_is_linked(plan: Workspace) -> None:
    draw(plan, "AAAA.... ........ ........ ........ ........ ........")
    a = territory_id(plan, "A")
    plan.run(AssignGeoUnits((ISLAND,), a))
    assert PartKind.ISLAND in plan.connections.graph.parts().kind
    assert PartKind.CUT_OFF not in plan.connections.graph.parts().kind
    plan.run(AddLink(ISLAND, zip_at(0, 3), "Ferry"))
    assert len(plan.connections.graph.parts()) == 1
    assert plan.connections.links[0].note == "Ferry"
    plan.undo()
    assert len(plan.connections.graph.parts()) == 2
    plan.redo()
    plan.run(RemoveLink(zip_at(0, 3), ISLAND))
    assert plan.connections.links == ()
    assert len(plan.connections.graph.parts()) == 2


def test_a_link_to_a_divided_county_joins_its_nearest_zip_area(plan: Workspace) -> None:
    draw(plan, "......BB ......BA ........ ........ ........ ........")
    a = territory_id(plan, "A")
    plan.run(AssignGeoUnits((ISLAND,), a))
    plan.run(AddLink(ISLAND, county_at(0, 6)))
    assert PartKind.ISLAND not in plan.connections.graph.parts().kind


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        (zip_at(0, 0), zip_at(0, 1), "share a border already"),
        (zip_at(0, 0), zip_at(0, 0), "not two separate areas"),
        (zip_at(0, 0), county_at(0, 0), "not two separate areas"),
        (zip_at(0, 0), GeoUnitId("zip:00000"), "no area"),
    ],
)
def test_a_link_that_means_nothing_is_refused(
    plan: Workspace, one: GeoUnitId, other: GeoUnitId, words: str
) -> None:
    with pytest.raises(EditRejected, match=words):
        plan.run(AddLink(one, other))
    assert plan.connections.links == ()


def test_an_area_in_dispute_counts_for_each_claimant(plan: Workspace) -> None:
    draw(plan, "AB.BA... ........ ........ ........ ........ ........")
    a, b = territory_id(plan, "A"), territory_id(plan, "B")
    plan.run(AssignGeoUnits((zip_at(0, 2),), b))
    kinds = plan.connections.graph.parts().kind.tolist()
    assert kinds == [PartKind.MAIN, PartKind.CUT_OFF, PartKind.MAIN]
    for column in (1, 2, 3):
        plan.run(AssignGeoUnits((zip_at(0, column),), a, add=True))
    assert plan.connections.graph.parts().kind.tolist() == [PartKind.MAIN, PartKind.MAIN]


def test_units_that_split_are_those_without_which_a_part_falls_apart(plan: Workspace) -> None:
    picture = "AAA..... A.A..... AAAA.... ........ ........ ........"
    draw(plan, picture)
    found = set(plan.connections.units_that_split(territory_id(plan, "A")))
    # The ring has two ways round; only the corner that holds the tail is alone in its place.
    assert found == {zip_at(2, 2)}


def random_plan(plan: Workspace, chance: np.random.Generator) -> None:
    """Assign some units of any level to anybody, nobody included."""
    territories: list[TerritoryId | None] = [t.id for t in plan.territories]
    for _ in range(12):
        row, column = int(chance.integers(ROWS)), int(chance.integers(COLUMNS))
        units = (zip_at(row, column), county_at(row, column), GeoUnitId("state:01"), ISLAND)
        unit = units[int(chance.choice(4, p=[0.7, 0.2, 0.05, 0.05]))]
        taker = [*territories, None][int(chance.integers(len(territories) + 1))]
        may_add = taker is not None and chance.random() < 0.15
        plan.run(AssignGeoUnits((unit,), taker, add=may_add))


@pytest.mark.parametrize("seed", range(8))
def test_parts_are_those_that_walking_from_unit_to_unit_finds(plan: Workspace, seed: int) -> None:
    random_plan(plan, np.random.default_rng(seed))
    graph = plan.connections.graph
    parts = graph.parts()
    units = graph.graph.geounits(np.arange(len(graph.graph)))
    touching = {frozenset((units[a], units[b])) for a, b in zip(*graph.graph.ends, strict=True)}
    for position, territory in enumerate(plan.territories):
        held = [unit for unit in units if territory.id in plan.holdings.territories_claiming(unit)]
        found = {frozenset(graph.graph.geounits(parts.nodes(p))) for p in parts.of(position)}
        assert found == _walked(held, touching)


def _walked(units: list[GeoUnitId], touching: set[frozenset[GeoUnitId]]) -> set[frozenset[str]]:
    left, found = set(units), set()
    while left:
        reached: set[GeoUnitId] = set()
        waiting = [left.pop()]
        while waiting:
            unit = waiting.pop()
            reached.add(unit)
            waiting += [u for u in left if frozenset((u, unit)) in touching]
            left -= set(waiting)
        found.add(frozenset(reached))
    return found


def test_two_zip_areas_touch_where_the_picture_shows_it(plan: Workspace) -> None:
    draw(plan, "ABABABAB BABABABA ABABABAB BABABABA ABABABAB BABABABA")
    graph = plan.connections.graph.graph
    units = graph.geounits(np.arange(len(graph)))
    found = {frozenset((units[a], units[b])) for a, b in zip(*graph.ends, strict=True)}
    wanted = {
        frozenset((zip_at(row, column), zip_at(row + down, column + right)))
        for row in range(ROWS)
        for column in range(COLUMNS)
        for down, right in ((0, 1), (1, 0))
        if row + down < ROWS and column + right < COLUMNS
    }
    assert found == wanted
