# SPDX-License-Identifier: MIT
"""US counties and states from the Census cartographic files in the plotly-geo package."""

import importlib.util
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import MultiPolygon

from evengeo.layers import AreaLayer
from evengeo.topology import Topology, neighbor_pairs, polygons_of

KEPT_SHARE = "25%"
"""Share of the removable points that stay; at it county lines look right down to street level."""

_SUFFIX_BY_LSAD = {
    "00": "",
    "03": " City and Borough",
    "04": " Borough",
    "05": " Census Area",
    "06": " County",
    "07": " District",
    "10": " Island",
    "12": " Municipality",
    "13": " Municipio",
    "15": " Parish",
    "25": " city",
}
STATES: dict[str, tuple[str, str]] = {
    line[:2]: (line[3:5], line[6:])
    for line in """\
01 AL Alabama
02 AK Alaska
04 AZ Arizona
05 AR Arkansas
06 CA California
08 CO Colorado
09 CT Connecticut
10 DE Delaware
11 DC District of Columbia
12 FL Florida
13 GA Georgia
15 HI Hawaii
16 ID Idaho
17 IL Illinois
18 IN Indiana
19 IA Iowa
20 KS Kansas
21 KY Kentucky
22 LA Louisiana
23 ME Maine
24 MD Maryland
25 MA Massachusetts
26 MI Michigan
27 MN Minnesota
28 MS Mississippi
29 MO Missouri
30 MT Montana
31 NE Nebraska
32 NV Nevada
33 NH New Hampshire
34 NJ New Jersey
35 NM New Mexico
36 NY New York
37 NC North Carolina
38 ND North Dakota
39 OH Ohio
40 OK Oklahoma
41 OR Oregon
42 PA Pennsylvania
44 RI Rhode Island
45 SC South Carolina
46 SD South Dakota
47 TN Tennessee
48 TX Texas
49 UT Utah
50 VT Vermont
51 VA Virginia
53 WA Washington
54 WV West Virginia
55 WI Wisconsin
56 WY Wyoming
60 AS American Samoa
66 GU Guam
69 MP Northern Mariana Islands
72 PR Puerto Rico
78 VI U.S. Virgin Islands""".splitlines()
}
"""Two-digit FIPS to postal abbreviation and name (ANSI INCITS 38, public domain)."""


@dataclass
class UsAreas:
    """Counties, states and the lines between them."""

    counties: AreaLayer
    states: AreaLayer
    county_lines: list[np.ndarray]
    state_lines: list[np.ndarray]


def build(node_modules: Path, scratch: Path) -> UsAreas:
    """Simplify the counties with shared borders kept, and dissolve the states from them."""
    topology = Topology(_simplified(node_modules, scratch))
    features = sorted(topology.features("counties"), key=lambda f: str(f.properties["GEOID"]))
    arcs = [feature.arcs() for feature in features]
    codes = [str(feature.properties["GEOID"]) for feature in features]
    state_codes = sorted({code[:2] for code in codes})
    state_position = {code: i for i, code in enumerate(state_codes)}
    parents = [state_position[code[:2]] for code in codes]
    names = [_county_name(feature.properties) for feature in features]
    areas = [topology.polygon(feature) for feature in features]
    counties = AreaLayer(codes, names, parents, areas, neighbor_pairs(arcs))
    state_arcs: list[set[int]] = [set() for _ in state_codes]
    for parent, own in zip(parents, arcs, strict=True):
        state_arcs[parent] |= own
    states = AreaLayer(
        codes=state_codes,
        names=[STATES[code][1] for code in state_codes],
        parents=[0] * len(state_codes),
        areas=_dissolved(areas, parents),
        pairs=neighbor_pairs(state_arcs),
    )
    return UsAreas(counties, states, topology.mesh(arcs), topology.mesh(state_arcs))


def _simplified(node_modules: Path, scratch: Path) -> Path:
    package = importlib.util.find_spec("_plotly_geo")
    if package is None or package.submodule_search_locations is None:
        message = "plotly-geo is not installed: see resources/build/README.md"
        raise FileNotFoundError(message)
    source = Path(package.submodule_search_locations[0]) / "package_data"
    target = scratch / "counties.topo.json"
    command = [
        "node",
        str(node_modules / "mapshaper" / "bin" / "mapshaper"),
        str(source / "cb_2016_us_county_500k.shp"),
        *("name=counties", "-simplify", KEPT_SHARE, "weighted", "keep-shapes"),
        *("-o", str(target), "format=topojson", "quantization=10000000"),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return target


def _county_name(properties: dict[str, object]) -> str:
    suffix = _SUFFIX_BY_LSAD[str(properties["LSAD"])]
    state = STATES[str(properties["STATEFP"])][0]
    return f"{properties['NAME']}{suffix}, {state}"


def _dissolved(areas: list[MultiPolygon], parents: list[int]) -> list[MultiPolygon]:
    members: dict[int, list[MultiPolygon]] = defaultdict(list)
    for area, parent in zip(areas, parents, strict=True):
        members[parent].append(area)
    return [polygons_of(shapely.union_all(members[parent])) for parent in sorted(members)]
