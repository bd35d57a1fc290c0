# SPDX-License-Identifier: MIT
"""Small boundary files in every format: six squares of a tenth of a degree in central Ohio.

::

    43001  43002  43003      north row, 40.1 to 40.2
    43004  43005  43006      south row, 40.0 to 40.1
    -83.0 .. -82.9 .. -82.8 .. -82.7
"""

import gzip
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import pyproj
import shapely

CODES = ("43001", "43002", "43003", "43004", "43005", "43006")
NAMES = ("Alba", "Berne", "Cadiz", "Dover", "Eaton", "Fargo")
DRIVERS = {
    "shp": "ESRI Shapefile",
    "gpkg": "GPKG",
    "kml": "LIBKML",
    "fgb": "FlatGeobuf",
    "geojson": "GeoJSON",
}


def squares() -> list[shapely.Geometry]:
    """The six areas in degrees."""
    return [
        shapely.box(-83 + 0.1 * column, 40.1 - 0.1 * row, -82.9 + 0.1 * column, 40.2 - 0.1 * row)
        for row in range(2)
        for column in range(3)
    ]


def write_areas(
    path: Path,
    areas: Sequence[shapely.Geometry | None],
    columns: Mapping[str, Sequence[Any]],
    crs: str | None = "EPSG:4326",
) -> Path:
    """Write areas given in degrees as the format that the ending says, in any projection."""
    shapes = np.array([shapely.Polygon() if a is None else a for a in areas], dtype=object)
    if crs not in (None, "EPSG:4326", "EPSG:4269"):
        to = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)
        # A straight border of degrees is none in another projection: it takes many corners.
        shapes = shapely.segmentize(shapes, 0.002)
        shapes = shapely.transform(shapes, lambda xy: np.column_stack(to.transform(*xy.T)))
    wkb = shapely.to_wkb(shapes)
    wkb[[a is None for a in areas]] = None
    kinds = {shape.geom_type for shape in shapes}
    pyogrio.raw.write(
        path,
        wkb,
        [
            np.array(values, dtype=object if isinstance(values[0], str) else None)
            for values in columns.values()
        ],
        list(columns),
        geometry_type=kinds.pop() if len(kinds) == 1 else "Unknown",
        crs=crs,
        driver=DRIVERS[path.suffix[1:]],
    )
    return path


def write_squares(path: Path, crs: str | None = "EPSG:4326") -> Path:
    """The six squares with the columns GEOID and NAME."""
    return write_areas(path, squares(), {"GEOID": CODES, "NAME": NAMES}, crs)


def zipped(path: Path, archive: Path, folder: str = "") -> Path:
    """A shapefile with its companions as an archive, as the Census offers it."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for part in sorted(path.parent.glob(path.stem + ".*")):
            if part != archive:
                target.write(part, folder + part.name)
    return archive


def write_topojson(path: Path) -> Path:
    """The two western squares as a topology with a shared arc; packed where the name says so."""
    topology = {
        "type": "Topology",
        "arcs": [
            [[-83.0, 40.1], [-82.9, 40.1]],
            [[-82.9, 40.1], [-82.9, 40.2], [-83.0, 40.2], [-83.0, 40.1]],
            [[-83.0, 40.1], [-83.0, 40.0], [-82.9, 40.0], [-82.9, 40.1]],
        ],
        "objects": {
            "zcta": {
                "type": "GeometryCollection",
                "geometries": [
                    {"type": "Polygon", "id": "43001", "arcs": [[0, 1]]},
                    {"type": "Polygon", "id": "43004", "arcs": [[-1, 2]]},
                ],
            }
        },
    }
    content = json.dumps(topology).encode()
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)
    return path
