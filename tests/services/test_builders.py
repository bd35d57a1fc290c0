# SPDX-License-Identifier: MIT
"""Territories from today's owners and from rep homes, against the tiny plan's table."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from app.models.errors import EditRejected
from app.models.geounit import GeoLevel
from app.models.ids import RepId
from app.models.rep import Rep
from app.services.builders.drafting import joined_places
from app.services.builders.homes import nearest_home
from app.services.builders.owners import OwnerRules, from_owners
from app.services.commands import BuildTerritories, DraftTerritory
from app.services.distance import distance_km
from app.services.importing.owners import RepFinder
from app.services.workspace import Workspace
from tests.helpers.overlaps import overlaps_of
from tests.helpers.tiny_plan import SALES, tiny_workspace


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    workspace = tiny_workspace(tmp_path)
    yield workspace
    workspace.close()


def drafts_from_owners(plan: Workspace, rules: OwnerRules) -> tuple[DraftTerritory, ...]:
    values = plan.accounts.measure(SALES)
    finder = RepFinder(plan.reps, plan.records.owner_aliases)
    return from_owners(plan.accounts, finder, values, plan.geography, rules)


def test_each_county_goes_to_the_owner_with_most_sales_in_it(plan: Workspace) -> None:
    """01001: Ann 150 against Bob 70."""
    drafts = drafts_from_owners(plan, OwnerRules(fill_empty=False))
    assert [(draft.geounits, draft.rep) for draft in drafts] == [
        (("county:01001",), RepId(1)),
        (("county:01002",), RepId(2)),
        (("country:FR", "county:02001"), None),
    ]


def test_areas_without_accounts_join_the_nearest(plan: Workspace) -> None:
    drafts = drafts_from_owners(plan, OwnerRules(fill_empty=True))
    assert drafts[2].geounits == ("country:FR", "county:02001", "county:02002")


def test_every_claim_can_be_kept_to_see_the_overlaps(plan: Workspace) -> None:
    drafts = drafts_from_owners(plan, OwnerRules(keep_all_claims=True, fill_empty=False))
    assert drafts[1].geounits == ("county:01001", "county:01002")
    plan.run(BuildTerritories(drafts, "today's owners"))
    assert [item.account_count for item in overlaps_of(plan).items] == [3]


def test_names_tell_the_place_and_differ(plan: Workspace) -> None:
    drafts = drafts_from_owners(plan, OwnerRules())
    assert [draft.name for draft in drafts] == ["<01>", "<01> 2", "<02>"]


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("Texas", "Illinois", "Texas & Illinois"),
        ("Hesse, Germany", "Bavaria, Germany", "Hesse & Bavaria, Germany"),
        ("Ontario, Canada", "Bavaria, Germany", "Ontario, Canada & Bavaria, Germany"),
        ("Maine", "Quebec, Canada", "Maine & Quebec, Canada"),
    ],
)
def test_the_country_of_two_places_is_said_once(first: str, second: str, name: str) -> None:
    assert joined_places(first, second) == name


def test_neighbours_get_different_colours(plan: Workspace) -> None:
    drafts = drafts_from_owners(plan, OwnerRules())
    assert drafts[0].color_index != drafts[1].color_index != drafts[2].color_index


def test_the_zip_level_follows_the_same_rule(plan: Workspace) -> None:
    """10001: Ann 100 against Bob 70."""
    drafts = drafts_from_owners(plan, OwnerRules(level=GeoLevel.ZIP, fill_empty=False))
    assert drafts[0].geounits == ("zip:10001", "zip:10002")
    assert drafts[1].geounits == ("zip:10003",)


def test_built_territories_serve_and_can_be_taken_back(plan: Workspace) -> None:
    plan.run(BuildTerritories(drafts_from_owners(plan, OwnerRules()), "today's owners"))
    totals = [row.total for row in plan.balance(SALES).rows]
    assert totals == [220, 200, 150, 10]
    assert plan.rep_of(plan.territories[0].id) == plan.rep(RepId(1))
    plan.undo()
    assert plan.territories == ()


def test_each_area_goes_to_the_nearest_home_in_its_country(plan: Workspace) -> None:
    drafts = nearest_home(plan.accounts, plan.reps, plan.geography, GeoLevel.COUNTY)
    assert [(draft.geounits, draft.rep) for draft in drafts] == [
        (("county:01001", "county:01002"), RepId(1)),
        (("country:FR", "county:02001", "county:02002"), RepId(2)),
    ]


def test_without_a_home_nothing_is_built(plan: Workspace) -> None:
    with pytest.raises(EditRejected, match="No rep has a home"):
        nearest_home(plan.accounts, [Rep(RepId(1), "Dee")], plan.geography, GeoLevel.COUNTY)


def test_owners_meet_reps_by_id_before_mail_before_name() -> None:
    reps = [
        Rep(RepId(1), "274", external_id="1"),
        Rep(RepId(2), "Ann", external_id="274", email="ann@example.com"),
    ]
    finder = RepFinder(reps)
    found = [finder.find_id(owner) for owner in ("274", "ANN@example.com", "ann", "nobody")]
    assert found == [RepId(2), RepId(2), RepId(2), None]


def test_two_spellings_of_one_rep_are_one_owner(plan: Workspace) -> None:
    """A is Ann's by name and b by her id: county 01001 is hers with 150 against 70."""
    with plan.document.store.transaction() as tx:
        tx.put("account", ("id", "owner"), [(2, "r1")])
    plan.accounts.forget_text()
    drafts = drafts_from_owners(plan, OwnerRules(fill_empty=False))
    assert drafts[0].geounits == ("county:01001",)
    assert [draft.rep for draft in drafts] == [RepId(1), RepId(2), None]


def test_distance_of_a_quarter_of_the_equator() -> None:
    zero, ninety = np.array([0.0]), np.array([90.0])
    assert distance_km(zero, zero, ninety, zero)[0] == pytest.approx(6371.0088 * np.pi / 2)
