# SPDX-License-Identifier: MIT
"""The open plan in the form that exporters take."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from app.models.geounit import GeoLevel
from app.models.reports import BalanceReport
from app.services.alignment import IN_DISPUTE
from app.services.exporting.accounts_table import AccountExport, account_table
from app.services.exporting.balance_table import BalanceExport, balance_table
from app.services.exporting.table import ExportTable
from app.services.workspace import Workspace

_TEXT_COLUMNS = (
    *("external_id", "name", "street", "city", "region", "postal_code", "country_name"),
    *("owner", "segment", "industry", "status", "family"),
)
_UNIT_HEADERS = (
    (GeoLevel.ZIP, "ZIP area"),
    (GeoLevel.COUNTY, "County"),
    (GeoLevel.STATE, "State area"),
)


def accounts_for_export(workspace: Workspace) -> ExportTable:
    """Every account with its territory and rep; an account in dispute names all claimants."""
    accounts = workspace.accounts
    names = _territory_texts(workspace)
    served = workspace.account_territory
    territory = [names.territory[int(code)] for code in served]
    rep = [names.rep[int(code)] for code in served]
    for row in np.nonzero(served == IN_DISPUTE)[0]:
        claim = workspace.claimants(int(row))
        territory[row] = " / ".join(workspace.territory(t).name for t in claim)
        reps = (workspace.rep_of(t) for t in claim)
        rep[row] = " / ".join(each.name for each in reps if each is not None)
    return account_table(
        AccountExport(
            text={name: accounts.text(name).tolist() for name in _TEXT_COLUMNS},
            territory=territory,
            rep=rep,
            lon=accounts.lon,
            lat=accounts.lat,
            placed_by=accounts.text("placed_by").tolist(),
            unit_names=_unit_names(workspace),
            measures=[(m, accounts.measure(m.id)) for m in workspace.account_measures if m.id],
            extra=accounts.text("extra").tolist(),
        )
    )


def balance_for_export(workspace: Workspace) -> ExportTable:
    """The balance of the main measure."""
    main = workspace.main_measure
    report: BalanceReport = workspace.balance(main.id)
    reps = {t.id: rep.name for t in workspace.territories if (rep := workspace.rep_of(t.id))}
    names = {territory.id: territory.name for territory in workspace.territories}
    return balance_table(BalanceExport(report, main, names, reps))


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


def _unit_names(workspace: Workspace) -> dict[str, list[str]]:
    result: dict[str, list[str]] = {}
    for level, header in _UNIT_HEADERS:
        names = list(workspace.geography.layer(level).names)
        index = workspace.accounts.unit_index[level]
        if (index >= 0).any():
            result[header] = [names[i] if i >= 0 else "" for i in index.tolist()]
    return result
