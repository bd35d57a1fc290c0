# SPDX-License-Identifier: MIT
"""Exact ZIP areas of one state out of the real ones, added as a user adds them."""

import gzip
import json
from pathlib import Path

from app.models.boundary_layer import BoundaryLayerInfo, BoundaryRole
from app.models.geounit import GeoLevel
from app.services.boundaries.boundary_file import BoundaryFile
from app.services.boundaries.choices import first_choices, outcome_of
from app.services.geography.geography import Geography
from app.services.geography.layered import with_layers
from app.services.geography.plan_layer import PlanLayer
from app.services.importing.table import Watch
from tests.helpers.shared import SHARED

SOURCE = SHARED / "geodata" / "zcta5_2010_detail_s50.topo.json.gz"
TEXAS = ("75", "76", "77", "78", "79", "885")
"""How the ZIP codes of Texas begin."""


def with_real_areas(
    geography: Geography, folder: Path, beginnings: tuple[str, ...] = TEXAS
) -> Geography:
    """The shipped areas with the real ones in place of the approximate ones, where they begin so.

    Args:
        geography: The shipped areas.
        folder: Where the file is written that the program reads.
        beginnings: Of the ZIP codes.
    """
    content = json.loads(gzip.decompress(SOURCE.read_bytes()))
    areas = content["objects"]["zcta"]["geometries"]
    chosen = [each for each in areas if str(each["id"]).startswith(beginnings)]
    content["objects"] = {"zcta": {"type": "GeometryCollection", "geometries": chosen}}
    path = folder / "zip areas.topo.json"
    path.write_text(json.dumps(content))
    file = BoundaryFile.open(path, Watch())
    try:
        prepared = outcome_of(file, first_choices(file, geography), geography, Watch()).prepared
    finally:
        file.close()
    info = BoundaryLayerInfo(
        id=1,
        name="ZIP areas",
        role=BoundaryRole.REPLACE,
        level=GeoLevel.ZIP,
        area_count=len(prepared.codes),
    )
    return with_layers(geography, [PlanLayer(info, prepared, "test")])
