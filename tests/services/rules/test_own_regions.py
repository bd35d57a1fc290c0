# SPDX-License-Identifier: MIT
"""Rules that ask for regions of the user's own, and what becomes of them when the layer goes."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.models.boundary_layer import BoundaryRole
from app.models.ids import GeoUnitId, TerritoryId
from app.models.rule import Not, PlaceOperator, PlaceTest
from app.services.commands import RemoveBoundaryLayer, ReplaceRules, RuleDraft
from app.services.rule_trials import rule_names
from app.services.rules.condition_words import condition_words
from app.services.rules.exact_words import exact_words
from app.services.rules.matching import matches
from app.services.rules.reading_words import read_words
from app.services.serving import ServedBy
from app.services.workspace import Workspace
from tests.helpers.block_geography import zip_at
from tests.helpers.block_plan import block_workspace
from tests.helpers.boundary_layers import adding, layer_of_boxes

NORTH = PlaceTest(PlaceOperator.IN, (GeoUnitId("layer:1:N"),))


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    made = block_workspace(tmp_path, ("A", "B"))
    boxes = {"N": (-100.0, 39.3, -96.0, 40.0), "S": (-100.0, 38.0, -98.2, 39.0)}
    made.run(adding(layer_of_boxes(boxes, {"N": "North coast"}), BoundaryRole.GROUP))
    yield made
    made.close()


def test_accounts_of_a_region_are_those_of_its_areas(plan: Workspace) -> None:
    members = plan.geography.view("layer:1").members(0)
    assert zip_at(0, 0) in members
    inside = PlaceTest(PlaceOperator.IN, members)
    found = matches(NORTH, plan.rule_facts)
    assert found.any()
    assert not found.all()
    assert found.tolist() == matches(inside, plan.rule_facts).tolist()


def test_regions_are_called_by_their_names(plan: Workspace) -> None:
    names = rule_names(plan)
    assert condition_words(NORTH, names) == "Exact areas is North coast"
    assert read_words(exact_words(NORTH, names), names) == NORTH


def test_a_rule_for_a_layer_that_is_gone_decides_nothing(plan: Workspace) -> None:
    territory = TerritoryId(plan.territories[0].id)
    plan.run(ReplaceRules((RuleDraft(NORTH, territory), RuleDraft(Not(NORTH), territory))))
    assert (plan.served.step == ServedBy.RULE).all()
    plan.run(RemoveBoundaryLayer(1))
    assert not np.any(plan.served.step == ServedBy.RULE)
    matched = plan.state.serving.matches()
    assert matched is not None
    assert set(matched.problems) == {0, 1}
    assert "not part of the plan" in matched.problems[0]
    plan.undo()
    assert (plan.served.step == ServedBy.RULE).all()
