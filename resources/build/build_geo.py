# SPDX-License-Identifier: MIT
"""Makes `resources/geo` from packages of the registries; see README.md beside it."""

import argparse
import logging
import tempfile
from pathlib import Path

from evengeo import countries, us_areas
from evengeo.packing import write_lin1, write_ply1

HERE = Path(__file__).resolve().parent
logger = logging.getLogger("build_geo")


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
    world = countries.build(node_modules, us.states.areas)
    logger.info("%d countries", len(world.layer.codes))
    abroad = world.layer.areas[1:]
    us.counties.write(out / "layer_county.npz")
    us.states.write(out / "layer_state.npz")
    world.layer.write(out / "layer_country.npz")
    write_ply1(out / "view_country.ply", world.layer.areas)
    write_ply1(out / "view_state.ply", us.states.areas + abroad)
    write_ply1(out / "view_county.ply", us.counties.areas + abroad)
    write_lin1(out / "county_lines.lin", us.county_lines)
    write_lin1(out / "state_lines.lin", us.state_lines)
    write_lin1(out / "country_lines.lin", world.lines)
    logger.info("states, counties and countries written")


if __name__ == "__main__":
    main()
