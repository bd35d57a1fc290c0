# SPDX-License-Identifier: MIT
"""Figures of labels, tooltips, circles and pies against sums by hand of the tiny plan."""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId, TerritoryId
from app.models.map_look import AreaBasis
from app.services.commands import AssignGeoUnits, CreateTerritory
from app.services.map_figures import (
    ABC_COLUMN,
    account_classes,
    area_figure,
    area_values,
    chosen_figures,
    possible_figures,
    territory_figures,
)
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import SALES, tiny_workspace

NORTH, SOUTH = TerritoryId(1), TerritoryId(2)


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    """North holds state 01 (a, b, c, d: 420), South holds state 02 (e, f: 120)."""
    workspace = tiny_workspace(tmp_path)
    for name, territory, state in (("North", NORTH, "01"), ("South", SOUTH, "02")):
        workspace.run(CreateTerritory(name))
        workspace.run(AssignGeoUnits((GeoUnitId(f"state:{state}"),), territory))
    yield workspace
    workspace.close()


def test_figures_of_territories(plan: Workspace) -> None:
    keys = ("accounts", "total:1", "share:1", "deviation:1")
    accounts, total, share, deviation = territory_figures(plan, chosen_figures(plan.measures, keys))
    assert accounts == {NORTH: 4, SOUTH: 2}
    assert total == {NORTH: 420, SOUTH: 120}
    # Of all accounts, also those that nobody serves: 580.
    assert share == pytest.approx({NORTH: 420 / 580, SOUTH: 120 / 580})
    assert deviation == pytest.approx({NORTH: 150 / 270, SOUTH: -150 / 270})


def test_figures_of_measures_that_are_gone_are_left_out(plan: Workspace) -> None:
    chosen = chosen_figures(plan.measures, ("total:99", "nonsense", "total:1"))
    assert [figure.key for figure in chosen] == ["total:1"]


def test_every_figure_has_a_key_of_its_own(plan: Workspace) -> None:
    keys = [figure.key for figure in possible_figures(plan.measures)]
    assert len(set(keys)) == len(keys) == 11


def test_figures_of_an_area(plan: Workspace) -> None:
    number = plan.geography.view(GeoLevel.COUNTY).position_by_geounit[GeoUnitId("county:01001")]
    of = {
        figure.key: area_figure(plan, GeoLevel.COUNTY, number, figure)
        for figure in possible_figures(plan.measures)
    }
    assert of["accounts"] == 3
    assert of["total:1"] == 220
    # Account g lies in another country, which the view shows as well; h lies nowhere.
    assert of["share:1"] == pytest.approx(220 / 570)
    assert math.isnan(of["deviation:1"])


def test_a_measure_per_account(plan: Workspace) -> None:
    view = plan.geography.view(GeoLevel.COUNTY)
    values = area_values(plan, GeoLevel.COUNTY, SALES, AreaBasis.PER_ACCOUNT)
    by_unit = dict(zip(view.geounits, values.tolist(), strict=True))
    assert by_unit[GeoUnitId("county:01001")] == pytest.approx(220 / 3)
    assert by_unit[GeoUnitId("county:01002")] == 200
    total = area_values(plan, GeoLevel.COUNTY, SALES, AreaBasis.TOTAL)
    assert np.nansum(total) == 570


def test_accounts_by_owner_and_by_abc_class(plan: Workspace) -> None:
    owners = account_classes(plan, "owner", SALES)
    assert dict(zip(owners.titles, owners.counts, strict=True)) == {
        "Ann": 3,
        "Bob": 2,
        "Cy": 2,
        "Other or none": 1,
    }
    # 200, 100, 80, 70 make 450 of 580 (78 %); with 50 it is 86 %, with 40 93 %, with 30 98 %.
    classes = account_classes(plan, ABC_COLUMN, SALES)
    assert classes.titles == ("A", "B", "C")
    assert sum(classes.counts) == 8
    assert classes.of_row[3] == 0
    assert classes.of_row[7] == 2


def test_workload_and_utilisation_are_figures_of_territories(plan: Workspace) -> None:
    figures = chosen_figures(plan.measures, ("workload", "utilisation"))
    workload, used = territory_figures(plan, figures)
    lines = {line.territory_id: line for line in plan.work.report().lines}
    assert workload[NORTH] == lines[NORTH].workload_hours
    assert used[SOUTH] == lines[SOUTH].utilisation_fraction
    # An area has none of its own.
    assert np.isnan(area_figure(plan, GeoLevel.COUNTY, 0, figures[0]))
