# SPDX-License-Identifier: MIT
"""Areas that are divided touch areas that are not, on the shipped geography."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId, TerritoryId
from app.services.alignment import Alignment, unit_claims
from app.services.commands import AssignGeoUnits, CreateTerritory
from app.services.contiguity import connections
from app.services.contiguity.borders import Borders
from app.services.contiguity.parts import PartKind
from app.services.contiguity.plan_graph import PlanGraph, plan_graph
from app.services.contiguity.seams import Seams, seam_ends
from app.services.geography.geography import Geography
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from app.ui.resources import RESOURCES

A, B = TerritoryId(1), TerritoryId(2)
WAYNE, INGHAM = GeoUnitId("county:26163"), GeoUnitId("county:26065")
"""Detroit, at the border of Ontario, and Lansing, in the middle of Michigan."""


@pytest.fixture(scope="module")
def geography() -> Geography:
    return Geography.load(RESOURCES / "geo")


@pytest.fixture(scope="module")
def borders(geography: Geography) -> Borders:
    return Borders.of(geography)


def named(geography: Geography, level: GeoLevel, name: str) -> GeoUnitId:
    layer = geography.layer(level)
    return layer.geounits[list(layer.names).index(name)]


def graph_of(
    geography: Geography, borders: Borders, units: dict[GeoUnitId, TerritoryId]
) -> PlanGraph:
    alignment = Alignment({unit: frozenset((owner,)) for unit, owner in units.items()})
    claims = unit_claims(alignment, geography, {A: 0, B: 1})
    seams = Seams(borders, geography).ends(claims)
    return plan_graph(borders, claims, alignment, {A: 0, B: 1}, more_ends=seams)


def test_a_county_at_the_border_touches_the_province_beyond_it(
    geography: Geography, borders: Borders
) -> None:
    ontario = named(geography, GeoLevel.STATE, "Ontario, Canada")
    assert len(graph_of(geography, borders, {ontario: A, WAYNE: A}).parts()) == 1


def test_a_county_in_the_middle_does_not_and_is_no_island(
    geography: Geography, borders: Borders
) -> None:
    ontario = named(geography, GeoLevel.STATE, "Ontario, Canada")
    parts = graph_of(geography, borders, {ontario: A, INGHAM: A}).parts()
    assert parts.kind.tolist() == [PartKind.MAIN, PartKind.CUT_OFF]


def test_a_zip_area_at_the_border_touches_it_and_one_beside_it_does_not(
    geography: Geography, borders: Borders
) -> None:
    sonora = named(geography, GeoLevel.STATE, "Sonora, Mexico")
    nogales, phoenix = GeoUnitId("zip:85621"), GeoUnitId("zip:85003")
    assert len(graph_of(geography, borders, {sonora: A, nogales: A}).parts()) == 1
    assert len(graph_of(geography, borders, {sonora: A, phoenix: A}).parts()) == 2


def test_a_plan_that_holds_nothing_beyond_the_border_asks_for_no_seam(
    geography: Geography, borders: Borders
) -> None:
    alignment = Alignment({WAYNE: frozenset((A,))})
    ends = Seams(borders, geography).ends(unit_claims(alignment, geography, {A: 0}))
    assert len(ends[0]) == 0


def test_borders_that_finer_units_share_are_no_seams(borders: Borders) -> None:
    one, other = seam_ends(borders)
    michigan, ohio = (borders.number_of(GeoUnitId(f"state:{code}")) for code in ("26", "39"))
    ends = {frozenset(pair) for pair in zip(one.tolist(), other.tolist(), strict=True)}
    assert frozenset((michigan, ohio)) not in ends
    assert np.isin(michigan, np.concatenate((one, other)))


def test_another_thread_finds_the_seams_of_a_plan(
    geography: Geography, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = AppFolders(tmp_path / "work", tmp_path / "backups", tmp_path / "logs")
    plan = Workspace.create(tmp_path / "p.evenfield", folders, geography, "Border")
    try:
        plan.run(CreateTerritory("North"))
        north = plan.territories[0].id
        ontario = named(geography, GeoLevel.STATE, "Ontario, Canada")
        plan.run(AssignGeoUnits((ontario, WAYNE), north))
        with ThreadPoolExecutor(1) as pool:
            found = pool.submit(plan.connections.seam_work()).result()
        elsewhere = Seams(Borders.of(other := Geography.load(RESOURCES / "geo")), other)
        plan.connections.take_seams(elsewhere)  # of other areas: not kept
        plan.connections.take_seams(found)

        def refuse(*_arguments: object) -> None:
            pytest.fail("the seams were looked for again")

        monkeypatch.setattr(connections, "Seams", refuse)
        assert len(plan.connections.graph.parts()) == 1
    finally:
        plan.close()
