# SPDX-License-Identifier: MIT
"""Made tests/data/plans/v3.sqlite, once: a plan file as version 3 of the schema wrote it.

The file is never made again: it proves that plans of that version still open. Usage, from the
project's folder: ``python -m tests.helpers.make_v3_plan``.
"""

import base64
import json
import sys

import numpy as np

from app.models.changes import Changes
from app.services.boundaries.packing import pack_layer
from app.services.boundaries.prepared import GRID, PreparedLayer
from app.services.geography.packed import PackedPolygons, mercator
from app.services.store.transaction import Transaction
from tests.helpers.frozen_plans import freeze
from tests.helpers.make_v2_plan import fill_version_2
from tests.helpers.plans import zip_at


def fill_version_3(tx: Transaction) -> Changes:
    """One row at least in every table that version 3 brought."""
    changes = fill_version_2(tx)
    tx.put("territory", ("id", "is_locked", "lock_digest"), [(2, 1, "ab" * 32)])
    columns = (
        *("id", "name", "role", "level", "country", "file_name", "vintage", "attribution"),
        *("code_field", "name_field", "area_count", "position", "content", "report"),
    )
    layer = (
        *(1, "Straßen 2026", "group", "zip", "US", "streets.geojson", "2026", "Invented"),
        *("CODE", "NAME", 1, 1, base64.b64encode(pack_layer(_square())).decode(), '{"new": []}'),
    )
    tx.put("boundary_layer", columns, [layer])
    ring = [[-100.5, 39.5], [-99.5, 39.5], [-99.5, 40.5], [-100.5, 39.5]]
    columns = ("id", "scenario_id", "territory_id", "name", "polygon")
    tx.put("drawn_area", columns, [(1, 1, 1, "Quarter", json.dumps([ring]))])
    columns = ("geounit_a", "geounit_b", "note")
    tx.put("geounit_link", columns, [(zip_at(0, 0), zip_at(3, 3), "Ferry")])
    return changes | Changes(boundaries=True, drawn_areas=True, links=True)


def _square() -> PreparedLayer:
    """One area of one degree around -100, 40."""
    lon = np.array([-100.5, -99.5, -99.5, -100.5, -100.5])
    lat = np.array([40.5, 40.5, 39.5, 39.5, 40.5])
    x, y = mercator(lon, lat)
    xy = (np.rint(np.column_stack([x, y]) * GRID) / GRID).astype(np.float32)
    return PreparedLayer(
        codes=("A1",),
        names=("Ärmel & Söhne",),
        lon=np.array([-100.0]),
        lat=np.array([40.0]),
        area_km2=np.array([9450.0], np.float32),
        bounds=np.array([[-100.5, 39.5, -99.5, 40.5]], np.float32),
        neighbors_start=np.array([0, 0], np.int32),
        neighbors=np.empty(0, np.int32),
        polygons=PackedPolygons(np.array([0, 1]), np.array([0, 5]), xy),
    )


if __name__ == "__main__":
    sys.exit(freeze(3, fill_version_3))
