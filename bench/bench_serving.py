# SPDX-License-Identifier: MIT
"""Who serves 1,000,000 accounts: 200 rules, families, names and 33,000 ZIP areas, and one edit.

The ZIP areas of the United States belong to 200 territories. Each rule asks for segment, industry
and a place or a size; a third of the accounts belongs to families that are kept together.
"""

import tempfile
from pathlib import Path

import numpy as np
from bench_overlap import places_of
from common import ROOT, Bench

from app.models.geounit import GeoLevel
from app.models.ids import AccountId, GeoUnitId, MeasureId
from app.models.rule import (
    AllOf,
    Condition,
    NumberOperator,
    NumberTest,
    PlaceOperator,
    PlaceTest,
    TextOperator,
    TextTest,
)
from app.services.commands import AssignGeoUnits, CorrectAccounts
from app.services.edit_effect import edit_effect
from app.services.geography.geography import Geography
from app.services.geography.layer import GeoLayer
from app.services.rules.condition_text import condition_text
from app.services.serving import ServedBy
from app.services.store.document import AppFolders
from app.services.store.transaction import Transaction
from app.services.workspace import Workspace
from tests.helpers.plans import make_large_plan

ACCOUNTS, TERRITORIES, RULES, NAMED = 1_000_000, 200, 200, 5_000
SEGMENTS, INDUSTRIES, FAMILIES = 12, 40, 100_000


def fill(tx: Transaction, zips: GeoLayer, states: GeoLayer) -> None:
    """Territories of nearby ZIP areas, rules, families and named accounts."""
    chance = np.random.default_rng(7)
    for table, key in (
        ("geounit_assignment", "scenario_id, geounit_id, territory_id"),
        ("geounit_hole", "scenario_id, geounit_id, sales_force_id"),
        ("account_assignment", "scenario_id, account_id, territory_id"),
    ):
        tx.delete(table, tx.rows(f"SELECT {key} FROM {table}"))  # noqa: S608 own names
    seeds = chance.choice(len(zips), TERRITORIES, replace=False)
    lon, lat = zips.lon[seeds], zips.lat[seeds]
    near = np.argmin((zips.lon[:, None] - lon) ** 2 + (zips.lat[:, None] - lat) ** 2, axis=1)
    ids = range(1, TERRITORIES + 1)
    columns = ("id", "scenario_id", "sales_force_id", "name")
    tx.put("territory", columns, [(each, 1, 1, f"T{each:03d}") for each in ids])
    columns = ("scenario_id", "geounit_id", "territory_id")
    claims = [(1, unit, int(at) + 1) for unit, at in zip(zips.geounits, near, strict=True)]
    tx.put("geounit_assignment", columns, claims, all_new=True)
    columns = ("id", "scenario_id", "sales_force_id", "position", "condition", "territory_id")
    rules = [
        (each, 1, 1, each, condition_text(condition(chance, states)), int(chance.integers(1, 201)))
        for each in range(1, RULES + 1)
    ]
    tx.put("rule", columns, rules, all_new=True)
    named = chance.choice(ACCOUNTS, NAMED, replace=False)
    columns = ("scenario_id", "account_id", "territory_id")
    rows = [(1, int(each) + 1, int(chance.integers(1, 201))) for each in named]
    tx.put("account_assignment", columns, rows, all_new=True)
    tx.put("sales_force", ("id", "keeps_families"), [(1, 1)])
    texts = chance.integers(0, (SEGMENTS, INDUSTRIES, 3 * FAMILIES), (ACCOUNTS, 3)).tolist()
    accounts = [
        (at, f"Segment {segment}", f"Industry {industry}", f"F{family}" * (family < FAMILIES))
        for at, (segment, industry, family) in enumerate(texts, 1)
    ]
    tx.put("account", ("id", "segment", "industry", "family"), accounts)


def condition(chance: np.random.Generator, states: GeoLayer) -> Condition:
    """What a rule asks for."""
    parts: list[Condition] = [
        TextTest("segment", TextOperator.IS, (f"Segment {chance.integers(SEGMENTS)}",)),
        TextTest(
            "industry",
            TextOperator.IS,
            tuple(f"Industry {each}" for each in chance.choice(INDUSTRIES, 3, replace=False)),
        ),
    ]
    if chance.random() < 0.5:
        areas = tuple(GeoUnitId(states.geounits[each]) for each in chance.choice(50, 5))
        parts.append(PlaceTest(PlaceOperator.IN, areas))
    else:
        least = float(chance.integers(100_000))
        parts.append(NumberTest("measure:1", NumberOperator.AT_LEAST, (least,)))
    return AllOf(tuple(parts))


def measure_edits(bench: Bench, plan: Workspace, zips: GeoLayer) -> None:
    """What an edit of areas and one of an account take."""
    units = tuple(GeoUnitId(unit) for unit in zips.geounits[:5])
    targets = [plan.territories[0], plan.territories[1]]

    def edit() -> None:
        targets.reverse()
        plan.run(AssignGeoUnits(units, targets[0].id, targets[0].name))

    def merge() -> None:
        plan.state.served_after(plan.accounts, plan.state.claims)

    edit()
    bench.measure("merge_after_edit_ms", merge, limit=50.0)

    def edit_and_serve() -> None:
        edit()
        _ = plan.served

    bench.measure("edit_of_5_areas_and_serve_ms", edit_and_serve, note="writing included")
    values = ["Segment 1", "Segment 2"]

    def correct_and_serve() -> None:
        values.reverse()
        plan.run(CorrectAccounts((AccountId(500_000),), "segment", values[0]))
        _ = plan.served

    correct_and_serve()
    bench.measure("edit_of_an_account_and_serve_ms", correct_and_serve, note="writing included")
    _ = plan.connections.graph
    bench.measure("effect_of_an_edit_ms", lambda: edit_effect(plan, units, plan.territories[3].id))
    bench.measure(
        "values_by_territory_ms", lambda: plan.balance(MeasureId(0)), note="for comparison"
    )


def main() -> None:
    """Measures on one plan, as it is opened and as it is edited."""
    bench = Bench("serving")
    geography = Geography.load(ROOT / "resources" / "geo")
    zips = geography.layer(GeoLevel.ZIP)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
        path = folder / "serving.evenfield"
        make_large_plan(path, ACCOUNTS, folders=folders, places=places_of(geography))
        plan = Workspace.open(path, folders, geography)
        with plan.document.store.transaction() as tx:
            fill(tx, zips, geography.layer(GeoLevel.STATE))
        plan.close()
        plan = Workspace.open(path, folders, geography)
        for column in ("segment", "industry", "family", "name", "external_id"):
            plan.accounts.text(column)

        def resolve() -> None:
            plan.state.reload()
            _ = plan.served

        bench.measure("resolve_1m_s", resolve, repeat=1, limit=2.0, note="texts read before")

        def rules_again() -> None:
            plan.state.serving.take_rules(tuple(reversed(plan.state.rules)))
            _ = plan.served

        bench.measure("order_of_rules_s", rules_again, repeat=3, limit=2.0)
        steps = np.bincount(plan.served.step, minlength=len(ServedBy))
        counts = {step.name.lower(): int(steps[step]) for step in ServedBy}
        bench.record("decided_by_rules_share", counts["rule"] / ACCOUNTS, note=str(counts))
        measure_edits(bench, plan, zips)
        plan.close()
    bench.finish()


if __name__ == "__main__":
    main()
