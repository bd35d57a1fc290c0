# SPDX-License-Identifier: MIT
"""Metropolitan and micropolitan areas as groups of counties (PyPI covidcast, from the Census).

The delineation is that of September 2018, the last one but two. It counts the eight old counties
of Connecticut, which the county layer has too.
"""

import csv
import importlib.util
import json
import subprocess
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import shape

from evengeo.layers import AreaLayer, label_point
from evengeo.packing import text_array, write_npz

_AREA_KINDS = ("Metropolitan Statistical Area", "Micropolitan Statistical Area")
_COUNTY_KIND = "County or equivalent"
_PUERTO_RICO = "72"


def write(path: Path, node_modules: Path, scratch: Path, counties: AreaLayer) -> int:
    """Write the table of groups.

    Arrays: codes (CBSA codes), names (joined by line feeds), is_metropolitan (else
    micropolitan), county_codes, county_group (position in codes).

    Returns:
        How many areas there are.

    Raises:
        ValueError: A county of an area is not in the county layer.
    """
    source = _package_folder()
    names, kinds, group_of_county = _listed(source / "geo_mappings" / "msa_census.csv")
    for county, code, name, kind in _of_puerto_rico(source, node_modules, scratch, counties):
        names[code], kinds[code] = name, kind
        group_of_county[county] = code
    lost = sorted(set(group_of_county) - set(counties.codes))
    if lost:
        message = f"counties of metro areas that the county layer lacks: {lost}"
        raise ValueError(message)
    codes = sorted(names)
    position = {code: i for i, code in enumerate(codes)}
    members = sorted(group_of_county)
    write_npz(
        path,
        {
            "codes": np.asarray(codes).astype("S"),
            "names": text_array(names[code] for code in codes),
            "is_metropolitan": np.asarray([kinds[code] == _AREA_KINDS[0] for code in codes]),
            "county_codes": np.asarray(members).astype("S"),
            "county_group": np.asarray([position[group_of_county[c]] for c in members], np.int32),
        },
    )
    return len(codes)


def _package_folder() -> Path:
    # The package is not imported, because that needs packages that the build does not.
    package = importlib.util.find_spec("covidcast")
    if package is None or package.submodule_search_locations is None:
        message = "covidcast is not installed: see resources/build/README.md"
        raise FileNotFoundError(message)
    return Path(package.submodule_search_locations[0])


def _listed(path: Path) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Names and kinds by CBSA code, and the CBSA code by county."""
    names: dict[str, str] = {}
    kinds: dict[str, str] = {}
    group_of_county: dict[str, str] = {}
    with path.open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            if row["LSAD"] in _AREA_KINDS:
                names[row["CBSA"]], kinds[row["CBSA"]] = row["NAME"], row["LSAD"]
            elif row["LSAD"] == _COUNTY_KIND:
                # The package has lost the leading zeros.
                group_of_county[row["STCOU"].zfill(5)] = row["CBSA"]
    return names, kinds, group_of_county


def _of_puerto_rico(
    source: Path, node_modules: Path, scratch: Path, counties: AreaLayer
) -> list[tuple[str, str, str, str]]:
    """County, CBSA code, name and kind in Puerto Rico, which the table leaves out.

    The package has the outlines of the areas, so the one around a county's inner point is its own.
    """
    target = scratch / "cbsa.json"
    command = [
        "node",
        str(node_modules / "mapshaper" / "bin" / "mapshaper"),
        str(source / "shapefiles" / "msa" / "cb_2019_us_cbsa_5m.shp"),
        *("-filter", "NAME.endsWith(', PR')", "-o", str(target), "format=geojson"),
    ]
    subprocess.run(command, check=True, capture_output=True)
    features = json.loads(target.read_text(encoding="utf-8"))["features"]
    tree = shapely.STRtree([shape(each["geometry"]) for each in features])
    found: list[tuple[str, str, str, str]] = []
    for code, area in zip(counties.codes, counties.areas, strict=True):
        if not code.startswith(_PUERTO_RICO):
            continue
        hit = tree.query(shapely.Point(label_point(area)), predicate="within").tolist()
        if hit:
            about = features[hit[0]]["properties"]
            kind = _AREA_KINDS[0] if about["LSAD"] == "M1" else _AREA_KINDS[1]
            found.append((code, str(about["CBSAFP"]), str(about["NAME"]), kind))
    return found
