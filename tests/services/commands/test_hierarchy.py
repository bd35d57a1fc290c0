# SPDX-License-Identifier: MIT
"""Putting territories into regions."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.models.errors import EditRejected
from app.models.ids import TerritoryId
from app.services.commands import AddRegion, CreateTerritory, SetParent
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import tiny_workspace


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    """The tiny plan with four empty territories."""
    opened = tiny_workspace(tmp_path)
    for name in ("North", "South", "East", "West"):
        opened.run(CreateTerritory(name))
    yield opened
    opened.close()


def _id(plan: Workspace, name: str) -> TerritoryId:
    return next(each.id for each in plan.territories if each.name == name)


def _tree(plan: Workspace) -> dict[str, str | None]:
    names = {each.id: each.name for each in plan.territories}
    return {t.name: names[t.parent_id] if t.parent_id else None for t in plan.territories}


def _move(plan: Workspace, name: str, into: str | None) -> None:
    parent = _id(plan, into) if into else None
    plan.run(SetParent((_id(plan, name),), parent, name, into or ""))


def test_a_territory_moves_into_a_region_and_out_again(plan: Workspace) -> None:
    _move(plan, "South", "North")
    assert _tree(plan) == {"North": None, "South": "North", "East": None, "West": None}
    assert plan.history_status().undo_label == "Move South into North"
    _move(plan, "South", None)
    assert _tree(plan)["South"] is None
    plan.undo()
    assert _tree(plan)["South"] == "North"
    plan.undo()
    assert _tree(plan)["South"] is None


@pytest.mark.parametrize(("name", "into"), [("North", "North"), ("North", "East")])
def test_nothing_lies_below_itself(plan: Workspace, name: str, into: str) -> None:
    _move(plan, "South", "North")
    _move(plan, "East", "South")
    before = _tree(plan)
    with pytest.raises(EditRejected, match="North cannot be moved into"):
        _move(plan, name, into)
    assert _tree(plan) == before


def test_a_new_region_unites_the_topmost_of_what_is_selected(plan: Workspace) -> None:
    _move(plan, "South", "North")
    selected = tuple(_id(plan, name) for name in ("North", "South", "East"))
    plan.run(AddRegion("Everything north", selected))
    assert _tree(plan) == {
        "North": "Everything north",
        "South": "North",
        "East": "Everything north",
        "West": None,
        "Everything north": None,
    }
    plan.undo()
    assert _tree(plan) == {"North": None, "South": "North", "East": None, "West": None}


def test_a_new_region_lies_in_the_region_that_its_territories_share(plan: Workspace) -> None:
    _move(plan, "South", "North")
    _move(plan, "East", "North")
    plan.run(AddRegion("District 1", (_id(plan, "South"), _id(plan, "East"))))
    tree = _tree(plan)
    assert (tree["District 1"], tree["South"], tree["East"]) == (
        "North",
        "District 1",
        "District 1",
    )


def test_a_region_needs_territories(plan: Workspace) -> None:
    with pytest.raises(EditRejected, match="No territory is selected"):
        plan.run(AddRegion("Empty", ()))
