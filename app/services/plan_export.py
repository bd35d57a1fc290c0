# SPDX-License-Identifier: MIT
"""The open plan in the form that exporters take."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.models.geounit import GeoLevel
from app.models.measure import ACCOUNT_COUNT
from app.models.reports import BalanceReport
from app.services.account_table import AccountTable
from app.services.alignment import IN_DISPUTE, NOBODY
from app.services.exporting.accounts_table import AccountExport, account_table
from app.services.exporting.balance_table import BalanceExport, balance_table
from app.services.exporting.table import ExportColumn, ExportTable, NumberStyle
from app.services.geography.geography import Geography
from app.services.level_words import TerritoryLevels
from app.services.workspace import Workspace

LongArray = npt.NDArray[np.int64]

_TEXT_COLUMNS = (
    *("external_id", "name", "street", "city", "region", "postal_code", "country_name"),
    *("owner", "segment", "industry", "status", "family", "visit_class"),
    *("phone", "website", "created_on", "last_activity_on", "gone_since"),
)
EXPORTED_TEXTS = (*_TEXT_COLUMNS, "placed_by", "extra")
"""Text columns of the account table that an export reads."""

_UNIT_HEADERS = (
    (GeoLevel.ZIP, "ZIP area"),
    (GeoLevel.COUNTY, "County area"),
    (GeoLevel.STATE, "State area"),
)


def accounts_for_export(workspace: Workspace, ids: LongArray | None = None) -> ExportTable:
    """Accounts with their territory and rep; an account in dispute names all claimants.

    Args:
        workspace: The open plan.
        ids: The accounts to export, in any order; all where it is left out.
    """
    return frozen_accounts(workspace, ids)()


def frozen_accounts(
    workspace: Workspace, ids: LongArray | None = None
) -> Callable[[], ExportTable]:
    """The same in two steps: what the plan says now, and the table made of it in any thread.

    It is quick once the columns of `EXPORTED_TEXTS` have been read.
    """
    accounts = workspace.accounts
    rows = np.arange(len(accounts)) if ids is None else np.flatnonzero(np.isin(accounts.ids, ids))
    texts = {name: accounts.text(name) for name in EXPORTED_TEXTS}
    territory, rep = _served_by(workspace, rows)
    # What is computed would come back as a measure of its own with the next import.
    measures = [
        m for m in workspace.account_measures if m.id != ACCOUNT_COUNT and not m.is_computed
    ]
    values = [accounts.measure(m.id) for m in measures]
    geography = workspace.geography

    def make() -> ExportTable:
        return account_table(
            AccountExport(
                text={name: texts[name][rows].tolist() for name in _TEXT_COLUMNS},
                territory=territory,
                rep=rep,
                lon=accounts.lon[rows],
                lat=accounts.lat[rows],
                placed_by=texts["placed_by"][rows].tolist(),
                unit_names=_unit_names(geography, accounts, rows),
                measures=[(m, column[rows]) for m, column in zip(measures, values, strict=True)],
                extra=texts["extra"][rows].tolist(),
            )
        )

    return make


def _served_by(workspace: Workspace, rows: LongArray) -> tuple[list[str], list[str]]:
    """Territory and rep of each account."""
    names = _territory_texts(workspace)
    served = workspace.account_territory[rows]
    territory = [names.territory[code] for code in served.tolist()]
    rep = [names.rep[code] for code in served.tolist()]
    for place in np.flatnonzero(served == IN_DISPUTE).tolist():
        claim = workspace.holdings.claimants(int(rows[place]))
        territory[place] = " / ".join(workspace.territory(t).name for t in claim)
        reps = (workspace.rep_of(t) for t in claim)
        rep[place] = " / ".join(each.name for each in reps if each is not None)
    return territory, rep


def balance_for_export(
    workspace: Workspace, report: BalanceReport, depth: int | None = None
) -> ExportTable:
    """A balance of the plan's territories with their names, reps and regions.

    Args:
        workspace: The open plan.
        report: With a row per territory, or per region of one level.
        depth: The level of the rows, 0 for the top; None for territories.
    """
    levels = TerritoryLevels(workspace.territories, workspace.sales_force.level_words)
    above = levels.words[:-1] if depth is None else levels.words[:depth]
    regions = [
        (
            word,
            {
                each.id: workspace.territory(found[at]).name
                for each in workspace.territories
                if len(found := levels.above(each.id)) > at
            },
        )
        for at, word in enumerate(above)
    ]
    row_word = levels.words[-1 if depth is None else depth]
    measure = workspace.measure(report.measure_id)
    reps = {t.id: rep.name for t in workspace.territories if (rep := workspace.rep_of(t.id))}
    names = {territory.id: territory.name for territory in workspace.territories}
    return balance_table(BalanceExport(report, measure, names, reps, regions, row_word))


def coverage_for_export(workspace: Workspace) -> ExportTable:
    """Every account with its territory and rep in each sales force."""
    accounts = workspace.accounts
    columns = [
        ExportColumn("Account ID", accounts.text("external_id").tolist()),
        ExportColumn("Account Name", accounts.text("name").tolist()),
    ]
    amount = np.zeros(len(accounts))
    for force in workspace.sales_forces:
        state = workspace.state_of(force.id)
        served = state.account_territory(accounts)
        amount += served != NOBODY
        # The two last entries answer for accounts in dispute and for those that nobody serves.
        names = [*(each.name for each in state.territories), "In dispute", ""]
        holders = (state.rep_of(each.id) for each in state.territories)
        reps = [*(each.name if each is not None else "vacant" for each in holders), "", ""]
        columns.append(ExportColumn(force.name, _picked(names, served)))
        columns.append(ExportColumn(f"{force.name}: rep", _picked(reps, served)))
    columns.insert(2, ExportColumn("Sales forces", amount, NumberStyle.WHOLE))
    return ExportTable("Coverage", tuple(columns))


def _picked(texts: Sequence[str], served: npt.NDArray[np.int32]) -> list[str]:
    """The text of each account's territory; codes below 0 count from the end."""
    return np.array(texts, dtype=np.object_)[served].tolist()


@dataclass(frozen=True, slots=True)
class _Names:
    """Names by territory position; the codes below 0 have entries of their own."""

    territory: Mapping[int, str]
    rep: Mapping[int, str]


def _territory_texts(workspace: Workspace) -> _Names:
    territory = {-1: "", IN_DISPUTE: ""}
    rep = {-1: "", IN_DISPUTE: ""}
    for position, each in enumerate(workspace.territories):
        holder = workspace.rep_of(each.id)
        territory[position] = each.name
        rep[position] = holder.name if holder is not None else ""
    return _Names(territory, rep)


def _unit_names(
    geography: Geography, accounts: AccountTable, rows: LongArray
) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    for level, header in _UNIT_HEADERS:
        names = list(geography.layer(level).names)
        index = accounts.unit_index[level][rows]
        if (index >= 0).any():
            result[header] = [names[i] if i >= 0 else "" for i in index.tolist()]
    return result
