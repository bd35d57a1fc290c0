# SPDX-License-Identifier: MIT
"""Visits, travel, index and sensitivity of 1,000,000 accounts in 500 territories.

The accounts stand at the shipped ZIP areas; each territory is the areas nearest to one of them.
"""

import time
from collections.abc import Callable

import numpy as np
from common import ROOT, Bench

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import MeasureId, TerritoryId, VisitClassId
from app.models.territory import Territory
from app.models.visit_class import VisitClass
from app.models.work import IndexWeight, WorkSettings
from app.services.balance import totals_by_position
from app.services.geography.geography import Geography
from app.services.workload.ground import AccountGround, account_ground, unit_vectors
from app.services.workload.index import index_parts, index_values
from app.services.workload.report import TerritoryFacts, workload_report
from app.services.workload.sensitivity import sensitivity
from app.services.workload.travel import TravelFacts, travel_estimates
from app.services.workload.visits import VisitPlan, class_column, visit_plan

ACCOUNTS, TERRITORIES = 1_000_000, 500
CLASSES = (
    VisitClass(VisitClassId(1), "A", 12.0, 1.0, 0.5),
    VisitClass(VisitClassId(2), "B", 6.0, 0.75, 0.25),
    VisitClass(VisitClassId(3), "C", 2.0, 0.5, 0.25, is_default=True),
)


def timed(bench: Bench, name: str, limit_ms: float, work: Callable[[], object]) -> None:
    """Measure a piece of work several times, in milliseconds."""
    work()
    samples: list[float] = []
    for _ in range(7):
        start = time.perf_counter()
        work()
        samples.append(1000 * (time.perf_counter() - start))
    bench.record(name, samples, limit=limit_ms)


def main() -> None:
    """Measure each part, then all of them."""
    bench = Bench("workload")
    geography = Geography.load(ROOT / "resources" / "geo")
    chance = np.random.default_rng(7)
    zips = geography.layer(GeoLevel.ZIP)
    at = chance.integers(0, len(zips.codes), ACCOUNTS).astype(np.int32)
    seats = chance.integers(0, len(zips.codes), TERRITORIES)
    near = unit_vectors(zips.lon, zips.lat).T @ unit_vectors(zips.lon[seats], zips.lat[seats])
    served = near.argmax(axis=1).astype(np.int32)[at]
    territories = [Territory(TerritoryId(n + 1), f"T{n}") for n in range(TERRITORIES)]
    bases = {
        each.id: (float(zips.lon[seat]), float(zips.lat[seat]))
        for each, seat in zip(territories[::2], seats[::2], strict=True)
    }
    hours = {each.id: 1600.0 for each in territories}
    held = TerritoryFacts(territories, territories, bases, hours, frozenset())
    spelling = chance.integers(-1, 3, ACCOUNTS).astype(np.int32)
    timed(bench, "visits_1m_ms", 100, lambda: _visits(spelling))
    plan = _visits(spelling)
    ground = _ground(bench, geography, at, chance)
    facts = TravelFacts(ground, plan.visits, served, WorkSettings(), {})
    timed(bench, "travel_1m_ms", 300, lambda: travel_estimates(territories, bases, facts))
    timed(bench, "report_1m_ms", 450, lambda: workload_report(plan, held, facts))
    _index(bench, plan, served, chance)
    bench.finish()


def _ground(
    bench: Bench, geography: Geography, at: np.ndarray, chance: np.random.Generator
) -> AccountGround:
    """Accounts scattered around the middles of ZIP areas."""
    zips = geography.layer(GeoLevel.ZIP)
    index = {GeoLevel.ZIP: at}
    for level in LEVELS_COARSE_TO_FINE[:-1]:
        index[level] = geography.ancestors(GeoLevel.ZIP, level)[at].astype(np.int32)
    lon = zips.lon[at] + chance.normal(0, 0.03, ACCOUNTS)
    lat = zips.lat[at] + chance.normal(0, 0.03, ACCOUNTS)
    timed(bench, "ground_1m_ms", 500, lambda: account_ground(lon, lat, index, geography))
    return account_ground(lon, lat, index, geography)


def _index(bench: Bench, plan: VisitPlan, served: np.ndarray, chance: np.random.Generator) -> None:
    """The index, and what sliding one of its weights does."""
    columns = {
        MeasureId(-1): plan.hours,
        MeasureId(1): chance.gamma(2.0, 500.0, ACCOUNTS),
        MeasureId(2): chance.gamma(1.0, 300.0, ACCOUNTS),
    }
    weights = [
        IndexWeight(measure, share) for measure, share in zip(columns, (0.6, 0.3, 0.1), strict=True)
    ]
    ids = [TerritoryId(n + 1) for n in range(TERRITORIES)]

    def slide() -> object:
        parts = index_parts(weights, [float(column.sum()) for column in columns.values()])
        shares = np.stack(
            [
                totals_by_position(served, column, TERRITORIES)[:TERRITORIES] / column.sum()
                for column in columns.values()
            ]
        )
        return sensitivity(MeasureId(-1), parts, ids, shares, [1.0] * TERRITORIES, 0.15)

    values = columns.__getitem__
    timed(bench, "index_1m_ms", 100, lambda: index_values(weights, values, ACCOUNTS))
    timed(bench, "sensitivity_1m_ms", 100, slide)


def _visits(spelling: np.ndarray) -> VisitPlan:
    return visit_plan(CLASSES, class_column(CLASSES, spelling, ["A", "B", "C"]))


if __name__ == "__main__":
    main()
