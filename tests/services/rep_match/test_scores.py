# SPDX-License-Identifier: MIT
"""The parts of the fit of reps and territories, by hand, and read from a plan."""

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId, RepId, TerritoryId
from app.models.rep import Rep, RosterEntry
from app.models.rep_match import (
    DEFAULT_WEIGHTS,
    MOST_WEIGHT,
    MatchPart,
    MatchWeights,
    match_weights_of,
)
from app.models.territory import Territory
from app.services.commands import (
    AddSalesForce,
    AssignGeoUnits,
    ChangeRoster,
    CreateTerritory,
    SetRep,
    UpdateRep,
)
from app.services.rep_match.best_for_all import Staffing
from app.services.rep_match.comparing import compared
from app.services.rep_match.facts import MatchFacts, Mix
from app.services.rep_match.plan_facts import match_facts
from app.services.rep_match.scores import fit, part_scores, usual_distance_km
from app.services.workspace import Workspace
from tests.helpers.tiny_plan import tiny_workspace

KM_PER_DEGREE = 6371.0088 * math.pi / 180
NOTHING = Mix((), np.zeros((2, 0)))


def facts_of(
    reps: tuple[Rep, ...], territories: tuple[Territory, ...], **more: object
) -> MatchFacts:
    count = len(territories)
    plain: dict[str, object] = {
        "holder": np.full(count, -1, np.int32),
        "lon": np.zeros(count),
        "lat": np.zeros(count),
        "accounts": np.full(count, 10),
        "known_accounts": np.zeros((len(reps), count), np.int64),
        "segments": NOTHING,
        "product_lines": NOTHING,
        "needed_hours": np.full(count, 800.0),
        "available_hours": np.full(len(reps), 1600.0),
        "is_workload": True,
        "could_start_new": np.ones(len(reps), np.bool_),
    }
    return MatchFacts(reps, territories, **{**plain, **more})  # type: ignore[arg-type]


NORTH = Territory(TerritoryId(1), "North", skills=("Dental", "Vision"), languages=("Spanish",))
SOUTH = Territory(TerritoryId(2), "South")
ANN = Rep(RepId(1), "Ann", lon=0.0, lat=1.0, skills=("dental ",), languages=("English",))
BOB = Rep(RepId(2), "Bob", lon=0.0, lat=3.0, languages=("spanish",))
DEE = Rep(RepId(3), "Dee")


def test_skills_and_languages_count_what_is_asked_for_and_say_where_nothing_is_known() -> None:
    scores = part_scores(facts_of((ANN, BOB, DEE), (NORTH, SOUTH)))
    skills, languages = scores[MatchPart.SKILLS], scores[MatchPart.LANGUAGES]
    assert skills[:, 0].tolist()[:1] == [0.5]
    assert np.isnan(skills[1:, 0]).all()
    assert np.isnan(skills[:, 1]).all()
    assert languages[:2, 0].tolist() == [0.0, 1.0]
    assert np.isnan(languages[2, 0])


def test_half_of_the_nearness_is_left_at_the_usual_distance() -> None:
    """Ann is 1, Bob 3 degrees away from both; the second nearest is Bob."""
    scores = part_scores(facts_of((ANN, BOB, DEE), (NORTH, SOUTH)))[MatchPart.DISTANCE]
    assert scores[:2, 0] == pytest.approx([0.75, 0.5])
    assert np.isnan(scores[2]).all()
    far = np.array([[KM_PER_DEGREE, KM_PER_DEGREE], [3 * KM_PER_DEGREE, np.nan]])
    assert usual_distance_km(far) == pytest.approx(3 * KM_PER_DEGREE)
    assert math.isnan(usual_distance_km(np.full((2, 2), np.nan)))


def test_segments_and_lines_weigh_by_worth() -> None:
    mix = Mix(("public", "retail"), np.array([[30.0, 70.0], [0.0, 0.0]]))
    ann = replace(ANN, segments=("Retail",), product_lines=("Retail", "Public"))
    scores = part_scores(facts_of((ann, BOB), (NORTH, SOUTH), segments=mix, product_lines=mix))
    assert scores[MatchPart.SEGMENTS][0, 0] == pytest.approx(0.7)
    assert scores[MatchPart.PRODUCT_LINES][0, 0] == pytest.approx(1.0)
    assert np.isnan(scores[MatchPart.SEGMENTS][1, 0])
    assert np.isnan(scores[MatchPart.SEGMENTS][0, 1])


def test_what_a_rep_holds_today_takes_hours_for_another_territory_but_not_for_itself() -> None:
    """Ann holds North (1,200 of 1,600 h): 400 are left for South (800)."""
    facts = facts_of(
        (ANN, BOB),
        (NORTH, SOUTH),
        holder=np.array([0, -1], np.int32),
        needed_hours=np.array([1200.0, 800.0]),
    )
    now = part_scores(facts)[MatchPart.CAPACITY]
    assert now.tolist() == [[1.0, 0.5], [1.0, 1.0]]
    anew = part_scores(facts, with_present_work=False)[MatchPart.CAPACITY]
    assert anew.tolist() == [[1.0, 1.0], [1.0, 1.0]]


