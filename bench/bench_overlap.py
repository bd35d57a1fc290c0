# SPDX-License-Identifier: MIT
"""Land and accounts that 500 territories claim together, with and without drawn areas.

The ZIP areas of the United States belong to 500 territories, one in twenty of them to two; each
territory has a drawn area of 96 corners besides.
"""

import tempfile
import time
from pathlib import Path

import numpy as np
from common import ROOT, Bench

from app.models.geounit import GeoLevel
from app.services.drawn_polygons import rings_text
from app.services.geography.geography import Geography
from app.services.geography.layer import GeoLayer
from app.services.overlaps.plan_overlaps import OverlapFacts, overlap_facts
from app.services.store.document import AppFolders
from app.services.store.transaction import Transaction
from app.services.workspace import Workspace
from tests.helpers.plans import Place, make_large_plan

TERRITORIES, CORNERS, ACCOUNTS = 500, 96, 100_000


def fill_territories(tx: Transaction, layer: GeoLayer) -> None:
    """Territories of nearby ZIP areas, some of them claimed twice, and an area drawn by each."""
    chance = np.random.default_rng(5)
    seeds = chance.choice(len(layer), TERRITORIES, replace=False)
    lon, lat = layer.lon[seeds], layer.lat[seeds]
    near = np.argmin((layer.lon[:, None] - lon) ** 2 + (layer.lat[:, None] - lat) ** 2, axis=1)
    columns = ("id", "scenario_id", "sales_force_id", "name")
    ids = range(1, TERRITORIES + 1)
    tx.put("territory", columns, [(each, 1, 1, f"T{each:03d}") for each in ids])
    claims = {(1, unit, int(at) + 1) for unit, at in zip(layer.geounits, near, strict=True)}
    for at in chance.choice(len(layer), len(layer) // 20, replace=False).tolist():
        claims.add((1, layer.geounits[at], int(near[at] + 1) % TERRITORIES + 1))
    columns = ("scenario_id", "geounit_id", "territory_id")
    tx.put("geounit_assignment", columns, sorted(claims))
    angle = np.linspace(0.0, 2.0 * np.pi, CORNERS, endpoint=False)
    rows = []
    for each, x, y in zip(ids, lon, lat, strict=True):
        reach = 0.4 + 0.1 * np.sin(5.0 * angle + each)
        ring = np.column_stack([x + reach * np.cos(angle), y + reach * np.sin(angle)]).tolist()
        corners = tuple((round(a, 7), round(b, 7)) for a, b in [*ring, ring[0]])
        rows.append((each, 1, each, f"Area {each}", rings_text((corners,))))
    columns = ("id", "scenario_id", "territory_id", "name", "polygon")
    tx.put("drawn_area", columns, rows)


def places_of(geography: Geography) -> list[Place]:
    """Where accounts stand: the middle of every ZIP area."""
    layer = geography.layer(GeoLevel.ZIP)
    county = geography.layer(GeoLevel.COUNTY)
    found: list[Place] = []
    for code, parent, lon, lat in zip(
        layer.codes.tolist(), layer.parent.tolist(), layer.lon, layer.lat, strict=True
    ):
        county_code = str(county.codes[parent])
        found.append((float(lon), float(lat), county_code[:2], county_code, code))
    return found


def main() -> None:
    """Measures on one plan, with its drawn areas and without them."""
    bench = Bench("overlap")
    geography = Geography.load(ROOT / "resources" / "geo")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folders = AppFolders(folder / "work", folder / "backups", folder / "logs")
        path = folder / "overlap.evenfield"
        make_large_plan(path, ACCOUNTS, folders=folders, places=places_of(geography))
        plan = Workspace.open(path, folders, geography)
        with plan.document.store.transaction() as tx:
            fill_territories(tx, geography.layer(GeoLevel.ZIP))
        plan.state.reload()
        _ = plan.account_territory, plan.connections.graph
        facts: list[OverlapFacts] = []
        bench.measure("freeze_ms", lambda: facts.append(overlap_facts(plan)), limit=100.0)
        bench.measure("pairs_of_accounts_ms", lambda: overlap_facts(plan).pairs(), limit=200.0)
        bench.measure("list_of_overlaps_ms", lambda: len(overlap_facts(plan).overlaps))
        bench.measure("list_of_gaps_ms", lambda: len(overlap_facts(plan).gaps))
        start = time.perf_counter()
        land = facts[0].land()
        report = facts[0].pairs(land)
        bench.record(
            "land_of_500_s",
            time.perf_counter() - start,
            limit=3.0,
            note=f"{len(report.pairs)} pairs, {TERRITORIES} drawn areas of {CORNERS} corners",
        )
        with plan.document.store.transaction() as tx:
            tx.delete("drawn_area", [(each,) for each in range(1, TERRITORIES + 1)])
        plan.state.reload()
        without = overlap_facts(plan)
        bench.measure("land_without_drawn_ms", lambda: without.pairs(without.land()), limit=200.0)
        plan.close()
    bench.finish()


if __name__ == "__main__":
    main()
