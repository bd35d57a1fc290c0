# SPDX-License-Identifier: MIT
"""TopoJSON: polygons whose common borders are one and the same line, and who touches whom."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon

HALF_TURN = 180.0
MIN_RING = 4
"""A closed ring with fewer coordinates has no inside; some sources hold a few such rings."""


@dataclass(frozen=True)
class Feature:
    """One geometry of a TopoJSON object.

    Attributes:
        polygons: Per polygon its rings, per ring its arc numbers (negative: reversed, ~number).
    """

    id: str
    properties: dict[str, object]
    polygons: list[list[list[int]]]

    def arcs(self) -> set[int]:
        """Numbers of all arcs on the outline, without direction."""
        return {a if a >= 0 else ~a for p in self.polygons for ring in p for a in ring}


class Topology:
    """A decoded TopoJSON file."""

    def __init__(self, path: Path) -> None:
        document = json.loads(path.read_text(encoding="utf-8"))
        self._objects: dict[str, dict] = document["objects"]
        self.arcs = [_decode_arc(arc, document.get("transform")) for arc in document["arcs"]]

    def features(self, name: str) -> list[Feature]:
        """The polygons of one object, in file order."""
        features: list[Feature] = []
        for geometry in self._objects[name]["geometries"]:
            kind = geometry.get("type")
            if kind not in {"Polygon", "MultiPolygon"}:
                continue
            polygons = [geometry["arcs"]] if kind == "Polygon" else geometry["arcs"]
            features.append(
                Feature(str(geometry.get("id", "")), geometry.get("properties") or {}, polygons)
            )
        return features

    def lines(self, name: str) -> list[np.ndarray]:
        """The lines of one object as arrays of lon, lat."""
        lines: list[np.ndarray] = []
        for geometry in self._objects[name]["geometries"]:
            if geometry.get("type") == "LineString":
                lines.append(self._join(geometry["arcs"]))
            elif geometry.get("type") == "MultiLineString":
                lines.extend(self._join(arcs) for arcs in geometry["arcs"])
        return lines

    def polygon(self, feature: Feature) -> MultiPolygon:
        """The feature as valid polygons; rings without an inside are dropped."""
        parts: list[shapely.Geometry] = []
        for rings in feature.polygons:
            joined = [ring for ring in map(self._join, rings) if len(ring) >= MIN_RING]
            if joined:
                parts.append(_area(joined))
        whole = parts[0] if len(parts) == 1 else shapely.geometrycollections(parts)
        return polygons_of(shapely.make_valid(MultiPolygon(list(polygons_of(whole).geoms))))

    def mesh(self, owners: Sequence[Iterable[int]]) -> list[np.ndarray]:
        """The arcs that two different owners share, joined to long lines.

        Args:
            owners: Per area the numbers of its arcs.
        """
        shared = [self.arcs[a] for a, who in sorted(arc_owners(owners).items()) if len(who) > 1]
        merged = shapely.line_merge(shapely.union_all([LineString(arc) for arc in shared]))
        return [np.asarray(line.coords) for line in shapely.get_parts(merged)]

    def _join(self, arcs: Sequence[int]) -> np.ndarray:
        parts = [self.arcs[a] if a >= 0 else self.arcs[~a][::-1] for a in arcs]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])


def arc_owners(owners: Sequence[Iterable[int]]) -> dict[int, set[int]]:
    """Per arc number the positions of the areas that have it on their outline."""
    by_arc: dict[int, set[int]] = defaultdict(set)
    for position, arcs in enumerate(owners):
        for arc in arcs:
            by_arc[arc].add(position)
    return by_arc


def neighbor_pairs(owners: Sequence[Iterable[int]]) -> set[tuple[int, int]]:
    """Pairs (a < b) of areas that share at least one arc."""
    pairs: set[tuple[int, int]] = set()
    for who in arc_owners(owners).values():
        group = sorted(who)
        pairs.update((a, b) for i, a in enumerate(group) for b in group[i + 1 :])
    return pairs


def polygons_of(geometry: shapely.Geometry) -> MultiPolygon:
    """Only the areas of a geometry, as one MultiPolygon."""
    parts = shapely.get_parts(geometry)
    while any(shapely.get_type_id(parts) > 3):
        parts = shapely.get_parts(parts)
    return MultiPolygon([p for p in parts if p.geom_type == "Polygon" and not p.is_empty])


def _area(rings: list[np.ndarray]) -> shapely.Geometry:
    """The area of an outer ring and its holes, cut where it crosses the 180th meridian."""
    if all(np.abs(np.diff(ring[:, 0])).max() <= HALF_TURN for ring in rings):
        return Polygon(rings[0], rings[1:])
    # Even-odd, because Antarctica comes as two rings around the pole: its coast, and the pole.
    area, *others = [_cut_at_180(ring) for ring in rings]
    for other in others:
        area = shapely.symmetric_difference(area, other)
    return area


def _cut_at_180(ring: np.ndarray) -> shapely.Geometry:
    """The inside of a ring whose longitudes jump between -180 and 180."""
    turns = np.concatenate([[0.0], np.cumsum(np.round(np.diff(ring[:, 0]) / -360.0))])
    flat = ring + np.column_stack([turns * 360.0, np.zeros(len(ring))])
    if turns[-1] != 0.0:
        # The ring goes around a pole: close it along the pole.
        pole = np.copysign(90.0, flat[:, 1].mean())
        ends = [[flat[-1, 0], pole], [flat[0, 0], pole]]
        flat = np.concatenate([flat, ends, flat[:1]])
    area = shapely.make_valid(Polygon(flat))
    pieces = [
        shapely.transform(
            shapely.intersection(area, shapely.box(west, -90.0, west + 360.0, 90.0)),
            lambda lonlat, shift=west + HALF_TURN: lonlat - [shift, 0.0],
        )
        for west in (-540.0, -180.0, 180.0)
    ]
    return shapely.union_all(pieces)


def _decode_arc(arc: list[list[float]], transform: dict | None) -> np.ndarray:
    points = np.asarray(arc, dtype=np.float64)[:, :2]
    if transform is None:
        return points
    steps = np.cumsum(points, axis=0)
    return steps * np.asarray(transform["scale"]) + np.asarray(transform["translate"])
