# SPDX-License-Identifier: MIT
"""Which first-level area of its country (ISO 3166-2) an area of the source belongs to."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import pycountry  # pyright: ignore[reportMissingImports] -- only the build has it

from app.services.geography.folding import fold
from evengeo.state_tables import (
    BRITISH_NATIONS,
    CODE_OF_NAME,
    ENGLISH_REGIONS,
    NAMES,
    REGION_CODES,
    STATE_COUNTS,
)
from evengeo.world_source import WorldArea

_LOWER_LEVEL = frozenset(("BE", "DO", "EE", "ID", "IE", "LT"))
"""Countries whose areas in the source are one level below the first of ISO 3166-2."""

_LAST_NAMES = ("gn_name", "woe_name", "gns_name", "name_local")


class StateCodes:
    """Codes by the attributes of an area.

    pycountry says which codes are in use and which are of the first level, and helps to find them
    by name; nothing else of it is shipped. The English names are those of CLDR.
    """

    def __init__(self, node_modules: Path) -> None:
        self.english = _english_names(node_modules)
        self._parents: dict[str, str] = {}
        self._by_name: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for entry in pycountry.subdivisions:
            self._parents[entry.code] = entry.parent_code or ""
            if not entry.parent_code or entry.country_code in _LOWER_LEVEL:
                for name in (entry.name, self.english.get(entry.code, "")):
                    self._by_name[entry.country_code][fold(name)].add(entry.code)

    def code(self, area: WorldArea) -> str:
        """The code, or "" where the area has no name or its country is shipped without states."""
        country, name = area.country, area.name
        if country not in STATE_COUNTS or not name:
            return ""
        by_hand = CODE_OF_NAME.get(country, {})
        given = by_hand.get(area.facts["adm1_code"]) or by_hand.get(name) or self._by_region(area)
        if given:
            return f"{country}-{given}"
        if country == "LK":
            # The source has its districts, whose codes lead to the provinces.
            return self._parents.get(area.facts["iso_3166_2"], "")
        return self._named(area)

    def _by_region(self, area: WorldArea) -> str:
        region = area.facts["region"]
        if area.country == "GB":
            nation = BRITISH_NATIONS.get(area.facts["geonunit"])
            return nation or ENGLISH_REGIONS.get(region, "")
        if area.country in {"IT", "PH"}:
            return area.facts["region_cod"].removeprefix(f"{area.country}-")
        return REGION_CODES.get(area.country, {}).get(region, "")

    def _named(self, area: WorldArea) -> str:
        known = self._by_name[area.country]
        for name in all_names(area):
            codes = known.get(fold(name), set())
            if len(codes) == 1:
                return next(iter(codes))
        return ""

    def name(self, code: str, areas: Sequence[WorldArea]) -> str:
        """The name of a state as shown, without its country."""
        own = NAMES.get(code) or self.english.get(code)
        return own or max(areas, key=lambda each: each.feature.polygons.__len__()).name


def all_names(area: WorldArea) -> list[str]:
    """Every name that the source has for an area, the most usual first."""
    names = [area.name, *area.facts["name_alt"].split("|")]
    names += [area.facts[key] for key in _LAST_NAMES]
    return [name for name in names if name]


def is_town_in_county(area: WorldArea) -> bool:
    """Whether an area is a town of its own inside the county to which it is joined (Hungary)."""
    return area.country == "HU" and area.facts["type_en"] == "Urban county"


def _english_names(node_modules: Path) -> dict[str, str]:
    path = node_modules / "cldr-subdivisions-full" / "subdivisions" / "en" / "en.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    names: Iterable[tuple[str, str]] = content["subdivisions"]["localeDisplayNames"][
        "subdivisions"
    ].items()
    return {f"{code[:2]}-{code[2:]}".upper(): name for code, name in names}
