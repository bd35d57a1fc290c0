# SPDX-License-Identifier: MIT
"""33,144 real ZIP areas, added as a user adds them: through the boundary layer of a plan."""

import gzip
import shutil
import tempfile
import time
from pathlib import Path

from common import ROOT, SHARED, Bench

from app.models.boundary_layer import BoundaryLayerInfo, BoundaryRole
from app.models.geounit import GeoLevel
from app.services.boundaries.boundary_file import BoundaryFile
from app.services.boundaries.choices import first_choices, outcome_of
from app.services.boundaries.packing import pack_layer, unpack_layer
from app.services.boundaries.prepared import PreparedLayer
from app.services.geography.geography import Geography
from app.services.geography.layered import with_layers
from app.services.geography.plan_layer import PlanLayer
from app.services.importing.table import Watch

SOURCE = SHARED / "geodata" / "zcta5_2010_detail_s50.topo.json.gz"
KEPT = Path(tempfile.gettempdir()) / "evenfield-bench-zip-areas.bin"
"""The prepared areas; another run need not prepare them again."""


def real_areas(bench: Bench) -> PreparedLayer:
    """The areas as the program prepares them from the file; read from the last run's copy."""
    if not KEPT.is_file():
        _prepare(bench, Geography.load(ROOT / "resources" / "geo"))
    return unpack_layer(KEPT.read_bytes())


def layered(areas: PreparedLayer) -> Geography:
    """The shipped geography with the areas in the place of the approximate ones."""
    info = BoundaryLayerInfo(
        id=1,
        name="ZIP areas",
        role=BoundaryRole.REPLACE,
        level=GeoLevel.ZIP,
        area_count=len(areas.codes),
    )
    layer = PlanLayer(info, areas, "bench")
    return with_layers(Geography.load(ROOT / "resources" / "geo"), [layer])


def _prepare(bench: Bench, geography: Geography) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "zcta.topo.json"
        with gzip.open(SOURCE) as packed, path.open("wb") as plain:
            shutil.copyfileobj(packed, plain)
        start = time.perf_counter()
        file = BoundaryFile.open(path, Watch())
        bench.record("boundaries_opened_s", time.perf_counter() - start)
        start = time.perf_counter()
        outcome = outcome_of(file, first_choices(file, geography), geography, Watch())
        bench.record("boundaries_prepared_s", time.perf_counter() - start)
        file.close()
    KEPT.write_bytes(pack_layer(outcome.prepared))
