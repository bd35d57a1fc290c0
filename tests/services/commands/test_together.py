# SPDX-License-Identifier: MIT
"""Several edits as one, and what is said about territories."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.errors import EditRejected
from app.models.ids import TerritoryId
from app.services.commands import (
    CreateTerritory,
    DescribeTerritories,
    RecolorTerritory,
    SetTerritoryLock,
    Together,
)
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import tiny_workspace


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    opened = tiny_workspace(tmp_path)
    for name in ("East", "West", "North"):
        opened.run(CreateTerritory(name))
    yield opened
    opened.close()


def test_commands_that_are_one_are_one_step_to_undo(plan: Workspace) -> None:
    ids = [territory.id for territory in plan.territories]
    commands = (
        *(RecolorTerritory(each, 5) for each in ids),
        SetTerritoryLock(ids[0], is_locked=True),
    )
    changes = plan.run(Together(commands, "Recolour 3 territories"))
    assert changes.territories == frozenset(ids)
    assert plan.history_status().undo_label == "Recolour 3 territories"
    assert [territory.is_color_fixed for territory in plan.territories] == [True] * 3
    assert plan.territories[0].is_locked
    plan.undo()
    assert not any(t.is_color_fixed or t.is_locked for t in plan.territories)
    plan.redo()
    assert plan.territories[0].is_locked


def test_where_one_is_refused_none_is_done(plan: Workspace) -> None:
    first = plan.territories[0].id
    commands = (RecolorTerritory(first, 5), RecolorTerritory(first, 99))
    before = plan.territories
    with pytest.raises(EditRejected, match="no colour number 99"):
        plan.run(Together(commands, "Recolour"))
    assert plan.territories == before


def test_a_field_of_many_territories_is_one_edit(plan: Workspace) -> None:
    ids = tuple(territory.id for territory in plan.territories)
    plan.run(DescribeTerritories(ids, "skills", " Road bikes, e-bikes ,, Road bikes"))
    assert {territory.skills for territory in plan.territories} == {("Road bikes", "e-bikes")}
    assert plan.history_status().undo_label == "Change the skills of 3 territories"
    plan.run(DescribeTerritories(ids[:1], "must_connect", "0", "East"))
    assert [territory.must_connect for territory in plan.territories] == [False, True, True]
    assert plan.history_status().undo_label == "Change the connection of East"
    plan.run(DescribeTerritories(ids[1:2], "notes", " as agreed\n"))
    assert plan.territories[1].notes == "as agreed"
    for _ in range(3):
        plan.undo()
    assert {territory.skills for territory in plan.territories} == {()}
    assert all(territory.must_connect for territory in plan.territories)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("name", "x", "no field name"),
        ("skills", "x" * 10_001, "too long for the skills"),
        ("notes", "x" * 100_001, "too long for the notes"),
    ],
)
def test_what_cannot_be_written_is_refused(
    plan: Workspace, field: str, value: str, message: str
) -> None:
    with pytest.raises(EditRejected, match=message):
        plan.run(DescribeTerritories((plan.territories[0].id,), field, value))
    with pytest.raises(EditRejected, match="no longer in the plan"):
        plan.run(DescribeTerritories((TerritoryId(99),), "notes", "x"))
