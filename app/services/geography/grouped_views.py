# SPDX-License-Identifier: MIT
"""Views that unite units to larger ones: ZIP3, metro areas, regions of the user.

Painting a group assigns its members, so what belongs to whom stays exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.models.geounit import GeoLevel
from app.models.ids import GeoUnitId
from app.services.geography.area_view import AreaView, UnitPlaces
from app.services.geography.areas import Areas
from app.services.geography.arrays import IntArray, damaged_installation, read_lines, read_tables

ZIP3_KEY, METRO_KEY = "zip3", "metro"
METRO_FILE = "groups_metro.npz"
_PREFIX = 3


@dataclass(frozen=True, eq=False)
class Grouping:
    """Which units of a level are united.

    Attributes:
        key, title: Of the view.
        level: Of the units.
        codes, names: Per group.
        group_of: Per unit of the level's layer its group, -1 for none.
    """

    key: str
    title: str
    level: GeoLevel
    codes: Sequence[str]
    names: Sequence[str]
    group_of: IntArray


def zip3_grouping(geography: Areas) -> Grouping:
    """US ZIP areas by the first three digits."""
    codes = geography.layer(GeoLevel.ZIP).codes
    # Five characters, all of them digits: codes of other countries begin with their letters.
    is_us = np.char.isdigit(codes) & (np.char.str_len(codes) == 5)
    prefixes, numbers = np.unique(codes[is_us].astype(f"U{_PREFIX}"), return_inverse=True)
    group_of = np.full(len(codes), -1, np.int32)
    group_of[is_us] = numbers
    listed = prefixes.tolist()
    names = [f"ZIP3 {prefix}" for prefix in listed]
    return Grouping(ZIP3_KEY, "ZIP3 areas", GeoLevel.ZIP, listed, names, group_of)


def has_metro_areas(folder: Path) -> bool:
    """Whether the shipped files say which counties make up metro areas."""
    return (folder / METRO_FILE).is_file()


def metro_grouping(geography: Areas) -> Grouping:
    """US counties by metro area.

    Raises:
        StoreError: The shipped file is damaged.
    """
    path = geography.folder / METRO_FILE
    tables = read_tables(path)
    layer = geography.layer(GeoLevel.COUNTY)
    try:
        codes = tables["codes"].astype(np.str_).tolist()
        names = read_lines(tables["names"])
        counties = layer.indices_of(tables["county_codes"].astype(np.str_))
        groups = tables["county_group"].astype(np.int32)
    except (KeyError, ValueError) as error:
        raise damaged_installation(path) from error
    if len(codes) != len(names) or (len(groups) and groups.max() >= len(codes)):
        raise damaged_installation(path)
    group_of = np.full(len(layer), -1, np.int32)
    group_of[counties[counties >= 0]] = groups[counties >= 0]
    return Grouping(METRO_KEY, "Metro areas", GeoLevel.COUNTY, codes, names, group_of)


def grouped_view(base: AreaView, grouping: Grouping, member_ids: Sequence[GeoUnitId]) -> AreaView:
    """The view of a level with some of its units united.

    Groups without any unit are left out; units of no group stay units of their own.

    Args:
        base: The plain view of the level.
        grouping: What is united.
        member_ids: Ids of all units of the level's layer.
    """
    own = base.units.depth == base.level.depth
    group = np.full(len(base.units), -1, np.int32)
    group[own] = grouping.group_of[base.units.index[own]]
    used = np.unique(group[group >= 0])
    number_of_group = np.full(len(grouping.codes) + 1, -1, np.int32)
    number_of_group[used] = np.arange(len(used))
    alone = np.flatnonzero(group < 0)
    unit_of_feature = number_of_group[group]
    unit_of_feature[alone] = len(used) + np.arange(len(alone))
    nowhere = np.full(len(used), -1, np.int32)
    listed: list[int] = used.tolist()
    left: list[int] = alone.tolist()
    return AreaView(
        key=grouping.key,
        title=grouping.title,
        level=base.level,
        geounits=(
            *(GeoUnitId(f"{grouping.key}:{grouping.codes[g]}") for g in listed),
            *(base.geounits[number] for number in left),
        ),
        names=(
            *(grouping.names[g] for g in listed),
            *(base.names[number] for number in left),
        ),
        units=UnitPlaces(nowhere, nowhere).followed_by(base.units.at(alone)),
        features=base.features,
        unit_of_feature=unit_of_feature,
        source=base.source,
        member_ids=member_ids,
        group_of=number_of_group[grouping.group_of],
    )
