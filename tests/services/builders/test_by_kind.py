# SPDX-License-Identifier: MIT
"""Drafts by kinds of customers, alone and over areas, against hand-made lists."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.models.ids import GeoUnitId, RepId
from app.models.rule import AllOf, PlaceTest
from app.services.alignment import territories_by_area
from app.services.builders.by_kind import (
    AreaBase,
    by_kind,
    claims_of_drafts,
    crossed,
    land_by_position,
)
from app.services.builders.kinds import kinds_by_line, kinds_by_text
from app.services.commands import DraftTerritory
from app.services.rules.matching import matches
from app.services.workspace import Workspace
from tests.helpers.market_plan import accounts_in, facts_of, market_workspace
from tests.helpers.tiny_plan import SALES

WEST = DraftTerritory("West", 0, (GeoUnitId("state:01"),))
EAST = DraftTerritory("East", 1, (GeoUnitId("state:02"), GeoUnitId("county:01002")))


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    opened = market_workspace(tmp_path)
    yield opened
    opened.close()


def test_a_territory_per_line_goes_to_the_rep_who_knows_it(plan: Workspace) -> None:
    kinds = kinds_by_line(plan.records.products, facts_of(plan), plan.accounts.measure(SALES))
    draft = by_kind(kinds, plan.reps, lambda rep: rep.product_lines)
    assert [(each.name, each.rep) for each in draft.territories] == [
        ("Bikes", RepId(1)),
        ("Clothing", RepId(2)),
        ("Oil", None),
        ("Nothing bought yet", None),
    ]
    assert [rule.territory for rule in draft.rules] == [0, 1, 2, 3]


def test_land_is_told_in_as_few_areas_as_possible(plan: Workspace) -> None:
    """East holds all of state 02 and one of the two counties of state 01."""
    claims = claims_of_drafts((WEST, EAST), plan.geography)
    west, east = land_by_position(claims, plan.geography, 2)
    assert west == ("county:01001",)
    assert sorted(east) == ["county:01002", "state:02"]
    whole = (WEST, DraftTerritory("E", 0, (GeoUnitId("county:02001"), GeoUnitId("county:02002"))))
    claims = claims_of_drafts(whole, plan.geography)
    assert land_by_position(claims, plan.geography, 2) == [("state:01",), ("state:02",)]


def test_land_covers_exactly_what_each_draft_serves(plan: Workspace) -> None:
    claims = claims_of_drafts((WEST, EAST), plan.geography)
    served = territories_by_area(claims, plan.accounts.unit_index)
    lands = land_by_position(claims, plan.geography, 2)
    again = claims_of_drafts(
        tuple(DraftTerritory(str(at), 0, land) for at, land in enumerate(lands)), plan.geography
    )
    assert territories_by_area(again, plan.accounts.unit_index).tolist() == served.tolist()


def test_areas_in_dispute_are_nobodys_land(plan: Workspace) -> None:
    both = (WEST, DraftTerritory("Too", 1, (GeoUnitId("county:01001"),)), EAST)
    claims = claims_of_drafts((*both, DraftTerritory("Three", 1, WEST.geounits)), plan.geography)
    lands = land_by_position(claims, plan.geography, 4)
    assert (lands[0], lands[1], lands[3]) == ((), ("county:01001",), ())


def test_each_area_is_divided_by_kinds_that_it_has(plan: Workspace) -> None:
    facts = facts_of(plan)
    kinds = kinds_by_text(plan.accounts, facts, "segment", plan.accounts.measure(SALES))
    given = [kind for kind in kinds if not kind.is_rest]
    base = AreaBase.of_drafts((WEST, EAST), plan.geography)
    draft = crossed(base, given, plan.accounts, plan.geography)
    found = {
        rule.name: accounts_in(plan, np.flatnonzero(matches(rule.condition, facts)).tolist())
        for rule in draft.rules
    }
    assert found == {
        "West – Small": "b",
        "West – Enterprise": "ac",
        "East – Small": "d",
        "East – Enterprise": "e",
    }
    assert all(isinstance(rule.condition, AllOf) for rule in draft.rules)
    first = draft.rules[0].condition
    assert isinstance(first, AllOf)
    assert isinstance(first.parts[1], PlaceTest)
