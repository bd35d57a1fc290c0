# SPDX-License-Identifier: MIT
"""The sample plan: plainly invented, reproducible, and with something to find."""

import csv
from pathlib import Path

import pytest

from app.services.geography.geography import Geography
from app.services.overlaps.plan_overlaps import overlap_facts
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from resources.build.sample_lists import ACCOUNT_COUNT, write_lists
from tests.helpers.overlaps import overlaps_of
from tests.helpers.shared import ROOT

SAMPLE = ROOT / "resources" / "sample"


@pytest.fixture(scope="module")
def geography() -> Geography:
    return Geography.load(ROOT / "resources" / "geo")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_lists_are_the_same_each_time(tmp_path: Path, geography: Geography) -> None:
    write_lists(geography, tmp_path)
    for name in ("accounts.csv", "reps.csv", "orders.csv"):
        assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes()


def test_every_name_says_that_it_is_invented() -> None:
    accounts, reps = _rows(SAMPLE / "accounts.csv"), _rows(SAMPLE / "reps.csv")
    assert len(accounts) == ACCOUNT_COUNT
    assert len(reps) == 12
    assert all(row["Account Name"].startswith("Example ") for row in accounts)
    assert all(row["Name"].startswith("Sample Rep ") for row in reps)
    assert all(row["Email"].endswith("@example.com") for row in reps)


def test_the_last_year_of_orders_is_the_revenue_of_steady_customers() -> None:
    revenue = {
        row["Account ID"]: float(row["Annual Revenue"]) for row in _rows(SAMPLE / "accounts.csv")
    }
    bought: dict[str, float] = {}
    for row in _rows(SAMPLE / "orders.csv"):
        if row["Order Date"] >= "2025-11-01":
            bought[row["Account ID"]] = bought.get(row["Account ID"], 0.0) + float(row["Amount"])
    assert len(bought) > 800
    assert all(abs(amount - revenue[own]) < 0.05 for own, amount in bought.items())


@pytest.fixture
def plan(tmp_path: Path, app_folders: AppFolders, geography: Geography) -> Workspace:
    copy = tmp_path / "sample.evenfield"
    copy.write_bytes((SAMPLE / "sample.evenfield").read_bytes())
    return Workspace.open(copy, app_folders, geography)


def test_the_plan_has_overlaps_gaps_and_a_vacancy_to_find(plan: Workspace) -> None:
    assert len(plan.accounts.ids) == ACCOUNT_COUNT
    assert len(plan.records.transactions) == len(_rows(SAMPLE / "orders.csv"))
    assert len(plan.records.products) == 8
    assert [measure.name for measure in plan.measures[1:] if not measure.is_computed] == [
        "Annual revenue",
        "Potential",
        "Visits per year",
    ]
    assert len(plan.reps) == 12
    assert len(plan.territories) == 12
    vacant = [each.name for each in plan.territories if plan.rep_of(each.id) is None]
    assert vacant == ["Mountain"]
    assert len(overlaps_of(plan).items) == 3
    gaps = overlap_facts(plan).gaps
    assert int((gaps.unit < 0).sum()) == 8
    assert bool((gaps.counts[gaps.unit >= 0] > 0).any())
    assert not plan.balance(plan.main_measure.id).is_balanced
    assert plan.history_status().undo_label is None
    plan.close()
