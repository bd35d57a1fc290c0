# SPDX-License-Identifier: MIT
"""What the map shows and edits at one time: units, and the polygons that draw them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from app.models.geounit import LEVELS_COARSE_TO_FINE, GeoLevel
from app.models.ids import GeoUnitId
from app.services.geography.arrays import IntArray
from app.services.geography.packed import PackedPolygons, read_ply1

_Item = TypeVar("_Item", bound=np.generic)


@dataclass(frozen=True, eq=False)
class UnitPlaces:
    """Where some units stand: their level, and their position in its layer.

    Attributes:
        depth: Depth of the level; -1 for what is no unit of a level.
        index: Position in the layer of that level.
    """

    depth: IntArray
    index: IntArray

    def __len__(self) -> int:
        return len(self.depth)

    @classmethod
    def of_levels(cls, parts: Iterable[tuple[GeoLevel, npt.NDArray[np.integer]]]) -> "UnitPlaces":
        """Units given level by level, one after the other."""
        listed = list(parts)
        depths = [np.full(len(index), level.depth, np.int32) for level, index in listed]
        indices = [index.astype(np.int32) for _, index in listed]
        return cls(
            np.concatenate(depths or [np.empty(0, np.int32)]),
            np.concatenate(indices or [np.empty(0, np.int32)]),
        )

    def at(self, which: npt.NDArray[np.integer] | npt.NDArray[np.bool_]) -> "UnitPlaces":
        """Only these."""
        return UnitPlaces(self.depth[which], self.index[which])

    def followed_by(self, other: "UnitPlaces") -> "UnitPlaces":
        """These and then others."""
        return UnitPlaces(
            np.concatenate([self.depth, other.depth]), np.concatenate([self.index, other.index])
        )

    def pairs(self) -> list[tuple[int, int]]:
        """Depth and index of each."""
        depths: list[int] = self.depth.tolist()
        indices: list[int] = self.index.tolist()
        return list(zip(depths, indices, strict=True))

    @cached_property
    def levels(self) -> tuple[GeoLevel, ...]:
        """The levels that occur."""
        found = set(np.unique(self.depth).tolist())
        return tuple(level for level in LEVELS_COARSE_TO_FINE if level.depth in found)

    def pick(
        self, of_level: Callable[[GeoLevel], npt.NDArray[_Item]], empty: npt.NDArray[_Item]
    ) -> npt.NDArray[_Item]:
        """One entry per unit, from arrays with one entry per unit of a level.

        Args:
            of_level: The array of a level; called only for levels that occur.
            empty: One entry: what stands for what is no unit of a level.
        """
        result = np.repeat(empty, len(self.depth), axis=0)
        for level in self.levels:
            here = self.depth == level.depth
            result[here] = of_level(level)[self.index[here]]
        return result


@dataclass(frozen=True, eq=False)
class AreaView:
    """What the map shows and edits.

    Attributes:
        key: "country", "state", "county", "zip", "zip3", "metro" or "layer:<id>".
        title: Of the kind of areas, in the plural.
        level: The level of the units that are assigned here.
        geounits: Id per unit number. A group has one like "zip3:606" that is no geounit.
        names: As shown, per unit number.
        units: Where the units stand in their layers; groups stand nowhere.
        features: Where what each polygon draws stands; the same object where every polygon draws
            the unit of its number.
        unit_of_feature: Unit number per polygon, -1 for none; None where they are the same.
        source: The polygons as PLY1, or what makes them when they are asked for.
        under_count: So many polygons at the front are land beneath others, which shows where
            exact finer areas leave gaps.
        group_of: Per unit of the layer of `level` the number of the group that it belongs to, -1
            for none; None where nothing is grouped.
    """

    key: str
    title: str
    level: GeoLevel
    geounits: tuple[GeoUnitId, ...]
    names: Sequence[str]
    units: UnitPlaces
    features: UnitPlaces
    unit_of_feature: IntArray | None
    source: Path | Callable[[], PackedPolygons]
    member_ids: Sequence[GeoUnitId] = ()
    group_of: IntArray | None = None
    under_count: int = 0

    @property
    def is_grouped(self) -> bool:
        """Whether units of the level are united to larger ones."""
        return self.group_of is not None

    @property
    def own_count(self) -> int:
        """How many units at the front are of the view's own level or groups of it."""
        coarser = np.flatnonzero((self.units.depth >= 0) & (self.units.depth < self.level.depth))
        return int(coarser[0]) if len(coarser) else len(self.geounits)

    @cached_property
    def position_by_geounit(self) -> Mapping[GeoUnitId, int]:
        """Unit number by id; members of groups have none."""
        return {geounit: position for position, geounit in enumerate(self.geounits)}

    @property
    def polygons(self) -> Path | bytes:
        """The polygons as PLY1, or the file that holds them."""
        return self._polygons

    @cached_property
    def _polygons(self) -> Path | bytes:
        return self.source if isinstance(self.source, Path) else self.source().to_bytes()

    def packed(self) -> PackedPolygons:
        """The polygons.

        Raises:
            StoreError: A shipped file is missing.
        """
        return read_ply1(self.source) if isinstance(self.source, Path) else self.source()

    def members(self, number: int) -> tuple[GeoUnitId, ...]:
        """The units that a unit of the view stands for: itself, or the members of a group."""
        return self.members_of((number,))

    def members_of(self, numbers: Iterable[int]) -> tuple[GeoUnitId, ...]:
        """The units that units of the view stand for, each once; unknown numbers are left out."""
        known = [n for n in dict.fromkeys(numbers) if 0 <= n < len(self.geounits)]
        if self.group_of is None:
            return tuple(self.geounits[number] for number in known)
        found: list[GeoUnitId] = []
        for number in known:
            if self.units.depth[number] >= 0:
                found.append(self.geounits[number])
            else:
                found += [self.member_ids[i] for i in self._members_by_group[number]]
        return tuple(found)

    def numbers_of(self, geounits: Iterable[GeoUnitId]) -> list[int]:
        """The unit numbers that these units make up; a group only where all its members are in."""
        numbers, members = self.position_by_geounit, self._group_by_member
        found: list[int] = []
        inside: dict[int, int] = {}
        for geounit in geounits:
            if geounit in numbers:
                found.append(numbers[geounit])
            elif geounit in members:
                group = members[geounit]
                inside[group] = inside.get(group, 0) + 1
        whole = [n for n, count in inside.items() if count == len(self._members_by_group[n])]
        return found + whole

    def number_of(self, geounit: GeoUnitId) -> int:
        """The number of the unit that is or contains a unit, -1 for none."""
        return self.position_by_geounit.get(geounit, self._group_by_member.get(geounit, -1))

    def held(self, held_of: Callable[[GeoLevel], IntArray], mixed: int) -> IntArray:
        """Who holds each unit, from who holds each unit of a level.

        Args:
            held_of: Who holds each unit of a level.
            mixed: What stands for a group whose members are held differently.
        """
        result = self.units.pick(held_of, np.array([mixed], np.int32))
        if self.group_of is None:
            return result
        of_members, number = held_of(self.level), self.group_of
        member = number >= 0
        lowest = np.full(len(result), np.iinfo(np.int32).max, np.int32)
        highest = np.full(len(result), np.iinfo(np.int32).min, np.int32)
        np.minimum.at(lowest, number[member], of_members[member])
        np.maximum.at(highest, number[member], of_members[member])
        group = self.units.depth < 0
        result[group] = np.where(lowest == highest, lowest, mixed)[group]
        return result

    def summed(
        self, values_of: Callable[[GeoLevel], npt.NDArray[np.float64]]
    ) -> npt.NDArray[np.float64]:
        """A summable value per unit, from those per unit of a level; nan where none has one."""
        result = self.units.pick(values_of, np.array([np.nan]))
        if self.group_of is None:
            return result
        values = values_of(self.level)
        present = (self.group_of >= 0) & np.isfinite(values)
        number, count = self.group_of[present], len(result)
        sums = np.bincount(number, weights=values[present], minlength=count)
        group = (self.units.depth < 0) & (np.bincount(number, minlength=count) > 0)
        result[group] = sums[group]
        return result

    @cached_property
    def _members_by_group(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        if self.group_of is not None:
            for index, number in enumerate(self.group_of.tolist()):
                if number >= 0:
                    found.setdefault(number, []).append(index)
        return found

    @cached_property
    def _group_by_member(self) -> dict[GeoUnitId, int]:
        groups = self._members_by_group.items()
        return {self.member_ids[i]: number for number, members in groups for i in members}
