# SPDX-License-Identifier: MIT
"""Overlaps and gaps as table columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.models.geounit import GeoLevel
from app.models.measure import ACCOUNT_COUNT, Measure, MeasureKind
from app.services.overlaps.claim_items import ClaimItems
from app.services.overlaps.filling import neighbor_holders
from app.services.overlaps.ground import unit_km2
from app.services.overlaps.plan_overlaps import OverlapFacts
from app.ui.formats import count, measure_value
from app.ui.icons import icon
from app.ui.panes.overlaps.area_units import area_title, area_words, in_area_unit
from app.ui.tables.array_table_model import ArrayColumn, CellKind, number_width

_KIND_OF_MEASURE = {MeasureKind.MONEY: CellKind.MONEY, MeasureKind.HOURS: CellKind.HOURS}
_BETWEEN = " · "
"""Between names of territories, which often hold commas themselves."""
AREA, ACCOUNT, NOT_PLACED, BARE = "Area", "Account", "Not found on the map", "No customers"


@dataclass(frozen=True, eq=False)
class ClaimTable:
    """One list of overlaps or gaps in words and numbers, worked out in a worker.

    Attributes:
        items: The overlaps or gaps.
        is_gap: Which of both.
        territories: Per item the positions of its claimants, or of the territories beside a gap.
        names, kinds, states, holders: Per item its words.
        km2: Per item the size of its area, nan for accounts.
        measures, sums: What the items are worth.
    """

    items: ClaimItems
    is_gap: bool
    territories: list[frozenset[int]]
    names: np.ndarray
    kinds: np.ndarray
    states: np.ndarray
    holders: np.ndarray
    km2: np.ndarray
    measures: tuple[Measure, ...]
    sums: list[np.ndarray]

    @classmethod
    def of(
        cls,
        facts: OverlapFacts,
        territory_names: Sequence[str],
        account_names: np.ndarray,
        *,
        is_gap: bool,
    ) -> "ClaimTable":
        """The list of a moment.

        Args:
            facts: The sales force.
            territory_names: In position order.
            account_names: Of all accounts.
            is_gap: Whether gaps are listed.
        """
        items = facts.gaps if is_gap else facts.overlaps
        sets: list[int] = items.sets.tolist()
        territories = [facts.numbers.sets[each] for each in sets]
        if is_gap:
            beside = neighbor_holders(facts, items.unit)
            units: list[int] = items.unit.tolist()
            territories = [beside.get(unit, frozenset[int]()) for unit in units]
        words = {
            each: _BETWEEN.join(territory_names[at] for at in sorted(each))
            for each in set(territories)
        }
        return cls(
            items=items,
            is_gap=is_gap,
            territories=territories,
            names=_names(facts, items, account_names),
            kinds=_kinds(items, is_gap=is_gap),
            states=_states(facts, items),
            holders=np.array([words[each] for each in territories], dtype=object),
            km2=np.append(unit_km2(facts.borders), np.nan)[items.unit],
            measures=facts.measures,
            sums=[items.sums(values) for values in facts.values],
        )

    def columns(self) -> list[ArrayColumn]:
        """All columns."""
        items = self.items
        area, account = icon("area", "muted"), icon("building", "muted")
        whose = "Beside" if self.is_gap else "Claimed by"
        tip = "Territories that touch it" if self.is_gap else "Territories that claim it"
        return [
            ArrayColumn(
                "name",
                "Where",
                self.names,
                width=210,
                decoration=lambda at: area if items.unit[at] >= 0 else account,
                can_group=False,
            ),
            ArrayColumn("kind", "Kind", self.kinds, CellKind.CHOICE, width=144),
            ArrayColumn("state", "State or country", self.states, CellKind.CHOICE, width=130),
            ArrayColumn("territories", whose, self.holders, width=220, tooltip=tip),
            count_column("accounts", "Accounts", items.counts),
            *(
                measure_column(measure, values)
                for measure, values in zip(self.measures, self.sums, strict=True)
                if measure.id != ACCOUNT_COUNT
            ),
            ArrayColumn(
                "area",
                area_title(),
                in_area_unit(self.km2),
                CellKind.NUMBER,
                formatted=area_words,
                width=100,
            ),
        ]


def _kinds(items: ClaimItems, *, is_gap: bool) -> np.ndarray:
    """What each item is, in a word."""
    words = np.where(items.unit >= 0, AREA, NOT_PLACED if is_gap else ACCOUNT).astype(object)
    if is_gap:
        words[(items.unit >= 0) & (items.counts == 0)] = BARE
    return words


def _names(facts: OverlapFacts, items: ClaimItems, account_names: np.ndarray) -> np.ndarray:
    """The name of each item's area or account."""
    found = np.full(len(items), "", dtype=object)
    direct = items.unit < 0
    found[direct] = account_names[items.account_row[direct]]
    for level in GeoLevel:
        span = facts.borders.slice_of(level)
        here = (items.unit >= span.start) & (items.unit < span.stop)
        if here.any():
            names = np.array(facts.geography.layer(level).names, dtype=object)
            found[here] = names[items.unit[here] - span.start]
    return found


def _states(facts: OverlapFacts, items: ClaimItems) -> np.ndarray:
    """The state that each item lies in; its country where it lies in none."""
    found = np.full(len(items), "", dtype=object)
    for level in (GeoLevel.COUNTRY, GeoLevel.STATE):
        index = _index_at(facts, items, level)
        names = np.array([*facts.geography.layer(level).names, ""], dtype=object)
        known = index >= 0
        found[known] = names[index[known]]
    return found


def _index_at(facts: OverlapFacts, items: ClaimItems, level: GeoLevel) -> np.ndarray:
    """Per item the position of its unit of a level, -1 for none."""
    borders = facts.borders
    index = np.full(len(items), -1, dtype=np.int64)
    direct = items.unit < 0
    index[direct] = facts.accounts.unit_index[level][items.account_row[direct]]
    first = borders.first[level]
    for own in GeoLevel:
        span = borders.slice_of(own)
        here = (items.unit >= span.start) & (items.unit < span.stop)
        if own is level:
            index[here] = items.unit[here] - first
        elif own.depth > level.depth:
            above = borders.above[own, level][items.unit[here] - span.start]
            index[here] = np.where(above >= 0, above - first, -1)
    return index


def measure_column(measure: Measure, values: np.ndarray, tooltip: str = "") -> ArrayColumn:
    """A column of sums of a measure."""
    return ArrayColumn(
        f"measure {measure.id}",
        measure.name,
        values,
        _KIND_OF_MEASURE.get(measure.kind, CellKind.NUMBER),
        formatted=lambda value: measure_value(value, measure.kind),
        width=number_width(measure.name),
        tooltip=tooltip,
    )


def count_column(key: str, title: str, values: Sequence[float] | np.ndarray) -> ArrayColumn:
    """A column of whole numbers."""
    cells = np.asarray(values, dtype=np.float64)
    return ArrayColumn(key, title, cells, CellKind.NUMBER, formatted=count, width=90)
