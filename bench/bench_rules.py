# SPDX-License-Identifier: MIT
"""Rules over 1,000,000 accounts: matching 200 of them, a dry run, words, a sheet of 2,000.

The plan is that of `bench_serving`: territories of ZIP areas, names, families kept together.
"""

import tempfile
from pathlib import Path

from bench_overlap import places_of
from bench_serving import ACCOUNTS, fill
from common import ROOT, Bench

from app.models.geounit import GeoLevel
from app.models.ids import TerritoryId
from app.services.exporting.writing import write_table
from app.services.geography.geography import Geography
from app.services.rule_trials import field_maker, rule_names, rule_trial
from app.services.rules.dry_run import dry_run
from app.services.rules.fields import FieldKind
from app.services.rules.matching import match_rules
from app.services.rules.rule_sheet import read_rule_file, read_rules, rules_table
from app.services.rules.value_counts import value_counts
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from tests.helpers.plans import make_large_plan


def main() -> None:
    """Measures on one plan; columns of text are read before."""
    bench = Bench("rules")
    geography = Geography.load(ROOT / "resources" / "geo")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
        path = folder / "rules.evenfield"
        make_large_plan(path, ACCOUNTS, folders=folders, places=places_of(geography))
        plan = Workspace.open(path, folders, geography)
        layers = geography.layer(GeoLevel.ZIP), geography.layer(GeoLevel.STATE)
        with plan.document.store.transaction() as tx:
            fill(tx, *layers)
        plan.close()
        plan = Workspace.open(path, folders, geography)
        for column in ("segment", "industry", "family", "name", "external_id", "extra"):
            plan.accounts.text(column)
        rules, facts = plan.state.rules, plan.rule_facts

        bench.measure(
            "match_first_s", lambda: match_rules(rules, facts), repeat=1, note="columns made anew"
        )
        bench.measure("match_s", lambda: match_rules(rules, facts), repeat=3, limit=1.2)
        kinds = len(match_rules(rules, facts).first_of_kind)
        bench.record("kinds", float(kinds), note="of accounts that no test tells apart")
        _ = plan.served
        trial = rule_trial(plan, tuple(reversed(rules)))
        bench.measure("dry_run_s", lambda: dry_run(trial), repeat=3, limit=3.0)
        bench.measure("fields_s", field_maker(plan), repeat=1, note="imported columns from JSON")
        bench.measure(
            "values_of_a_field_ms", lambda: value_counts(facts, "industry", FieldKind.TEXT)
        )
        names = rule_names(plan)
        territories: dict[TerritoryId, str] = {each.id: each.name for each in plan.territories}
        many, sheet = rules * 10, folder / "rules.xlsx"

        def through_a_sheet() -> None:
            write_table(sheet, rules_table(many, names, territories))
            found = read_rules(read_rule_file(sheet), names, territories)
            if found.problems:
                raise ValueError(found.problems[0])

        bench.measure("sheet_of_2000_there_and_back_s", through_a_sheet, repeat=1, limit=10.0)
        plan.close()
    bench.finish()


if __name__ == "__main__":
    main()
