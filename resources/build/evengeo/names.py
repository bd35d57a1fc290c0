# SPDX-License-Identifier: MIT
"""The table of country, state and region names that placement reads."""

from app.services.geography.folding import fold
from evengeo.country_names import ALIASES, LAYER_CODE
from evengeo.layers import AreaLayer
from evengeo.places import Gazetteer, region_centers
from evengeo.region_names import REGION_AS_COUNTRY
from evengeo.us_areas import STATES
from evengeo.world_source import country_facts


def name_tables(
    countries: AreaLayer,
    found: Gazetteer,
    regions: dict[str, dict[str, str]],
    alone: dict[str, list[str]],
) -> dict[str, object]:
    """Names by what they lead to.

    `countries`: folded name or code to ISO code. `country_regions`: folded name of a part of a
    country that is written in place of it, to ISO code and region code. `layer_codes`: ISO codes
    that the country layer draws as part of another. `states`: FIPS to abbreviation. `regions`:
    per country folded name to region code: the abbreviation in the US, the code of the state layer
    elsewhere. `regions_alone`: folded name to country and region code, where a name tells both.
    `region_centers`: per country and region lon, lat.
    """
    regions = {"US": _us_regions()} | regions
    parts = {fold(name): [country, region] for name, (country, region) in REGION_AS_COUNTRY.items()}
    return {
        "countries": dict(sorted(_country_names(countries).items())),
        "country_regions": parts,
        "layer_codes": dict(sorted(LAYER_CODE.items())),
        "states": {fips: abbreviation for fips, (abbreviation, _) in STATES.items()},
        "regions": regions,
        "regions_alone": alone,
        "region_centers": region_centers(regions, found.places),
    }


def _us_regions() -> dict[str, str]:
    names = {fold(name): code for code, name in STATES.values()}
    return names | {code.lower(): code for code, _ in STATES.values()}


def _country_names(layer: AreaLayer) -> dict[str, str]:
    names: dict[str, str] = {}
    facts = country_facts()
    for code, names_text in ALIASES.items():
        for name in names_text.split(";"):
            names[fold(name)] = code
    for code, name in zip(layer.codes, layer.names, strict=True):
        names.setdefault(fold(name), code)
    for code, country in facts.items():
        for name in (country["name"], code, country["iso3"]):
            names.setdefault(fold(name), code)
    return names
