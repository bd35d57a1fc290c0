# SPDX-License-Identifier: MIT
"""The balance of territories, as a table to write."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.ids import TerritoryId
from app.models.measure import Measure, MeasureKind
from app.models.reports import BalanceLine, BalanceReport
from app.services.exporting.table import ExportColumn, ExportTable, NumberStyle

_LINE_NAMES = {BalanceLine.UNASSIGNED: "Unassigned", BalanceLine.IN_DISPUTE: "In dispute"}
_WITHIN_WORDS = {True: "yes", False: "no", None: ""}


@dataclass(frozen=True, slots=True)
class BalanceExport:
    """A balance report with the names that it shows.

    Attributes:
        rep_names: Missing where a territory is vacant.
        regions: Per level above the rows, its word and the name of the region of each territory;
            missing where a territory lies in none.
        row_word: What the rows are.
    """

    report: BalanceReport
    measure: Measure
    territory_names: Mapping[TerritoryId, str]
    rep_names: Mapping[TerritoryId, str]
    regions: Sequence[tuple[str, Mapping[TerritoryId, str]]] = ()
    row_word: str = "Territory"


def balance_table(balance: BalanceExport) -> ExportTable:
    """One line per territory or region, then unassigned and in dispute."""
    rows = balance.report.rows
    names = [
        balance.territory_names.get(row.territory_id, "")
        if row.territory_id is not None
        else _LINE_NAMES.get(row.line, "")
        for row in rows
    ]
    reps = [
        balance.rep_names.get(row.territory_id, "vacant") if row.territory_id is not None else ""
        for row in rows
    ]
    is_money = balance.measure.kind is MeasureKind.MONEY
    amount = NumberStyle.MONEY if is_money else NumberStyle.WHOLE
    within = [_WITHIN_WORDS[row.is_within_tolerance] for row in rows]
    tolerance = f"Within {balance.report.tolerance_fraction:.0%}"
    return ExportTable(
        "Balance",
        (
            *(
                ExportColumn(word, [_name(name_by_id, row.territory_id) for row in rows])
                for word, name_by_id in balance.regions
            ),
            ExportColumn(balance.row_word, names),
            ExportColumn("Rep", reps),
            ExportColumn("Accounts", _numbers(r.account_count for r in rows), NumberStyle.WHOLE),
            ExportColumn(balance.measure.name, _numbers(r.total for r in rows), amount),
            ExportColumn("Share", _numbers(r.share_fraction for r in rows), NumberStyle.PERCENT),
            ExportColumn("Ideal", _numbers(r.ideal for r in rows), amount),
            ExportColumn(
                "Deviation",
                _numbers(r.deviation_fraction for r in rows),
                NumberStyle.SIGNED_PERCENT,
            ),
            ExportColumn(tolerance, within),
        ),
    )


def _name(names: Mapping[TerritoryId, str], territory: TerritoryId | None) -> str:
    return "" if territory is None else names.get(territory, "")


def _numbers(values: Iterable[float | None]) -> npt.NDArray[np.float64]:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
