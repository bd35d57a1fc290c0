# SPDX-License-Identifier: MIT
"""Makes `resources/geo` from packages of the registries; see README.md beside it."""

import argparse
import json
import logging
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
# The keys of the gazetteer are made with the same functions that look them up.
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import shapely  # noqa: E402
from evengeo import (  # noqa: E402
    attribution,
    base_map,
    borders,
    countries,
    metro_areas,
    names,
    places,
    region_names,
    us_areas,
    world_source,
    zip_cells,
    zip_points,
)
from evengeo.countries import Countries  # noqa: E402
from evengeo.layers import AreaLayer  # noqa: E402
from evengeo.packing import write_lin1, write_ply1  # noqa: E402
from evengeo.places import Gazetteer  # noqa: E402
from evengeo.state_codes import StateCodes  # noqa: E402
from evengeo.us_areas import UsAreas  # noqa: E402
from evengeo.zip_points import ZipPoint  # noqa: E402

logger = logging.getLogger("build_geo")
LAYER_TEXTS = {
    "country": ("Countries", "about 2014", "Made with Natural Earth"),
    "state": (
        "States and provinces",
        "2016 (US), about 2014 (other countries)",
        "US Census Bureau, cartographic boundary files; made with Natural Earth",
    ),
    "county": ("Counties", "2016", "US Census Bureau, cartographic boundary files"),
    "zip": (
        "ZIP areas (approximate)",
        "2026",
        "Cells around ZIP points of GeoNames (CC BY 4.0) and the US Census Bureau",
    ),
}


def main() -> None:
    """Build everything into the folder asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--node-modules", type=Path, default=HERE / "node_modules")
    parser.add_argument("--out", type=Path, default=HERE.parent / "geo")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(relativeCreated)6d ms  %(message)s")
    arguments.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        build(arguments.node_modules, arguments.out, Path(scratch))


def build(node_modules: Path, out: Path, scratch: Path) -> None:
    """Write all files of `resources/geo`."""
    us = us_areas.build(node_modules, scratch)
    logger.info("%d counties, %d states", len(us.counties.codes), len(us.states.codes))
    source = world_source.read(node_modules, scratch)
    world = countries.build(source, StateCodes(node_modules), us)
    logger.info("%d countries, %d states", len(world.layer.codes), len(world.states.codes))
    points = zip_points.read(node_modules, us.counties)
    zips = zip_layer(points, us)
    logger.info("%d ZIP areas, %d borders", len(zips.codes), len(zips.pairs))
    write_areas(out, us, world, zips)
    base = base_map.build(node_modules, world.layer.areas[0])
    write_ply1(out / "lakes.ply", base.lakes)
    write_lin1(out / "rivers.lin", base.rivers)
    logger.info("areas and lines written")
    count = metro_areas.write(out / "groups_metro.npz", node_modules, scratch, us.counties)
    logger.info("%d metro areas", count)
    found = write_places(out, points, world, zips)
    write_names(node_modules, out, found, world, us.counties)
    attribution.write(out, attribution.sources(node_modules), node_modules)
    texts = {
        level: dict(zip(("label", "vintage", "attribution"), text, strict=True))
        for level, text in LAYER_TEXTS.items()
    }
    write_json(out / "layers.json", texts)
    logger.info("done")


def zip_layer(points: list[ZipPoint], us: UsAreas) -> AreaLayer:
    """The approximate ZIP areas as a layer."""
    cells = zip_cells.build(points, us.counties)
    return AreaLayer(
        codes=[each.code for each in points],
        names=[each.name for each in points],
        parents=[each.county for each in points],
        areas=cells,
        pairs=borders.shared_border_pairs(cells),
        points=zip_cells.inner_points(points, cells),
    )


def write_areas(out: Path, us: UsAreas, world: Countries, zips: AreaLayer) -> None:
    """Write the tables of the levels, the views and the lines."""
    states = world.states.areas[len(us.states.codes) :]
    plain = [a for a, alone in zip(world.layer.areas, world.is_plain, strict=True) if alone]
    for level, layer, shown in (
        ("country", world.layer, world.layer.areas),
        ("state", world.states, us.states.areas + states + plain),
        ("county", us.counties, us.counties.areas + states + plain),
        ("zip", zips, zips.areas + states + plain),
    ):
        layer.write(out / f"layer_{level}.npz")
        write_ply1(out / f"view_{level}.ply", shown)
    write_lin1(out / "county_lines.lin", us.county_lines)
    write_lin1(out / "state_lines.lin", world.state_lines)
    write_lin1(out / "country_lines.lin", world.lines)


def write_places(out: Path, points: list[ZipPoint], world: Countries, zips: AreaLayer) -> Gazetteer:
    """Write the gazetteer and the labels."""
    tree = shapely.STRtree(zips.areas)
    found = places.gazetteer(
        points, lambda lon, lat: int(tree.nearest(shapely.Point(lon, lat))), world.states
    )
    places.write(out, found, world.layer, points)
    write_json(out / "labels.json", places.labels(found))
    logger.info("%d places, %d keys", len(found.places), len(found.keys))
    return found


def write_names(
    node_modules: Path, out: Path, found: Gazetteer, world: Countries, counties: AreaLayer
) -> None:
    """Write the names of countries and regions."""
    regions = region_names.region_names(world.states, world.members)
    alone = region_names.names_alone(regions, world.states, counties.names)
    tables = names.name_tables(world.layer, found, regions, alone)
    tables["military_zips"] = zip_points.military_codes(node_modules)
    write_json(out / "names.json", tables)


def write_json(path: Path, content: object) -> None:
    """Write compact JSON in UTF-8."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
