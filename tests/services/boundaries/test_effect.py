# SPDX-License-Identifier: MIT
"""What a new layer means for a plan, counted by hand."""

from pathlib import Path
from typing import cast

import numpy as np
import pytest

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId
from app.services.account_table import AccountTable
from app.services.boundaries.effect import PlanEffect, plan_effect
from app.services.boundaries.prepared import PreparedLayer
from app.services.boundaries.preparing import NamedShapes, prepare
from app.services.geography.geography import Geography
from app.services.store.repositories import AccountRepository
from tests.helpers.boundary_files import CODES, NAMES, squares

GEO = Path(__file__).parents[3] / "resources" / "geo"


@pytest.fixture(scope="module")
def geography() -> Geography:
    return Geography.load(GEO)


def layer() -> PreparedLayer:
    shapes = np.array(squares(), dtype=object)
    return prepare(NamedShapes(CODES, NAMES, shapes, None), lambda _share, _text: None)


def table(geography: Geography, places: list[tuple[float, float, str]]) -> AccountTable:
    lon, lat, codes = zip(*places, strict=True)
    index = geography.layer(GeoLevel.ZIP).indices_of(codes)
    nobody = cast("AccountRepository", None)
    ids = np.arange(len(places))
    return AccountTable(ids, np.array(lon), np.array(lat), {GeoLevel.ZIP: index}, {}, nobody)


def test_accounts_and_assignments_are_counted(geography: Geography) -> None:
    accounts = table(
        geography,
        [
            (-82.95, 40.15, "43001"),
            (-82.85, 40.15, "43001"),
            (-82.75, 40.05, "43201"),
            (-80.0, 40.0, "43001"),
            (np.nan, np.nan, "43001"),
        ],
    )
    assigned = [GeoUnitId(text) for text in ("zip:43001", "zip:43201", "county:39049", "zip:43002")]
    # Of the four with a place: one stays, two lie in 43002 and 43006 now, one lies in none.
    assert plan_effect(layer(), GeoLevel.ZIP, geography, accounts, assigned) == PlanEffect(
        assigned=3, assigned_gone=1, accounts=4, accounts_elsewhere=2, accounts_nowhere=1
    )
