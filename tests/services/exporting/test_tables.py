# SPDX-License-Identifier: MIT
"""What the tables of accounts and balance hold."""

from typing import Any

import numpy as np

from app.models.ids import MeasureId, TerritoryId
from app.models.measure import Measure, MeasureKind
from app.models.reports import BalanceLine, BalanceReport, BalanceRow
from app.services.exporting.accounts_table import AccountExport, account_table
from app.services.exporting.balance_table import BalanceExport, balance_table
from app.services.exporting.table import ExportTable, NumberStyle

SALES = Measure(MeasureId(1), "Annual sales", MeasureKind.MONEY)


def cells_of(table: ExportTable) -> dict[str, list[Any]]:
    """The cells by header."""
    return {column.header: list(column.cells) for column in table.columns}


def accounts() -> AccountExport:
    """Two accounts; one is not placed and nobody serves it."""
    return AccountExport(
        text={
            "external_id": ["007", "8"],
            "name": ["Acme", "=Beta"],
            "postal_code": ["02139", ""],
            "industry": ["", ""],
            "owner": ["ann@x.com", ""],
        },
        territory=["North", ""],
        rep=["Ann Rep", ""],
        lon=np.array([-71.06, np.nan]),
        lat=np.array([42.36, np.nan]),
        placed_by=["postal_code", "not_placed"],
        unit_names={"County area": ["Suffolk County, MA", ""]},
        measures=[(SALES, np.array([1234.5, np.nan]))],
        extra=['{"Color": "red", "Rep": "imported"}', "{}"],
    )


def test_accounts_have_territory_rep_place_and_measures() -> None:
    cells = cells_of(account_table(accounts()))
    assert cells["Account ID"] == ["007", "8"]
    assert cells["ZIP"] == ["02139", ""]
    assert cells["Territory"] == ["North", ""]
    assert cells["Rep"] == ["Ann Rep", ""]
    assert cells["Placed by"] == ["postal code", "not placed"]
    assert cells["County area"] == ["Suffolk County, MA", ""]
    assert cells["Color"] == ["red", ""]
    assert cells["Annual sales"][0] == 1234.5


def test_columns_without_values_are_left_out() -> None:
    assert "Industry" not in cells_of(account_table(accounts()))


def test_a_kept_column_never_takes_the_name_of_ours() -> None:
    cells = cells_of(account_table(accounts()))
    assert cells["Rep (as imported)"] == ["imported", ""]


def test_numbers_have_their_style() -> None:
    style = {column.header: column.style for column in account_table(accounts()).columns}
    assert style["Annual sales"] is NumberStyle.MONEY
    assert style["Longitude"] is NumberStyle.DEGREES


def test_a_plan_without_accounts_makes_an_empty_table() -> None:
    nothing = np.empty(0)
    table = account_table(AccountExport({"external_id": [], "name": []}, [], [], nothing, nothing))
    assert len(table) == 0
    assert [column.header for column in table.columns][:2] == ["Account ID", "Account Name"]


def test_the_balance_shows_territories_then_unassigned() -> None:
    rows = (
        BalanceRow(BalanceLine.TERRITORY, TerritoryId(1), 3, 60.0, 0.6, 50.0, 0.2, False),
        BalanceRow(BalanceLine.TERRITORY, TerritoryId(2), 2, 30.0, 0.3, 50.0, -0.4, True),
        BalanceRow(BalanceLine.UNASSIGNED, None, 1, 10.0, 0.1, None, None, None),
        BalanceRow(BalanceLine.IN_DISPUTE, None, 0, 0.0, 0.0, None, None, None),
    )
    report = BalanceReport(SALES.id, rows, 100.0, 0.15, 0.4, 1, 2)
    names = {TerritoryId(1): "North", TerritoryId(2): "South"}
    cells = cells_of(balance_table(BalanceExport(report, SALES, names, {TerritoryId(1): "Ann"})))
    assert cells["Territory"] == ["North", "South", "Unassigned", "In dispute"]
    assert cells["Rep"] == ["Ann", "vacant", "", ""]
    assert cells["Annual sales"] == [60.0, 30.0, 10.0, 0.0]
    assert cells["Deviation"][:2] == [0.2, -0.4]
    assert np.isnan(cells["Ideal"][2])
    assert cells["Within 15%"] == ["no", "yes", "", ""]
