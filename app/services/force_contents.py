# SPDX-License-Identifier: MIT
"""What the territories of a sales force hold, and what of it stays when they are built anew."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from app.models.ids import GeoUnitId, SalesForceId, ScenarioId, TerritoryId
from app.models.rows import Cell

Query = Callable[[str, Sequence[Cell]], Sequence[tuple[Cell, ...]]]
"""All rows of an SQL query with its parameters: of the plan as it is, or inside an edit."""


class Held(Enum):
    """What a territory may hold; the values are the tables."""

    AREAS = "geounit_assignment"
    DRAWN_AREAS = "drawn_area"
    RULES = "rule"
    NAMED_ACCOUNTS = "account_assignment"
    FAMILIES = "family_assignment"
    LOCKED_ACCOUNTS = "account_lock"
    LOCKED_AREAS = "geounit_lock"
    ROSTER = "roster"
    GOALS = "goal"


_EXCEPTIONS = (Held.NAMED_ACCOUNTS, Held.FAMILIES, Held.LOCKED_ACCOUNTS, Held.LOCKED_AREAS)
"""What the user decided about single accounts, families and areas: no builder takes it back."""


@dataclass(frozen=True, slots=True)
class TerritoryContents:
    """One territory with how much it holds of everything.

    Attributes:
        parent: The region above it, or None.
        amounts: Missing where it holds nothing of the kind.
    """

    id: TerritoryId
    name: str
    is_locked: bool
    parent: TerritoryId | None
    amounts: Mapping[Held, int]

    def amount(self, held: Held) -> int:
        """How many it holds."""
        return self.amounts.get(held, 0)

    @property
    def has_exceptions(self) -> bool:
        """Whether anything was decided for it by name, or locked."""
        return any(self.amount(held) for held in _EXCEPTIONS)


@dataclass(frozen=True, slots=True)
class Fate:
    """How much of a kind stays and goes when territories are built anew.

    Attributes:
        held: The kind; None for the territories themselves.
    """

    held: Held | None
    kept: int
    gone: int


class KeptLand:
    """The areas that a builder leaves alone: locked ones, and all that locked territories hold.

    Args:
        locked: Areas that are locked themselves.
        held: Areas of locked territories.
        parent: The area around another.

    Attributes:
        locked: Areas that are locked themselves.
    """

    def __init__(
        self,
        locked: Collection[GeoUnitId],
        held: Collection[GeoUnitId],
        parent: Callable[[GeoUnitId], GeoUnitId | None],
    ) -> None:
        self.locked = frozenset(locked)
        self._units = self.locked.union(held)
        self._parent = parent

    def holds(self, unit: GeoUnitId) -> bool:
        """Whether an area is left alone, or lies inside one that is."""
        above: GeoUnitId | None = unit if self._units else None
        while above is not None:
            if above in self._units:
                return True
            above = self._parent(above)
        return False


def read_contents(
    query: Query, scenario: ScenarioId, force: SalesForceId
) -> tuple[TerritoryContents, ...]:
    """The territories of a sales force with what they hold, by id."""
    amounts: dict[int, dict[Held, int]] = {}
    for held in Held:
        rows = query(
            f"SELECT territory_id, COUNT(*) FROM {held.value} WHERE territory_id IN"  # noqa: S608 our own names
            " (SELECT id FROM territory WHERE scenario_id = ? AND sales_force_id = ?)"
            " GROUP BY territory_id",
            (scenario, force),
        )
        for territory, count in rows:
            amounts.setdefault(int(territory or 0), {})[held] = int(count or 0)
    rows = query(
        "SELECT id, name, is_locked, parent_id FROM territory"
        " WHERE scenario_id = ? AND sales_force_id = ? ORDER BY id",
        (scenario, force),
    )
    return tuple(
        TerritoryContents(
            TerritoryId(int(id_ or 0)),
            str(name),
            bool(locked),
            None if parent is None else TerritoryId(int(parent)),
            amounts.get(int(id_ or 0), {}),
        )
        for id_, name, locked, parent in rows
    )


def staying(
    contents: Sequence[TerritoryContents], names: Collection[str]
) -> frozenset[TerritoryId]:
    """The territories that stay when a sales force is built anew.

    Those that are locked, that hold an exception, or whose name a new territory has; and the
    regions above them.

    Args:
        contents: All of the sales force.
        names: What the new territories are called.
    """
    new = {name.casefold() for name in names}
    parent_by_id = {each.id: each.parent for each in contents}
    found: set[TerritoryId] = set()
    for each in contents:
        if each.is_locked or each.has_exceptions or each.name.casefold() in new:
            above: TerritoryId | None = each.id
            while above is not None and above not in found:
                found.add(above)
                above = parent_by_id.get(above)
    return frozenset(found)


def fates(contents: Sequence[TerritoryContents], names: Collection[str]) -> tuple[Fate, ...]:
    """What stays and what goes when a sales force is built anew, kind by kind.

    Kinds of which it has nothing are left out.

    Args:
        contents: All of the sales force.
        names: What the new territories are called.
    """
    stays = staying(contents, names)
    result = [Fate(None, len(stays), len(contents) - len(stays))] if contents else []
    for held in Held:
        whole = sum(each.amount(held) for each in contents)
        kept = sum(_kept(each, held, stays=each.id in stays) for each in contents)
        if whole:
            result.append(Fate(held, kept, whole - kept))
    return tuple(result)


def _kept(each: TerritoryContents, held: Held, *, stays: bool) -> int:
    if each.is_locked or held in _EXCEPTIONS:
        return each.amount(held)
    if held is Held.AREAS:
        return min(each.amount(Held.LOCKED_AREAS), each.amount(Held.AREAS))
    if held in (Held.ROSTER, Held.GOALS):
        return each.amount(held) if stays else 0
    return 0
