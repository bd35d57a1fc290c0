# SPDX-License-Identifier: MIT
"""What a stroke does is the same whether it is asked before it is written or while it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId
from app.services.alignment import MIXED, NOBODY
from app.services.commands import AssignGeoUnits
from app.services.edit_effect import edit_effect
from app.services.edit_trial import PlanMoment
from app.services.geography.geography import Geography
from app.services.held_units import held_codes
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from tests.helpers.demo_plan import demo_workspace
from tests.helpers.shared import ROOT

HOUSTON, DALLAS, NEW_YORK = (GeoUnitId(f"county:{code}") for code in ("48201", "48113", "36061"))


@pytest.fixture
def workspace(tmp_path: Path, app_folders: AppFolders) -> Iterator[Workspace]:
    """Texas is Lone Star's (position 0), New York nobody's; 40 accounts stand in each county."""
    made = demo_workspace(tmp_path, app_folders, Geography.load(ROOT / "resources" / "geo"))
    yield made
    made.close()


def test_a_written_stroke_has_the_effect_that_was_told_before(workspace: Workspace) -> None:
    pacific = workspace.territories[1].id
    told = edit_effect(workspace, (HOUSTON, NEW_YORK), pacific)
    start = PlanMoment.of(workspace)
    for unit in (HOUSTON, NEW_YORK):
        workspace.run(AssignGeoUnits((unit,), pacific, "Pacific"))
    assert edit_effect(workspace, (HOUSTON, NEW_YORK), pacific, start) == told
    assert (told.unit_count, told.account_count) == (2, 80)
    assert told.unassigned_change == -40
    assert edit_effect(workspace, (HOUSTON, NEW_YORK), pacific).unit_count == 0


def test_codes_say_who_holds_all_of_a_unit(workspace: Workspace) -> None:
    assert held_codes(workspace, (HOUSTON, NEW_YORK, DALLAS)).tolist() == [0, NOBODY, 0]
    inside = workspace.geography.descendants_of(HOUSTON, GeoLevel.ZIP)[0]
    workspace.run(AssignGeoUnits((inside,), workspace.territories[1].id, "Pacific"))
    unknown = GeoUnitId("county:99999")
    assert held_codes(workspace, (HOUSTON, inside, unknown)).tolist() == [MIXED, 1, NOBODY]
