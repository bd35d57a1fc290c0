# SPDX-License-Identifier: MIT
"""Overlaps and gaps as table columns."""

from collections.abc import Callable, Sequence

import numpy as np

from app.models.geounit import GeoLevel
from app.models.measure import ACCOUNT_COUNT, Measure, MeasureKind
from app.services.overlaps.claim_items import ClaimItems
from app.services.overlaps.filling import neighbor_holders
from app.services.overlaps.ground import unit_km2
from app.services.overlaps.plan_overlaps import OverlapFacts
from app.services.workspace import Workspace
from app.ui.formats import count, measure_value
from app.ui.icons import icon
from app.ui.panes.overlaps.area_units import area_title, area_words, in_area_unit
from app.ui.tables.array_table_model import ArrayColumn, CellKind, number_width

_KIND_OF_MEASURE = {MeasureKind.MONEY: CellKind.MONEY, MeasureKind.HOURS: CellKind.HOURS}
AREA, ACCOUNT, NOT_PLACED, BARE = "Area", "Account", "Not found on the map", "No customers"


class ClaimTable:
    """One list of overlaps or gaps, ready to be shown.

    Args:
        workspace: The open plan, for names.
        facts: The sales force.
        items: Its overlaps or its gaps.
    """

    def __init__(self, workspace: Workspace, facts: OverlapFacts, items: ClaimItems) -> None:
        self._workspace = workspace
        self._facts = facts
        self.items = items
        self._names = [workspace.territory(each).name for each in facts.territories]
        self._is_gap = not any(facts.numbers.sets[int(each)] for each in items.sets[:1])

    @property
    def kinds(self) -> np.ndarray:
        """What each item is, in a word."""
        items = self.items
        lost = NOT_PLACED if self._is_gap else ACCOUNT
        words = np.where(items.unit >= 0, AREA, lost).astype(object)
        if self._is_gap:
            words[(items.unit >= 0) & (items.counts == 0)] = BARE
        return words

    def columns(self) -> list[ArrayColumn]:
        """All columns."""
        items, facts = self.items, self._facts
        area, account = icon("area", "muted"), icon("building", "muted")
        whose = "Beside" if self._is_gap else "Claimed by"
        tip = "Territories that touch it" if self._is_gap else "Territories that claim it"
        return [
            ArrayColumn(
                "name",
                "Where",
                self._texts(self._name),
                width=210,
                decoration=lambda at: area if items.unit[at] >= 0 else account,
                can_group=False,
            ),
            ArrayColumn("kind", "Kind", self.kinds, CellKind.CHOICE, width=110),
            ArrayColumn("state", "State or country", self._states(), CellKind.CHOICE, width=130),
            ArrayColumn("territories", whose, self._holders(), width=230, tooltip=tip),
            ArrayColumn(
                "accounts",
                "Accounts",
                items.counts.astype(np.float64),
                CellKind.NUMBER,
                width=90,
            ),
            *(
                measure_column(measure, items.sums(values))
                for measure, values in zip(facts.measures, facts.values, strict=True)
                if measure.id != ACCOUNT_COUNT
            ),
            ArrayColumn(
                "area",
                area_title(),
                in_area_unit(self._km2()),
                CellKind.NUMBER,
                formatted=area_words,
                width=100,
            ),
        ]

    def territories(self) -> list[frozenset[int]]:
        """Per item the positions of its claimants, or of the territories beside a gap."""
        if not self._is_gap:
            return [self._facts.numbers.sets[int(each)] for each in self.items.sets]
        beside = neighbor_holders(self._facts, self.items.unit)
        return [beside.get(int(unit), frozenset()) for unit in self.items.unit]

    def _texts(self, text_of: Callable[[int], str]) -> np.ndarray:
        return np.array([text_of(at) for at in range(len(self.items))], dtype=object)

    def _name(self, at: int) -> str:
        unit = int(self.items.unit[at])
        if unit >= 0:
            return self._facts.geography.name(self._facts.borders.geounit(unit))
        return str(self._workspace.accounts.text("name")[self.items.account_row[at]])

    def _holders(self) -> np.ndarray:
        texts = {
            each: ", ".join(self._names[at] for at in sorted(each))
            for each in set(self.territories())
        }
        return np.array([texts[each] for each in self.territories()], dtype=object)

    def _states(self) -> np.ndarray:
        """The state that each item lies in; its country where it lies in none."""
        found = np.full(len(self.items), "", dtype=object)
        for level in (GeoLevel.COUNTRY, GeoLevel.STATE):
            index = self._index_at(level)
            names = np.array([*self._facts.geography.layer(level).names, ""], dtype=object)
            known = index >= 0
            found[known] = names[index[known]]
        return found

    def _index_at(self, level: GeoLevel) -> np.ndarray:
        """Per item the position of its unit of a level, -1 for none."""
        items, borders = self.items, self._facts.borders
        index = np.full(len(items), -1, dtype=np.int64)
        direct = items.unit < 0
        index[direct] = self._facts.accounts.unit_index[level][items.account_row[direct]]
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

    def _km2(self) -> np.ndarray:
        km2 = np.append(unit_km2(self._facts.borders), np.nan)
        return km2[self.items.unit]


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
