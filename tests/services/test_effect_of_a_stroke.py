# SPDX-License-Identifier: MIT
"""What a stroke does is the same whether it is asked before it is written or while it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.ids import GeoUnitId, TerritoryId
from app.services.commands import AssignGeoUnits, CreateTerritory
from app.services.edit_effect import PlanMoment, edit_effect
from app.services.held_units import held_codes
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import tiny_workspace

NORTH, SOUTH = TerritoryId(1), TerritoryId(2)
WEST, EAST, OTHER = (GeoUnitId(f"county:{code}") for code in ("01001", "01002", "02001"))


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    made = tiny_workspace(tmp_path)
    made.run(CreateTerritory("North"))
    made.run(CreateTerritory("South"))
    made.run(AssignGeoUnits((WEST, OTHER), SOUTH, "South"))
    yield made
    made.close()


def test_a_written_stroke_has_the_effect_that_was_told_before(workspace: Workspace) -> None:
    told = edit_effect(workspace, (WEST, EAST), NORTH)
    start = PlanMoment.of(workspace)
    workspace.run(AssignGeoUnits((WEST,), NORTH, "North"))
    workspace.run(AssignGeoUnits((EAST,), NORTH, "North"))
    assert edit_effect(workspace, (WEST, EAST), NORTH, start) == told
    # Accounts a, b, c of the west and d of the east, see `tiny_plan`.
    assert told.unit_count == 2
    assert told.account_count == 4
    assert edit_effect(workspace, (WEST, EAST), NORTH).unit_count == 0


def test_codes_say_who_holds_all_of_a_unit(workspace: Workspace) -> None:
    zip_code = GeoUnitId("zip:10001")
    assert held_codes(workspace, (WEST, EAST, OTHER, zip_code)).tolist() == [1, -1, 1, 1]
    workspace.run(AssignGeoUnits((zip_code,), NORTH, "North"))
    assert held_codes(workspace, (WEST, zip_code, GeoUnitId("county:99999"))).tolist() == [
        -3,
        0,
        -1,
    ]
