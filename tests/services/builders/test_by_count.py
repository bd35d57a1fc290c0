# SPDX-License-Identifier: MIT
"""A number of territories by area: complete, balanced, and of areas near one another."""

from pathlib import Path

import numpy as np
import pytest

from app.models.errors import EditRejected
from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId
from app.services.alignment import territories_by_area
from app.services.builders.by_count import by_count
from app.services.builders.by_kind import claims_of_drafts
from app.services.workspace import Workspace
from tests.helpers.block_geography import COLUMNS, ROWS
from tests.helpers.block_plan import block_workspace


@pytest.fixture
def plan(tmp_path: Path) -> Workspace:
    """One account per ZIP area of a grid, with sales of ten times its number."""
    return block_workspace(tmp_path, names=())


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8])
def test_every_area_is_given_once_and_values_are_near_each_other(
    plan: Workspace, count: int
) -> None:
    ones = np.ones(len(plan.accounts))
    drafts = by_count(plan.accounts, ones, plan.geography, GeoLevel.ZIP, count)
    assert len(drafts) == count
    given = [unit for draft in drafts for unit in draft.geounits]
    every = plan.geography.layer(GeoLevel.ZIP).geounits
    assert sorted(given) == sorted(every)
    claims = claims_of_drafts(drafts, plan.geography)
    served = territories_by_area(claims, plan.accounts.unit_index)
    amounts = np.bincount(served, minlength=count)
    assert amounts.sum() == len(plan.accounts)
    assert amounts.max() - amounts.min() <= max(ROWS, COLUMNS)


def test_two_halves_of_the_grid_are_its_west_and_east(plan: Workspace) -> None:
    """The grid is wider than high; equal values halve it in the middle of its columns."""
    grid = list(plan.geography.layer(GeoLevel.ZIP).geounits)
    ones = np.ones(len(plan.accounts))
    west, east = by_count(plan.accounts, ones, plan.geography, GeoLevel.ZIP, 2)
    layer = plan.geography.layer(GeoLevel.ZIP)

    def lon(unit: GeoUnitId) -> float:
        return float(layer.lon[grid.index(unit)])

    assert max(map(lon, west.geounits)) <= min(map(lon, east.geounits))


def test_names_are_distinct(plan: Workspace) -> None:
    ones = np.ones(len(plan.accounts))
    drafts = by_count(plan.accounts, ones, plan.geography, GeoLevel.ZIP, 6)
    assert len({draft.name.casefold() for draft in drafts}) == 6


def test_without_any_value_accounts_are_counted(plan: Workspace) -> None:
    zeros = np.zeros(len(plan.accounts))
    ones = np.ones(len(plan.accounts))
    by_zeros = by_count(plan.accounts, zeros, plan.geography, GeoLevel.ZIP, 4)
    assert by_zeros == by_count(plan.accounts, ones, plan.geography, GeoLevel.ZIP, 4)


@pytest.mark.parametrize(("count", "words"), [(0, "cannot be built"), (501, "cannot be built")])
def test_impossible_numbers_are_refused(plan: Workspace, count: int, words: str) -> None:
    ones = np.ones(len(plan.accounts))
    with pytest.raises(EditRejected, match=words):
        by_count(plan.accounts, ones, plan.geography, GeoLevel.ZIP, count)


def test_more_territories_than_areas_are_refused(plan: Workspace) -> None:
    ones = np.ones(len(plan.accounts))
    with pytest.raises(EditRejected, match="areas for 40 territories"):
        by_count(plan.accounts, ones, plan.geography, GeoLevel.STATE, 40)
