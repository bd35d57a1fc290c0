# SPDX-License-Identifier: MIT
"""Dividing 1,000,000 accounts: what the guide proposes, and coverage across sales forces."""

import tempfile
from pathlib import Path

from bench_overlap import places_of
from common import ROOT, Bench

from app.models.geounit import GeoLevel
from app.models.ids import MeasureId
from app.models.sales_force import FIRST_SALES_FORCE, ForceModel
from app.services.builders.first_version import (
    MODEL_BY_VERSION,
    AreaChoice,
    AreaSource,
    KindChoice,
    KindSource,
    VersionChoice,
)
from app.services.builders.guide import FirstVersion
from app.services.builders.owners import OwnerRules
from app.services.builders.proposing import market_of, proposing
from app.services.commands import BuildForces, ForceBuild, ForceTarget
from app.services.force_coverage import combinations_of, pairings_of, served_by_force
from app.services.geography.geography import Geography
from app.services.store.document import AppFolders
from app.services.workspace import Workspace
from tests.helpers.plans import make_large_plan

ACCOUNTS = 1_000_000
SALES = MeasureId(1)
COUNTIES = AreaChoice(AreaSource.COUNT, OwnerRules(GeoLevel.COUNTY), 200)
SEGMENTS, SIZES = KindChoice(KindSource.SEGMENT), KindChoice(KindSource.SIZE, SALES, 4)


def choice(version: FirstVersion, kinds: KindChoice) -> VersionChoice:
    """A version of the first sales force, built anew."""
    target = ForceTarget(MODEL_BY_VERSION[version], FIRST_SALES_FORCE)
    return VersionChoice(version, target, COUNTIES, kinds)


def main() -> None:
    """Measures on one plan."""
    bench = Bench("forces")
    geography = Geography.load(ROOT / "resources" / "geo")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
        path = folder / "forces.evenfield"
        make_large_plan(path, ACCOUNTS, folders=folders, places=places_of(geography))
        plan = Workspace.open(path, folders, geography)
        for column in ("segment", "name", "external_id", "family"):
            plan.accounts.text(column)
        market = market_of(plan, SALES, "{:,.0f}".format)
        for key, wanted in (
            ("areas_200_s", choice(FirstVersion.AREAS, SEGMENTS)),
            ("customers_by_size_s", choice(FirstVersion.CUSTOMERS, SIZES)),
            ("each_of_200_areas_by_size_s", choice(FirstVersion.CROSSED, SIZES)),
        ):
            bench.measure(key, proposing(plan, wanted, SALES, market), repeat=3, limit=3.0)
        proposal = proposing(plan, choice(FirstVersion.CROSSED, SIZES), SALES, market)()
        bench.measure(
            "build_800_territories_s",
            lambda: plan.run(BuildForces(proposal.builds, "the guide")),
            repeat=1,
            note=f"{len(proposal.builds[0].draft.rules)} rules",
        )
        kinds = proposing(plan, choice(FirstVersion.CUSTOMERS, SIZES), SALES, market)()
        target = ForceTarget(ForceModel.CUSTOMER, name="By size")
        plan.run(BuildForces((ForceBuild(target, kinds.builds[0].draft),), "sizes"))
        served = served_by_force(plan)
        values = plan.accounts.measure(SALES)
        bench.measure(
            "combinations_ms", lambda: combinations_of(served, values), repeat=3, limit=300.0
        )
        first, second = (
            ([t.id for t in plan.state_of(force).territories], positions)
            for force, positions in served.items()
        )
        bench.measure(
            "pairings_ms", lambda: pairings_of(first, second, values), repeat=3, limit=300.0
        )
        plan.close()
    bench.finish()


if __name__ == "__main__":
    main()
