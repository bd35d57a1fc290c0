# SPDX-License-Identifier: MIT
"""GDAL with the six readers that are needed and no way to the network; for the child process.

GDAL can read from addresses, and some of its formats name other files or servers. All of its
drivers but ours are switched off before it starts, and its ways to the network are closed besides.
"""

import os
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import numpy as np
import numpy.typing as npt

from app.services.boundaries.formats import BoundaryFormat

DRIVERS = {
    BoundaryFormat.SHAPEFILE: "ESRI Shapefile",
    BoundaryFormat.GEOJSON: "GeoJSON",
    BoundaryFormat.TOPOJSON: "TopoJSON",
    BoundaryFormat.GEOPACKAGE: "GPKG",
    BoundaryFormat.KML: "LIBKML",
    BoundaryFormat.FLATGEOBUF: "FlatGeobuf",
}
_OTHER_DRIVERS = (
    "PCIDSK,PDS4,VICAR,PDF,MBTiles,EEDA,EEDAI,OGCAPI,GDALG,MapInfo File,LVBAG,S57,DGN,OGR_VRT,VRT,"
    "CSV,GML,GPX,KML,GeoJSONSeq,ESRIJSON,OGR_GMT,SQLite,WAsP,OpenFileGDB,DXF,GeoRSS,VFK,PGDUMP,"
    "OSM,GPSBabel,OGR_PDS,WFS,OAPIF,EDIGEO,Idrisi,ODS,XLSX,Elasticsearch,Carto,AmigoCloud,SXF,"
    "Selafin,JML,PLSCENES,CSW,VDV,MVT,NGW,MapML,GTFS,PMTiles,JSONFG,MiraMonVector,ADBC,AVCBin,"
    "AVCE00,AIVector,HTTP"
)
"""All others that the library of this version has; `open_gdal` checks that none is left."""
_MEMORY_ONLY = "MEM"
_NOWHERE = "127.0.0.1:9"
_CLOSED = {
    "GDAL_SKIP": _OTHER_DRIVERS,
    "GDAL_DRIVER_PATH": "disable",
    "GDAL_HTTP_PROXY": _NOWHERE,
    "GDAL_HTTPS_PROXY": _NOWHERE,
    "GDAL_HTTP_TIMEOUT": "1",
    "GDAL_HTTP_MAX_RETRY": "0",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "GDAL_PAM_ENABLED": "NO",
    "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
    "LIBKML_RESOLVE_STYLE": "NO",
    "PROJ_NETWORK": "OFF",
    "SHAPE_RESTORE_SHX": "YES",
    "OGR_STROKE_CURVE": "YES",
    "OGR_GEOJSON_MAX_OBJ_SIZE": "1000",
    "CPL_LOG": os.devnull,
}


class UnsafeLibrary(Exception):
    """The library has drivers that were not switched off; a bug of ours."""


class UnreadableLayer(Exception):
    """GDAL cannot read the file."""


@dataclass(frozen=True)
class GdalLayer:
    """A layer as it was read.

    Attributes:
        wkb: The shapes of all rows as bytes, None where a row has none.
        columns: The values by column name.
        crs: "EPSG:4269" or WKT; None where the file is silent.
    """

    wkb: npt.NDArray[np.object_]
    columns: dict[str, npt.NDArray[Any]]
    crs: str | None


def open_gdal() -> ModuleType:
    """The library's module with its environment closed; once per process.

    Raises:
        UnsafeLibrary: It knows more formats than it should.
    """
    os.environ.update(_CLOSED)
    # What the library warns of is told in our own words.
    warnings.simplefilter("ignore")
    # Costs 0.3 s and 60 MB; only the child process pays for it.
    import pyogrio  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs]

    known = set(pyogrio.list_drivers()) - {_MEMORY_ONLY}
    if not known <= set(DRIVERS.values()):
        raise UnsafeLibrary(", ".join(sorted(known - set(DRIVERS.values()))))
    return pyogrio


def layers_of(path: str) -> list[tuple[str, bool]]:
    """The names of the layers of a file, and whether their shapes may be areas.

    Raises:
        UnreadableLayer: It cannot be opened.
    """
    pyogrio = open_gdal()
    try:
        listed = pyogrio.list_layers(path)
    except _errors(pyogrio) as error:
        raise UnreadableLayer from error
    return [(str(name), _may_be_areas(kind)) for name, kind in listed]


def row_count(path: str, layer: str) -> int:
    """Number of rows of a layer.

    Raises:
        UnreadableLayer: It cannot be opened.
    """
    pyogrio = open_gdal()
    try:
        return int(pyogrio.read_info(path, layer=layer, force_feature_count=True)["features"])
    except _errors(pyogrio) as error:
        raise UnreadableLayer from error


def read_layer(path: str, layer: str, columns: Sequence[str] | None = None) -> GdalLayer:
    """The rows of a layer.

    Args:
        columns: Only these; None reads all.

    Raises:
        UnreadableLayer: It is damaged.
    """
    pyogrio = open_gdal()
    try:
        meta, _, wkb, values = pyogrio.raw.read(
            path, layer=layer, columns=columns, force_2d=True, datetime_as_string=True
        )
    except _errors(pyogrio) as error:
        raise UnreadableLayer from error
    names = [str(name) for name in meta["fields"]]
    if wkb is None:
        wkb = np.full(len(values[0]) if values else 0, None, np.object_)
    return GdalLayer(wkb, dict(zip(names, values, strict=True)), meta["crs"])


def _may_be_areas(kind: object) -> bool:
    text = str(kind)
    return not text.startswith(("Point", "MultiPoint", "LineString", "MultiLineString", "None"))


def _errors(pyogrio: Any) -> tuple[type[Exception], ...]:  # noqa: ANN401 a module without stubs
    known = pyogrio.errors
    return (
        known.DataSourceError,
        known.DataLayerError,
        known.FeatureError,
        known.GeometryError,
        known.CRSError,
        known.FieldError,
        UnicodeDecodeError,
        ValueError,
        OSError,
    )