def test_the_fit_is_the_weighted_mean_and_what_is_unknown_is_neutral() -> None:
    parts = {
        MatchPart.DISTANCE: np.array([[1.0, np.nan]]),
        MatchPart.SKILLS: np.array([[0.25, 0.0]]),
    }
    weights = MatchWeights({MatchPart.DISTANCE: 3.0, MatchPart.SKILLS: 1.0})
    assert fit(parts, weights).tolist() == [[0.8125, 0.375]]
    assert fit(parts, MatchWeights({})).tolist() == [[0.5, 0.5]]


@pytest.mark.parametrize(
    "setting",
    [None, [], "x", {"distance": -1}, {"distance": "3"}, {"distance": True}, {"distance": 1e9}],
)
def test_a_setting_from_a_stranger_gives_the_usual_weights(setting: object) -> None:
    assert match_weights_of(setting) == MatchWeights(dict(DEFAULT_WEIGHTS))


def test_weights_come_back_from_the_setting_as_they_were() -> None:
    chosen = MatchWeights({part: float(at) for at, part in enumerate(MatchPart)})
    assert match_weights_of(chosen.as_setting()) == chosen
    assert max(DEFAULT_WEIGHTS.values()) <= MOST_WEIGHT


@pytest.fixture
def plan(tmp_path: Path) -> Iterator[Workspace]:
    """State 01 (a, b, c, d) is North's, held by Ann; state 02 (e, f) is South's, vacant."""
    workspace = tiny_workspace(tmp_path, lambda: date(2026, 6, 15))
    workspace.run(CreateTerritory("North"))
    workspace.run(CreateTerritory("South"))
    for at, state in ((1, "01"), (2, "02")):
        unit = GeoUnitId(f"{GeoLevel.STATE.value}:{state}")
        workspace.run(AssignGeoUnits((unit,), TerritoryId(at), ""))
    workspace.run(SetRep(TerritoryId(1), RepId(1)))
    yield workspace
    workspace.close()


def test_the_plan_tells_who_knows_which_accounts(plan: Workspace) -> None:
    """Ann owns a and b, Bob c and d; of South, e is Cy's, who is no rep, and f nobody's."""
    facts = match_facts(plan)()
    assert [rep.name for rep in facts.reps] == ["Ann", "Bob", "Dee"]
    assert facts.accounts.tolist() == [4, 2]
    assert facts.holder.tolist() == [0, -1]
    assert facts.known_accounts.tolist() == [[2, 0], [2, 0], [0, 0]]
    assert (facts.lon.tolist(), facts.lat.tolist()) == (
        pytest.approx([-97.0, -97.0]),
        pytest.approx([40.0, 40.0]),
    )


def test_who_held_a_territory_before_knows_it_and_who_has_left_is_no_choice(
    plan: Workspace,
) -> None:
    past = RosterEntry(TerritoryId(2), RepId(3), end_on="2026-01-31")
    plan.run(ChangeRoster((past,)))
    plan.run(UpdateRep(replace(plan.rep(RepId(2)), end_on="2026-06-14")))
    facts = match_facts(plan)()
    assert [rep.name for rep in facts.reps] == ["Ann", "Dee"]
    assert facts.known_accounts[1].tolist() == [0, 2]


def test_managers_and_reps_of_other_sales_forces_are_not_staffed_anew(plan: Workspace) -> None:
    plan.run(UpdateRep(replace(plan.rep(RepId(2)), manager_id=RepId(3))))
    assert match_facts(plan)().could_start_new.tolist() == [True, True, False]


def test_territories_of_other_sales_forces_take_their_share_of_the_hours(plan: Workspace) -> None:
    """Ann holds North, and a quarter of a territory of another sales force: 4 to 1."""
    plan.run(AddSalesForce("Specialists"))
    plan.choose_sales_force(plan.sales_forces[1].id)
    plan.run(CreateTerritory("Overlay"))
    overlay = plan.territories[0].id
    plan.run(ChangeRoster((RosterEntry(overlay, RepId(1), share_fraction=0.25),)))
    plan.choose_sales_force(plan.sales_forces[0].id)
    hours = match_facts(plan)().available_hours
    assert hours[0] == pytest.approx(plan.rep(RepId(1)).available_hours * 0.8)
    leaves = [leaf.id for leaf in plan.leaf_territories]
    assert plan.figures.capacity_hours(leaves, 1600.0)[leaves[0]] == pytest.approx(hours[0])


def test_the_comparison_counts_accounts_that_change_hands_and_adds_up(plan: Workspace) -> None:
    facts = match_facts(plan)()
    scores = part_scores(facts, with_present_work=False)
    weights = MatchWeights()
    fits = fit(scores, weights)
    staffing = Staffing(np.array([1, 0], np.int32), 0.0, 0.0, is_proved=True)
    found = compared(facts, staffing, fits, scores, weights)
    assert [(row.now, row.best, row.moved_accounts) for row in found.rows] == [
        (0, 1, 4),
        (None, 0, 0),
    ]
    assert found.moved_accounts == 4
    assert found.fit_best - found.fit_now == pytest.approx(sum(found.gain_by_part.values()))
